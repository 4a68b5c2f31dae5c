/** The seals room on the server: making, keeping, permitting, impressing and verifying seals. */
import { sealsRefusals } from '@xiewen/shared/seals'
import { defineSlice, type Reaction } from '../platform/slice.ts'
import { onAuthorityMade } from './authority.ts'
import { sealsMigrations } from './tables.ts'
import { applyOperations } from './use-cases/apply.ts'
import { approveOperations, lapsePermit } from './use-cases/approve.ts'
import { handOverOperations } from './use-cases/hand-over.ts'
import { impressOperations } from './use-cases/impress.ts'
import { ledgerOperations } from './use-cases/ledger.ts'
import { lookOperations } from './use-cases/look.ts'
import { makeOperations, sealKeyOf } from './use-cases/make.ts'
import { proposeOperations } from './use-cases/propose.ts'
import { verifyOperations } from './use-cases/verify.ts'

export { findImpressionByDigest } from './applications.ts'
export { checkFile, presentReport } from './verification.ts'

/** A destroyed seal's key goes for good. */
const onDestroyed: Reaction = {
  name: 'seals.on-destroyed',
  on: ['seals.destroyed'],
  prepare: (ctx, fact) => ctx.services.keys.destroy(sealKeyOf(fact.subject.id)),
  run: async () => undefined,
}

/** What this room brings to the server. */
export const sealsSlice = defineSlice({
  name: 'seals',
  migrations: sealsMigrations,
  operations: [
    ...proposeOperations, ...makeOperations, ...handOverOperations, ...lookOperations, ...applyOperations, ...approveOperations, ...impressOperations, ...ledgerOperations, ...verifyOperations,
  ],
  refusals: sealsRefusals,
  reactions: [onAuthorityMade, onDestroyed],
  jobs: [lapsePermit],
})
