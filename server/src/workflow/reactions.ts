/** What the room does when facts of others arrive. */
import type { PostId } from '@xiewen/shared/directory'
import { decideHandOver } from '@xiewen/shared/workflow'
import { z } from 'zod'
import { getPost } from '../directory/index.ts'
import type { Reaction } from '../platform/slice.ts'
import { applyOutcome } from './apply.ts'
import { listCasesOfPost } from './repository.ts'

const endedSchema = z.object({ successorPostId: z.string() })

/** A post has ended: its successor takes over open tasks, plans and started cases, so that nothing waits for nobody. */
const onPostEnded: Reaction = {
  name: 'workflow.on-post-ended',
  on: ['directory.post-ended'],
  run: async (ctx, fact) => {
    // Safe because facts of the directory carry ids of posts.
    const from = fact.subject.id as PostId
    const to = endedSchema.parse(fact.data).successorPostId as PostId
    const successor = await getPost(ctx.db, to)
    for (const { row, state } of await listCasesOfPost(ctx.db, from)) {
      const outcome = decideHandOver(state, from, to, { now: ctx.now })
      await applyOutcome(ctx, {
        before: state,
        outcome,
        documentId: row.document_id,
        title: row.title,
        detail: '',
        fromName: fact.actor?.personName ?? '',
        through: undefined,
      })
      await ctx.record({ kind: 'workflow.handed-over', subject: { kind: 'document', id: row.document_id }, data: { caseId: row.id, from, to, toName: successor?.personName ?? '' } })
    }
  },
}

/** Reactions of the room. */
export const workflowReactions: readonly Reaction[] = [onPostEnded]
