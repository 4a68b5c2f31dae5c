/** 验章 for anyone, and the list of revoked certificates. */
import { accept } from '@xiewen/shared/base'
import { sealsContract as contract, type Verification } from '@xiewen/shared/seals'
import { onQuery, onUpload } from '../../platform/slice.ts'
import { listRevoked } from '../repository.ts'
import { checkFile, presentReport } from '../verification.ts'

const verify = onUpload(contract.verify, {
  prepare: async (ctx, { body }) => accept<Verification>(await presentReport(ctx.db, await checkFile(ctx, body, ctx.now))),
  commit: async (ctx, _given, verification) => {
    await ctx.record({
      kind: 'seals.verified', subject: { kind: 'file', id: verification.digest }, data: { verdict: verification.verdict, seals: verification.seals.length, registered: verification.registered !== null },
    })
    return accept(verification)
  },
})

const revocations = onQuery(contract.revocations, async (ctx) =>
  accept({ revocations: (await listRevoked(ctx.db)).map((seal) => ({ serial: seal.certificate_serial, revokedAt: Number(seal.revoked_at), sealName: seal.name })) }),
)

/** Operations open to anyone. */
export const verifyOperations = [verify, revocations]
