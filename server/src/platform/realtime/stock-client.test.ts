import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { sealUpdates } from './log-frames.ts'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog, type MemoryLog } from './twins/memory-log.ts'

let log: MemoryLog
let harness: Harness
const providers: WebsocketProvider[] = []

beforeEach(async () => {
  log = createMemoryLog()
  harness = await startHarness({ log })
})

afterEach(async () => {
  for (const provider of providers.splice(0)) provider.destroy()
  await harness.close()
  expect(harness.events).toEqual([])
})

function connect(documentId: string, personId: string): WebsocketProvider {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${harness.url}/sync`, documentId, doc, {
    WebSocketPolyfill: harness.WebSocket,
    params: { ticket: harness.ticket(documentId, personId) },
    disableBc: true,
  })
  provider.on('connection-close', () => {
    provider.params = { ticket: harness.ticket(documentId, personId) }
  })
  providers.push(provider)
  return provider
}

const textOf = (provider: WebsocketProvider): string => provider.doc.getText('t').toString()

describe('an unmodified y-websocket 3 provider', () => {
  test('edits with another one, and every keystroke is in the log with its author before the other sees it', async () => {
    const documentId = aDocumentId()
    log.create(documentId)
    const [a, b] = [connect(documentId, 'a'), connect(documentId, 'b')]
    await until(() => a.synced && b.synced)

    a.doc.getText('t').insert(0, '关于印发工作要点的通知')
    await until(() => textOf(b).length === 11)
    b.doc.getText('t').insert(11, '（征求意见稿）')
    await until(() => textOf(a).length === 18)

    expect(textOf(a)).toBe('关于印发工作要点的通知（征求意见稿）')
    expect(log.rows.map((row) => row.personId)).toEqual(['a', 'b'])
  })

  test('is synced only when it has everything', async () => {
    const documentId = aDocumentId()
    const first = new Y.Doc()
    first.getText('t').insert(0, '已有正文')
    log.create(documentId)
    const bytes = sealUpdates(documentId, { personId: 'server', updates: [Y.encodeStateAsUpdate(first)] })
    await log.append([{ documentId, bytes, personId: 'server', sessionId: '', at: 0 }])

    const provider = connect(documentId, 'a')
    const seen = await new Promise<string>((resolve) => provider.once('sync', () => resolve(textOf(provider))))

    expect(seen).toBe('已有正文')
  })

  test('comes back after a cut with what it wrote meanwhile, once', async () => {
    const documentId = aDocumentId()
    log.create(documentId)
    const [a, b] = [connect(documentId, 'a'), connect(documentId, 'b')]
    await until(() => a.synced && b.synced)
    a.doc.getText('t').insert(0, '一')
    await until(() => textOf(b) === '一')

    a.ws?.close()
    a.doc.getText('t').insert(1, '二')
    b.doc.getText('t').insert(1, '三')
    await until(() => textOf(a).length === 3 && textOf(a) === textOf(b))

    expect([...textOf(a)].sort().join('')).toBe(['一', '三', '二'].join(''))
  })

  test('shows the name the server knows, whatever it says itself', async () => {
    const documentId = aDocumentId()
    log.create(documentId)
    const [a, b] = [connect(documentId, 'a'), connect(documentId, 'b')]
    await until(() => a.synced && b.synced)
    a.awareness.setLocalState({ user: { name: '市长', color: 'javascript:alert(1)' }, cursor: { anchor: 1, head: 1 } })

    await until(() => b.awareness.getStates().has(a.doc.clientID))

    expect(b.awareness.getStates().get(a.doc.clientID)).toMatchObject({
      user: { name: '人员a', post: '拟稿人', personId: 'a' },
      cursor: { anchor: 1 },
    })
    a.destroy()
    await until(() => !b.awareness.getStates().has(a.doc.clientID))
  })
})
