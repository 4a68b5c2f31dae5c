/** What rooms may ask of the live sockets. */

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
  /** Ends every socket of a session. */
  closeSession(sessionId: string): void
}
