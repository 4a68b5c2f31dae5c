/** Who may only revise (修订) is held to it by the server, over a real socket; and rights asked together equal rights asked alone. */
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { grantAccess } from '../../../server/src/documents/index.ts'
import { rightsOf, rightsOfPeople } from '../../../server/src/documents/rights.ts'
import { until } from '../../../server/src/platform/realtime/twins/harness.ts'
import { type RawClient, tryUpgrade } from '../../../server/src/platform/realtime/twins/raw-client.ts'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

const text = new TextEncoder().encode('关于修订的通知\n各科室：\n　　现就有关事项通知如下。\n云州市政务服务数据管理局\n2026年11月20日\n')

interface Desk {
  readonly doc: Y.Doc
  readonly client: RawClient
  /** Updates made by `act`, sent one after another. */
  edit(act: (body: Y.XmlFragment) => void): void
}

/** Opens the live text as a person of the office, with everything in it. */
async function sitDown(person: ApiClient, documentId: DocumentId): Promise<Desk> {
  const { ticket } = await person.call(documentsContract.ticket, { documentId })
  const url = office.server.url.replace('http', 'ws')
  const upgrade = await tryUpgrade({ url, origin: office.server.url }, `/sync/${documentId}?x=1&ticket=${ticket}`)
  if (!('client' in upgrade)) throw new Error(`upgrade refused with ${upgrade.status}`)
  const { client } = upgrade
  client.sendStep1()
  await until(() => client.heard.some((each) => each.type === 0 && each.step === 1))
  const doc = new Y.Doc()
  for (const each of client.heard) if (each.type === 0 && each.step !== 0) Y.applyUpdate(doc, each.body)
  doc.on('update', (update: Uint8Array) => client.sendUpdate(update))
  return { doc, client, edit: (act) => doc.transact(() => act(doc.getXmlFragment('body'))) }
}

function firstLine(body: Y.XmlFragment): Y.XmlText {
  const line = body.get(0)
  const content = line instanceof Y.XmlElement ? line.get(0) : null
  if (!(content instanceof Y.XmlText)) throw new Error('no line')
  return content
}

async function aDocumentToRevise(): Promise<{ readonly documentId: DocumentId; readonly reviser: ApiClient; readonly personId: string }> {
  const { documentId } = await drafter.upload(documentsContract.importFile, {}, text)
  const { personId } = await postOf(drafter, '赵敏')
  const outcome = await office.server.run(async (ctx) => {
    await grantAccess(ctx, documentId, { personId }, 'suggest', 'task:countersign')
    return { ok: true, value: null }
  })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return { documentId, reviser: await office.as('zhaomin'), personId }
}

test('a reviser’s marked change is stored and seen; an unmarked one is refused and nobody sees it', async () => {
  const { documentId, reviser, personId } = await aDocumentToRevise()
  const [author, guest] = [await sitDown(drafter, documentId), await sitDown(reviser, documentId)]
  const opened = author.client.contentBytes()
  guest.edit((body) => firstLine(body).insert(0, '市', { insertion: { id: `${personId}:1` } }))
  await until(() => guest.client.acks().length === 1 && author.client.contentBytes() > opened)

  // The author may write plainly, and the reviser goes on from there.
  author.edit((body) => firstLine(body).insert(firstLine(body).length, '（草）'))
  await until(() => author.client.acks().length === 1)
  guest.edit((body) => firstLine(body).format(1, 2, { deletion: { id: `${personId}:2` } }))
  await until(() => guest.client.acks().length === 2)

  const seen = author.client.contentBytes()
  guest.edit((body) => firstLine(body).delete(1, 1))
  await until(() => guest.client.closed() !== null)
  expect(guest.client.closed()).toEqual({ code: 4422, reason: 'refused' })
  expect(guest.client.notices()).toContainEqual({ kind: 'refused', frame: 3, reason: 'not-a-revision' })
  expect(author.client.contentBytes()).toBe(seen)

  // Coming back with what is stored, the reviser can go on revising.
  const again = await sitDown(reviser, documentId)
  again.edit((body) => firstLine(body).insert(0, '县', { insertion: { id: `${personId}:3` } }))
  await until(() => again.client.acks().length === 1)
  for (const desk of [author, again]) desk.client.stop()
})

test('a reviser cannot write under another person’s name', async () => {
  const { documentId, reviser } = await aDocumentToRevise()
  const guest = await sitDown(reviser, documentId)
  guest.edit((body) => firstLine(body).insert(0, '市', { insertion: { id: 'somebody-else:1' } }))
  await until(() => guest.client.closed() !== null)
  expect(guest.client.closed()?.code).toBe(4422)
})

test('where WebSocket is blocked, the running server opens the same text over plain HTTP', async () => {
  const { documentId, reviser } = await aDocumentToRevise()
  const { ticket } = await reviser.call(documentsContract.ticket, { documentId })
  const stop = new AbortController()
  const address = `${office.server.url}/sync/${documentId}`
  const opened = await fetch(`${address}/open?x=1&ticket=${ticket}`, { method: 'POST', headers: { origin: office.server.url }, signal: stop.signal })
  expect(opened.status).toBe(200)
  const send = (body: Uint8Array, n: number): Promise<number> =>
    fetch(`${address}/send?key=${opened.headers.get('x-sync-key')}&n=${n}`, { method: 'POST', headers: { origin: office.server.url }, body: Uint8Array.from(body) }).then(({ status }) => status)
  // Step 1 of an empty client, as a block.
  expect(await send(Uint8Array.of(4, 0, 0, 1, 0), 0)).toBe(204)
  let heard = Buffer.alloc(0)
  if (opened.body === null) throw new Error('a stream expected')
  for await (const chunk of opened.body) {
    heard = Buffer.concat([heard, chunk as Uint8Array])
    if (heard.includes(Buffer.of(0x82, 5, 0, 1, 2, 0, 0))) break
  }
  expect(heard.toString()).toContain('关于修订的通知')
  stop.abort()
})

test('the rights of everybody asked at once are those of each asked alone', async () => {
  const { documentId } = await aDocumentToRevise()
  const { world } = office.server
  await world.database.read(async (db) => {
    const people = (await db.kysely.selectFrom('person' as never).select('id' as never).execute()) as unknown as readonly { readonly id: string }[]
    const ids = [...people.map((person) => person.id), 'nobody']
    const together = await rightsOfPeople(db, documentId, ids, world.clock.now())
    const alone = await Promise.all(ids.map(async (id) => [id, await rightsOf(db, documentId, id, world.clock.now())] as const))
    expect([...together].sort()).toEqual([...alone].sort())
    expect(new Set(together.values())).toEqual(new Set(['none', 'read', 'suggest', 'edit'].filter((right) => alone.some(([, each]) => each === right))))
  })
})
