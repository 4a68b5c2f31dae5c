/** Verifying files against this installation's trust, revocations and register. */
import { type SignatureSummary, summarizeReport, verifyFile, type VerifyReport, type VerifyTrust } from '@xiewen/crypto'
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
  const summary = summarizeReport(report)
  return {
    ...summary,
    seals: await Promise.all(summary.seals.map(async (seal) => ({ ...seal, ...(await registeredSealOf(db, seal)) }))),
    registered: impression ? { title: impression.title, number: impression.number, at: Number(impression.at) } : null,
  }
}

/** How a seal stands in the register. A stranger's file may carry the serial of one of our certificates: only a VALID seal says something about ours. */
async function registeredSealOf(db: ReadDb, { verdict, certificateSerial }: SignatureSummary): Promise<{ readonly state: SealRecord['state'] | null; readonly origin: SealRecord['origin'] | null }> {
  const registered = verdict === 'VALID' && certificateSerial !== '' ? await findSealBySerial(db, certificateSerial) : null
  return { state: registered?.state ?? null, origin: registered?.origin ?? null }
}
