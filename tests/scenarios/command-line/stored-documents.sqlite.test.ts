/** `xiewen doc …` and `/metrics`, on a real office that is running. */
import { readFile, rm } from 'node:fs/promises'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { editLive, runCli, startServer } from '@xiewen/server'
import sqlite3 from 'sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { anOffice, type TestOffice } from '../../support/office.ts'

let dataDir: string
let office: TestOffice
let documentId: DocumentId

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xiewen-doc-'))
  office = await anOffice({ dataDir })
  const drafter = await office.as('zhangxiaoyu')
  const text = '关于校验的通知\n各科室：\n　　现就有关事项通知如下。\n云州市政务服务数据管理局\n2026年11月20日\n'
  documentId = (await drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode(text))).documentId
  for (const word of ['甲', '乙', '丙']) await editLive(drafter, documentId, (doc) => void doc.getArray('comments').push([word]))
})
afterAll(async () => {
  await office.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function run(...argv: string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const code = await runCli([...argv, '--data', dataDir], { out: (line) => void (out += `${line}\n`), err: (line) => void (out += `${line}\n`) })
  return { code, out }
}

test('a document is inspected, folded and exported while the server runs, and reads the same afterwards', async () => {
  const before = JSON.parse((await run('doc', 'inspect', documentId, '--json')).out)
  expect(before).toMatchObject({ documentId, title: '关于校验的通知', rows: 4, tailRows: 4, snapshots: [] })
  expect(before.figures.people).toHaveLength(1)

  expect((await run('doc', 'compact', documentId)).code).toBe(0)
  const after = JSON.parse((await run('doc', 'inspect', documentId, '--json')).out)
  expect(after).toMatchObject({ rows: 4, tailRows: 0 })
  expect(after.snapshots).toHaveLength(1)
  expect((await run('doc', 'compact', documentId)).out).toContain('nothing to fold')

  const file = join(dataDir, 'text.yjs')
  expect((await run('doc', 'export', documentId, '--out', file)).code).toBe(0)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await readFile(file))
  expect(doc.getArray('comments').toArray()).toEqual(['甲', '乙', '丙'])
  await run('doc', 'export', documentId, '--out', join(dataDir, 'text.json'))
  expect(JSON.parse(await readFile(join(dataDir, 'text.json'), 'utf8')).blocks[0].kind).toBe('title')
  expect((await run('doc', 'verify')).code).toBe(0)
})

test('one flipped bit in a row, and a snapshot of other content, are found and named', async () => {
  const rows = await sql<{ seq: number; bytes: Buffer }>('SELECT seq, bytes FROM document_update WHERE document_id = ? ORDER BY seq', [documentId])
  const [third, fourth] = [rows[2], rows[3]]
  if (third === undefined || fourth === undefined) throw new Error('rows expected')
  const flipped = Buffer.from(third.bytes)
  flipped[flipped.length - 3] = (flipped[flipped.length - 3] ?? 0) ^ 4
  await sql('UPDATE document_update SET bytes = ? WHERE seq = ?', [flipped, third.seq])
  const damaged = await run('doc', 'verify', documentId, '--json')
  expect(damaged.code).toBe(1)
  expect(JSON.parse(damaged.out).damaged[0].damage[0]).toEqual({ seq: third.seq, what: 'row', detail: 'checksum' })
  await sql('UPDATE document_update SET bytes = ? WHERE seq = ?', [third.bytes, third.seq])
  expect((await run('doc', 'verify', documentId)).code).toBe(0)

  await sql('UPDATE document_snapshot SET seq = ? WHERE document_id = ?', [third.seq, documentId])
  const stale = await run('doc', 'verify', documentId, '--json')
  expect(JSON.parse(stale.out).damaged[0].damage).toEqual([{ seq: third.seq, what: 'snapshot', detail: 'says something else than its rows' }])
  await sql('UPDATE document_snapshot SET seq = ? WHERE document_id = ?', [fourth.seq, documentId])
})

test('wrong calls and unknown documents are told apart', async () => {
  expect((await run('doc', 'inspect')).code).toBe(2)
  expect((await run('doc', 'export', documentId)).code).toBe(2)
  expect((await run('doc', 'inspect', '0'.repeat(26))).code).toBe(3)
})

test('figures are read with the token only, and without a token the address does not exist', async () => {
  expect((await fetch(`${office.server.url}/metrics`)).headers.get('content-type')).not.toContain('version=0.0.4')
  const other = await mkdtemp(join(tmpdir(), 'xiewen-metrics-'))
  const server = await startServer({ host: '127.0.0.1', port: 0, dataDir: other, database: { kind: 'sqlite' }, publicUrl: null, officeName: '', metricsToken: 'a-token-of-some-length' })
  const read = (authorization?: string): Promise<Response> => fetch(`${server.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })
  expect([(await read()).status, (await read('Bearer wrong')).status]).toEqual([401, 401])
  const answer = await read('Bearer a-token-of-some-length')
  const text = await answer.text()
  for (const name of ['connections', 'documents', 'updates_total', 'commit_seconds_bucket', 'fan_out_seconds_count', 'unsent_bytes']) expect(text).toMatch(new RegExp(`^xiewen_sync_${name}`, 'm'))
  // Every line is a comment or a sample.
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^# (HELP|TYPE) |^[a-z_0-9]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+$/)
  await server.close()
  await rm(other, { recursive: true, force: true })
})

function sql<T>(text: string, values: readonly unknown[]): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(dataDir, 'xiewen.db'))
    database.all<T>(text, values, (error, rows) => database.close(() => (error ? reject(error) : resolve(rows))))
  })
}
