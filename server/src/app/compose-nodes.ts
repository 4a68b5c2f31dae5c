/** What this process has to do, and what the others over the same database say of themselves. */
import { hostname } from 'node:os'
import { mostLiveDocuments, type NodeLook, nodeLookSchema } from '@xiewen/shared/base'
import type { Clock } from '../platform/clock/clock.ts'
import type { Cluster } from '../platform/cluster/index.ts'
import type { Realtime } from '../platform/realtime/door.ts'
import type { Rate } from '../platform/realtime/rate.ts'
import { byBusyness } from '../platform/realtime/slice.ts'
import type { NodeAnswer, NodesDoor } from '../platform/services.ts'

/** A node that has not answered by then is named as silent: the page is looked at when something is wrong. */
const answerWithinMs = 1_000

/** What this process says of itself. */
export function lookHere(parts: { readonly realtime: Pick<Realtime, 'look'>; readonly commands: Rate; readonly clock: Clock }): NodeLook {
  const { documents, totals } = parts.realtime.look()
  return {
    documents: [...documents].sort(byBusyness).slice(0, mostLiveDocuments),
    figures: {
      ...totals,
      updatesPerSecond: documents.reduce((sum, row) => sum + row.updatesPerSecond, 0),
      commandsPerSecond: parts.commands.perSecond(parts.clock.now()),
      processBytes: process.memoryUsage.rss(),
    },
  }
}

/** Asks this process and, where there are others, all of them at once. */
export function composeNodes(cluster: Cluster | null, here: () => NodeLook): NodesDoor {
  return {
    async look() {
      const own: NodeAnswer = { name: cluster?.figures().address ?? hostname(), isThis: true, look: here() }
      const others = (await cluster?.lookAtOthers(answerWithinMs)) ?? []
      // A node of another version may say what cannot be read: it is shown as one that gave no answer.
      const answers = others.map(({ address, answer }): NodeAnswer => ({ name: address, isThis: false, look: nodeLookSchema.safeParse(answer).data ?? null }))
      return [own, ...answers.toSorted((a, b) => (a.name < b.name ? -1 : 1))]
    },
  }
}
