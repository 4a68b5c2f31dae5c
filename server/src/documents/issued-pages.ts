/** Pages of a typeset document as its PDF has them, for those who may see the PDF only. */
import { civilDateAt, instant } from '@xiewen/shared/base'
import { completeDocument } from '@xiewen/shared/documents'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { FontBook } from '../platform/fonts/index.ts'
import { layOut } from './print-text.ts'
import { renderSvg } from './render/index.ts'
import { findDocument, numberOf } from './repository.ts'
import type { DocumentTables } from './tables.ts'
import { fontsOf } from './typeface-store.ts'
import { getFrozen } from './versions.ts'

/** Draws one page of the typeset text, dated as on the day it was typeset; seals are not part of the text.
 *
 * @param page from 1
 * @returns SVG, or null when the document is not typeset or has no such page. Whether the caller may see it is the caller's business
 */
export async function renderIssuedPage(db: ReadDb, book: FontBook, documentId: string, page: number): Promise<string | null> {
  const row = await findDocument(db, documentId)
  const frozen = await getFrozen(db, documentId)
  const rendition = await tables<DocumentTables>(db)
    .selectFrom('document_rendition')
    .select('at')
    .where('document_id', '=', documentId)
    .where('stage', '=', 'typeset')
    .executeTakeFirst()
  if (!row || !frozen || !rendition) return null
  const printedOn = civilDateAt(instant(rendition.at))
  const signedOn = civilDateAt(instant(frozen.at))
  const document = completeDocument(frozen.document, { number: numberOf(row), signedOn, printedOn, organName: row.organ_name })
  const fonts = await fontsOf(db, book, documentId)
  const layout = layOut({ document, key: `${row.id} ${frozen.digest} ${row.number_code}${row.number_serial} ${printedOn}` }, fonts, false)
  return page >= 1 && page <= layout.pages.length ? renderSvg(layout, page - 1, fonts) : null
}
