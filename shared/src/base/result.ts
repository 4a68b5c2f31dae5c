/** The outcome of a decision: a value, or the refusal the user will read. */
import type { Refusal } from './refusal.ts'

/** Either `{ ok: true, value }` or `{ ok: false, refusal }`. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** A decision in favour. */
export function accept<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** A decision against; `code` must stand in a room's refusal table. */
export function refuse(code: string, params?: Readonly<Record<string, string | number>>): Result<never> {
  return { ok: false, refusal: params === undefined ? { code } : { code, params } }
}
