/** 送审: a draft enters review. Errors found by the checker block it. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { blocksSubmission, type DocumentView } from '@xiewen/shared/documents'
import { type CaseId, type Choice, workflowContract as contract } from '@xiewen/shared/workflow'
import { checkDocument, getDocumentFor, readLiveDocument, setDocumentState } from '../../documents/index.ts'
import { newId } from '../../platform/clock/new-id.ts'
import type { ActorPost, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { answerOf, detailFor } from '../acting.ts'
import { prepareOpinion, type SignedOpinion, storeOpinion } from '../opinions.ts'
import { markActed } from '../repository.ts'
import { type NewCase, startCase } from '../start-case.ts'

/** What 送审 is asked with. */
export interface StartInput {
  readonly documentId: string
  readonly postId?: string | undefined
  readonly opinion: string
  readonly choice: Choice
  readonly officeDirector: boolean
}

/** The post the caller submits through: the one named, else the first in the document's organ, else the primary one. */
export function submittingPost(ctx: QueryContext, document: DocumentView, postId: string | undefined): ActorPost | null {
  if (postId !== undefined) return ctx.actor.posts.find((post) => post.id === postId) ?? null
  return ctx.actor.posts.find((post) => post.organId === document.organId) ?? ctx.actor.posts[0] ?? null
}

/** Whether the caller may submit this document now, and through which post. */
export async function checkSubmission(ctx: QueryContext, input: Pick<StartInput, 'documentId' | 'postId'>): Promise<Result<{ readonly document: DocumentView; readonly post: ActorPost }>> {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  if (!document) return refuse('base.not-found')
  const post = submittingPost(ctx, document, input.postId)
  if (document.ownerPersonId !== ctx.actor.personId || !post) return refuse('workflow.not-starter')
  if (document.state !== 'draft') return refuse('workflow.not-a-draft')
  return accept({ document, post })
}

/** The case a submission begins. */
export function newCaseOf(ctx: QueryContext, input: StartInput, found: { readonly document: DocumentView; readonly post: ActorPost }): NewCase {
  return {
    template: 'outgoing',
    documentId: found.document.id,
    title: found.document.title,
    detail: detailFor(found.document),
    urgency: found.document.urgency,
    starter: { personId: ctx.actor.personId, postId: found.post.id, personName: ctx.actor.name },
    choice: input.choice,
    options: { officeDirector: input.officeDirector },
    text: input.opinion,
  }
}

/** The document with its urgency as written now: the copy beside the text follows a little later. */
async function asWritten(ctx: QueryContext, document: DocumentView): Promise<DocumentView> {
  const { elements } = await readLiveDocument(ctx.db, document.id)
  return { ...document, urgency: elements.urgency }
}

async function prepare(ctx: QueryContext, input: StartInput): Promise<Result<SignedOpinion | null>> {
  const found = await checkSubmission(ctx, input)
  if (!found.ok) return accept(null)
  const { document, post } = found.value
  // The case does not exist yet, so its id is made here: the signature names it, and the transaction takes it over.
  const order = { documentId: document.id, documentVersion: document.version, step: 'draft', act: 'start', code: 'SUBMIT', text: input.opinion, post } as const
  return accept(await prepareOpinion(ctx, { caseId: newId<'CaseId'>(ctx.now), ...order }))
}

const start = onCommand(contract.start, {
  prepare,
  commit: async (ctx, input, opinion) => {
    const found = await checkSubmission(ctx, input)
    if (!found.ok) return found
    if (!opinion) return refuse('base.conflict')
    const findings = await checkDocument(ctx, input.documentId)
    if (blocksSubmission(findings)) return refuse('workflow.draft-has-errors', { count: findings.filter((each) => each.severity === 'error').length })
    // Safe because `prepare` made this id.
    const id = opinion.statement.caseId as CaseId
    await setDocumentState(ctx, input.documentId, 'in-review')
    const { post } = found.value
    const begun = await startCase(ctx, newCaseOf(ctx, input, { post, document: await asWritten(ctx, found.value.document) }), { id, through: post })
    if (!begun.ok) return begun
    const { state } = begun.value.outcome
    const stored = await storeOpinion(ctx, opinion, { taskId: state.tasks[0]?.id ?? null, caseVersion: state.version, versionId: null, mustBeNext: true })
    if (!stored.ok) return stored
    await markActed(ctx.db, id, ctx.actor.personId, ctx.now)
    return accept(answerOf(state))
  },
})

/** Operations of this file. */
export const startOperations: readonly Operation[] = [start]
