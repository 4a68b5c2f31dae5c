/** What the status line beside a document says. The only source of "saved" is the server's acknowledgement. */

/** Why the server will not have this client, whatever it tries again. */
export type RefusalReason =
  | 'malformed'
  | 'no-right'
  | 'no-document'
  | 'foreign-author'
  | 'damaged'
  | 'too-large'
  | 'refused'
  | 'gap-flood'
  | 'other'

/** Why nothing reaches the server: it does not answer, or it answers that it cannot save or check rights now (a full disk). */
export type OfflineCause = 'unreachable' | 'server-trouble'

/** `pending`: local edits that the server has not acknowledged. `isKept`: they lie in the local copy too; false where this computer's
 * storage is full or refused, so that the window must stay open. */
export type SyncState =
  /** 已保存: everything typed here is on the server's disk. */
  | { readonly kind: 'saved'; readonly seq: number }
  /** 正在保存 */
  | { readonly kind: 'saving'; readonly pending: number }
  /** 离线，`pending` 处未上传 */
  | { readonly kind: 'offline'; readonly pending: number; readonly why: OfflineCause; readonly isKept: boolean }
  /** 只读 */
  | { readonly kind: 'read-only'; readonly pending: number }
  /** 需重新登录 */
  | { readonly kind: 'sign-in-needed'; readonly pending: number; readonly isKept: boolean }
  /** 服务器拒绝 */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string; readonly pending: number; readonly isKept: boolean }

const refusals: ReadonlyMap<number, RefusalReason> = new Map([
  [1009, 'too-large'],
  [4400, 'malformed'],
  [4403, 'no-right'],
  [4404, 'no-document'],
  [4409, 'foreign-author'],
  [4410, 'damaged'],
  [4413, 'too-large'],
  [4422, 'refused'],
  [4430, 'gap-flood'],
])

/** What the end of a connection means for the next attempt. */
export type CloseMeaning =
  | { readonly kind: 'retry'; readonly why: OfflineCause }
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }

/** Reads a close code: 44xx is final, everything else passes. Source: server/PROTOCOL.md, close codes */
export function readCloseCode(code: number): CloseMeaning {
  if (code === 4401) return { kind: 'sign-in-needed' }
  const reason = refusals.get(code)
  if (reason !== undefined) return { kind: 'refused', reason }
  if (code >= 4400 && code < 4500) return { kind: 'refused', reason: 'other' }
  return { kind: 'retry', why: code === 4500 || code === 4503 ? 'server-trouble' : 'unreachable' }
}
