/** What has been typed here survives a closed window: the document and the number of unacknowledged edits, in IndexedDB. */
import { IndexeddbPersistence } from 'y-indexeddb'
import type * as Y from 'yjs'

/** A local copy of one document for one person. */
export interface Journal {
  /** Resolves with the number of edits that were not acknowledged when the copy was last open, once the document has been filled
   * from it. Rejects if there is no storage. */
  readonly whenLoaded: Promise<number>
  /** Keeps the number of unacknowledged edits. */
  remember(pending: number): void
  /** Origin of the updates it applies to the document: they are not edits. */
  readonly origin: unknown
  close(): Promise<void>
  /** Closes and removes the copy (after sign-out on a shared computer). */
  erase(): Promise<void>
}

const pendingKey = 'pending'

/** Opens a journal in IndexedDB.
 *
 * @param name must contain document and person: what one person typed must not be sent under another's session
 */
export function openIndexedDbJournal(name: string, doc: Y.Doc): Journal {
  const store = new IndexeddbPersistence(name, doc)
  let isClosed = false
  const whenLoaded = openOrFail(store).then(async () => {
    const value: unknown = await store.get(pendingKey)
    return typeof value === 'number' ? value : 0
  })
  return {
    whenLoaded,
    origin: store,
    remember(pending) {
      if (!isClosed) void store.set(pendingKey, pending)
    },
    async close() {
      isClosed = true
      await store.destroy()
    },
    async erase() {
      isClosed = true
      await store.clearData()
    },
  }
}

const openWithinMs = 5000

/** `whenSynced` alone never settles where the browser refuses storage. */
function openOrFail(store: IndexeddbPersistence): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('storage did not open')), openWithinMs)
    store._db.catch(reject)
    store.whenSynced.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
