/** Local copies in IndexedDB. One database; each kept update is a row, each window's count another. */
import { randomId } from '../http/random-id.ts'
import type { CopyHandle, JournalStore, KeptCopy, WaitingCopy } from './journal-store.ts'

interface Head {
  readonly key: string
  readonly name: string
  readonly unsaved: number
}

const databaseName = 'xiewen-copies'
const openWithinMs = 5000

/** Opens the store. `window` names this window among those of the same browser; the database is opened with the first use. */
export function indexedDbStore(factory: IDBFactory = indexedDB, window: string = randomId()): JournalStore {
  let opening: Promise<IDBDatabase> | undefined
  const database = (): Promise<IDBDatabase> => {
    opening ??= openDatabase(factory, () => (opening = undefined))
    // A browser that refused once is asked again next time.
    opening.catch(() => (opening = undefined))
    return opening
  }
  return {
    open: (name) => handleOf(database, name, window),
    async listWaiting(prefix) {
      const rows = await inTransaction(await database(), 'readonly', (tx) => answerOf<Head[]>(heads(tx).getAll()))
      const counts = new Map<string, number>()
      for (const { name, unsaved } of rows) if (name.startsWith(prefix) && unsaved > 0) counts.set(name, (counts.get(name) ?? 0) + unsaved)
      return [...counts].map(([name, unsaved]): WaitingCopy => ({ name, unsaved }))
    },
  }
}

function handleOf(database: () => Promise<IDBDatabase>, name: string, window: string): CopyHandle {
  /** Counts of windows that have gone, as they were when this one began. */
  let found: readonly Head[] = []
  const put = (tx: IDBTransaction, unsaved: number): void => {
    heads(tx).put({ key: `${name}|${window}`, name, unsaved } satisfies Head)
  }
  return {
    async read() {
      return inTransaction(await database(), 'readonly', async (tx): Promise<KeptCopy> => {
        const [rows, counts] = await Promise.all([
          answerOf<{ bytes: Uint8Array }[]>(updates(tx).index('name').getAll(name)),
          answerOf<Head[]>(heads(tx).index('name').getAll(name)),
        ])
        found = counts.filter((head) => head.unsaved > 0)
        return { updates: rows.map((row) => row.bytes), unsaved: found.reduce((sum, head) => sum + head.unsaved, 0) }
      })
    },
    async append(added, unsaved) {
      await inTransaction(await database(), 'readwrite', (tx) => {
        for (const bytes of added) updates(tx).add({ name, bytes })
        put(tx, unsaved)
      })
    },
    async compact(fold) {
      await inTransaction(await database(), 'readwrite', async (tx) => {
        const [rows, keys] = await Promise.all([answerOf<{ bytes: Uint8Array }[]>(updates(tx).index('name').getAll(name)), answerOf(updates(tx).index('name').getAllKeys(name))])
        const bytes = fold(rows.map((row) => row.bytes))
        for (const key of keys) updates(tx).delete(key)
        updates(tx).add({ name, bytes })
      })
    },
    async settle() {
      const gone = found
      found = []
      await inTransaction(await database(), 'readwrite', async (tx) => {
        for (const head of gone) {
          const now = await answerOf<Head | undefined>(heads(tx).get(head.key))
          if (now?.unsaved === head.unsaved && head.key !== `${name}|${window}`) heads(tx).delete(head.key)
        }
      })
    },
    async erase() {
      await inTransaction(await database(), 'readwrite', async (tx) => {
        for (const store of [updates(tx), heads(tx)]) for (const key of await answerOf(store.index('name').getAllKeys(name))) store.delete(key)
      })
    },
  }
}

function updates(tx: IDBTransaction): IDBObjectStore {
  return tx.objectStore('updates')
}

function heads(tx: IDBTransaction): IDBObjectStore {
  return tx.objectStore('heads')
}

function openDatabase(factory: IDBFactory, lost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(databaseName, 1)
    // Some browsers answer nothing at all where they refuse storage.
    const timer = setTimeout(() => reject(new Error('storage did not open')), openWithinMs)
    request.onupgradeneeded = () => {
      const rows = request.result.createObjectStore('updates', { autoIncrement: true })
      rows.createIndex('name', 'name')
      const counts = request.result.createObjectStore('heads', { keyPath: 'key' })
      counts.createIndex('name', 'name')
    }
    request.onerror = () => {
      clearTimeout(timer)
      reject(request.error ?? new Error('storage refused'))
    }
    request.onsuccess = () => {
      clearTimeout(timer)
      request.result.onclose = lost
      request.result.onversionchange = () => {
        request.result.close()
        lost()
      }
      resolve(request.result)
    }
  })
}

/** Runs `work` and answers once the transaction is complete: kept means kept. */
async function inTransaction<T>(database: IDBDatabase, mode: IDBTransactionMode, work: (tx: IDBTransaction) => T | Promise<T>): Promise<T> {
  const tx = database.transaction(['updates', 'heads'], mode, { durability: 'strict' })
  const complete = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new Error('storage gave up'))
    tx.onerror = () => reject(tx.error ?? new Error('storage failed'))
  })
  // Whoever waits hears of a failure through `work` first; a second, unheard one must not reach the page.
  complete.catch(() => undefined)
  try {
    const value = await work(tx)
    await complete
    return value
  } catch (cause) {
    if (tx.error === null) abort(tx)
    throw cause
  }
}

/** Leaves nothing half written; a transaction that is over already has nothing to leave. */
function abort(tx: IDBTransaction): void {
  try {
    tx.abort()
  } catch {
    // It is over.
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage failed'))
  })
}
