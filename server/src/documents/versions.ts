/** Versions (稿本): the text kept under a name, and the one that was signed. */
import { sm3, toHex } from '@xiewen/crypto'
import { canonicalForm, type OfficialDocument, textOf, upcastDocument, type VersionId } from '@xiewen/shared/documents'
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { assert, Refused } from '../platform/log/fault.ts'
import { type LiveText, readLiveText } from './live-text.ts'
import { refreshDocument } from './copies/refresh-text.ts'
import { changeDocument } from './repository.ts'
import { getDocument, openToRegistry, rightsChanged } from './state.ts'
import type { DocumentTables, VersionRecord } from './tables.ts'

/** The signed text of a document. `digest` is SM3 over its canonical form, 64 hex digits. */
export interface FrozenText {
  readonly versionId: VersionId
  readonly digest: string
  readonly document: OfficialDocument
  /** The canonical form as it was signed: `digest` is its SM3, whatever elements documents have gained since. */
  readonly canonical: string
  /** When it was frozen (ms). */
  readonly at: number
}

/** The document in the live text as everything acknowledged so far makes it.
 *
 * @throws Refused `documents.not-found`
 */
export async function readLiveDocument(db: ReadDb, documentId: string): Promise<OfficialDocument> {
  return (await getLiveText(db, documentId)).document
}

/** The live text with its state and place in the log. */
export async function getLiveText(db: ReadDb, documentId: string): Promise<LiveText> {
  const live = await readLiveText(db, documentId)
  if (!live) throw new Refused('documents.not-found')
  return live
}

/** Freezes the text for signing (签发): keeps it as a version, remembers its digest, and moves the document to `signed`, after
 * which no update is accepted. Signing the same version again answers with what is there.
 *
 * @throws Refused `documents.pending-changes` while a revision waits, `documents.wrong-state`
 */
export async function freezeVersion(ctx: CommandContext, documentId: string, name: string): Promise<{ readonly versionId: VersionId; readonly digest: string }> {
  const row = await getDocument(ctx, documentId)
  if (row.state !== 'draft' && row.state !== 'in-review') {
    throw new Refused('documents.wrong-state', { from: row.state, to: 'signed' })
  }
  const live = await getLiveText(ctx.db, documentId)
  const digest = canonicalDigest(live.document)
  if (digest === null) throw new Refused('documents.pending-changes')
  await refreshDocument(ctx.db, documentId)
  const versionId = await keepVersion(ctx, { documentId, name: await freeName(ctx.db, documentId, name), live, isFrozen: true })
  await changeDocument(ctx.db, documentId, { state: 'signed', frozen_version_id: versionId, frozen_digest: digest, was_submitted: 1, changed_at: ctx.now })
  await openToRegistry(ctx, row)
  await ctx.record({ kind: 'documents.frozen', subject: { kind: 'document', id: documentId }, data: { versionId, digest, name } })
  rightsChanged(ctx, documentId)
  return { versionId, digest }
}

/** SM3 of the canonical form in hex, or null while revisions are pending. */
export function canonicalDigest(document: OfficialDocument): string | null {
  const canonical = canonicalForm(document)
  return canonical.ok ? toHex(sm3(new TextEncoder().encode(canonical.value))) : null
}

/** A version to keep. */
export interface NewVersion {
  readonly documentId: string
  readonly name: string
  readonly live: LiveText
  readonly isFrozen: boolean
}

/** Stores a version. */
export async function keepVersion(ctx: CommandContext, version: NewVersion): Promise<VersionId> {
  const id = ctx.newId<'VersionId'>()
  const { live } = version
  await tables<DocumentTables>(ctx.db)
    .insertInto('document_version')
    .values({
      id,
      document_id: version.documentId,
      name: version.name,
      seq: live.seq,
      state: Buffer.from(live.state),
      content: JSON.stringify(live.document),
      characters: charactersOf(live.document),
      digest: canonicalDigest(live.document),
      is_frozen: version.isFrozen ? 1 : 0,
      at: ctx.now,
      person_id: ctx.actorOrNull?.personId ?? '',
      person_name: ctx.actorOrNull?.name ?? '',
    })
    .execute()
  return id
}

/** Keeps the live text as a version, under the name or, where that is taken, the name with a number after it: 会签稿（2）. */
export async function keepNamedVersion(ctx: CommandContext, documentId: string, name: string): Promise<VersionId> {
  const live = await getLiveText(ctx.db, documentId)
  const versionId = await keepVersion(ctx, { documentId, name: await freeName(ctx.db, documentId, name), live, isFrozen: false })
  await ctx.record({ kind: 'documents.version-named', subject: { kind: 'document', id: documentId }, data: { versionId, name } })
  ctx.touch(`document:${documentId}`)
  return versionId
}

/** Characters of the clean text without white space, as offices count them. */
export function charactersOf(document: OfficialDocument): number {
  return [...textOf(document).replaceAll(/\s/g, '')].length
}

/** The signed text, or null while the document is not signed. */
export async function getFrozen(db: ReadDb, documentId: string): Promise<FrozenText | null> {
  const row = await tables<DocumentTables>(db)
    .selectFrom('document_version')
    .innerJoin('document', 'document.frozen_version_id', 'document_version.id')
    .selectAll('document_version')
    .where('document.id', '=', documentId)
    .executeTakeFirst()
  if (!row || row.digest === null) return null
  // Safe because the id comes from `newId`.
  return { versionId: row.id as VersionId, digest: row.digest, document: contentOf(row), canonical: canonicalOf(row), at: Number(row.at) }
}

/** The canonical form of what was stored, without anything a later shape adds. */
function canonicalOf(row: Pick<VersionRecord, 'content'>): string {
  // Safe because `keepVersion` is the only writer of this column and blocks of every version have runs or rows.
  const canonical = canonicalForm(JSON.parse(row.content) as OfficialDocument)
  assert(canonical.ok, 'a signed text has no pending revisions')
  return canonical.value
}

/** The document a version holds, in today's shape.
 *
 * @throws Refused `documents.newer-content` for a version a newer program stored
 */
export function contentOf(row: Pick<VersionRecord, 'content'>): OfficialDocument {
  const read = upcastDocument(JSON.parse(row.content))
  if (!read.ok) throw new Refused(read.refusal.code, read.refusal.params)
  return read.value
}

/** Versions of a document, oldest first. */
export function listVersions(db: ReadDb, documentId: string): Promise<Omit<VersionRecord, 'state' | 'content'>[]> {
  return tables<DocumentTables>(db)
    .selectFrom('document_version')
    .select(['id', 'document_id', 'name', 'seq', 'characters', 'digest', 'is_frozen', 'at', 'person_id', 'person_name'])
    .where('document_id', '=', documentId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** One version of a document, or null. */
export async function findVersion(db: ReadDb, documentId: string, versionId: string): Promise<VersionRecord | null> {
  const row = await tables<DocumentTables>(db)
    .selectFrom('document_version')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('id', '=', versionId)
    .executeTakeFirst()
  return row ?? null
}

/** `name`, or with a number after it when a version has that name: a document may be signed again after a return. */
async function freeName(db: ReadDb, documentId: string, name: string): Promise<string> {
  const taken = new Set((await listVersions(db, documentId)).map((version) => version.name))
  if (!taken.has(name)) return name
  let count = 2
  while (taken.has(`${name}（${count}）`)) count += 1
  return `${name}（${count}）`
}
