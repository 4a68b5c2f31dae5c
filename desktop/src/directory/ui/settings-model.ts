/** What the settings page decides. Pure. */
import { adminDuties, type CivilDate, type Duty, endOfDay, startOfDay } from '@xiewen/shared/base'
import type { DelegationView } from '@xiewen/shared/directory'

/** Whether a person is one of the three administrators (三员), who delegate nothing. */
export function isAdministrator(holder: { readonly duties: readonly Duty[] }): boolean {
  return holder.duties.some((duty) => adminDuties.some((admin) => admin === duty))
}

/** Where a delegation stands at `nowMs`. */
export function stateOfDelegation(delegation: DelegationView, nowMs: number): 'planned' | 'in-force' | 'ended' | 'revoked' {
  if (delegation.revokedAt !== null) return 'revoked'
  if (nowMs < delegation.from) return 'planned'
  return nowMs <= delegation.until ? 'in-force' : 'ended'
}

/** Dates as chosen, from the beginning of the first day to the end of the last (UTC milliseconds); null while incomplete or reversed. */
export function periodOf(first: CivilDate | null, last: CivilDate | null): { readonly from: number; readonly until: number } | null {
  if (first === null || last === null || last < first) return null
  return { from: startOfDay(first), until: endOfDay(last) }
}
