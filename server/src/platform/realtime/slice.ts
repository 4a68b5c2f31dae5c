/** Live editing as the system administrator sees it: all server processes, each asked what it has to do. */
import { accept, type LiveDocumentRow, liveContract, mostLiveDocuments } from '@xiewen/shared/base'
import { defineSlice, onQuery } from '../slice.ts'

/** The busiest first. */
export function byBusyness(a: LiveDocumentRow, b: LiveDocumentRow): number {
  return b.updatesPerSecond - a.updatesPerSecond || b.connections - a.connections || b.bytes - a.bytes
}

const documents = onQuery(liveContract.documents, async (ctx) => {
  const nodes = await ctx.services.nodes.look()
  const open = nodes.flatMap(({ name, look }) => (look?.documents ?? []).map((row) => ({ ...row, node: name })))
  return accept({
    documents: open.toSorted(byBusyness).slice(0, mostLiveDocuments),
    nodes: nodes.map(({ name, isThis, look }) => ({ name, isThis, figures: look?.figures ?? null })),
  })
})

/** The slice. It stores nothing. */
export const liveSlice = defineSlice({ name: 'live', migrations: [], operations: [documents], refusals: {} })
