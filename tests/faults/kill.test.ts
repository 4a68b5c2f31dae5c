import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { directoryContract, type UnitId } from '@xiewen/shared/directory'
import { ApiClient, verifyAuditOffline } from '@xiewen/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../../server/bin/xiewen.mjs', import.meta.url))

interface Running {
  readonly child: ChildProcess
  readonly url: string
  readonly output: string
  readonly gone: Promise<unknown>
}

/** Starts the built server as a process of its own and waits for its health line. */
async function start(command: string, dataDir: string): Promise<Running> {
  const child = spawn(process.execPath, [cli, command, '--port', '0', '--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('health')) resolve()
    })
  })
  const url = /http:\/\/[\d.]+:\d+/.exec(output)?.[0] ?? ''
  child.removeAllListeners('exit')
  return { child, url, output, gone: new Promise((resolve) => child.once('exit', resolve)) }
}

async function kill(running: Running): Promise<void> {
  running.child.kill('SIGKILL')
  await running.gone
}

describe('the server killed without warning', () => {
  let dataDir: string
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'xiewen-kill-'))
  })
  afterEach(() => rm(dataDir, { recursive: true, force: true }))

  it('has every act it acknowledged, a whole ledger, and starts again', async () => {
    let running = await start('demo', dataDir)
    const token = /sysadmin[^\n]*\n\s+\S+\/link\/(\S+)/.exec(running.output)?.[1] ?? ''
    let system = await ApiClient.signIn(running.url, token)
    const { units } = await system.call(directoryContract.listUnits, {})
    const parentId = units[0]?.id
    if (!parentId) throw new Error('the demonstration has no root')
    const acknowledged: string[] = []
    let writers: readonly Promise<void>[] = []
    for (let round = 0; round < 3; round += 1) {
      const cookie = system.cookie
      const wanted = acknowledged.length + 16
      // Killed in the very turn an answer arrives: one that was given before its commit has no time to be made good.
      await new Promise<void>((resolve) => {
        const onAcknowledged = (name: string): void => {
          if (acknowledged.push(name) !== wanted) return
          running.child.kill('SIGKILL')
          resolve()
        }
        writers = Array.from({ length: 8 }, (_, writer) => keepAdding(system, parentId, `${round}-${writer}`, onAcknowledged))
      })
      await running.gone
      await Promise.all(writers)
      running = await start('serve', dataDir)
      system = new ResumedClient(running.url, cookie)
      const names = new Set((await system.call(directoryContract.listUnits, {})).units.map((unit) => unit.name))
      expect(acknowledged.filter((name) => !names.has(name))).toEqual([])
    }
    await kill(running)
    const verdict = await verifyAuditOffline({ dataDir, database: { kind: 'sqlite' } })
    expect(verdict.problems).toEqual([])
    expect(verdict.facts).toBeGreaterThan(acknowledged.length)
  }, 120_000)
})

/** A client that goes on with a session opened before the server was killed. */
class ResumedClient extends ApiClient {
  readonly #resumed: string

  constructor(url: string, cookie: string) {
    super(url)
    this.#resumed = cookie
  }

  override get cookie(): string {
    return this.#resumed
  }

  override fetch(path: string, init: RequestInit): Promise<Response> {
    return super.fetch(path, { ...init, headers: { ...init.headers, cookie: this.#resumed } })
  }
}

/** Adds units until the server is gone; tells of those it acknowledged. */
async function keepAdding(system: ApiClient, parentId: UnitId, prefix: string, onAcknowledged: (name: string) => void): Promise<void> {
  for (let i = 0; ; i += 1) {
    const name = `试验科${prefix}-${i}`
    try {
      await system.call(directoryContract.addUnit, { parentId, kind: 'section', name, shortName: name, codes: [], order: 50 })
      onAcknowledged(name)
    } catch (error) {
      // The connection breaks when the server dies: whether that last act took place is unknown, so it is not counted.
      if (error instanceof TypeError) return
      throw error
    }
  }
}
