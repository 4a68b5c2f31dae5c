/** 管理 · 在线编辑 over two whole servers: documents of both stand on one page, and a node that does not answer is named. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient, buildDirectory, editLive, type RunningServer, startServer } from '@xiewen/server'
import { liveContract } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openControl } from '../../server/src/platform/cluster/control.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { aCable } from './nodes.ts'

let postgres: TestPostgres
let dataDir: string
let url: string
let first: RunningServer
let second: RunningServer
let clients: { readonly drafter: ApiClient; readonly admin: ApiClient }

beforeAll(async () => {
  postgres = await startPostgres()
  dataDir = await mkdtemp(join(tmpdir(), 'xiewen-live-'))
  url = await postgres.createDatabase()
  const start = (): Promise<RunningServer> => startServer({ host: '127.0.0.1', port: 0, dataDir, database: { kind: 'postgres', url }, publicUrl: null, officeName: '云州市' }, { report: () => undefined })
  first = await start()
  const tokens = await buildDirectory(first)
  second = await start()
  const at = (server: RunningServer, login: string): Promise<ApiClient> => ApiClient.signIn(server.url, tokens?.get(login) ?? '')
  clients = { drafter: await at(second, 'zhangxiaoyu'), admin: await at(first, 'sysadmin') }
  // A node sees who has come when it next renews its own row, within a second.
  await vi.waitFor(async () => expect((await clients.admin.call(liveContract.documents, {})).nodes.length).toBe(2), { timeout: 20_000 })
}, 90_000)
afterAll(async () => {
  await Promise.all([first.close(), second.close()])
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

test('a document served by another node stands on the page with its node, and each node with what it has to do', async () => {
  const { documentId } = await clients.drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode('关于测试的通知\n各科室：\n　　现就有关事项通知如下。\n'))
  await editLive(clients.drafter, documentId, (doc) => doc.getMap('seen').set('a', 1))
  const seen = await clients.admin.call(liveContract.documents, {})
  expect(seen.nodes.map((node) => [node.isThis, node.figures !== null])).toEqual([[true, true], [false, true]])
  const [here, there] = seen.nodes
  expect(seen.documents.find((row) => row.documentId === documentId)).toMatchObject({ node: there?.name, updates: 1 })
  expect(there?.figures?.updatesPerSecond).toBeGreaterThan(0)
  expect(there?.figures?.commandsPerSecond).toBeGreaterThan(0)
  expect(here?.figures).toMatchObject({ documents: 0, updatesPerSecond: 0 })
  expect(JSON.stringify(seen)).not.toContain('关于测试')
}, 60_000)

test('a node that is alive by its row but answers nobody is named, and the page does not wait for it', async () => {
  const before = await clients.admin.call(liveContract.documents, {})
  const silent = before.nodes.find((node) => !node.isThis)?.name ?? ''
  const cable = await aCable(Number(silent.split(':')[1]))
  cable.cut()
  const control = await openControl(url, 'nobody', { heard: () => undefined, connected: () => undefined })
  try {
    await control.ask('update cluster_node set address = $2 where address = $1', [silent, cable.address])
    await expect
      .poll(async () => (await clients.admin.call(liveContract.documents, {})).nodes.map((node) => [node.name, node.figures === null]), { timeout: 20_000 })
      .toEqual([[before.nodes[0]?.name, false], [cable.address, true]])
    await control.ask('update cluster_node set address = $2 where address = $1', [cable.address, silent])
    await expect.poll(async () => (await clients.admin.call(liveContract.documents, {})).nodes.every((node) => node.figures !== null), { timeout: 20_000 }).toBe(true)
  } finally {
    cable.close()
    await control.close()
  }
}, 60_000)
