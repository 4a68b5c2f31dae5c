/** Carries a decided event into the world: rows, facts, inboxes, timed work. */
import { civilDateAt, endOfDay, type Fact } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import {
  type Assignment, type AssignmentEvent, evolveAssignment, formatAssignmentNumber, leadOf, nextUrge, supervisionZh, type Todo, todosOf,
} from '@xiewen/shared/supervision'
import { listPostsWithDuty } from '../directory/index.ts'
import type { ActorPost, CommandContext, DelegatedPost } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { saveAssignment, saveDates, type StoredAssignment } from './repository.ts'

/** Name of the job that urges. */
export const urgeJob = 'supervision.urge'
const room = 'supervision'

/** Stores an event and everything that follows from it. */
export async function applyEvent(ctx: CommandContext, before: StoredAssignment, event: AssignmentEvent, through?: ActorPost | DelegatedPost): Promise<Assignment> {
  const calendar = ctx.services.calendar.current()
  const assignment = evolveAssignment(before.assignment, event)
  await saveAssignment(ctx.db, { ...before, assignment }, event, calendar, ctx.now)
  await ctx.record(factOf(assignment, event), through)
  await syncTodos(ctx, before.assignment, assignment, event)
  if (event.kind === 'closed') await tellClosed(ctx, assignment, event.by.name)
  if (event.kind === 'urged') await showUrged(ctx, assignment, event)
  await planUrge(ctx, assignment)
  ctx.touch('assignments')
  ctx.touch(`assignment:${assignment.id}`)
  return assignment
}

async function planUrge(ctx: CommandContext, assignment: Assignment): Promise<void> {
  const at = nextUrge(assignment, ctx.now, ctx.services.calendar.current())
  if (at === null) await ctx.jobs.cancel(urgeJob, assignment.id)
  else await ctx.jobs.plan({ name: urgeJob, key: assignment.id, dueAt: at, payload: { assignmentId: assignment.id } })
}

/** Reckons anew what hangs on the working-day calendar: lamp dates, feedback in inboxes, the next urging. Due dates stay as they were
 * given: they are words of the one who assigned. */
export async function reckonAnew(ctx: CommandContext, stored: StoredAssignment): Promise<void> {
  const calendar = ctx.services.calendar.current()
  await saveDates(ctx.db, stored.assignment, calendar)
  for (const todo of todosOf(stored.assignment, ctx.today, calendar)) {
    await ctx.inbox.update(room, taskIdOf(stored.assignment, todo.key), { dueAt: todo.dueAt })
  }
  await planUrge(ctx, stored.assignment)
  ctx.touch(`assignment:${stored.assignment.id}`)
}

/** The fact of an event: what other rooms and the auditor need, not the whole text of reports. */
function factOf(assignment: Assignment, event: AssignmentEvent): Fact {
  const common = { number: assignment.number ? formatAssignmentNumber(assignment.number) : '', title: assignment.title, state: assignment.state, sourceId: assignment.source.documentId }
  return { kind: `supervision.${event.kind}`, subject: { kind: 'assignment', id: assignment.id }, data: { ...common, ...detailsOf(event) } }
}

function detailsOf(event: AssignmentEvent): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'assigned':
      return { parts: event.parts.map(({ unitId, unitName, role }) => ({ unitId, unitName, role })), dueOn: event.dueOn, feedback: event.feedback }
    case 'accepted':
      return { unitId: event.unitId }
    case 'reported':
    case 'completion-claimed':
      return { unitId: event.report.unitId, serial: event.report.serial, percent: event.report.percent, evidence: event.report.evidence.map((file) => file.digest) }
    case 'reviewed':
    case 'returned':
      return { serial: event.serial, reason: event.reason }
    case 'closed':
      return { finishedOn: event.finishedOn, opinion: event.opinion }
    case 'extension-requested':
      return { from: event.from, to: event.to, reason: event.reason }
    case 'extension-decided':
      return { approved: event.approved, opinion: event.opinion }
    case 'urged':
      return { automatic: event.by === null, daysLeft: event.daysLeft, note: event.note }
    case 'suspended':
    case 'cancelled':
      return { reason: event.reason }
    case 'resumed':
      return { dueOn: event.dueOn }
  }
}

/** Puts new things to do into inboxes and takes done ones out, by comparing what waited before with what waits now. */
async function syncTodos(ctx: CommandContext, before: Assignment, after: Assignment, event: AssignmentEvent): Promise<void> {
  const calendar = ctx.services.calendar.current()
  const was = new Map(todosOf(before, ctx.today, calendar).map((todo) => [todo.key, todo]))
  const now = todosOf(after, ctx.today, calendar)
  for (const todo of now) {
    const old = was.get(todo.key)
    if (!old || old.step !== todo.step) await putTodo(ctx, after, todo, event.by?.name ?? '')
    else if (old.dueAt !== todo.dueAt) await ctx.inbox.update(room, taskIdOf(after, todo.key), { dueAt: todo.dueAt })
    was.delete(todo.key)
  }
  for (const key of was.keys()) await ctx.inbox.complete(room, taskIdOf(after, key))
}

function taskIdOf(assignment: Assignment, key: string): string {
  return `${assignment.id}.${key}`
}

async function putTodo(ctx: CommandContext, assignment: Assignment, todo: Todo, fromName: string): Promise<void> {
  for (const post of await audienceOf(ctx.db, assignment, todo.audience)) {
    await ctx.inbox.put({ ...entryOf(assignment, post, fromName), kind: 'todo', taskId: taskIdOf(assignment, todo.key), step: `supervision.step.${todo.step}`, dueAt: todo.dueAt })
  }
}

function entryOf(assignment: Assignment, post: PostView, fromName: string) {
  return {
    room,
    postId: post.id,
    subject: { kind: 'assignment', id: assignment.id },
    title: assignment.title,
    detail: assignment.number ? formatAssignmentNumber(assignment.number) : '',
    fromName,
    urgency: assignment.urgency,
  } as const
}

async function audienceOf(db: ReadDb, assignment: Assignment, audience: Todo['audience']): Promise<readonly PostView[]> {
  if (audience.kind === 'unit') return receiversOf(db, audience.unitId)
  return (await listPostsWithDuty(db, 'supervisor', assignment.organId)).filter((post) => post.organId === assignment.organId)
}

/** Who gets what is assigned to a unit: its receivers (收文员) and section heads; its leaders where it has neither. */
export async function receiversOf(db: ReadDb, unitId: string): Promise<readonly PostView[]> {
  const own = async (duty: 'receiver' | 'section-head' | 'office-director' | 'principal-leader') =>
    (await listPostsWithDuty(db, duty, unitId)).filter((post) => post.unitId === unitId || post.organId === unitId)
  const usual = [...(await own('receiver')), ...(await own('section-head'))]
  const found = usual.length > 0 ? usual : [...(await own('office-director')), ...(await own('principal-leader'))]
  return [...new Map(found.map((post) => [post.id, post])).values()]
}

async function tellClosed(ctx: CommandContext, assignment: Assignment, fromName: string): Promise<void> {
  const lead = leadOf(assignment)
  if (lead === null) return
  for (const post of await receiversOf(ctx.db, lead)) {
    await ctx.inbox.put({ ...entryOf(assignment, post, fromName), kind: 'to-read', taskId: taskIdOf(assignment, 'closed'), step: 'supervision.step.closed', dueAt: null })
  }
}

/** Marks the units' open entries as urged and raises those overdue. */
async function showUrged(ctx: CommandContext, assignment: Assignment, event: Extract<AssignmentEvent, { kind: 'urged' }>): Promise<void> {
  const number = assignment.number ? formatAssignmentNumber(assignment.number) : ''
  const detail = fill(supervisionZh[event.by === null ? 'supervision.detail.urged-by-calendar' : event.note === '' ? 'supervision.detail.urged' : 'supervision.detail.urged-with-note'], {
    number, name: event.by?.name ?? '', note: event.note,
  })
  for (const todo of todosOf(assignment, civilDateAt(ctx.now), ctx.services.calendar.current())) {
    if (todo.audience.kind !== 'unit') continue
    const dueAt = event.daysLeft < 0 && assignment.dueOn !== null ? endOfDay(assignment.dueOn) : todo.dueAt
    await ctx.inbox.update(room, taskIdOf(assignment, todo.key), { detail, dueAt })
  }
}

function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '')
}
