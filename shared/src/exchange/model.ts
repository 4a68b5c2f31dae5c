/** The exchange room's vocabulary: dispatches (分发), receipts (one per receiving organ), readers of documents kept for reading. */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'

/** One sending of a sealed document to organs. */
export type DispatchId = Brand<string, 'DispatchId'>
/** What one organ received in a dispatch, from 待签收 to 办结. */
export type ReceiptId = Brand<string, 'ReceiptId'>

/** Schema of a `DispatchId`. */
export const dispatchIdSchema = idSchema<'DispatchId'>()
/** Schema of a `ReceiptId`. */
export const receiptIdSchema = idSchema<'ReceiptId'>()

/** sent 待签收 → signed-for 已签收 → registered 已登记 → in-handling 办理中 → finished 办结; returned 已退回 and withdrawn 已撤回
 * end it before it was signed for. Source: 党政机关公文处理工作条例 第24条; GB/T 33479-2016 */
export const receiptStates = ['sent', 'signed-for', 'registered', 'in-handling', 'finished', 'returned', 'withdrawn'] as const
/** One of the states. */
export type ReceiptState = (typeof receiptStates)[number]

/** What can happen to a receipt. `begin` and `stop` follow the handling case, `resume` (重新办理) asks for a new one after a `stop`,
 * `circulate` gives it to readers. */
export const receiptActs = ['sign-for', 'return', 'withdraw', 'urge', 'register', 'begin', 'stop', 'resume', 'circulate', 'finish'] as const
/** One of the acts. */
export type ReceiptAct = (typeof receiptActs)[number]

/** handle 办件: needs an answer or an act; read 阅件: is passed round to be read. Source: 条例 第24条(四) */
export const handlings = ['handle', 'read'] as const
/** One of the two. */
export type Handling = (typeof handlings)[number]

/** main 主送, copy 抄送. */
export const receiverRoles = ['main', 'copy'] as const
/** One of the roles. */
export type ReceiverRole = (typeof receiverRoles)[number]

/** 收文编号: one series per organ and year. */
export const registerNumberSchema = z.object({ year: z.number().int(), serial: z.number().int().min(1) })
/** 收文编号 in its parts. */
export type RegisterNumber = z.output<typeof registerNumberSchema>

/** The form written on the receipt: 收〔2026〕7号 */
export function formatRegisterNumber(number: RegisterNumber): string {
  return `收〔${number.year}〕${number.serial}号`
}
