/** What rooms may ask of sessions. */

/** Ends sessions when rights or people change. */
export interface SessionDoor {
  /** Ends every session and socket of a person, e.g. when the account is disabled. Call through `afterCommit`; the rows of the
   * sessions are ended in the same transaction by the directory room. */
  dropPerson(personId: string): void
  dropSession(sessionId: string): void
}
