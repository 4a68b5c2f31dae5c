/** Starting cases: the door for 送审 and for processes that have no person behind them. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { PersonId, PostId } from '@xiewen/shared/directory'
import { type CaseId, type CaseStatus, type CaseUrgency, type Choice, decideStart, type Outcome, type TemplateName } from '@xiewen/shared/workflow'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../platform/context.ts'
import { applyOutcome, letRead } from './apply.ts'
import { findCaseOfDocument } from './repository.ts'
import { loadScene } from './scene.ts'

/** A case to be started. `starter` is the drafter, or whoever registered an incoming document. */
export interface NewCase {
  readonly template: TemplateName
  readonly documentId: string
  readonly title: string
  readonly detail: string
  readonly urgency: CaseUrgency
  readonly starter: { readonly personId: PersonId; readonly postId: PostId; readonly personName: string }
  readonly choice?: Choice
  readonly options?: { readonly officeDirector: boolean }
  /** Words with the submission; the caller stores them as an opinion. */
  readonly text?: string
}

/** Decides a start without storing anything. */
export async function decideNewCase(ctx: Pick<QueryContext, 'db' | 'now' | 'services'>, id: CaseId, given: NewCase): Promise<Result<Outcome>> {
  const starter = { personId: given.starter.personId, postId: given.starter.postId }
  const options = given.options ?? { officeDirector: false }
  const choice = given.choice ?? {}
  const actor = { personId: starter.personId, posts: [{ postId: starter.postId, onBehalfOf: null }] }
  const scene = await loadScene(ctx, actor, { template: given.template, options, starter }, [starter.postId, ...Object.values(choice).flat()])
  return decideStart({ id, template: given.template, starter, urgency: given.urgency, options, choice, text: given.text ?? '' }, scene)
}

/** Starts a case and opens its first tasks. Records `workflow.started`.
 *
 * @param through the post the fact is recorded through; absent when the system starts it
 * @returns its id, version and status; refuses `workflow.already-running` and what `decideStart` refuses
 */
export async function startCase(
  ctx: CommandContext,
  given: NewCase,
  how: { readonly id?: CaseId; readonly through?: ActorPost | DelegatedPost } = {},
): Promise<Result<{ readonly caseId: CaseId; readonly version: number; readonly status: CaseStatus; readonly outcome: Outcome }>> {
  const former = await findCaseOfDocument(ctx.db, given.documentId)
  if (former?.row.status === 'running') return refuse('workflow.already-running')
  const id = how.id ?? ctx.newId<'CaseId'>()
  const decided = await decideNewCase(ctx, id, given)
  if (!decided.ok) return decided
  await ctx.record(
    { kind: 'workflow.started', subject: { kind: 'document', id: given.documentId }, data: { caseId: id, documentId: given.documentId, template: given.template, title: given.title } },
    how.through,
  )
  await letRead(ctx, given.documentId, id, given.starter.postId)
  await applyOutcome(ctx, {
    before: null,
    outcome: decided.value,
    documentId: given.documentId,
    title: given.title,
    detail: given.detail,
    fromName: given.starter.personName,
    through: how.through,
  })
  const { version, status } = decided.value.state
  return accept({ caseId: id, version, status, outcome: decided.value })
}
