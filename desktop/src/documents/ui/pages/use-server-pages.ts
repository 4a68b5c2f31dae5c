/** Pages of a document that is not stored, drawn by the server a moment after the last change: for a window that cannot lay out itself. */
import type { OutputOf } from '@xiewen/shared/base'
import { documentsContract, type OfficialDocument } from '@xiewen/shared/documents'
import { useEffect, useState } from 'react'
import { type CallError, isCallError, upload } from '../../../platform/http/index.ts'

/** What is on screen: the pages drawn last, and whether newer ones are under way. */
export interface ServerPages {
  readonly drawn: OutputOf<typeof documentsContract.previewPages> | null
  readonly error: CallError | null
  readonly isBehind: boolean
}

/** Quiet time before the pages are drawn anew (ms). */
const quietMs = 350

/** Draws `document`; null draws nothing. Pages stay on screen until newer ones are there. */
export function useServerPages(document: OfficialDocument | null): ServerPages {
  const [state, setState] = useState<ServerPages>({ drawn: null, error: null, isBehind: true })
  const body = document === null ? null : JSON.stringify(document)
  useEffect(() => {
    if (body === null) return
    let isStale = false
    setState((before) => ({ ...before, isBehind: true }))
    const draw = async () => {
      try {
        const drawn = await upload(documentsContract.previewPages, {}, new Blob([body], { type: 'application/octet-stream' }))
        if (!isStale) setState({ drawn, error: null, isBehind: false })
      } catch (problem) {
        if (!isCallError(problem)) throw problem
        if (!isStale) setState((before) => ({ ...before, error: problem, isBehind: false }))
      }
    }
    const timer = setTimeout(() => void draw(), quietMs)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [body])
  return state
}
