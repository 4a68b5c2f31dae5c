/** The comment threads of a document as a Word file tells them: with their places, writers and days. */
import type { ReadDb } from '../platform/database/index.ts'
import * as Y from 'yjs'
import { placeOfAnchor } from './comment-places.ts'
import { listComments, listThreads } from './comments.ts'
import type { WordThread } from './export/index.ts'
import { readLiveText } from './live-text.ts'
import type { CommentRecord } from './tables.ts'

/** Threads with at least one comment nobody took back. A comment that came from a Word file goes back under the writer and date that
 * file gave it. */
export async function listWordThreads(db: ReadDb, documentId: string): Promise<readonly WordThread[]> {
  const threads = await listThreads(db, documentId)
  const live = threads.length === 0 ? null : await readLiveText(db, documentId)
  if (!live) return []
  const doc = new Y.Doc()
  Y.applyUpdate(doc, live.state)
  const comments = (await listComments(db, documentId)).filter((comment) => comment.withdrawn_at === null)
  const told = threads.flatMap((thread): readonly WordThread[] => {
    const own = comments.filter((comment) => comment.thread_id === thread.id).map(commentInWord)
    const [from, to] = [placeOfAnchor(doc, thread.anchor_from), placeOfAnchor(doc, thread.anchor_to)]
    return own.length === 0 ? [] : [{ range: from && to ? { from, to } : null, isResolved: thread.resolved_at !== null, comments: own }]
  })
  doc.destroy()
  return told
}

function commentInWord(row: CommentRecord): WordThread['comments'][number] {
  if (row.file_author !== null) return { author: row.file_author, at: row.file_date === '' ? null : row.file_date, body: row.body }
  return { author: row.person_name, at: new Date(Number(row.at)).toISOString().replace(/\.\d+Z$/, 'Z'), body: row.body }
}
