/** Desks (办理环节): which step of the work a person was in when they changed or commented a document. */
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { DeskRecord, DocumentTables } from './tables.ts'

/** Key of the step before anything was submitted. */
const drafting = 'documents.step.drafting'

/** A document is laid on a desk. */
export async function openDesk(ctx: CommandContext, desk: { readonly documentId: string; readonly source: string; readonly holder: string; readonly step: string }): Promise<void> {
  await closeDesk(ctx, desk.documentId, desk.source)
  await tables<DocumentTables>(ctx.db)
    .insertInto('document_desk')
    .values({ document_id: desk.documentId, source: desk.source, holder: desk.holder, step: desk.step, from_at: ctx.now, until_at: null })
    .onConflict((conflict) => conflict.columns(['document_id', 'source', 'holder', 'from_at']).doUpdateSet({ step: desk.step, until_at: null }))
    .execute()
}

/** It leaves the desk again. */
export async function closeDesk(ctx: CommandContext, documentId: string, source: string): Promise<void> {
  await tables<DocumentTables>(ctx.db)
    .updateTable('document_desk')
    .set({ until_at: ctx.now })
    .where('document_id', '=', documentId)
    .where('source', '=', source)
    .where('until_at', 'is', null)
    .execute()
}

/** All desks a document has lain on, oldest first. */
export function listDesks(db: ReadDb, documentId: string): Promise<DeskRecord[]> {
  return tables<DocumentTables>(db).selectFrom('document_desk').selectAll().where('document_id', '=', documentId).orderBy('from_at').execute()
}

/** The step a person was in at a moment: that of the desk they held, 拟稿 before the first desk, else nothing.
 *
 * @param keys holder keys of the person, see `holders.ts`
 * @returns a string key, or ''
 */
export function stepAt(desks: readonly DeskRecord[], keys: readonly string[], at: number): string {
  const held = desks.findLast((desk) => keys.includes(desk.holder) && Number(desk.from_at) <= at && (desk.until_at === null || at <= Number(desk.until_at)))
  if (held) return held.step
  const [first] = desks
  return first === undefined || at <= Number(first.from_at) ? drafting : ''
}
