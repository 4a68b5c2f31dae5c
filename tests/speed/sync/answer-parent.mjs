// What every measured server tells the bench: its port, how to open its documents, its processor time and its memory.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Answers questions over IPC. `more` adds answers of the target's own. */
export function answerParent(facts, more) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const answers = {
    cpu() {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    },
    // Garbage is not memory in use; every target is asked the same way.
    memory() {
      globalThis.gc?.()
      globalThis.gc?.()
      const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
      return { rss, live: heapUsed + external, arrayBuffers }
    },
    loop() {
      const result = { p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 }
      delay.reset()
      return result
    },
    ...more,
  }
  process.on('message', async ({ id, ask, value }) => process.send({ id, value: await answers[ask](value) }))
  process.on('disconnect', () => process.exit())
  process.send({ ready: facts })
}
