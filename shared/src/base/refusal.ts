/** A refusal: the rules say no. A value, never an exception; the user reads its translation. */

/** Why an act was refused. `code` is `<room>.<reason>` and a key of that room's strings; `params` fill its placeholders. */
export interface Refusal {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** Every refusal code of one room with the HTTP status it travels under. */
export type RefusalTable = Readonly<Record<string, number>>

/** Refusals any room may give. */
export const baseRefusals = {
  'base.not-signed-in': 401,
  'base.not-allowed': 403,
  'base.not-found': 404,
  'base.conflict': 409,
  'base.invalid-input': 400,
  'base.step-up-required': 403,
  'base.too-many-requests': 429,
  'base.not-to-read': 409,
  'base.too-large': 413,
  'base.idempotency-mismatch': 422,
  'base.cross-site': 403,
  'base.read-only': 503,
  'base.store-away': 503,
  'base.disk-full': 507,
  'base.fault': 500,
} as const satisfies RefusalTable
