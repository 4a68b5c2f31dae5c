/** Realtime: co-editing over WebSocket, durable before it is seen. */
export { checkLog, foldLog, type LogDamage, type LogFigures, measureLog, type StoredRow } from './check-log.ts'
export { closeCodes, type CloseReason } from './close-codes.ts'
export { crc32c } from './crc32c.ts'
export type { HistogramFigures } from './histogram.ts'
export { defaultLimits, type Limits } from './limits.ts'
export {
  DamagedFrame,
  openSnapshot,
  openUpdates,
  sealSnapshot,
  sealUpdates,
  type SnapshotFrame,
  type UpdatesFrame,
} from './log-frames.ts'
export type {
  Clock,
  InspectionContext,
  Inspector,
  LogRow,
  Owners,
  RealtimeEvent,
  Relay,
  RelayedClient,
  Report,
  Rights,
  RightsLevel,
  StoredLog,
  TicketGrant,
  Tickets,
  UpdateLog,
  Verdict,
} from './ports.ts'
export type { RealtimeMetrics } from './figures.ts'
export {
  attachRealtime,
  type Realtime,
  type RealtimeDeps,
  type WriteOutcome,
} from './realtime.ts'
export type { DocumentState, OpenFailure } from './rooms.ts'
export { parseSyncTarget, type SyncTarget } from './sync-target.ts'
export { createTicketOffice, type TicketOffice, type TicketOfficeDeps } from './ticket-office.ts'
