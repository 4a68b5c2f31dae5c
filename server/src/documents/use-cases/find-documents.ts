/** Lists and full text search. */
import { accept } from '@xiewen/shared/base'
import { type DocumentRow, documentsContract } from '@xiewen/shared/documents'
import { onQuery } from '../../platform/slice.ts'
import { holdersOf } from '../holders.ts'
import { excerptOf, listDocuments, searchDocuments } from '../list-documents.ts'
import { presentDocument } from '../repository.ts'
import type { DocumentRecord } from '../tables.ts'

const list = onQuery(documentsContract.list, async (ctx, input) => {
  const page = await listDocuments(ctx.db, holdersOf(ctx.actor), {
    ...(input.scope === 'mine' ? { ownerId: ctx.actor.personId } : {}),
    ...(input.scope === 'unit' ? { unitIds: ctx.actor.posts.map((post) => post.unitId) } : {}),
    states: input.states,
    kind: input.kind,
    urgency: input.urgency,
    text: input.text,
    limit: input.limit,
    cursor: input.cursor,
  })
  return accept({ rows: page.rows.map(rowOf), next: page.next })
})

const search = onQuery(documentsContract.search, async (ctx, input) => {
  const page = await searchDocuments(ctx.db, holdersOf(ctx.actor), { text: input.text, kind: input.kind, limit: input.limit, cursor: input.cursor })
  return accept({ rows: page.rows.map((row) => ({ ...rowOf(row), excerpt: excerptOf(row.body, input.text) })), next: page.next })
})

function rowOf(row: DocumentRecord): DocumentRow {
  const { id, title, kind, state, origin, number, urgency, ownerName, organName, unitName, createdAt, changedAt } = presentDocument(row)
  return { id, title, kind, state, origin, number, urgency, ownerName, organName, unitName, createdAt, changedAt }
}

/** Operations that find documents. */
export const findOperations = [list, search]
