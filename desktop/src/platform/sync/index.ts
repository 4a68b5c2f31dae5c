/** Sync: one shared document, truthful about what is saved. */
export { type Journal, openIndexedDbJournal } from './journal.ts'
export { guardLeaving } from './leave-guard.ts'
export type { SessionRights } from './messages.ts'
export type { SyncFigures, SyncSession, SyncSessionOptions, TicketAnswer } from './session-types.ts'
export { createSyncSession } from './sync-session.ts'
export type { RefusalReason, SyncState } from './sync-state.ts'
