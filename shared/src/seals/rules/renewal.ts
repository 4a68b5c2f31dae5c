/** 换证: a new key and certificate for the same seal. Source: 《电子印章管理办法》(国办发〔2025〕33号) 变更; GB/T 22239-2019 8.1.7.1 */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { RenewalState, SealState } from '../model.ts'

/** What can be done about a renewal. */
export type RenewalAct = 'ask' | 'approve' | 'refuse' | 'renew'

/** A seal as far as its renewal is concerned; `renewal` is null when none is under way. */
export interface RenewalScene {
  readonly sealState: SealState
  readonly renewal: RenewalState | null
  readonly askerId: string | null
  readonly approverId: string | null
}

/** The renewal's state after an act; null when it is over.
 *
 * @returns refused `seals.wrong-state` where the act does not fit, `seals.own-act` when the same person asks, approves or carries out
 */
export function decideRenewal(scene: RenewalScene, act: RenewalAct, actorPersonId: string): Result<RenewalState | null> {
  const { sealState, renewal, askerId, approverId } = scene
  if (sealState !== 'active' && sealState !== 'suspended') return refuse('seals.wrong-state')
  switch (act) {
    case 'ask':
      return renewal === null ? accept('asked') : refuse('seals.wrong-state')
    case 'approve':
    case 'refuse':
      if (renewal !== 'asked') return refuse('seals.wrong-state')
      return actorPersonId === askerId ? refuse('seals.own-act') : accept(act === 'approve' ? 'approved' : null)
    case 'renew':
      if (renewal !== 'approved') return refuse('seals.wrong-state')
      return actorPersonId === askerId || actorPersonId === approverId ? refuse('seals.own-act') : accept(null)
  }
}
