/** Who wrote and removed what, from the server's log. */
export { type History, type LoggedRow, openHistory, type Origin, type TickRange } from './history.ts'
export { type TraceBlock, type TraceFilter, traceOf, type TracePart } from './trace.ts'
export { type ChangeOrigin, changeOrigins } from './change-origins.ts'
