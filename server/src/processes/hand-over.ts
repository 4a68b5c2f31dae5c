/** 离任交接: what lies on the desk of a post that has ended lies on its successor's. The workflow and supervision rooms move what is
 * theirs themselves, because it hangs on cases and parts. */
import { z } from 'zod'
import { getPost } from '../directory/index.ts'
import type { Reaction } from '../platform/slice.ts'

const ended = z.object({ successorPostId: z.string() })
const rooms = ['documents', 'exchange', 'archive'] as const

/** A post has ended: no receiver's, registrar's or archivist's entry is left waiting for nobody. */
export const handOver: readonly Reaction[] = [
  {
    name: 'hand-over.on-post-ended',
    on: ['directory.post-ended'],
    run: async (ctx, fact) => {
      const successor = await getPost(ctx.db, ended.parse(fact.data).successorPostId)
      if (successor) for (const room of rooms) await ctx.inbox.handOver(room, fact.subject.id, successor.id)
    },
  },
]
