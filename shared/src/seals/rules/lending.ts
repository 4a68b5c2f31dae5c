/** 临时代管: for a time, a colleague of the same organ keeps the seal besides its keeper. It ends by itself. Source: 国发〔1999〕25号 24 (专人保管),
 * 《电子印章管理办法》(国办发〔2025〕33号) 使用管理 */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { SealState } from '../model.ts'

/** The longest lending; whoever is away longer hands the seal over (移交). */
export const longestLendingMs = 60 * 86_400_000

/** A lending asked for. Times ms UTC, `from` included and `until` not. `openUntil` is when the seal's present lending ends, null without one. */
export interface LendingScene {
  readonly sealState: SealState
  readonly custodianId: string
  readonly keeperPersonId: string | null
  readonly borrower: { readonly personId: string; readonly organId: string }
  readonly lenderPersonId: string
  readonly openUntil: number | null
  readonly from: number
  readonly until: number
  readonly now: number
}

/** Whether a seal may be lent so.
 *
 * @returns refused `seals.wrong-state` for a seal not in use, `seals.lending-open` while another lending runs or is to come, `seals.not-of-custodian`
 * for a colleague of another organ, `seals.own-act` for oneself or the keeper, `seals.lending-period` for a time that is past, empty or too long
 */
export function decideLending(scene: LendingScene): Result<null> {
  const { sealState, borrower, from, until, now } = scene
  if (sealState !== 'active' && sealState !== 'suspended') return refuse('seals.wrong-state')
  if (scene.openUntil !== null && scene.openUntil > now) return refuse('seals.lending-open')
  if (borrower.organId !== scene.custodianId) return refuse('seals.not-of-custodian')
  if (borrower.personId === scene.lenderPersonId || borrower.personId === scene.keeperPersonId) return refuse('seals.own-act')
  const isSound = until > now && until > from && from >= now - 86_400_000 && until - from <= longestLendingMs
  return isSound ? accept(null) : refuse('seals.lending-period')
}
