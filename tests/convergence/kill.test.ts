import { type ChildProcess, fork } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createSyncSession, type SyncSession } from '../../desktop/src/platform/sync/index.ts'
import { openSnapshot, openUpdates } from '../../server/src/platform/realtime/index.ts'
import { openFileLog } from '../../server/src/platform/realtime/twins/file-log.ts'
import { aDocumentId, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { seeded } from '../../server/src/platform/realtime/twins/raw-client.ts'
import { quickFigures } from './editors.ts'

const kills = Number(process.env['XIEWEN_KILLS'] ?? 8)
const source = fileURLToPath(new URL('../../server/src/platform/realtime/twins/serve-alone.ts', import.meta.url))
// Inside the repository, so that the built program finds its packages.
const workRoot = fileURLToPath(new URL('../../node_modules/', import.meta.url))

test('kill -9 under typing loses nothing that was shown as saved, and doubles nothing', async () => {
  const random = seeded(kills)
  const directory = await mkdtemp(join(workRoot, '.xiewen-kill-'))
  const program = await buildProgram(directory)
  const [path, port, documentId] = [join(directory, 'log.bin'), await aFreePort(), aDocumentId()]
  let child = await start(program, path, port, documentId)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })
  const desks = ['a', 'b', 'c'].map((personId) => aDesk(personId, documentId, port, () => child))
  const typed: string[] = []
  const saved = new Set<string>()
  for (const desk of desks)
    desk.session.onChange((state) => state.kind === 'saved' && desk.tokens.forEach((token) => saved.add(token)))

  for (let kill = 0; kill < kills; kill += 1) {
    const pause = performance.now() + 80 + random() * 250
    while (performance.now() < pause) {
      const desk = desks[typed.length % desks.length]
      if (desk === undefined) break
      const token = `${desk.personId}${typed.length}`
      typed.push(token)
      desk.tokens.push(token)
      desk.list.insert(Math.floor(random() * (desk.list.length + 1)), [token])
      await new Promise((resolve) => setTimeout(resolve, random() * 8))
    }
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    // The file as the dead process left it.
    const shown = [...saved]
    const copy = join(directory, `${kill}.bin`)
    await copyFile(path, copy)
    const stored = await storedTokens(copy, documentId)
    expect(shown.filter((token) => !stored.includes(token))).toEqual([])
    child = await start(program, path, port, documentId)
  }
  await until(
    () => desks.every((desk) => desk.session.state().kind === 'saved' && desk.list.length === typed.length),
    20_000,
  )
  for (const desk of desks) await desk.session.dispose()

  expect(saved.size).toBeGreaterThan(kills)
  expect((await storedTokens(path, documentId)).sort()).toEqual([...typed].sort())
}, 60_000)

interface Desk {
  readonly personId: string
  readonly session: SyncSession
  readonly list: Y.Array<string>
  readonly tokens: string[]
}

function aDesk(personId: string, documentId: string, port: number, server: () => ChildProcess): Desk {
  const doc = new Y.Doc()
  class OriginSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { origin: `http://127.0.0.1:${port}` })
    }
  }
  const session = createSyncSession({
    documentId,
    doc,
    awareness: new Awareness(doc),
    getTicket: async () => ({ kind: 'ticket', ticket: await askTicket(server(), personId) }),
    serverUrl: `ws://127.0.0.1:${port}`,
    // Safe because ws implements the browser's interface as far as the session uses it.
    WebSocketClass: OriginSocket as unknown as typeof globalThis.WebSocket,
    figures: quickFigures,
  })
  return { personId, session, list: doc.getArray('tokens'), tokens: [] }
}

function askTicket(child: ChildProcess, personId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.connected) return reject(new Error('server is down'))
    const onAnswer = (answer: { readonly personId?: string; readonly ticket?: string }): void => {
      if (answer.personId !== personId || answer.ticket === undefined) return
      child.off('message', onAnswer)
      resolve(answer.ticket)
    }
    child.on('message', onAnswer)
    child.once('exit', () => reject(new Error('server was killed')))
    child.send(personId, (error) => error && reject(error))
  })
}

async function start(program: string, path: string, port: number, documentId: string): Promise<ChildProcess> {
  const child = fork(program, [path, String(port), documentId], { execArgv: [] })
  child.setMaxListeners(100)
  // The channel to a process that has just been killed.
  child.on('error', () => {})
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`the server did not start: ${code}`)))
  })
  return child
}

/** Built for Node as one module, because Node runs no TypeScript. Packages stay outside; our own sources go in. */
async function buildProgram(directory: string): Promise<string> {
  const file = join(directory, 'serve-alone.mjs')
  const bundle = await rolldown({
    input: source,
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import'] },
    external: (id) => /^[a-z]/.test(id) && !id.startsWith('@xiewen/'),
  })
  await bundle.write({ file, format: 'esm' })
  await bundle.close()
  return file
}

async function aFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function storedTokens(path: string, documentId: string): Promise<string[]> {
  const log = await openFileLog(path)
  const stored = await log.load(documentId)
  await log.close()
  const doc = new Y.Doc()
  if (stored?.snapshot) Y.applyUpdate(doc, openSnapshot(documentId, stored.snapshot).update)
  for (const row of stored?.tail ?? [])
    for (const update of openUpdates(documentId, row.bytes).updates) Y.applyUpdate(doc, update)
  return doc.getArray<string>('tokens').toArray()
}
