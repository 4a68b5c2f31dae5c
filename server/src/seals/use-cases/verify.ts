/** 验章 for anyone, and the list of revoked certificates. */
import { fromHex, toBase64 } from '@xiewen/crypto'
import { accept } from '@xiewen/shared/base'
import { listIssuers, type SealOrigin, sealsContract as contract, type Verification } from '@xiewen/shared/seals'
import { onQuery, onUpload } from '../../platform/slice.ts'
import { findImpressionByDigest } from '../applications.ts'
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
  const { trust: certificates, classicTrust, revoked, registerOf, revocationLists } = await findTrust(ctx.db)
  const lists = await Promise.all(listIssuers.map((issuer) => findRevocationList(ctx.db, issuer)))
  return accept({
    certificates: certificates.map((each) => toBase64(each.raw)),
    classic: classicTrust.map((each) => toBase64(each.raw)),
    registerOf: registerOf.map(toBase64),
    revoked: revoked.map(({ issuer, ...rest }) => ({ ...rest, issuer: toBase64(issuer) })),
    lists: [...lists.flatMap((row) => (row === null ? [] : [toBase64(fromHex(row.der))])), ...revocationLists.map((list) => toBase64(list.raw))],
    at: ctx.now,
  })
})

/** Whoever asks has judged the file: the answer only says what the register knows of that digest and of those certificates. */
const registered = onQuery(contract.registered, async (ctx, input) => {
  const impression = await findImpressionByDigest(ctx.db, input.digest)
  const states: Record<string, string> = {}
  const origins: Record<string, SealOrigin> = {}
  for (const serial of input.serials) {
    const seal = await findSealBySerial(ctx.db, serial)
    if (!seal) continue
    states[serial] = seal.state
    origins[serial] = seal.origin
  }
  return accept({ registered: impression ? { title: impression.title, number: impression.number, at: Number(impression.at) } : null, states, origins })
})

const revocations = onQuery(contract.revocations, async (ctx) =>
  accept({ revocations: (await listRevoked(ctx.db)).map(({ serial, revokedAt, sealName }) => ({ serial, revokedAt, sealName })) }),
)

/** Operations open to anyone. */
export const verifyOperations = [verify, trust, registered, revocations]
