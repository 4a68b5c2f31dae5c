/** The typed client: calls, queries that stay fresh, commands, files, and the event stream. */
export { call, type CallGuards, type CallOptions, type DownloadedFile, fetchFile, newActKey, setCallGuards, upload } from './call.ts'
export { type CallError, isCallError, OfflineError, RefusalError, refusalOf, ServerFaultError } from './errors.ts'
export { type LinkState, linkState, onLinkChange, onTopics, startEvents } from './events.ts'
export type { QueryState } from './query-cache.ts'
export { urlOf } from './request.ts'
export { type CommandHandle, useCommand } from './use-command.ts'
export { type PagesResult, usePages } from './use-pages.ts'
export { forgetAnswers, type QueryOptions, type QueryResult, refreshAll, refreshQueries, refreshTopics, useQuery } from './use-query.ts'
