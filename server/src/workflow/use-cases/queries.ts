/** Reading cases: one in full, and lists. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { type CaseId, type CaseRow, type CaseState, openTasks, workflowContract as contract } from '@xiewen/shared/workflow'
import type { DocumentId } from '@xiewen/shared/documents'
import { getDocumentFor } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { findCaseFor, type SeenCase } from '../acting.ts'
import { loadHolders, presentCase } from '../present.ts'
import { countReadings, findCaseOfDocument, listActed, listStarted } from '../repository.ts'
import type { CaseRecord } from '../tables.ts'

async function findSeen(ctx: QueryContext, input: { readonly caseId?: string | undefined; readonly documentId?: string | undefined }): Promise<SeenCase | null> {
  if (input.caseId !== undefined) return findCaseFor(ctx, input.caseId)
  if (input.documentId === undefined) return null
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  const found = document && (await findCaseOfDocument(ctx.db, input.documentId))
  return document && found ? { ...found, document } : null
}

const one = onQuery(contract.case, async (ctx, input) => {
  const seen = await findSeen(ctx, input)
  if (!seen && input.caseId !== undefined) return refuse('base.not-found')
  return accept({ case: seen ? await presentCase(ctx, seen, input.taskId) : null })
})

const listMine = onQuery(contract.listMine, async (ctx, input) => {
  const running = input.running === undefined ? undefined : input.running === 'true'
  return pageOfCases(ctx, input, (page) => listStarted(ctx.db, ctx.actor.personId, { ...page, running }))
})

const done = onQuery(contract.done, async (ctx, input) => pageOfCases(ctx, input, (page) => listActed(ctx.db, ctx.actor.personId, page)))

async function pageOfCases(
  ctx: QueryContext,
  input: { readonly limit: number; readonly cursor?: string | undefined },
  load: (page: { readonly limit: number; readonly offset: number }) => Promise<CaseRecord[]>,
): Promise<Result<{ rows: CaseRow[]; next: string | null }>> {
  const offset = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(offset) || offset < 0) return refuse('base.invalid-input', { detail: 'cursor' })
  const found = await load({ limit: input.limit + 1, offset })
  const rows = found.slice(0, input.limit)
  // Safe because `saveCase` is the only writer of the column.
  const states = rows.map((row) => JSON.parse(row.state) as CaseState)
  const waiting = states.flatMap((state) => openTasks(state).map((task) => task.postId))
  const holders = await loadHolders(ctx.db, waiting, ctx.now)
  const readings = await countReadings(ctx.db, rows.map((row) => row.id))
  const presented = rows.map((row, index): CaseRow => {
    const open = states[index] ? openTasks(states[index]) : []
    const due = open.flatMap((task) => task.dueAt ?? [])
    return {
      // Safe because ids come from `newId`.
      id: row.id as CaseId,
      documentId: row.document_id as DocumentId,
      template: row.template,
      title: row.title,
      status: row.status,
      step: row.step,
      waitsFor: open.map((task) => holders(task.postId).personName),
      dueAt: due.length > 0 ? Math.min(...due) : null,
      startedAt: Number(row.started_at),
      changedAt: Number(row.changed_at),
      reading: readings.get(row.id) ?? { read: 0, total: 0 },
    }
  })
  return accept({ rows: presented, next: found.length > input.limit ? String(offset + input.limit) : null })
}

/** Operations of this file. */
export const queryOperations: readonly Operation[] = [one, listMine, done]
