/** `useCommand`: one act of the user, with its progress and its refusal. */
import { useCallback, useRef, useState } from 'react'
import { call, newActKey } from './call.ts'
import type { AnyContract, Contract, InputOf, OutputOf } from './contract-types.ts'
import { type CallError, isCallError, OfflineError } from './errors.ts'

/** What a button needs: `run` acts and answers with the output, or null after a refusal, which is then in `error`. */
export interface CommandHandle<C extends AnyContract> {
  readonly run: (input: InputOf<C>) => Promise<OutputOf<C> | null>
  readonly busy: boolean
  readonly error: CallError | null
  readonly clearError: () => void
}

/** Prepares a command for a button or a form. While it runs, a second `run` does nothing; after a lost connection the
 * same input is sent under the same key, so the act happens once. */
export function useCommand<C extends Contract<'command', AnyContract['input'], AnyContract['output']>>(contract: C): CommandHandle<C> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const running = useRef(false)
  const unsure = useRef<{ readonly body: string; readonly key: string } | null>(null)
  const run = useCallback(
    async (input: InputOf<C>) => {
      if (running.current) return null
      const body = JSON.stringify(input)
      const key = unsure.current?.body === body ? unsure.current.key : newActKey()
      running.current = true
      setBusy(true)
      setError(null)
      try {
        const output = await call(contract, input, { idempotencyKey: key })
        unsure.current = null
        return output
      } catch (problem) {
        if (!isCallError(problem)) throw problem
        unsure.current = problem instanceof OfflineError ? { body, key } : null
        setError(problem)
        return null
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [contract],
  )
  const clearError = useCallback(() => setError(null), [])
  return { run, busy, error, clearError }
}
