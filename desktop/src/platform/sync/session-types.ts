/** What a sync session is made of, and what it offers. */
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { BackoffFigures } from './backoff.ts'
import type { Journal } from './journal.ts'
import type { LineChoice, LineKind } from './line-choice.ts'
import type { SessionRights } from './messages.ts'
import type { RefusalReason, SyncState } from './sync-state.ts'
import type { TabChannel } from './tab-link.ts'

/** The server's answer to "may I connect?", asked over HTTPS before every connection. A rejected promise means: not reachable. */
export type TicketAnswer =
  | { readonly kind: 'ticket'; readonly ticket: string }
  | { readonly kind: 'sign-in-needed' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** It answers, but cannot do its work now. */
  | { readonly kind: 'server-trouble' }

/** What a session is made of. */
export interface SyncSessionOptions {
  /** 26 characters. */
  readonly documentId: string
  readonly getTicket: () => Promise<TicketAnswer>
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** The local copy. Without it nothing outlives the window. */
  readonly journal?: Journal
  /** To the same document in this browser's other windows. */
  readonly tabs?: TabChannel
  /** `ws://host:port` or `wss://…`; by default the host the page came from. */
  readonly serverUrl?: string
  /** Beginning of the addresses for the way over HTTPS; by default the page's own. `null`: there is no such way. */
  readonly httpUrl?: string | null
  readonly fetchIt?: typeof fetch
  /** What is known of the network; sessions of one page share it. */
  readonly lines?: LineChoice
  /** Newest version of the Yjs mapping this client knows; a document of a newer one opens read-only. */
  readonly schemaVersion?: number
  /** Called before a colleague's edit is applied: an editor reads what its user has just typed or where the caret has just gone. */
  readonly beforeRemote?: () => void
  readonly WebSocketClass?: typeof WebSocket
  /** From 0 to 1, for the waiting between attempts. */
  readonly random?: () => number
  readonly figures?: Partial<SyncFigures>
}

/** Milliseconds. */
export interface SyncFigures extends BackoffFigures {
  /** The longest wait for the first message; a line that stays silent from the start may be one that a proxy swallows. */
  readonly firstMessageMs: number
  /** Without any message for so long the line is dead. */
  readonly silenceMs: number
  /** Unacknowledged for so long: the line is dead in the other direction. */
  readonly ackMs: number
  readonly presenceMs: number
  /** The longest wait for a ticket. */
  readonly ticketMs: number
}

/** A running session. */
export interface SyncSession {
  state(): SyncState
  /** Calls `listener` after every change of state; returns how to stop. */
  onChange(listener: (state: SyncState) => void): () => void
  /** Edits that would be lost with this computer. */
  hasUnsaved(): boolean
  /** The local copy has been read (or there is none): the document may be shown, offline too. */
  readonly whenLoaded: Promise<void>
  /** The document has been complete once. */
  readonly whenSynced: Promise<void>
  rights(): SessionRights | 'unknown'
  /** The way messages travel now; null while there is none. */
  line(): LineKind | null
  /** The person works in this window: others of the same browser stop showing them in the document. */
  claimPresence(): void
  /** Tries now: after signing in again, or when the network is back. */
  reconnect(): void
  /** Ends the session. The local copy stays; `erase` removes it. */
  dispose(options?: { readonly erase?: boolean }): Promise<void>
}

/** The figures of an ordinary network. */
export const defaultFigures: SyncFigures = {
  firstMs: 400,
  longestMs: 20_000,
  firstMessageMs: 8000,
  silenceMs: 40_000,
  ackMs: 20_000,
  presenceMs: 50,
  ticketMs: 15_000,
}
