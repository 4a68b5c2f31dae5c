/** From the bytes of a stored log to its document. Threads use it too: it knows no database. */
import { type OfficialDocument, readDocument } from '@xiewen/shared/documents'
import * as Y from 'yjs'
import { openSnapshot, openUpdates } from '../platform/realtime/log-frames.ts'
import type { StoredLog } from '../platform/realtime/ports.ts'

/** The Yjs document of a stored log; the caller destroys it.
 *
 * @throws DamagedFrame when the bytes are not what was stored
 */
export function docOf(documentId: string, log: StoredLog): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (log.snapshot) Y.applyUpdate(doc, (log.opened ?? openSnapshot(documentId, log.snapshot)).update)
    for (const row of log.tail) for (const update of openUpdates(documentId, row.bytes).updates) Y.applyUpdate(doc, update)
  })
  return doc
}

/** The document of a stored log.
 *
 * @throws DamagedFrame when the bytes are not what was stored
 */
export function documentOf(documentId: string, log: StoredLog): OfficialDocument {
  const doc = docOf(documentId, log)
  const document = readDocument(doc)
  doc.destroy()
  return document
}

/** Number of the newest row of a stored log. */
export function newestSeq(log: StoredLog): number {
  return log.tail.at(-1)?.seq ?? log.snapshotSeq
}
