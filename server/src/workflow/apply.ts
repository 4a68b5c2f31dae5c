/** Makes what a decision says true in the world: rows, inboxes, rights in the text, deadlines, facts. */
import type { PostId } from '@xiewen/shared/directory'
import { stepOf, type CaseState, type Outcome, type Task, workflowZh } from '@xiewen/shared/workflow'
import { grantAccess, revokeAccess } from '../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost } from '../platform/context.ts'
import { planDeadline, cancelDeadline } from './deadlines.ts'
import { saveCase } from './repository.ts'
import type { CaseRecord } from './tables.ts'

/** What the rows and entries need to know besides the outcome. */
export interface ApplyOrder {
  readonly before: CaseState | null
  readonly outcome: Outcome
  readonly documentId: string
  readonly title: string
  /** Shown beside the title in inboxes: who sends it, or its number. */
  readonly detail: string
  readonly fromName: string
  readonly through: ActorPost | DelegatedPost | undefined
  /** 转办 completes the former holder's entry; everything else that moves a task takes it away. */
  readonly keepsFormerEntry?: boolean
}

/** Stores the outcome and carries it into inboxes, rights and deadlines.
 *
 * @returns the row as stored
 */
export async function applyOutcome(ctx: CommandContext, order: ApplyOrder): Promise<CaseRecord> {
  const { state, events } = order.outcome
  const row = rowOf(ctx, order)
  await saveCase(ctx.db, row, state, events)
  for (const task of state.tasks) {
    const former = order.before?.tasks.find((each) => each.id === task.id) ?? null
    if (former && former.changedAt === task.changedAt) continue
    await carryTask(ctx, order, former, task)
  }
  ctx.touch('workflow')
  ctx.touch(`document:${order.documentId}`)
  return row
}

function rowOf(ctx: CommandContext, order: ApplyOrder): CaseRecord {
  const { state } = order.outcome
  const current = state.visits.find((visit) => visit.no === state.current)
  return {
    id: state.id,
    document_id: order.documentId,
    template: state.template,
    title: order.title,
    urgency: state.urgency,
    status: state.status,
    version: state.version,
    state: JSON.stringify(state),
    step: state.status === 'running' ? (current?.step ?? null) : null,
    starter_person_id: state.starter.personId,
    started_at: state.startedAt,
    changed_at: ctx.now,
  }
}

async function carryTask(ctx: CommandContext, order: ApplyOrder, former: Task | null, task: Task): Promise<void> {
  const wasOpen = former?.state === 'open'
  const isOpen = task.state === 'open'
  const moved = former !== null && former.postId !== task.postId
  if (wasOpen && (!isOpen || moved)) await leaveDesk(ctx, order, former, task)
  if (isOpen && (!wasOpen || moved)) await layOnDesk(ctx, order, task)
}

async function leaveDesk(ctx: CommandContext, order: ApplyOrder, former: Task, task: Task): Promise<void> {
  const acted = task.state === 'done' || task.state === 'returned' || (order.keepsFormerEntry === true && task.state === 'open')
  await (acted ? ctx.inbox.complete('workflow', task.id, former.postId) : ctx.inbox.withdraw('workflow', task.id))
  await revokeAccess(ctx, order.documentId, sourceOf(task))
  // Whoever had it on the desk goes on reading what became of it, unless it was taken back unread.
  if (task.state !== 'void') await grantAccess(ctx, order.documentId, { postId: former.postId }, 'read', `case:${order.outcome.state.id}`)
  await cancelDeadline(ctx, task.id)
}

async function layOnDesk(ctx: CommandContext, order: ApplyOrder, task: Task): Promise<void> {
  const { state } = order.outcome
  await grantAccess(ctx, order.documentId, { postId: task.postId }, rightOf(task), sourceOf(task), `workflow.step.${task.step}`)
  await ctx.inbox.put({
    kind: 'todo',
    room: 'workflow',
    taskId: task.id,
    postId: task.postId,
    subject: { kind: 'document', id: order.documentId },
    title: order.title,
    detail: order.detail,
    step: `workflow.step.${task.step}`,
    fromName: order.fromName,
    urgency: state.urgency,
    dueAt: task.dueAt,
  })
  await planDeadline(ctx, task)
  await ctx.record(
    { kind: 'workflow.task-opened', subject: { kind: 'document', id: order.documentId }, data: { caseId: state.id, taskId: task.id, step: task.step, postId: task.postId, role: task.role } },
    order.through,
  )
}

/** The right a task gives in the text: 加签 never edits over the head of whoever asked. */
function rightOf(task: Task): 'edit' | 'suggest' | 'read' {
  const { right } = stepOf(task.step)
  return task.role === 'added' && right === 'edit' ? 'suggest' : right
}

/** The name under which a task gives rights in a document. */
export function sourceOf(task: { readonly id: string }): string {
  return `task:${task.id}`
}

/** Lets a post read for as long as the document lives. */
export async function letRead(ctx: CommandContext, documentId: string, caseId: string, postId: PostId): Promise<void> {
  await grantAccess(ctx, documentId, { postId }, 'read', `case:${caseId}`)
}

/** A detail line of an inbox entry; Chinese because entries are stored once for readers of any language. */
export function detailOf(key: keyof typeof workflowZh, params: Readonly<Record<string, string>>): string {
  let text: string = workflowZh[key]
  for (const [name, value] of Object.entries(params)) text = text.replace(`{${name}}`, value)
  return text
}
