/** 发文: from the signature to the printed document. Signed texts go to the organ's registrars (文书), who number, typeset, have
 * them sealed and send them; each step that is done lays the next on their desks. */
import type { RecordedFact } from '@xiewen/shared/base'
import { z } from 'zod'
import { listPostsWithDuty } from '../directory/index.ts'
import { findDocument, getIssuedPdf, isUnsealed, presentDocument, setDocumentState } from '../documents/index.ts'
import type { CommandContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'

/** Steps after 签发, in order: 登记编号、排版、用印、分发. */
const stages = ['number', 'typeset', 'seal', 'dispatch'] as const
type Stage = (typeof stages)[number]

const aboutDocument = z.object({ documentId: z.string() })

function documentIdOf(fact: RecordedFact): string | null {
  if (fact.subject.kind === 'document') return fact.subject.id
  const parsed = aboutDocument.safeParse(fact.data)
  return parsed.success ? parsed.data.documentId : null
}

function taskOf(documentId: string, stage: Stage): string {
  return `${documentId}.${stage}`
}

/** Lays a stage on the desks of the organ's registrars and clears the others. */
async function goTo(ctx: CommandContext, documentId: string, stage: Stage | null, fromName: string): Promise<void> {
  const row = await findDocument(ctx.db, documentId)
  if (!row || row.origin === 'incoming') return
  const document = presentDocument(row)
  for (const each of stages) if (each !== stage) await ctx.inbox.complete('documents', taskOf(documentId, each))
  if (stage === null) return
  const registrars = (await listPostsWithDuty(ctx.db, 'registrar', document.organId)).filter((post) => post.organId === document.organId)
  for (const post of registrars) {
    await ctx.inbox.put({
      kind: 'todo',
      room: 'documents',
      taskId: taskOf(documentId, stage),
      postId: post.id,
      subject: { kind: 'document', id: documentId },
      title: document.title,
      detail: document.number ? `${document.number.code}〔${document.number.year}〕${document.number.serial}号` : document.unitName,
      step: `workflow.step.${stage}`,
      fromName,
      urgency: document.urgency,
      dueAt: null,
    })
  }
}

function stageAfter(name: string, on: string, stage: Stage | null): Reaction {
  return {
    name: `issue-document.${name}`,
    on: [on],
    run: async (ctx, fact) => {
      const documentId = documentIdOf(fact)
      if (documentId !== null) await goTo(ctx, documentId, stage, fact.actor?.personName ?? '')
    },
  }
}

/** Typeset pages go to be sealed, or out at once where nobody signs them: 纪要, and what a meeting adopted under its 题注. */
const onTypeset: Reaction = {
  name: 'issue-document.on-typeset',
  on: ['documents.typeset'],
  run: async (ctx, fact) => {
    const documentId = documentIdOf(fact)
    if (documentId === null) return
    const pdf = await getIssuedPdf(ctx.db, documentId)
    const row = await findDocument(ctx.db, documentId)
    await goTo(ctx, documentId, row && pdf && isUnsealed(pdf, presentDocument(row).kind) ? 'dispatch' : 'seal', fact.actor?.personName ?? '')
  },
}

/** A document that has been sent is issued (已印发). */
const onSent: Reaction = {
  name: 'issue-document.on-sent',
  on: ['exchange.sent'],
  run: async (ctx, fact) => {
    const documentId = documentIdOf(fact)
    const row = documentId === null ? null : await findDocument(ctx.db, documentId)
    if (row?.state === 'sealed') await setDocumentState(ctx, row.id, 'issued')
  },
}

/** The reactions that make up the journey. */
export const issueDocument: readonly Reaction[] = [
  stageAfter('on-signed', 'workflow.signed', 'number'),
  stageAfter('on-numbered', 'documents.numbered', 'typeset'),
  stageAfter('on-number-voided', 'documents.number-voided', 'number'),
  onTypeset,
  stageAfter('on-seal-applied', 'seals.applied', null),
  stageAfter('on-seal-refused', 'seals.use-refused', 'seal'),
  stageAfter('on-seal-withdrawn', 'seals.withdrawn', 'seal'),
  stageAfter('on-seal-expired', 'seals.expired', 'seal'),
  stageAfter('on-sealed', 'documents.sealed', 'dispatch'),
  stageAfter('on-issued', 'documents.issued', null),
  stageAfter('on-reopened', 'documents.reopened', null),
  onSent,
]
