/** Versions under names, comparing them, and the redline (花脸稿). */
import { accept, refuse } from '@xiewen/shared/base'
import { attributeRevisions, changeOrigins, compareDocuments, deriveLabels, documentsContract, type Elements, formatDocumentNumber, type OfficialDocument, openHistory, runsOf, type TextRun } from '@xiewen/shared/documents'
import { findPerson } from '../../directory/index.ts'
import type { ReadDb } from '../../platform/database/index.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { loadHistory } from '../history.ts'
import { readLiveText } from '../live-text.ts'
import { refreshDocument } from '../copies/refresh-text.ts'
import { findForAct, findScene } from '../scene.ts'
import { contentOf, findVersion, getLiveText, keepVersion, listVersions } from '../versions.ts'

const nameVersion = onCommand(documentsContract.nameVersion, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'nameVersion')
  if (!found.ok) return found
  const taken = (await listVersions(ctx.db, input.documentId)).some((version) => version.name === input.name)
  if (taken) return refuse('documents.version-name-taken', { name: input.name })
  const live = await getLiveText(ctx.db, input.documentId)
  await refreshDocument(ctx.db, input.documentId)
  const versionId = await keepVersion(ctx, { documentId: input.documentId, name: input.name, live, isFrozen: false })
  await ctx.record({ kind: 'documents.version-named', subject: { kind: 'document', id: input.documentId }, data: { versionId, name: input.name } })
  ctx.touch(`document:${input.documentId}`)
  return accept({ versionId })
})

const compare = onQuery(documentsContract.compare, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const from = await findVersion(ctx.db, input.documentId, input.from)
  const to = input.to === undefined ? null : await findVersion(ctx.db, input.documentId, input.to)
  if (!from || (input.to !== undefined && !to)) return refuse('documents.unknown-version')
  const live = to ? null : await readLiveText(ctx.db, input.documentId)
  const after = to ? contentOf(to) : live?.document
  if (!after) return refuse('documents.not-found')
  const before = contentOf(from)
  const blocks = compareDocuments(before, after).map((block) => ({ ...block, shapes: [...block.shapes], parts: [...block.parts] }))
  const count = (op: 'added' | 'removed'): number => blocks.flatMap((block) => block.parts).reduce((sum, part) => sum + (part.op === op ? [...part.text].length : 0), 0)
  return accept({
    from: { name: from.name, at: Number(from.at) },
    to: to ? { name: to.name, at: Number(to.at) } : { name: '', at: Number(found.value.row.changed_at) },
    blocks,
    elements: changedElements(before.elements, after.elements),
    added: count('added'),
    removed: count('removed'),
  })
})

function changedElements(before: Elements, after: Elements): { field: string; before: string; after: string }[] {
  const [old, next] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...next.keys()]
    .map((field) => ({ field, before: shown(field, old.get(field)), after: shown(field, next.get(field)) }))
    .filter((change) => change.before !== change.after)
}

function shown(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('、')
  // Safe because this is the field's type in `Elements`.
  return field === 'number' ? formatDocumentNumber(value as NonNullable<Elements['number']>) : String(value)
}

const redline = onQuery(documentsContract.redline, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const told = await readLiveText(ctx.db, input.documentId)
  if (!told) return refuse('documents.not-found')
  const live = { document: await verified(ctx.db, input.documentId, told.document) }
  const counts = countChanges(live.document)
  const names = new Map<string, string>()
  for (const personId of counts.keys()) names.set(personId, (await findPerson(ctx.db, personId))?.name ?? '')
  const labels = deriveLabels(live.document.blocks)
  return accept({
    people: [...counts].map(([personId, count]) => ({ personId, name: names.get(personId) ?? '', ...count })),
    blocks: live.document.blocks.map((block, index) => ({
      kind: block.kind,
      label: labels[index] ?? '',
      runs: runsOf(block).flatMap((run) => shownRun(run, input.personId, names)),
    })),
  })
})

/** The document with each revision under the account that the log says made it, not the one the text claims. */
async function verified(db: ReadDb, documentId: string, document: OfficialDocument): Promise<OfficialDocument> {
  const history = openHistory(await loadHistory(db, documentId, Number.MAX_SAFE_INTEGER))
  const makers = new Map(changeOrigins(history).map((origin) => [origin.id, origin.personId]))
  history.doc.destroy()
  return attributeRevisions(document, makers)
}

function countChanges(document: OfficialDocument): ReadonlyMap<string, { insertions: number; deletions: number }> {
  const counts = new Map<string, { insertions: number; deletions: number }>()
  for (const { change } of document.blocks.flatMap((block) => runsOf(block))) {
    if (!change) continue
    const count = counts.get(change.personId) ?? { insertions: 0, deletions: 0 }
    counts.set(change.personId, change.kind === 'insertion' ? { ...count, insertions: count.insertions + 1 } : { ...count, deletions: count.deletions + 1 })
  }
  return counts
}

interface ShownRun {
  readonly text: string
  readonly change: { readonly kind: 'insertion' | 'deletion'; readonly id: string; readonly personId: string; readonly name: string } | null
}

/** A run as the filter shows it: changes of others read as accepted. */
function shownRun(run: TextRun, personId: string | undefined, names: ReadonlyMap<string, string>): readonly ShownRun[] {
  if (!run.change) return [{ text: run.text, change: null }]
  if (personId === undefined || run.change.personId === personId) {
    return [{ text: run.text, change: { ...run.change, name: names.get(run.change.personId) ?? '' } }]
  }
  return run.change.kind === 'deletion' ? [] : [{ text: run.text, change: null }]
}

/** Operations on versions. */
export const versionOperations = [nameVersion, compare, redline]
