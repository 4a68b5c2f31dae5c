/** The thread that reads a long stored text for its copies, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { DamagedFrame } from '../../platform/realtime/log-frames.ts'
import type { StoredLog } from '../../platform/realtime/ports.ts'
import { documentOf } from '../stored-text.ts'
import { type Copies, copiesOf } from './copies.ts'

/** What the thread is asked. */
export interface StoredText {
  readonly documentId: string
  readonly log: StoredLog
}

/** What it answers. */
export type CopiesAnswer = { readonly copies: Copies } | { readonly damaged: string }

function answer({ documentId, log }: StoredText): CopiesAnswer {
  try {
    return { copies: copiesOf(documentOf(documentId, log)) }
  } catch (cause) {
    if (cause instanceof DamagedFrame) return { damaged: cause.message }
    throw cause
  }
}

// Safe because only `read-copies.ts` starts this program and hands it exactly this.
parentPort?.postMessage(answer(workerData as StoredText))
