/** What has been typed here survives a closed window: every change goes into the local copy, with the number of edits that no server
 * has acknowledged. */
import * as Y from 'yjs'
import { oncePainted } from './after-paint.ts'
import type { CopyHandle } from './journal-store.ts'

/** A local copy of one document for one person, following a document. */
export interface Journal {
  /** Resolves with the number of edits that were not acknowledged when the copy was last open, once the document has been filled
   * from it. Rejects if there is no storage. */
  readonly whenLoaded: Promise<number>
  /** Keeps the number of unacknowledged edits. */
  remember(pending: number): void
  /** Everything typed here is acknowledged, that of earlier windows too. */
  settled(): void
  /** False while something typed could not be written: a full disk, a browser that refuses. */
  isKept(): boolean
  /** Calls `listener` when `isKept` changes. */
  onKeptChange(listener: () => void): () => void
  /** Origin of the updates it applies to the document: they are not edits. */
  readonly origin: unknown
  /** Resolves once everything so far is written, or cannot be. */
  flush(): Promise<void>
  close(): Promise<void>
  /** Closes and removes the copy (after sign-out on a shared computer). */
  erase(): Promise<void>
}

/** Rows after which a copy is folded into one. */
const foldAfterRows = 300
const retryMs = 3000

/** Opens a journal over a stored copy. What waits for one write goes with the next, so that a fast typist costs no more. */
export function openJournal(copy: CopyHandle, doc: Y.Doc): Journal {
  const origin = { name: 'journal' }
  const listeners = new Set<() => void>()
  let waiting: Uint8Array[] = []
  let unsaved: number | null = null
  let rows = 0
  let kept = true
  let isClosed = false
  let hasLoaded = false
  let writing: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const onUpdate = (update: Uint8Array, from: unknown): void => {
    if (from === origin) return
    waiting.push(update)
    soon()
  }
  // A letter on the screen first, then on the disk.
  const soon = oncePainted(() => write())
  doc.on('update', onUpdate)
  const onHide = (): void => void flush()
  globalThis.addEventListener?.('pagehide', onHide)

  const whenLoaded = copy.read().then(
    (found) => {
      if (isClosed) return 0
      Y.transact(doc, () => found.updates.forEach((update) => Y.applyUpdate(doc, update, origin)), origin, false)
      rows = found.updates.length
      hasLoaded = true
      write()
      return found.unsaved
    },
    (cause: unknown) => {
      setKept(false)
      throw cause
    },
  )

  function setKept(next: boolean): void {
    if (kept === next) return
    kept = next
    for (const listener of [...listeners]) listener()
  }

  /** Before the copy has been read its count is not known, and nothing is written over it. */
  function write(): void {
    if (!hasLoaded || writing !== null || (waiting.length === 0 && unsaved === null)) return
    const [updates, count] = [waiting, unsaved]
    waiting = []
    unsaved = null
    clearTimeout(timer)
    writing = append(updates, count ?? lastCount).finally(() => {
      writing = null
      if (kept) write()
      else if (!isClosed) timer = setTimeout(write, retryMs)
    })
  }

  let lastCount = 0
  async function append(updates: readonly Uint8Array[], count: number): Promise<void> {
    try {
      await copy.append(updates, count)
      lastCount = count
      rows += updates.length
      setKept(true)
      if (rows > foldAfterRows) await fold()
    } catch {
      // Kept in memory, said by `isKept`, and tried again.
      waiting = [...updates, ...waiting]
      unsaved ??= count
      setKept(false)
    }
  }

  async function fold(): Promise<void> {
    await copy.compact((updates) => {
      const whole = new Y.Doc({ gc: false })
      Y.transact(whole, () => updates.forEach((update) => Y.applyUpdate(whole, update)))
      const folded = Y.encodeStateAsUpdate(whole)
      whole.destroy()
      return folded
    })
    rows = 1
  }

  async function flush(): Promise<void> {
    if (!hasLoaded) return
    if (writing === null) write()
    while (writing !== null) await writing
  }

  function end(): void {
    isClosed = true
    doc.off('update', onUpdate)
    globalThis.removeEventListener?.('pagehide', onHide)
    clearTimeout(timer)
    listeners.clear()
  }

  return {
    whenLoaded,
    origin,
    isKept: () => kept,
    onKeptChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    remember(pending) {
      if (isClosed || (pending === lastCount && unsaved === null)) return
      unsaved = pending
      soon()
    },
    settled() {
      // What counts as unsaved by an old number only costs one needless look later.
      copy.settle().catch(() => undefined)
    },
    flush,
    async close() {
      await whenLoaded.catch(() => undefined)
      await flush()
      end()
    },
    async erase() {
      end()
      await copy.erase()
    },
  }
}
