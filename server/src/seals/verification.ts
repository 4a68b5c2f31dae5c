/** Verifying files against this installation's trust, revocations and register. */
import { type JsonSignature, type SignatureReport, toJsonReport, verifyFile, type VerifyReport, type VerifyTrust } from '@xiewen/crypto'
import type { Verification } from '@xiewen/shared/seals'
import type { QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findImpressionByDigest } from './applications.ts'
import { findAuthority, listTrusted } from './authority.ts'
import { listRevoked } from './custody.ts'
import { findOutsideLists } from './outside/outside-lists.ts'
import { findOutsideTrusted } from './outside/trusted-outside.ts'
import { findSealBySerial } from './repository.ts'
import type { SealRecord } from './tables.ts'

/** Whom this installation trusts: its own authority once there is one, and the outside certificates two administrators have let in; and what was revoked here. `registerOf`
 * are the issuers for whom that says everything. */
export async function findTrust(db: ReadDb): Promise<Required<Pick<VerifyTrust, 'trust' | 'classicTrust' | 'revoked' | 'registerOf' | 'revocationLists'>>> {
  const authority = await findAuthority(db)
  const outside = await findOutsideTrusted(db)
  return {
    trust: [...(authority === null ? [] : listTrusted(authority)), ...outside.sm2],
    classicTrust: outside.classic,
    revoked: (await listRevoked(db)).map(({ issuer, serial, revokedAt }) => ({ issuer, serial, revokedAt })),
    revocationLists: await findOutsideLists(db),
    registerOf: authority === null ? [] : [authority.root.subject.raw, authority.issuing.subject.raw],
  }
}

/** Runs the verifier over a file. Never throws for what is in the file. */
export async function checkFile(ctx: QueryContext, bytes: Uint8Array, at: number): Promise<VerifyReport> {
  return verifyFile(bytes, { ...(await findTrust(ctx.db)), at })
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
export async function registeredSealOf(db: ReadDb, signature: Pick<SignatureReport, 'verdict' | 'signer'>): Promise<Pick<SealRecord, 'state' | 'origin'> | null> {
  return signature.verdict !== 'VALID' || signature.signer === null ? null : findSealBySerial(db, signature.signer.serial)
}

async function presentSignature(db: ReadDb, signature: JsonSignature): Promise<Verification['seals'][number]> {
  const { seal, signer, time } = signature
  const registered = await registeredSealOf(db, signature)
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
    state: registered?.state ?? null,
    origin: registered?.origin ?? null,
  }
}
