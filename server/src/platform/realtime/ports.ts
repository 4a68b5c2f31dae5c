/** What the realtime server asks of the rest of the server. Each port has an in-memory or file twin for tests. */

import type { Line } from './line.ts'
import type { SnapshotFrame } from './log-frames.ts'

/** What a person may do with one document. `suggest` writes like `edit`; the inspector sees the difference. */
export type RightsLevel = 'none' | 'read' | 'suggest' | 'edit'

/** Who stands behind a socket. Made by the HTTPS session, carried by a ticket, never by the client. */
export interface TicketGrant {
  readonly sessionId: string
  readonly personId: string
  readonly personName: string
  readonly postTitle: string
  /** 26 characters, see `parseSyncTarget`. */
  readonly documentId: string
  /** Version of the document's Yjs mapping; a client that says it knows only an older one is read-only. */
  readonly schemaVersion: number
}

/** Exchanges a ticket for its grant, once. `null`: unknown, used or expired. */
export interface Tickets {
  redeem(ticket: string): Promise<TicketGrant | null>
}

/** Asked at join, on `refreshRights` and every few seconds while a socket lives. Throwing closes the sockets asked about. */
export interface Rights {
  /** What these people may do with one document now; who is missing from the answer has no right. */
  rightsOfPeople(documentId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, RightsLevel>>
}

/** One row to append: `bytes` is a sealed log frame (see log-frames.ts), opaque to the store. `at` is UTC milliseconds. */
export interface LogRow {
  readonly documentId: string
  readonly bytes: Uint8Array
  readonly personId: string
  readonly sessionId: string
  readonly at: number
}

/** What the store holds for one document: the newest snapshot frame and every row after `snapshotSeq`, in order of `seq`. */
export interface StoredLog {
  readonly snapshot: Uint8Array | null
  readonly snapshotSeq: number
  /** What the frame says, where whoever read it has opened it: nobody checks half a megabyte twice. To be used once. */
  readonly opened?: SnapshotFrame | undefined
  readonly tail: readonly { readonly seq: number; readonly bytes: Uint8Array }[]
}

/** The durable log of updates. */
export interface UpdateLog {
  /** `null`: no such document. */
  load(documentId: string): Promise<StoredLog | null>
  /** One durable commit for all rows (many documents); resolves after the fsync with one sequence number per row, in the
   * order given. Numbers of one document strictly increase. Rejects with nothing or everything written. */
  append(rows: readonly LogRow[]): Promise<readonly number[]>
  /** Stores a snapshot frame that contains every row up to and including `seq`. Rows up to `seq` may go afterwards. */
  saveSnapshot(documentId: string, seq: number, bytes: Uint8Array): Promise<void>
}

/** What the inspector may look at besides the bytes. */
export interface InspectionContext {
  readonly grant: TicketGrant
  readonly rights: 'suggest' | 'edit'
  /** The whole document as accepted so far, as updates in order. */
  readonly state: () => readonly Uint8Array[]
}

/** The verdict about one update. */
export type Verdict = { readonly kind: 'accept' } | { readonly kind: 'refuse'; readonly reason: string }

/** Looks at an update before it is committed. A promise holds back later frames of the same socket only. */
export interface Inspector {
  accept(update: Uint8Array, context: InspectionContext): Verdict | Promise<Verdict>
  /** An update of anybody was accepted; called in order. */
  accepted?(documentId: string, update: Uint8Array): void
  /** What the inspector keeps about a document may be wrong or is no longer needed. */
  forget?(documentId: string): void
}

/** A client of another process, whose ticket that process has redeemed. */
export interface RelayedClient {
  readonly grant: TicketGrant
  readonly isExtended: boolean
  readonly schemaVersion: number | null
  readonly maxMessageBytes: number
}

/** The way to a document that another process serves. */
export interface Relay {
  /** Hands a line over for good; `ended` is called once, with the reason. */
  attach(line: Line, client: RelayedClient, ended: (why: string) => void): void
}

/** Which process serves a document, where several share one store. Without this port there is one process. */
export interface Owners {
  /** Makes this process the owner unless another is. Rejects when that cannot be told now. */
  find(documentId: string): Promise<'here' | Relay>
  /** The document has left memory. */
  release(documentId: string): void
  /** Whether what is in memory may still be served: another process may have taken everything over. */
  isCurrent(): boolean
}

/** Milliseconds of UTC. */
export interface Clock {
  now(): number
}

/** Something an operator should read. Never carries document text or tickets. */
export type RealtimeEvent =
  | { readonly kind: 'document-damaged'; readonly documentId: string; readonly detail: string }
  | { readonly kind: 'append-failed'; readonly documents: readonly string[]; readonly cause: unknown }
  | { readonly kind: 'load-failed'; readonly documentId: string; readonly cause: unknown }
  | { readonly kind: 'rights-failed'; readonly documentId: string; readonly cause: unknown }
  | { readonly kind: 'inspector-failed'; readonly documentId: string; readonly cause: unknown }
  | { readonly kind: 'compaction-failed'; readonly documentId: string; readonly cause: unknown }
  | { readonly kind: 'owner-unknown'; readonly documentId: string; readonly cause: unknown }
  | { readonly kind: 'ticket-failed'; readonly cause: unknown }
  | { readonly kind: 'bug'; readonly cause: unknown }

/** Where such events go. */
export type Report = (event: RealtimeEvent) => void
