/** `useUpload`: a file sent by the user, with its progress and its refusal. */
import { useCallback, useRef, useState } from 'react'
import { upload } from './call.ts'
import type { AnyContract, Contract, InputOf, OutputOf } from './contract-types.ts'
import { type CallError, isCallError } from './errors.ts'

/** What a form needs: `run` sends and answers with the output, or null after a refusal, which is then in `error`. */
export interface UploadHandle<C extends AnyContract> {
  readonly run: (input: InputOf<C>, file: Blob) => Promise<OutputOf<C> | null>
  readonly busy: boolean
  readonly error: CallError | null
}

/** Prepares an upload for a form. While it runs, a second `run` does nothing. */
export function useUpload<C extends Contract<'upload', AnyContract['input'], AnyContract['output']>>(contract: C): UploadHandle<C> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const running = useRef(false)
  const run = useCallback(
    async (input: InputOf<C>, file: Blob) => {
      if (running.current) return null
      running.current = true
      setBusy(true)
      setError(null)
      try {
        return await upload(contract, input, file)
      } catch (problem) {
        if (!isCallError(problem)) throw problem
        setError(problem)
        return null
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [contract],
  )
  return { run, busy, error }
}
