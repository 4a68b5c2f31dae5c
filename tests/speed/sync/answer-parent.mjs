// What every measured server tells the bench: its port, how to open its documents, its processor time and its memory.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Answers questions over IPC. `more` adds answers of the target's own. */
export function answerParent(facts, more) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const profile = profiler(process.env.XIEWEN_BENCH_PROFILE)
  const answers = {
    async cpu() {
      const { user, system } = process.cpuUsage()
      await profile()
      return (user + system) / 1000
    },
    // Neither garbage is memory in use, nor the room a burst of it took: asked until the process has given back what it gives back.
    // Every target is asked the same way.
    async memory() {
      let least = Infinity
      for (let calm = 0; calm < 4; ) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        globalThis.gc?.()
        const now = process.memoryUsage.rss()
        calm = now < least * 0.998 ? 0 : calm + 1
        least = Math.min(least, now)
      }
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

/** Writes a processor profile of what happens between each two questions for `cpu`; the figures of such a run are no figures. */
function profiler(directory) {
  if (directory === undefined) return async () => undefined
  const session = new Session()
  session.connect()
  let count = 0
  return async () => {
    count += 1
    if (count === 1) await session.post('Profiler.enable')
    if (count % 2 === 1) return void (await session.post('Profiler.start'))
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(`${directory}/server-${process.pid}-${count / 2}.cpuprofile`, JSON.stringify(profile))
  }
}
