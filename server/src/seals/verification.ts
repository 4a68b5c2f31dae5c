/** Verifying files against this installation's trust, revocations and register. */
import { type JsonSignature, type Revocation, type SignatureReport, toJsonReport, verifyFile, type VerifyReport } from '@xiewen/crypto'
import type { Verification } from '@xiewen/shared/seals'
import type { QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findImpressionByDigest } from './applications.ts'
import { type Authority, findAuthority, listTrusted } from './authority.ts'
import { listRevoked } from './custody.ts'
import { findSealBySerial } from './repository.ts'

/** Whom this installation trusts, and what it has revoked; null before the first seal is made. */
export async function findTrust(db: ReadDb): Promise<{ readonly authority: Authority; readonly revoked: readonly Revocation[] } | null> {
  const authority = await findAuthority(db)
  if (!authority) return null
  const revoked = (await listRevoked(db)).map(({ serial, revokedAt }) => ({ issuer: authority.issuing.subject.raw, serial, revokedAt }))
  return { authority, revoked }
}

/** Runs the verifier over a file. Never throws for what is in the file. */
export async function checkFile(ctx: QueryContext, bytes: Uint8Array, at: number): Promise<VerifyReport> {
  const found = await findTrust(ctx.db)
  if (!found) return verifyFile(bytes, { trust: [], at })
  const { authority, revoked } = found
  return verifyFile(bytes, { trust: listTrusted(authority), at, revoked })
}

/** The report as it leaves the server. A file is `registered` only when these very bytes were sealed here and are VALID. */
export async function presentReport(db: ReadDb, report: VerifyReport): Promise<Verification> {
  const impression = report.verdict === 'VALID' ? await findImpressionByDigest(db, report.digest) : null
  const { signatures } = toJsonReport(report)
  return {
    verdict: report.verdict,
    kind: report.kind,
    digest: report.digest,
    sizeBytes: report.sizeBytes,
    reasons: report.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    seals: await Promise.all(signatures.map((signature) => presentSignature(db, signature))),
    registered: impression ? { title: impression.title, number: impression.number, at: Number(impression.at) } : null,
  }
}

/** A stranger's file may carry the serial of one of our certificates: only a VALID seal says something about ours. */
export async function stateOf(db: ReadDb, signature: Pick<SignatureReport, 'verdict' | 'signer'>): Promise<string | null> {
  if (signature.verdict !== 'VALID' || signature.signer === null) return null
  return (await findSealBySerial(db, signature.signer.serial))?.state ?? null
}

async function presentSignature(db: ReadDb, signature: JsonSignature): Promise<Verification['seals'][number]> {
  const { seal, signer, time } = signature
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
    signedAt: time.at ?? signature.signedAt,
    timeSource: time.source,
    timeAuthority: time.authority ?? '',
    revocation: signature.revocation,
    format: signature.format,
    revision: signature.revision,
    page: signature.place?.page ?? null,
    places: signature.places.map(({ page, leftMm, topMm, widthMm, heightMm }) => ({ page, leftMm, topMm, widthMm, heightMm })),
    coveredBytes: signature.coveredBytes,
    picture: seal?.picture ?? '',
    state: await stateOf(db, signature),
  }
}
