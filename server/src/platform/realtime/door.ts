/** What rooms may ask of the live sockets. */
import type { LiveDocumentRow } from '@xiewen/shared/base'

/** What is being edited now, without a word of it. */
export interface LiveLook {
  readonly documents: readonly LiveDocumentRow[]
  readonly totals: {
    readonly documents: number
    readonly connections: number
    /** Clients connected here whose documents another process serves. */
    readonly relayed: number
    readonly updates: number
    readonly deliveries: number
    readonly commitP50Ms: number
    readonly commitP95Ms: number
    readonly documentBytes: number
    readonly unsentBytes: number
    readonly closed: Record<string, number>
  }
}

/** Live editing as rooms see it. */
export interface Realtime {
  /** Issues a one-use ticket (≤ 60 s) for one document and session. */
  issueTicket(grant: {
    readonly sessionId: string
    readonly personId: string
    readonly personName: string
    readonly postTitle: string
    readonly documentId: string
  }): string
  /** Rights of people in the document may have changed: ask again now. */
  refreshRights(documentId: string): void
  /** Figures of every open document, for the system administrator. */
  look(): LiveLook
  /** Ends every socket of a session. */
  closeSession(sessionId: string): void
}
