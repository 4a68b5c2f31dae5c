/** Live editing as the system administrator sees it. */
import { accept, liveContract } from '@xiewen/shared/base'
import { defineSlice, onQuery } from '../slice.ts'

const rowsAtMost = 200

const documents = onQuery(liveContract.documents, async (ctx) => {
  const { documents: open, totals } = ctx.services.realtime.look()
  const busiest = [...open].sort((a, b) => b.updatesPerSecond - a.updatesPerSecond || b.connections - a.connections || b.bytes - a.bytes)
  return accept({ documents: busiest.slice(0, rowsAtMost), totals: { ...totals, processBytes: process.memoryUsage.rss() } })
})

/** The slice. It stores nothing. */
export const liveSlice = defineSlice({ name: 'live', migrations: [], operations: [documents], refusals: {} })
