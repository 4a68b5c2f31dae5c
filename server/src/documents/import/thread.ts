/** The reading thread: reads one file and ends. It has no access to the database, to keys or to people; whatever a hostile file
 * does here ends with the thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { type FileToRead, type ReadFile, readImportedFile } from './read-file.ts'
import { Unreadable } from './unreadable.ts'

/** What the thread answers. */
export type ThreadAnswer =
  | { readonly kind: 'read'; readonly file: ReadFile }
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }

function answer(file: FileToRead): ThreadAnswer {
  try {
    return { kind: 'read', file: readImportedFile(file) }
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'refused', code: error.code, params: error.params }
    throw error
  }
}

// Safe because only `read-in-thread.ts` starts this program and hands it exactly this.
parentPort?.postMessage(answer(workerData as FileToRead))
