/** One act from request to stored outcome: the frame all act use cases share. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { PostId } from '@xiewen/shared/directory'
import type { DocumentView } from '@xiewen/shared/documents'
import {
  actedByFor, type CaseState, decideAct, findTask, isStale, type OpinionCode, type Order, type Outcome, type StepKey, type Task,
} from '@xiewen/shared/workflow'
import { getDocumentFor } from '../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../platform/context.ts'
import { applyOutcome } from './apply.ts'
import { type OpinionOrder, prepareOpinion, type SignedOpinion, storeOpinion } from './opinions.ts'
import { findCase, markActed, type StoredCase } from './repository.ts'
import { actorOf, loadScene, postOf } from './scene.ts'

/** A case the caller may see, with its document. */
export interface SeenCase extends StoredCase {
  readonly document: DocumentView
}

/** The case if the caller may see its document. */
export async function findCaseFor(ctx: QueryContext, caseId: string): Promise<SeenCase | null> {
  const found = await findCase(ctx.db, caseId)
  const document = found && (await getDocumentFor(ctx.db, ctx.actor, found.row.document_id))
  return found && document ? { ...found, document } : null
}

/** Posts a case and an order name: the scene must know which of them still exist. */
export function namedPosts(state: CaseState | null, order: Order | null): readonly PostId[] {
  const planned = state ? [...Object.values(state.plan).flat(), ...state.tasks.map((task) => task.postId), state.starter.postId] : []
  if (!order) return planned
  switch (order.kind) {
    case 'forward':
      return [...planned, order.toPostId]
    case 'add-signer':
      return [...planned, ...order.postIds]
    case 'return':
    case 'withdraw':
    case 'cancel':
      return planned
    default:
      return [...planned, ...Object.values(order.choice).flat()]
  }
}

/** Decides an order on a case as it stands, for the caller. */
export async function decideOn(ctx: QueryContext, state: CaseState, order: Order): Promise<Result<Outcome>> {
  const scene = await loadScene(ctx, actorOf(ctx.actor), state, namedPosts(state, order))
  return decideAct(state, order, scene)
}

/** The post the caller acts through in an order, own before delegated. */
export function throughOf(ctx: QueryContext, state: CaseState, order: Order): ActorPost | DelegatedPost | undefined {
  const postId = postIdOf(state, order)
  const by = postId && actedByFor({ actor: actorOf(ctx.actor) }, postId)
  return by ? postOf(ctx.actor, by.postId) : undefined
}

function postIdOf(state: CaseState, order: Order): PostId | undefined {
  if (order.kind === 'cancel') return state.starter.postId
  const task = findTask(state, order.taskId)
  return order.kind === 'withdraw' ? task?.moves.at(-1)?.by.postId : task?.postId
}

/** The words an order carries as an opinion, or null for 撤回, which says nothing. */
export function wordsOf(order: Order): { readonly code: OpinionCode; readonly text: string } | null {
  switch (order.kind) {
    case 'withdraw':
      return null
    case 'return':
      return { code: 'REJECT', text: order.text }
    case 'forward':
    case 'add-signer':
    case 'cancel':
      return { code: 'NOTE', text: order.text }
    default:
      return { code: order.code, text: order.text }
  }
}

/** Signs the opinion of an order where it looks possible. What is impossible is refused in the transaction, so that a
 * repeated request gets its first answer. */
export async function prepareAct(ctx: QueryContext, caseId: string, order: Order): Promise<SignedOpinion | null> {
  const seen = await findCaseFor(ctx, caseId)
  const words = wordsOf(order)
  if (!seen || !words) return null
  const post = throughOf(ctx, seen.state, order)
  const outcome = post ? await decideOn(ctx, seen.state, order) : null
  return post && outcome?.ok === true ? prepareOpinion(ctx, opinionOrder(seen, order, words, post)) : null
}

function opinionOrder(seen: SeenCase, order: Order, words: { readonly code: OpinionCode; readonly text: string }, post: ActorPost | DelegatedPost): OpinionOrder {
  return {
    caseId: seen.row.id,
    documentId: seen.row.document_id,
    documentVersion: seen.document.version,
    step: stepOfOrder(seen.state, order),
    act: order.kind,
    ...words,
    post,
  }
}

/** The step an order is acted at. */
export function stepOfOrder(state: CaseState, order: Order): StepKey | null {
  return order.kind === 'cancel' ? null : (findTask(state, order.taskId)?.step ?? null)
}

/** An act decided inside the transaction and not yet stored. */
export interface DecidedAct {
  readonly seen: SeenCase
  readonly order: Order
  readonly outcome: Outcome
  readonly through: ActorPost | DelegatedPost
  readonly task: Task | null
}

/** Decides again inside the transaction, on what is true now. */
export async function decideFresh(ctx: CommandContext, caseId: string, expectedVersion: number, order: Order): Promise<Result<DecidedAct>> {
  const seen = await findCaseFor(ctx, caseId)
  if (!seen) return refuse('base.not-found')
  const through = throughOf(ctx, seen.state, order)
  const outcome = await decideOn(ctx, seen.state, order)
  if (!outcome.ok) return outcome
  if (!through) return refuse('workflow.not-yours')
  if (isStale(seen.state, order, expectedVersion)) return refuse('workflow.already-acted')
  const task = order.kind === 'cancel' ? null : findTask(seen.state, order.taskId)
  return accept({ seen, order, outcome: outcome.value, through, task })
}

/** Stores a decided act with its opinion and carries it into the world. */
export async function storeAct(ctx: CommandContext, act: DecidedAct, opinion: SignedOpinion | null, versionId: string | null): Promise<Result<null>> {
  const { seen, order, outcome, through } = act
  if (wordsOf(order)) {
    if (!opinion || !saysTheSame(opinion, act)) return refuse('workflow.already-acted')
    const place = { taskId: act.task?.id ?? null, caseVersion: outcome.state.version, versionId, mustBeNext: order.kind === 'sign' }
    const stored = await storeOpinion(ctx, opinion, place)
    if (!stored.ok) return stored
  }
  await applyOutcome(ctx, {
    before: seen.state,
    outcome,
    documentId: seen.row.document_id,
    title: seen.document.title || seen.row.title,
    detail: detailFor(seen.document),
    fromName: ctx.actor.name,
    through,
    keepsFormerEntry: order.kind === 'forward',
  })
  await markActed(ctx.db, seen.row.id, ctx.actor.personId, ctx.now)
  return accept(null)
}

/** What helps to recognise a document in an inbox: number, or the unit it comes from. */
export function detailFor(document: DocumentView): string {
  return document.number ? `${document.number.code}〔${document.number.year}〕${document.number.serial}号` : document.unitName
}

function saysTheSame(opinion: SignedOpinion, act: DecidedAct): boolean {
  const words = wordsOf(act.order)
  const { statement } = opinion
  return (
    statement.caseId === act.seen.row.id &&
    statement.act === act.order.kind &&
    statement.code === words?.code &&
    statement.opinion === words.text &&
    statement.step === stepOfOrder(act.seen.state, act.order) &&
    statement.post.id === act.through.id
  )
}

/** What every act answers with. */
export function answerOf(state: CaseState) {
  return { caseId: state.id, version: state.version, status: state.status }
}
