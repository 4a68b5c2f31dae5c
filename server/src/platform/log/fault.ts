/** Faults: the world failed (disk, network, device). Refusals are values; bugs are assertions. */

/** The world failed. `retriable` says whether trying again may help; `code` may name a refusal shown to the user. */
export class Fault extends Error {
  readonly retriable: boolean
  readonly code: string | null

  constructor(message: string, options: { cause?: unknown; retriable?: boolean; code?: string } = {}) {
    super(message, { cause: options.cause })
    this.name = 'Fault'
    this.retriable = options.retriable ?? false
    this.code = options.code ?? null
  }
}

/** Throws a Bug when a promise of ours is broken. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${message}`)
}

/** A refusal on its way out of a transaction: rolls it back, then becomes the answer. */
export class Refused extends Error {
  readonly refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }

  constructor(code: string, params?: Readonly<Record<string, string | number>>) {
    super(code)
    this.name = 'Refused'
    this.refusal = params === undefined ? { code } : { code, params }
  }
}
