/** Putting matters forward (立项), by hand, from documents and for other rooms. */
import type { UnitId } from '@xiewen/shared/directory'
import type { Assignment, AssignmentId, By, NewAssignment } from '@xiewen/shared/supervision'
import type { ActorPost, CommandContext, DelegatedPost } from '../platform/context.ts'
import { addAssignment, type StoredAssignment } from './repository.ts'

/** What `proposeAssignment` needs to know. */
export interface AssignmentOrigin {
  /** The supervising organ: its supervisors will see the proposal. */
  readonly organ: { readonly id: string; readonly name: string }
  /** Title of the source, shown in the ledger; the source's label for an instruction. */
  readonly sourceTitle: string
  readonly by: By | null
  readonly through?: ActorPost | DelegatedPost | undefined
}

/** Stores a matter as proposed (拟立项) and records it. The caller vouches that its source may be quoted. */
export async function proposeAssignment(ctx: CommandContext, matter: NewAssignment, origin: AssignmentOrigin): Promise<StoredAssignment> {
  const stored = { assignment: blank(ctx, matter, origin), sourceTitle: origin.sourceTitle }
  await addAssignment(ctx.db, stored, ctx.services.calendar.current(), ctx.now)
  const { id, title, source } = stored.assignment
  await ctx.record(
    { kind: 'supervision.proposed', subject: { kind: 'assignment', id }, data: { title, sourceKind: source.kind, sourceId: source.documentId, quote: source.quote.slice(0, 500) } },
    origin.through,
  )
  ctx.touch('assignments')
  return stored
}

function blank(ctx: CommandContext, matter: NewAssignment, origin: AssignmentOrigin): Assignment {
  return {
    id: ctx.newId<'AssignmentId'>() satisfies AssignmentId,
    version: 0,
    state: 'proposed',
    resumesTo: null,
    number: null,
    // Safe because the id comes from the directory.
    organId: origin.organ.id as UnitId,
    organName: origin.organ.name,
    title: matter.title,
    task: matter.task,
    standard: matter.standard,
    urgency: matter.urgency,
    source: matter.source,
    leaderPostId: matter.leaderPostId ?? null,
    feedback: 'once',
    parts: [],
    createdAt: ctx.now,
    createdBy: origin.by,
    assignedAt: null,
    assignedOn: null,
    signBy: null,
    dueOn: null,
    reports: [],
    extensions: [],
    urges: [],
    finishedOn: null,
    remark: '',
    endedAt: null,
  }
}
