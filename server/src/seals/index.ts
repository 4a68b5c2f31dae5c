/** The seals room on the server: making, keeping, permitting, impressing and verifying seals. */
import { sealsRefusals } from '@xiewen/shared/seals'
import { defineSlice } from '../platform/slice.ts'
import { onAuthorityMade } from './authority.ts'
import { sealsMigrations } from './tables.ts'
import { finishLending, startLending } from './lending.ts'
import { remindCertificate, remindList, watchOutside } from './outside/endings.ts'
import { accountForOld, clearMaterial, removeScans, removeUnused } from './outside/clear-material.ts'
import { publishOutsideLists } from './outside/outside-lists.ts'
import { publishOutsideTrust } from './outside/trusted-outside.ts'
import { outsideOperations } from './use-cases/from-outside.ts'
import { outsideListOperations } from './use-cases/outside-lists.ts'
import { outsideTrustOperations } from './use-cases/outside-trust.ts'
import { copyOperations } from './use-cases/copies.ts'
import { applyOperations } from './use-cases/apply.ts'
import { approveOperations, lapsePermit } from './use-cases/approve.ts'
import { endOperations } from './use-cases/end.ts'
import { handOverOperations } from './use-cases/hand-over.ts'
import { impressOperations } from './use-cases/impress.ts'
import { batchOperations } from './use-cases/impress-together.ts'
import { ledgerOperations } from './use-cases/ledger.ts'
import { lendOperations } from './use-cases/lend.ts'
import { lookOperations } from './use-cases/look.ts'
import { makeOperations } from './use-cases/make.ts'
import { overviewOperations } from './use-cases/overview.ts'
import { proposeOperations } from './use-cases/propose.ts'
import { registerOperations } from './use-cases/register.ts'
import { onKeyRetired, renewOperations } from './use-cases/renew.ts'
import { remindExpiry } from './reminders.ts'
import { dailyReconciliation, lookIntoBooks, reconcileDaily } from './reconciliation.ts'
import { dailyLists, issueLists, publishLists } from './trust-services/revocation-lists.ts'
import { trustOperations } from './use-cases/trust.ts'
import { verifyOperations } from './use-cases/verify.ts'

export { findImpressionByDigest } from './applications.ts'
export { stampSourceOf } from './trust-services/time-stamps.ts'
export { checkFile, findTrust, presentReport } from './verification.ts'

/** What this room brings to the server. */
export const sealsSlice = defineSlice({
  name: 'seals',
  migrations: sealsMigrations,
  operations: [
    ...proposeOperations, ...makeOperations, ...renewOperations, ...endOperations, ...handOverOperations, ...lookOperations, ...applyOperations, ...approveOperations, ...impressOperations, ...batchOperations, ...ledgerOperations, ...verifyOperations, ...trustOperations, ...lendOperations, ...overviewOperations, ...registerOperations, ...copyOperations, ...outsideOperations, ...outsideTrustOperations, ...outsideListOperations,
  ],
  refusals: sealsRefusals,
  reactions: [onAuthorityMade, publishOutsideTrust, publishOutsideLists, removeScans, accountForOld, removeUnused, onKeyRetired, issueLists, publishLists, reconcileDaily],
  jobs: [lapsePermit, remindExpiry, remindList, remindCertificate, watchOutside, dailyLists, dailyReconciliation, lookIntoBooks, startLending, finishLending, clearMaterial],
  reading: 'notice',
})
