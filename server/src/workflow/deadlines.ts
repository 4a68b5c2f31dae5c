/** Deadlines of tasks: a reminder on the morning of the last day, and urging on every working day after it. */
import { addDays, addWorkDays, civilDateAt, instant, startOfDay } from '@xiewen/shared/base'
import { findTask, type Task } from '@xiewen/shared/workflow'
import { z } from 'zod'
import type { CommandContext } from '../platform/context.ts'
import type { JobKind } from '../platform/slice.ts'
import { findCase, markUrged } from './repository.ts'

const remindJob = 'workflow.remind'
const overdueJob = 'workflow.urge-overdue'
/** Offices open at half past eight. */
const morningMs = 8.5 * 3_600_000
const payloadSchema = z.object({ caseId: z.string(), taskId: z.string() })

/** Plans reminder and urging for an open task. */
export async function planDeadline(ctx: CommandContext, task: Task): Promise<void> {
  if (task.dueAt === null) return
  const payload = { caseId: task.id.split('.')[0], taskId: task.id }
  const remindAt = startOfDay(civilDateAt(instant(task.dueAt))) + morningMs
  if (remindAt > ctx.now) await ctx.jobs.plan({ name: remindJob, key: task.id, dueAt: remindAt, payload })
  await ctx.jobs.plan({ name: overdueJob, key: task.id, dueAt: nextMorning(ctx, task.dueAt), payload })
}

/** Forgets both. */
export async function cancelDeadline(ctx: CommandContext, taskId: string): Promise<void> {
  await ctx.jobs.cancel(remindJob, taskId)
  await ctx.jobs.cancel(overdueJob, taskId)
}

function nextMorning(ctx: CommandContext, after: number): number {
  const day = addDays(civilDateAt(instant(after)), 1)
  return startOfDay(addWorkDays(ctx.services.calendar.current(), day, 0)) + morningMs
}

async function urge(ctx: CommandContext, payload: unknown, overdue: boolean): Promise<void> {
  const { caseId, taskId } = payloadSchema.parse(payload)
  const found = await findCase(ctx.db, caseId)
  const task = found && findTask(found.state, taskId)
  if (!found || !task || task.state !== 'open') return
  await markUrged(ctx.db, taskId, ctx.now)
  ctx.touch('inbox')
  await ctx.record({
    kind: overdue ? 'workflow.overdue' : 'workflow.reminded',
    subject: { kind: 'document', id: found.row.document_id },
    data: { caseId, taskId, step: task.step, postId: task.postId, dueAt: task.dueAt },
  })
  if (overdue) await ctx.jobs.plan({ name: overdueJob, key: taskId, dueAt: nextMorning(ctx, ctx.now), payload: { caseId, taskId } })
}

/** Timed work of the room. */
export const workflowJobs: readonly JobKind[] = [
  { name: remindJob, misfire: 'skip', graceMs: 12 * 3_600_000, run: (ctx, job) => urge(ctx, job.payload, false) },
  { name: overdueJob, misfire: 'run-late', run: (ctx, job) => urge(ctx, job.payload, true) },
]
