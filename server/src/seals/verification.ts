/** Verifying files against this installation's trust, revocations and register. */
import { type SignatureReport, toBase64, verifyFile, type VerifyReport } from '@xiewen/crypto'
import type { Verification } from '@xiewen/shared/seals'
import type { QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findImpressionByDigest } from './applications.ts'
import { findAuthority } from './authority.ts'
import { findSealBySerial, listRevoked } from './repository.ts'

/** Runs the verifier over a file. Never throws for what is in the file. */
export async function checkFile(ctx: QueryContext, bytes: Uint8Array, at: number): Promise<VerifyReport> {
  const authority = await findAuthority(ctx.db)
  if (!authority) return verifyFile(bytes, { trust: [], at })
  const revoked = (await listRevoked(ctx.db)).map((seal) => ({
    issuer: authority.issuing.subject.raw, serial: seal.certificate_serial, revokedAt: Number(seal.revoked_at),
  }))
  return verifyFile(bytes, { trust: [authority.root, authority.issuing, authority.maker], at, revoked })
}

/** The report as it leaves the server. A file is `registered` only when these very bytes were sealed here and are VALID. */
export async function presentReport(db: ReadDb, report: VerifyReport): Promise<Verification> {
  const impression = report.verdict === 'VALID' ? await findImpressionByDigest(db, report.digest) : null
  return {
    verdict: report.verdict,
    digest: report.digest,
    sizeBytes: report.sizeBytes,
    reasons: report.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    seals: await Promise.all(report.signatures.map((signature) => presentSignature(db, signature))),
    registered: impression ? { title: impression.title, number: impression.number, at: Number(impression.at) } : null,
  }
}

async function presentSignature(db: ReadDb, signature: SignatureReport): Promise<Verification['seals'][number]> {
  const { seal, signer } = signature
  const known = signer === null ? null : await findSealBySerial(db, signer.serial)
  return {
    verdict: signature.verdict,
    reasons: signature.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    notes: [...signature.notes],
    sealName: seal?.name ?? '',
    sealCode: seal?.id ?? '',
    makerName: seal?.makerName ?? '',
    signerName: signer?.commonName ?? '',
    certificateSerial: signer?.serial ?? '',
    certificatePath: [...(signer?.path ?? [])],
    signedAt: signature.signedAt,
    page: signature.place?.page ?? null,
    coveredBytes: signature.coveredBytes,
    picture: seal && /^png$/i.test(seal.picture.type) ? toBase64(seal.picture.data) : '',
    // A stranger's file may carry the serial of one of our certificates: only a VALID seal says something about ours.
    state: signature.verdict === 'VALID' ? (known?.state ?? null) : null,
  }
}
