/** What waits for filing, and what is left out of it (不归档). */
import { archiveContract as contract } from '@xiewen/shared/archive'
import { accept, refuse } from '@xiewen/shared/base'
import { type Operation, onCommand, onQuery } from '../../platform/slice.ts'
import { archivedOrgans, findCandidateFor } from '../archivist.ts'
import { presentPending } from '../present.ts'
import { filingTask, layBeforeArchivists } from '../reactions.ts'
import { findPieceOfDocument, listCandidates, putCandidate } from '../repository.ts'

const pending = onQuery(contract.pending, async (ctx, input) => {
  const organs = archivedOrgans(ctx)
  if (!organs.ok) return organs
  const offset = Number(input.cursor ?? 0) || 0
  const found = await listCandidates(ctx.db, organs.value, input.leftOut, { limit: input.limit + 1, offset })
  return accept({ rows: found.slice(0, input.limit).map(presentPending), next: found.length > input.limit ? String(offset + input.limit) : null })
})

const leaveOut = onCommand(contract.leaveOut, async (ctx, input) => {
  const found = await findCandidateFor(ctx, input.documentId)
  if (!found.ok) return found
  const { candidate, post } = found.value
  if (await findPieceOfDocument(ctx.db, candidate.document_id)) return refuse('archive.already-filed')
  if (candidate.left_out_reason !== null) return refuse('archive.left-out')
  if (candidate.ready_at === null) return refuse('archive.not-finished')
  await putCandidate(ctx.db, { ...candidate, left_out_reason: input.reason })
  await ctx.inbox.complete('archive', filingTask(candidate.document_id))
  await ctx.record({ kind: 'archive.left-out', subject: { kind: 'document', id: candidate.document_id }, data: { title: candidate.title, reason: input.reason } }, post)
  ctx.touch('archive')
  return accept({})
})

const takeBack = onCommand(contract.takeBack, async (ctx, input) => {
  const found = await findCandidateFor(ctx, input.documentId)
  if (!found.ok) return found
  const { candidate, post } = found.value
  if (candidate.left_out_reason === null) return refuse('archive.not-left-out')
  const waiting = { ...candidate, left_out_reason: null }
  await putCandidate(ctx.db, waiting)
  await layBeforeArchivists(ctx, waiting, ctx.actor.name)
  await ctx.record({ kind: 'archive.taken-back', subject: { kind: 'document', id: candidate.document_id }, data: { title: candidate.title } }, post)
  ctx.touch('archive')
  return accept({})
})

/** Operations on what waits. */
export const pendingOperations: readonly Operation[] = [pending, leaveOut, takeBack]
