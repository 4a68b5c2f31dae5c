/** The ways a call can end without an answer. Each is something the user can be told about in words. */
import type { Refusal } from '@xiewen/shared/base'

/** The server said no, with a code of a room's refusal table. `message` is the code; screens translate it. */
export class RefusalError extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** HTTP status it travelled under. */
  readonly status: number

  constructor(refusal: Refusal, status: number) {
    super(refusal.code)
    this.name = 'RefusalError'
    this.code = refusal.code
    this.params = refusal.params ?? {}
    this.status = status
  }
}

/** The server failed; `trace` is the number the administrator looks up, or empty when it gave none. */
export class ServerFaultError extends Error {
  readonly trace: string

  constructor(trace: string, options?: ErrorOptions) {
    super('base.fault', options)
    this.name = 'ServerFaultError'
    this.trace = trace
  }
}

/** The server could not be reached: no network, or it is restarting. The same call may be tried again. */
export class OfflineError extends Error {
  constructor(options?: ErrorOptions) {
    super('ui.offline', options)
    this.name = 'OfflineError'
  }
}

/** Any of the three. */
export type CallError = RefusalError | ServerFaultError | OfflineError

/** Whether a thrown value is one of ours; anything else is a bug and belongs to the error boundary. */
export function isCallError(value: unknown): value is CallError {
  return value instanceof RefusalError || value instanceof ServerFaultError || value instanceof OfflineError
}

/** The key and placeholders to translate for an error. */
export function refusalOf(error: CallError): Required<Refusal> {
  if (error instanceof RefusalError) return { code: error.code, params: error.params }
  if (error instanceof ServerFaultError) return { code: 'base.fault', params: { trace: error.trace || '—' } }
  return { code: 'ui.offline', params: {} }
}
