/** A Redis of our own for tests: Debian's server on a random port, nothing on disk. */
import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { ensureDebianPackage } from './debian-packages.ts'
import { freePort } from './free-port.ts'

/** A Redis that can be killed and started again under the same address. */
export interface TestRedis {
  readonly url: string
  start(): Promise<void>
  /** Kills it, like a power cut. */
  kill(): Promise<void>
}

/** Chooses a port; nothing runs before `start`. */
export async function aRedis(): Promise<TestRedis> {
  await ensureDebianPackage('redis-server', '/usr/bin/redis-server')
  const port = await freePort()
  let child: ChildProcess | null = null
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn('/usr/bin/redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
      await untilListening(port)
    },
    async kill() {
      const dying = child
      child = null
      if (dying === null) return
      const gone = new Promise((resolve) => dying.once('exit', resolve))
      dying.kill('SIGKILL')
      await gone
    },
  }
}

async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isUp) return
    if (Date.now() > deadline) throw new Error('redis-server did not start')
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
