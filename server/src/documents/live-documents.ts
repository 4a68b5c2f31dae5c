/** What the documents room brings to live editing: the log, the rights, and the inspector of updates. */
import type { Database } from '../platform/database/index.ts'
import type { Inspector, Rights, UpdateLog } from '../platform/realtime/ports.ts'
import { createRevisionInspector } from './revision-inspector.ts'
import { createTextRefresher } from './copies/refresh-text.ts'
import { documentRights } from './rights.ts'
import { type Fence, updateLog } from './update-log.ts'

/** Ports for the sync server, and the way to stop what runs behind them. */
export interface LiveDocuments {
  readonly log: UpdateLog
  readonly rights: Rights
  readonly inspector: Inspector
  /** Refreshes the copies that a process which is gone left stale. */
  catchUp(): void
  close(): Promise<void>
}

/** Largest single update (bytes): a pasted book is refused before it is stored. */
const largestUpdate = 4 * 1024 * 1024

/** Joins live editing to a database.
 *
 * @param fence  guards the log where several processes share the database
 * @param report receives failures of the background refresh of titles and search words
 */
export function liveDocuments(database: Database, clock: { now(): number }, report: (cause: unknown) => void, fence?: Fence): LiveDocuments {
  const revisions = createRevisionInspector()
  const refresher = createTextRefresher(database, report)
  return {
    log: updateLog(database, (documentIds) => refresher.changed(documentIds), fence),
    rights: documentRights(database, clock),
    inspector: {
      ...revisions,
      accept: (update, context) => (update.length > largestUpdate ? { kind: 'refuse', reason: 'too-large' } : revisions.accept(update, context)),
    },
    catchUp: () => refresher.catchUp(),
    close: async () => {
      await revisions.close()
      await refresher.close()
    },
  }
}
