/** What the room does when facts of others arrive. */
import { todosOf } from '@xiewen/shared/supervision'
import { z } from 'zod'
import { getPost } from '../directory/index.ts'
import type { CommandContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'
import { listRunningOf } from './ledger.ts'
import { reckonAnew } from './apply.ts'
import { assignmentOf, listRunning } from './repository.ts'

const endedSchema = z.object({ successorPostId: z.string() })

/** A post has ended: what waits for it waits for its successor, so that no matter is left lying (离任交接). */
const onPostEnded: Reaction = {
  name: 'supervision.on-post-ended',
  on: ['directory.post-ended'],
  run: async (ctx, fact) => {
    const successor = await getPost(ctx.db, endedSchema.parse(fact.data).successorPostId)
    if (successor) await handOver(ctx, fact.subject.id, successor)
  },
}

async function handOver(ctx: CommandContext, fromPostId: string, to: { readonly id: string; readonly unitId: string; readonly organId: string }): Promise<void> {
  for (const row of await listRunningOf(ctx.db, [to.unitId, to.organId])) {
    const assignment = assignmentOf(row)
    for (const todo of todosOf(assignment, ctx.today, ctx.services.calendar.current())) {
      await ctx.inbox.reassign('supervision', `${assignment.id}.${todo.key}`, fromPostId, to.id)
    }
  }
}

/** The working-day calendar has changed: what was reckoned with the old one is reckoned anew. */
const onCalendarSet: Reaction = {
  name: 'supervision.on-calendar-set',
  on: ['directory.calendar-set'],
  run: async (ctx) => {
    for (const stored of await listRunning(ctx.db)) await reckonAnew(ctx, stored)
    ctx.touch('assignments')
  },
}

/** Reactions of the room. */
export const supervisionReactions: readonly Reaction[] = [onPostEnded, onCalendarSet]
