/** Where local copies of documents lie: IndexedDB in a browser, encrypted files in the desktop client, memory in tests. */

/** What a local copy holds when it is opened. */
export interface KeptCopy {
  /** Yjs updates in the order in which they were kept. */
  readonly updates: readonly Uint8Array[]
  /** Edits that no server had acknowledged when windows were last open, over all windows. */
  readonly unsaved: number
}

/** One local copy, opened by one window. Every method rejects when the storage fails (full disk, refused by the browser). */
export interface CopyHandle {
  read(): Promise<KeptCopy>
  /** Keeps updates and this window's number of unacknowledged edits, in one step. */
  append(updates: readonly Uint8Array[], unsaved: number): Promise<void>
  /** Puts one update in the place of all; `fold` gets everything kept, other windows' rows too, and answers at once. */
  compact(fold: (updates: readonly Uint8Array[]) => Uint8Array): Promise<void>
  /** Everything counted in `read().unsaved` has been acknowledged. Counts other windows have changed since stay. */
  settle(): Promise<void>
  erase(): Promise<void>
}

/** A copy that waits for the server. */
export interface WaitingCopy {
  readonly name: string
  readonly unsaved: number
}

/** All local copies of this browser or computer. A name holds person and document, so that what one person typed is never sent under
 * another's session. */
export interface JournalStore {
  open(name: string): CopyHandle
  /** Copies whose name begins with `prefix` and which hold unacknowledged edits. */
  listWaiting(prefix: string): Promise<readonly WaitingCopy[]>
}

/** The name of a document's copy for one person. */
export function copyName(personId: string, documentId: string): string {
  return `text/${personId}/${documentId}`
}

/** Beginning of the names of all copies of one person. */
export function copyPrefix(personId: string): string {
  return copyName(personId, '')
}

/** The document of a copy's name. */
export function documentOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
