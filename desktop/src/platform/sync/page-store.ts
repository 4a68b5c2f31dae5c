/** The one place of local copies for this page. */
import { bridge } from '../bridge/index.ts'
import { bridgeStore } from './bridge-store.ts'
import { indexedDbStore } from './indexed-db-store.ts'
import type { JournalStore } from './journal-store.ts'

let store: JournalStore | undefined

/** Encrypted files in the desktop client, IndexedDB in a browser. */
export function pageStore(): JournalStore {
  store ??= bridge().host === 'desktop' ? bridgeStore(bridge()) : indexedDbStore()
  return store
}

/** Asks the browser not to clear what is kept when its disk gets full. It may ask the person, so this is done when something waits. */
export function askToKeep(): void {
  void globalThis.navigator?.storage?.persist?.().catch(() => false)
}
