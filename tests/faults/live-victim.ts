/** A sync server in a process of its own, over the product's store, for kills and for looking at its system calls. */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import * as Y from 'yjs'
import { type RawClient, tryUpgrade } from '../../server/src/platform/realtime/twins/raw-client.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('serve-live.mjs', import.meta.url))
const slices = new URL('../../server/dist/app/slices.js', import.meta.url).href

/** What a victim serves. */
export interface VictimStart {
  readonly directory: string
  /** Those that do not exist yet are made. */
  readonly documents: readonly string[]
  /** PostgreSQL; null for SQLite in the directory. */
  readonly databaseUrl: string | null
  /** Makes the tables. */
  readonly isFresh?: boolean
}

/** A running victim. */
export interface LiveVictim {
  readonly child: ChildProcess
  readonly url: string
  readonly origin: string
  open(documentId: string, person: string): Promise<RawClient>
  kill(): Promise<void>
}

/** A process with everything loaded that serves nothing yet. */
export interface Spare {
  start(what: VictimStart): Promise<LiveVictim>
  drop(): Promise<void>
}

let bundled: Promise<string> | null = null

/** The program in one file: of what a kill costs, loading modules one by one was two thirds. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    const made = await rolldown({ input: program, platform: 'node', external: ['sqlite3', 'pg'], logLevel: 'silent' })
    const { output } = await made.generate({ format: 'esm', codeSplitting: false })
    await made.close()
    const { code } = output[0]
    // One file for all workers, and no new one with each run.
    const file = join(root, 'node_modules', '.xiewen', `serve-live-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.mjs`)
    if (!existsSync(file)) {
      writeFileSync(`${file}.${process.pid}`, code)
      renameSync(`${file}.${process.pid}`, file)
    }
    return file
  })()
  return bundled
}

/** Loads a process that can be started later: while one is being killed, the next is ready. */
export async function loadSpare(): Promise<Spare> {
  const child = fork(await bundle(), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.setMaxListeners(50)
  // The channel to a process that has just been killed.
  child.on('error', () => {})
  const loaded = hear(child, (message) => (message.loaded === true ? true : null))
  // A spare may be dropped before it was needed.
  loaded.catch(() => {})
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  return {
    drop: kill,
    async start({ isFresh = false, ...what }) {
      await loaded
      const port = hear(child, (message) => message.port ?? null)
      child.send({ start: { ...what, slicesFrom: isFresh ? slices : null } })
      return asVictim(child, await port, kill)
    },
  }
}

/** Starts a victim. */
export async function startVictim(what: VictimStart): Promise<LiveVictim> {
  return (await loadSpare()).start(what)
}

interface VictimMessage {
  readonly loaded?: boolean
  readonly port?: number
  readonly person?: string
  readonly ticket?: string
}

/** The first message that `pick` takes; fails when the process ends before. */
function hear<T>(child: ChildProcess, pick: (message: VictimMessage) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the server ended with ${code}`))
    const take = (message: VictimMessage): void => {
      const picked = pick(message)
      if (picked === null) return
      child.off('message', take)
      child.off('exit', ended)
      resolve(picked)
    }
    child.on('message', take)
    child.once('exit', ended)
  })
}

function asVictim(child: ChildProcess, port: number, kill: () => Promise<void>): LiveVictim {
  const [url, origin] = [`ws://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]
  const ticketFor = (document: string, person: string): Promise<string> => {
    const ticket = hear(child, (message) => (message.person === person ? (message.ticket ?? null) : null))
    child.send({ person, document }, () => {})
    return ticket
  }
  return {
    child,
    url,
    origin,
    async open(documentId, person) {
      const upgrade = await tryUpgrade({ url, origin }, `/sync/${documentId}?x=1&ticket=${await ticketFor(documentId, person)}`)
      if (!('client' in upgrade)) throw new Error(`upgrade refused with ${upgrade.status}`)
      upgrade.client.ws.on('error', () => {})
      return upgrade.client
    },
    kill,
  }
}

/** Somebody who adds tokens, one update each, and knows which of them have been acknowledged. */
export interface TokenWriter {
  readonly client: RawClient
  add(token: string): void
  acknowledged(): readonly string[]
}

/** A writer on an open socket. */
export function aTokenWriter(client: RawClient): TokenWriter {
  const doc = new Y.Doc()
  const tokens: string[] = []
  doc.on('update', (update: Uint8Array) => client.sendUpdate(update))
  return {
    client,
    add(token) {
      tokens.push(token)
      doc.getArray<string>('tokens').push([token])
    },
    // One token a frame, and frames are numbered from 1.
    acknowledged: () => tokens.slice(0, client.acks().at(-1)?.frame ?? 0),
  }
}

/** The tokens a newcomer is given. */
export async function storedTokens(victim: LiveVictim, documentId: string): Promise<readonly string[]> {
  const reader = await victim.open(documentId, 'reader')
  reader.sendStep1()
  const isComplete = (): boolean => reader.heard.some((each) => each.type === 0 && each.step === 1)
  while (!isComplete()) {
    if (reader.closed() !== null) throw new Error(`the reader was sent away: ${reader.closed()?.reason}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const doc = new Y.Doc()
  for (const each of reader.heard) if (each.type === 0 && each.step !== 0) Y.applyUpdate(doc, each.body)
  reader.stop()
  return doc.getArray<string>('tokens').toArray()
}
