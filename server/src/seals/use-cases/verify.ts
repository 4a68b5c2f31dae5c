/** 验章 for anyone, and the list of revoked certificates. */
import { fromHex, toBase64 } from '@xiewen/crypto'
import { accept } from '@xiewen/shared/base'
import { listIssuers, sealsContract as contract, type Verification } from '@xiewen/shared/seals'
import { onQuery, onUpload } from '../../platform/slice.ts'
import { findImpressionByDigest } from '../applications.ts'
import { listTrusted } from '../authority.ts'
import { listRevoked } from '../custody.ts'
import { findSealBySerial } from '../repository.ts'
import { findRevocationList } from '../trust-services/list-table.ts'
import { checkFile, findTrust, presentReport } from '../verification.ts'

const verify = onUpload(contract.verify, {
  prepare: async (ctx, { body }) => accept<Verification>(await presentReport(ctx.db, await checkFile(ctx, body, ctx.now))),
  commit: async (ctx, _given, verification) => {
    await ctx.record({
      kind: 'seals.verified', subject: { kind: 'file', id: verification.digest }, data: { verdict: verification.verdict, seals: verification.seals.length, registered: verification.registered !== null },
    })
    return accept(verification)
  },
})

const trust = onQuery(contract.trust, async (ctx) => {
  const found = await findTrust(ctx.db)
  const certificates = (found ? listTrusted(found.authority) : []).map((each) => toBase64(each.raw))
  const lists = await Promise.all(listIssuers.map((issuer) => findRevocationList(ctx.db, issuer)))
  const revoked = (found?.revoked ?? []).map(({ issuer, serial, revokedAt }) => ({ issuer: toBase64(issuer), serial, revokedAt }))
  return accept({ certificates, revoked, lists: lists.flatMap((row) => (row === null ? [] : [toBase64(fromHex(row.der))])), at: ctx.now })
})

/** Whoever asks has judged the file: the answer only says what the register knows of that digest and of those certificates. */
const registered = onQuery(contract.registered, async (ctx, input) => {
  const impression = await findImpressionByDigest(ctx.db, input.digest)
  const states: Record<string, string> = {}
  for (const serial of input.serials) {
    const seal = await findSealBySerial(ctx.db, serial)
    if (seal) states[serial] = seal.state
  }
  return accept({ registered: impression ? { title: impression.title, number: impression.number, at: Number(impression.at) } : null, states })
})

const revocations = onQuery(contract.revocations, async (ctx) =>
  accept({ revocations: [...(await listRevoked(ctx.db))] }),
)

/** Operations open to anyone. */
export const verifyOperations = [verify, trust, registered, revocations]
