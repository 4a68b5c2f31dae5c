/** Who wrote and removed what, from the server's log. */
export { type History, type LoggedRow, openHistory, type Origin, type TickRange } from './history.ts'
export { type TraceBlock, type TraceFilter, traceOf, type TracePart } from './trace.ts'
export type { BlockForm, FormChange, TracedShape } from './shapes.ts'
export type { TraceCell, TraceRow } from './trace-rows.ts'
export { type ChangeOrigin, changeOrigins } from './change-origins.ts'
