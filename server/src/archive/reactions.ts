/** Documents become ready for filing as the facts of other rooms arrive; each lies on the archivists' desks until it is filed. */
import type { RecordedFact } from '@xiewen/shared/base'
import { z } from 'zod'
import type { CommandContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'
import { listArchivists } from './archivist.ts'
import { describeCandidate } from './candidates.ts'
import { findPieceOfDocument, putCandidate } from './repository.ts'
import type { CandidateRecord } from './tables.ts'

const registered = z.object({
  sentDocumentId: z.string(),
  fromOrgan: z.string(),
  registerNumber: z.object({ year: z.number(), serial: z.number() }),
})

/** Inbox id of filing a document. */
export function filingTask(documentId: string): string {
  return `${documentId}.file`
}

/** Lays a document on the desks of its organ's archivists. */
export async function layBeforeArchivists(ctx: CommandContext, candidate: CandidateRecord, fromName: string): Promise<void> {
  for (const post of await listArchivists(ctx.db, candidate.organ_id)) {
    await ctx.inbox.put({
      kind: 'todo',
      room: 'archive',
      taskId: filingTask(candidate.document_id),
      postId: post.id,
      subject: { kind: 'document', id: candidate.document_id },
      title: candidate.title,
      detail: candidate.document_number === '' ? candidate.responsible : `${candidate.responsible} ${candidate.document_number}`,
      step: 'archive.step.file',
      fromName,
      urgency: 'none',
      dueAt: null,
    })
  }
}

/** Remembers where a received document came from: its original stays with the sender's document. */
async function noteReceived(ctx: CommandContext, fact: RecordedFact): Promise<void> {
  const candidate = await describeCandidate(ctx.db, fact.subject.id)
  if (!candidate) return
  const { sentDocumentId, fromOrgan, registerNumber } = registered.parse(fact.data)
  await putCandidate(ctx.db, {
    ...candidate,
    sent_document_id: sentDocumentId,
    responsible: fromOrgan,
    register_number: `收〔${registerNumber.year}〕${registerNumber.serial}号`,
  })
}

async function makeReady(ctx: CommandContext, fact: RecordedFact): Promise<void> {
  const candidate = await describeCandidate(ctx.db, fact.subject.id)
  if (!candidate || candidate.ready_at !== null || (await findPieceOfDocument(ctx.db, candidate.document_id))) return
  const ready = { ...candidate, ready_at: fact.at }
  await putCandidate(ctx.db, ready)
  await layBeforeArchivists(ctx, ready, fact.actor?.personName ?? '')
  ctx.touch('archive')
}

/** Reactions of the room: one, so that a document is registered before it is finished. */
export const archiveReactions: readonly Reaction[] = [
  {
    name: 'archive.on-finished',
    on: ['documents.issued', 'exchange.registered', 'exchange.finished', 'workflow.finished'],
    run: async (ctx, fact) => {
      if (fact.subject.kind !== 'document') return
      await (fact.kind === 'exchange.registered' ? noteReceived(ctx, fact) : makeReady(ctx, fact))
    },
  },
]
