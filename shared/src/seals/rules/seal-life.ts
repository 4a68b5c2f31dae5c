/** The life of a seal. Source: 《电子印章管理办法》(国办发〔2025〕33号) 申请、制作、备案、使用、注销; separation of duties: GB/T 22239-2019 8.1.7.1 */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { SealState } from '../model.ts'

/** What can be done with a seal. */
export type SealAct = 'approve' | 'refuse' | 'make' | 'enable' | 'suspend' | 'resume' | 'ask-destruction' | 'keep-on' | 'destroy'

const transitions: Readonly<Record<SealAct, { readonly from: readonly SealState[]; readonly to: SealState }>> = {
  approve: { from: ['applied'], to: 'approved' },
  refuse: { from: ['applied'], to: 'refused' },
  // Making ends with the entry in the register of seals (备案): nothing made stays unfiled.
  make: { from: ['approved'], to: 'filed' },
  enable: { from: ['filed'], to: 'active' },
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  // From here on the seal is out of use; the second person need not hurry.
  'ask-destruction': { from: ['filed', 'active', 'suspended'], to: 'ending' },
  // Kept after all, it still rests until somebody resumes it.
  'keep-on': { from: ['ending'], to: 'suspended' },
  destroy: { from: ['ending'], to: 'destroyed' },
}

/** Who has had a hand in a seal, by person; null where nobody has yet. */
export interface SealHands {
  readonly proposer: string
  readonly approver: string | null
  readonly maker: string | null
  /** Who asked that it be destroyed. */
  readonly ender: string | null
}

/** The state after an act.
 *
 * @returns refused `seals.wrong-state` where the act does not fit, `seals.own-act` when the same person would check their own work:
 * proposing, approving and making a seal take three people, ending it takes two
 */
export function decideSealAct(state: SealState, act: SealAct, actorPersonId: string, hands: SealHands): Result<SealState> {
  const rule = transitions[act]
  if (!rule.from.includes(state)) return refuse('seals.wrong-state')
  const others = othersOf(act, hands)
  if (others.includes(actorPersonId)) return refuse('seals.own-act')
  return accept(rule.to)
}

function othersOf(act: SealAct, hands: SealHands): readonly (string | null)[] {
  switch (act) {
    case 'approve':
    case 'refuse':
      return [hands.proposer]
    case 'make':
      return [hands.proposer, hands.approver]
    case 'enable':
      return [hands.approver, hands.maker]
    case 'suspend':
    case 'resume':
    case 'ask-destruction':
    case 'keep-on':
      return []
    case 'destroy':
      return [hands.ender]
  }
}
