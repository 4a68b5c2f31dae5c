/** Every state × act of a receipt, decided. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { Handling, ReceiptAct, ReceiptState } from '../model.ts'

type Cell = { readonly to: ReceiptState } | { readonly no: string }
const to = (state: ReceiptState): Cell => ({ to: state })
const no = (reason: string): Cell => ({ no: `exchange.${reason}` })

function row(cells: Partial<Record<ReceiptAct, Cell>>, otherwise: Cell): Readonly<Record<ReceiptAct, Cell>> {
  return {
    'sign-for': otherwise, return: otherwise, withdraw: otherwise, urge: otherwise, register: otherwise, begin: otherwise, stop: otherwise,
    resume: otherwise, circulate: otherwise, finish: otherwise, ...cells,
  }
}

/** Once signed for, the paper is the receiver's: nobody takes it back and nobody sends it back. */
const bound = { 'sign-for': no('already-signed-for'), return: no('return-after-signing'), withdraw: no('withdraw-after-signing') }
const counted = { ...bound, register: no('already-registered'), urge: no('urge-after-registering') }

const table: Readonly<Record<ReceiptState, Readonly<Record<ReceiptAct, Cell>>>> = {
  sent: row({ 'sign-for': to('signed-for'), return: to('returned'), withdraw: to('withdrawn'), urge: to('sent') }, no('not-signed-for')),
  'signed-for': row({ ...bound, urge: to('signed-for'), register: to('registered') }, no('not-registered')),
  registered: row({ ...counted, begin: to('in-handling'), resume: to('registered'), circulate: to('in-handling'), finish: to('finished') }, no('not-in-handling')),
  'in-handling': row({ ...counted, stop: to('registered'), circulate: to('in-handling'), finish: to('finished') }, no('already-in-handling')),
  finished: row(counted, no('already-finished')),
  returned: row({}, no('already-returned')),
  withdrawn: row({}, no('already-withdrawn')),
}

/** Decides one act on a receipt.
 *
 * @returns the state after it, or why not
 */
export function decideReceipt(state: ReceiptState, act: ReceiptAct): Result<ReceiptState> {
  const cell = table[state][act]
  return 'to' in cell ? accept(cell.to) : refuse(cell.no)
}

/** Decides a return (退回): the reason is part of it. Source: 条例 第24条(三) */
export function decideReturn(state: ReceiptState, reason: string): Result<ReceiptState> {
  const decided = decideReceipt(state, 'return')
  return decided.ok && reason.trim() === '' ? refuse('exchange.reason-needed') : decided
}

/** Decides who an act of handling is for: circulation here is for 阅件; a 办件 is circulated within its case. */
export function decideCirculation(receipt: { readonly state: ReceiptState; readonly handling: Handling | null }): Result<ReceiptState> {
  const decided = decideReceipt(receipt.state, 'circulate')
  return decided.ok && receipt.handling !== 'read' ? refuse('exchange.circulate-in-case') : decided
}

/** Decides closing by hand: only a 阅件 is closed here, a 办件 ends with its case. */
export function decideClosing(receipt: { readonly state: ReceiptState; readonly handling: Handling | null }): Result<ReceiptState> {
  const decided = decideReceipt(receipt.state, 'finish')
  return decided.ok && receipt.handling !== 'read' ? refuse('exchange.close-in-case') : decided
}

/** Whether a history ends with a case that was stopped (终止) and not asked for again. `acts` oldest first. */
export function wasStopped(acts: readonly string[]): boolean {
  return acts.findLast((act) => act === 'register' || act === 'begin' || act === 'stop' || act === 'resume') === 'stop'
}

/** Decides 重新办理: a 办件 whose case was stopped gets a new one; the former stays as it ended.
 *
 * @returns the state until the new case begins; refuses `exchange.resume-reading` for a 阅件 and `exchange.already-in-handling` while a case runs or is about to
 */
export function decideResuming(receipt: { readonly state: ReceiptState; readonly handling: Handling | null }, acts: readonly string[]): Result<ReceiptState> {
  const decided = decideReceipt(receipt.state, 'resume')
  if (!decided.ok) return decided
  if (receipt.handling !== 'handle') return refuse('exchange.resume-reading')
  return wasStopped(acts) ? decided : refuse('exchange.already-in-handling')
}

/** Whether it has not been signed for in time (超时未签收). */
export function isOverdue(receipt: { readonly state: ReceiptState; readonly signBy: number }, now: number): boolean {
  return receipt.state === 'sent' && now > receipt.signBy
}

const hourMs = 3_600_000

/** Decides urging (催办): at most once an hour. */
export function decideUrging(receipt: { readonly state: ReceiptState; readonly urgedAt: number | null }, now: number): Result<ReceiptState> {
  const decided = decideReceipt(receipt.state, 'urge')
  if (!decided.ok) return decided
  return receipt.urgedAt !== null && now - receipt.urgedAt < hourMs ? refuse('exchange.urged-recently') : decided
}
