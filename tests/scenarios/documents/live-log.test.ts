/** The durable log of live editing, on the real database: numbers, bytes, refusals, snapshots. */
import { randomBytes } from 'node:crypto'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeDocument } from '../../../server/src/documents/repository.ts'
import { liveDocuments } from '../../../server/src/documents/index.ts'
import type { UpdateLog } from '../../../server/src/platform/realtime/ports.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient
let log: UpdateLog
let close: () => Promise<void>

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  const { world } = office.server
  ;({ log, close } = liveDocuments(world.database, world.clock, () => undefined))
})
afterAll(async () => {
  await close()
  await office.close()
})

const text = new TextEncoder().encode('关于记录的通知\n各科室：\n　　现就有关事项通知如下。\n云州市政务服务数据管理局\n2026年11月20日\n')
const draft = async (): Promise<DocumentId> => (await drafter.upload(documentsContract.importFile, {}, text)).documentId
const row = (documentId: string, bytes: Uint8Array, personId = 'p') => ({ documentId, bytes, personId, sessionId: "s'; DROP TABLE document; --", at: 1_764_000_000_000 })

test('every row comes back byte for byte, whatever its author is called, and numbers rise over all documents', async () => {
  const [a, b] = [await draft(), await draft()]
  const contents = [0, 1, 255, 40_000].map((size) => Uint8Array.from(randomBytes(size)))
  const numbers: number[] = []
  for (const bytes of contents) numbers.push(...(await log.append([row(a, bytes, "o'neil"), row(b, bytes)])))
  expect([...numbers].sort((x, y) => x - y)).toEqual(numbers)
  expect(new Set(numbers).size).toBe(8)
  for (const id of [a, b]) {
    const stored = await log.load(id)
    expect(stored?.tail.slice(1).map((each) => Buffer.compare(Buffer.from(each.bytes), contents[stored.tail.indexOf(each) - 1] ?? Buffer.of()))).toEqual([0, 0, 0, 0])
  }
})

test('documents created between two commits take numbers of their own', async () => {
  const a = await draft()
  const before = await log.append([row(a, Uint8Array.of(1))])
  const b = await draft()
  const after = await log.append([row(a, Uint8Array.of(2)), row(b, Uint8Array.of(3))])
  const created = (await log.load(b))?.tail[0]?.seq ?? 0
  expect(created).toBeGreaterThan(before[0] ?? 0)
  expect(after[0]).toBeGreaterThan(created)
})

test('one document that is gone refuses the whole commit, and the next commit goes on', async () => {
  const [kept, gone] = [await draft(), await draft()]
  await log.append([row(kept, Uint8Array.of(1))])
  await office.server.world.database.write((db) => removeDocument(db, gone))
  await expect(log.append([row(kept, Uint8Array.of(2)), row(gone, Uint8Array.of(3))])).rejects.toThrow('gone')
  expect((await log.load(kept))?.tail.at(-1)?.bytes).toEqual(Buffer.of(1))
  await expect(log.append([row(kept, Uint8Array.of(4))])).resolves.toHaveLength(1)
  await expect(log.append([row(kept, Uint8Array.of(5))])).resolves.toHaveLength(1)
  expect((await log.load(kept))?.tail.map((each) => each.bytes).slice(-3)).toEqual([Buffer.of(1), Buffer.of(4), Buffer.of(5)])
})
