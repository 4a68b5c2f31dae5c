import { type BatchView, sealsContract } from '@xiewen/shared/seals'
import { useEffect, useRef, useState } from 'react'
import { type CallError, refreshTopics, useCommand } from '../../../platform/http/index.ts'

/** Files asked for at once: few enough that the person sees it advance and can stop it. */
const atOnce = 5

/** How far a batch has come. */
export interface BatchProgress {
  readonly done: number
  readonly refused: number
  readonly waiting: number
}

/** Works a batch until no file waits, the person stops it, leaves the page, or a call fails. What was not tried stays noted on the server. */
export interface BatchRun {
  readonly run: (batchId: BatchView['id']) => Promise<void>
  readonly stop: () => void
  /** Null while nothing runs. */
  readonly progress: BatchProgress | null
  readonly error: CallError | null
}

/** Prepares to work batches. */
export function useBatchRun(): BatchRun {
  const impress = useCommand(sealsContract.impressTogether)
  const [progress, setProgress] = useState<BatchProgress | null>(null)
  const stopped = useRef(false)
  const stop = () => {
    stopped.current = true
  }
  useEffect(() => stop, [])
  const run = async (batchId: BatchView['id']) => {
    stopped.current = false
    setProgress({ done: 0, refused: 0, waiting: 0 })
    for (;;) {
      const counts = await impress.run({ batchId, most: atOnce })
      if (counts === null) break
      setProgress(counts)
      if (counts.waiting === 0 || stopped.current) break
    }
    setProgress(null)
    refreshTopics(['seals'])
  }
  return { run, stop, progress, error: impress.error }
}
