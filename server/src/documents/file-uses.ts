/** Which draft was begun with which Word file: what such files said is kept for as long as a draft of theirs lives. */
import type { OfficialDocument } from '@xiewen/shared/documents'
import { runsOf } from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DocumentTables } from './tables.ts'

/** Notes the files a draft's revisions and comments came from.
 *
 * @param file mark of the file it was begun with, if any
 */
export async function noteFileUses(db: WriteDb, use: { readonly documentId: string; readonly personId: string; readonly document: OfficialDocument; readonly file: string | undefined }): Promise<void> {
  const marks = new Set([...(use.file === undefined || use.file === '' ? [] : [use.file]), ...marksIn(use.document)])
  for (const mark of marks) {
    await tables<DocumentTables>(db)
      .insertInto('document_file_use')
      .values({ document_id: use.documentId, person_id: use.personId, mark })
      .onConflict((conflict) => conflict.columns(['document_id', 'person_id', 'mark']).doNothing())
      .execute()
  }
}

/** Revisions of a Word file have its mark in their serial. */
function marksIn(document: OfficialDocument): readonly string[] {
  const ids = document.blocks.flatMap((block) => runsOf(block).flatMap((run) => [run.change?.id, run.reformatted?.id]))
  return ids.flatMap((id) => /:w([0-9a-f]{16})-\d+$/.exec(id ?? '')?.[1] ?? [])
}

/** Takes away what only this draft's files said; call it when the draft is deleted. */
export async function dropFileWords(db: WriteDb, documentId: string): Promise<void> {
  const uses = await listUses(db, documentId)
  await tables<DocumentTables>(db).deleteFrom('document_file_use').where('document_id', '=', documentId).execute()
  for (const { person_id: personId, mark } of uses) {
    const other = await tables<DocumentTables>(db).selectFrom('document_file_use').select('document_id').where('person_id', '=', personId).where('mark', '=', mark).executeTakeFirst()
    if (other) continue
    await tables<DocumentTables>(db).deleteFrom('document_foreign_change').where('person_id', '=', personId).where('serial', 'like', `w${mark}-%`).execute()
    await tables<DocumentTables>(db).deleteFrom('document_handed_in_comments').where('person_id', '=', personId).where('mark', '=', mark).execute()
  }
}

function listUses(db: ReadDb, documentId: string): Promise<{ person_id: string; mark: string }[]> {
  return tables<DocumentTables>(db).selectFrom('document_file_use').select(['person_id', 'mark']).where('document_id', '=', documentId).execute()
}
