/** The states of a document (公文状态) and which may follow which. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'

/** draft 草稿 → in-review 送审中 → signed 已签发 → numbered 已编号 → typeset 已排版 → sealed 已用印 → issued 已印发; incoming 收文. */
export const documentStates = ['draft', 'in-review', 'signed', 'numbered', 'typeset', 'sealed', 'issued', 'incoming'] as const
/** One of the states. */
export type DocumentState = (typeof documentStates)[number]

const followers: Readonly<Record<DocumentState, readonly DocumentState[]>> = {
  draft: ['in-review', 'signed'],
  'in-review': ['draft', 'signed'],
  // A substantive change found at 复核 goes back to the signer. Source: 条例 第25条(一)
  signed: ['in-review', 'numbered'],
  // A voided number takes the document back to signed.
  numbered: ['signed', 'typeset'],
  // Minutes and documents issued to all under a 特定标志 need no seal. Source: 条例 第9条(十三)
  typeset: ['numbered', 'typeset', 'sealed', 'issued'],
  sealed: ['issued'],
  issued: [],
  incoming: [],
}

/** Whether the text can no longer change. */
export function isFrozenState(state: DocumentState): boolean {
  return state !== 'draft' && state !== 'in-review'
}

/** Decides whether a document may go from one state to another; staying is always in order.
 *
 * @returns the new state, or `documents.wrong-state`
 */
export function decideTransition(from: DocumentState, to: DocumentState): Result<DocumentState> {
  return from === to || followers[from].includes(to) ? accept(to) : refuse('documents.wrong-state', { from, to })
}
