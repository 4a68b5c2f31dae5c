import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openSnapshot, openUpdates } from '../../server/src/platform/realtime/index.ts'
import { aDocumentId, startHarness, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { createMemoryLog, type MemoryLog } from '../../server/src/platform/realtime/twins/memory-log.ts'
import { seeded } from '../../server/src/platform/realtime/twins/raw-client.ts'
import { aSession, aStockProvider, type Editor } from './editors.ts'
import { httpSocket } from './http-socket.ts'
import { openLossyLine } from './lossy-line.ts'

const runs = Number(process.env['XIEWEN_CONVERGENCE_SEEDS'] ?? 6)
const first = Number(process.env['XIEWEN_CONVERGENCE_FIRST'] ?? 1)
const seeds = Array.from({ length: runs }, (_, index) => index + first)

test.each(seeds)(
  'five editors converge whatever the network does and though the server restarts under them, and nothing is lost or doubled (seed %i)',
  async (seed) => {
    const random = seeded(seed)
    const log = createMemoryLog()
    const documentId = aDocumentId()
    log.create(documentId)
    // Small tails, so that folding happens under the editors' hands.
    const limits = { compactTailBytes: 3000, compactIdleBytes: 500, updatesBurst: 5000, framesBurst: 20_000, joinsBurst: 1000, maxGaps: 1000 }
    let server = await startHarness({ log, limits })
    // What editors hold of the server outlives its restart: address, origin, and tickets of whichever runs.
    const harness = { url: server.url, origin: server.origin, WebSocket: server.WebSocket, ticket: (document: string, person: string) => server.ticket(document, person) }
    const restartAt = 70 + Math.floor(random() * 80)
    const editors: Editor[] = []
    for (let n = 0; n < 5; n += 1) {
      const line = await openLossyLine(harness.url, random, 0.03)
      editors.push(
        n < 3
          ? aSession(harness, documentId, `p${n}`, line, random)
          : // The last one can have no WebSocket.
            aStockProvider(harness, documentId, `p${n}`, line, n === 4 ? httpSocket(harness.origin) : harness.WebSocket),
      )
    }
    const tokens: string[] = []

    for (let step = 0; step < 200; step += 1) {
      const editor = editors[Math.floor(random() * editors.length)]
      if (editor === undefined) continue
      const token = `${editor.name}-${step}`
      tokens.push(token)
      edit(editor, token, random)
      if (random() < 0.05) editor.repeat()
      // One of them is offline for the middle third.
      if (step === 60) editors[0]?.line.setDown(true)
      if (step === 130) editors[0]?.line.setDown(false)
      if (step === restartAt) {
        await server.close()
        expect(server.events).toEqual([])
        server = await startHarness({ log, limits, port: Number(new URL(server.url).port) })
      }
      if (random() < 0.4) await new Promise((resolve) => setTimeout(resolve, random() * 6))
    }
    for (const editor of editors) editor.line.heal()
    const contents = (): string[] => editors.map((editor) => contentOf(editor.doc))
    await until(() => editors.every((editor) => editor.isSettled()) && new Set(contents()).size === 1, 20_000)

    const stored = await replay(log, documentId)
    expect(contentOf(stored)).toBe(contents()[0])
    expect([...stored.getArray<string>('tokens')].sort()).toEqual([...tokens].sort())
    expect(editors.reduce((sum, editor) => sum + editor.line.cuts(), 0)).toBeGreaterThan(0)
    expect(server.events).toEqual([])
    for (const editor of editors) await editor.dispose()
    await server.close()
    for (const editor of editors) await editor.line.close()
  },
  40_000,
)

function contentOf(doc: Y.Doc): string {
  return JSON.stringify([doc.getText('text').toString(), doc.getArray('tokens').toArray()])
}

function edit(editor: Editor, token: string, random: () => number): void {
  const [text, list] = [editor.doc.getText('text'), editor.doc.getArray<string>('tokens')]
  editor.doc.transact(() => {
    list.insert(Math.floor(random() * (list.length + 1)), [token])
    text.insert(Math.floor(random() * (text.length + 1)), `「${token}」`)
    if (text.length > 30 && random() < 0.3) text.delete(Math.floor(random() * (text.length - 5)), 5)
  })
}

/** The document as a server would read it after a restart, built by Yjs itself. */
async function replay(log: MemoryLog, documentId: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const stored = await log.load(documentId)
  if (stored?.snapshot) Y.applyUpdate(doc, openSnapshot(documentId, stored.snapshot).update)
  for (const row of stored?.tail ?? [])
    for (const update of openUpdates(documentId, row.bytes).updates) Y.applyUpdate(doc, update)
  return doc
}
