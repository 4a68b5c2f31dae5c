/** A sync server in a process of its own, over the product's store, for kills and for looking at its system calls. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { type RawClient, tryUpgrade } from '../../server/src/platform/realtime/twins/raw-client.ts'

const program = fileURLToPath(new URL('serve-live.mjs', import.meta.url))

/** A running victim. */
export interface LiveVictim {
  readonly child: ChildProcess
  readonly url: string
  readonly origin: string
  open(documentId: string, person: string): Promise<RawClient>
  kill(): Promise<void>
}

/** Starts one; `databaseUrl` chooses PostgreSQL, `isFresh` makes the tables. Documents that do not exist yet are made. */
export async function startVictim(directory: string, documents: readonly string[], databaseUrl: string | null, isFresh = false): Promise<LiveVictim> {
  const env = { ...process.env, XIEWEN_FRESH: isFresh ? '1' : '0', ...(databaseUrl === null ? {} : { XIEWEN_DATABASE_URL: databaseUrl }) }
  const child = fork(program, [directory, '0', ...documents], { execArgv: [], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.setMaxListeners(50)
  // The channel to a process that has just been killed.
  child.on('error', () => {})
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (ready: { readonly port: number }) => resolve(ready.port))
    child.once('exit', (code) => reject(new Error(`the server did not start: ${code}`)))
  })
  const [url, origin] = [`ws://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]
  const ticketFor = (document: string, person: string): Promise<string> =>
    new Promise((resolve) => {
      const hear = (answer: { readonly person?: string; readonly ticket?: string }): void => {
        if (answer.person !== person || answer.ticket === undefined) return
        child.off('message', hear)
        resolve(answer.ticket)
      }
      child.on('message', hear)
      child.send({ person, document }, () => {})
    })
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
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
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
