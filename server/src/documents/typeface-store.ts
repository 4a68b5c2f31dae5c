/** What the office has chosen to print with. Every choice is kept: a document is shown in the faces it was typeset with. */
import { type FaceChoice, faceChoiceSchema } from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { FaceChoices, FontBook, Fonts } from '../platform/fonts/index.ts'
import type { DocumentTables, TypefaceChoiceRecord } from './tables.ts'

/** The choice in force, or null where nobody ever chose. */
export async function findChoice(db: ReadDb): Promise<TypefaceChoiceRecord | null> {
  return (await tables<DocumentTables>(db).selectFrom('typeface_choice').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()) ?? null
}

/** The faces chosen, for the start of the server. */
export async function readFaceChoices(db: ReadDb): Promise<FaceChoices> {
  const row = await findChoice(db)
  return row === null ? {} : choicesOf(parseChoice(row.choices))
}

/** Keeps a choice. */
export async function storeChoice(db: WriteDb, row: TypefaceChoiceRecord): Promise<void> {
  await tables<DocumentTables>(db).insertInto('typeface_choice').values(row).execute()
}

/** A stored choice. */
export function parseChoice(text: string): FaceChoice {
  return faceChoiceSchema.parse(JSON.parse(text))
}

/** Roles without a choice have the first face there is. */
export function choicesOf(choice: FaceChoice): FaceChoices {
  return Object.fromEntries(Object.entries(choice).filter(([, key]) => key !== ''))
}

/** The faces a document was typeset with, or those in force where it is not typeset or its faces are gone from the folder. */
export async function fontsOf(db: ReadDb, book: FontBook, documentId: string): Promise<Fonts> {
  const made = await tables<DocumentTables>(db).selectFrom('document_rendition').select('fingerprint').where('document_id', '=', documentId).where('stage', '=', 'typeset').executeTakeFirst()
  if (!made || made.fingerprint === book.metrics.fingerprint) return book.current()
  const known = book.known(made.fingerprint)
  if (known) return known
  const row = await tables<DocumentTables>(db).selectFrom('typeface_choice').select('choices').where('fingerprint', '=', made.fingerprint).limit(1).executeTakeFirst()
  if (!row || gone.has(made.fingerprint)) return book.current()
  const loaded = await book.load(choicesOf(parseChoice(row.choices)))
  if (loaded.metrics.fingerprint === made.fingerprint) return loaded
  gone.add(made.fingerprint)
  return book.current()
}

/** Sets whose files are not there any more, until the next start: looking for them takes a while. */
const gone = new Set<string>()
