import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { directoryContract, type UnitId } from '@xiewen/shared/directory'
import { ApiClient, RefusedByServer, verifyAuditOffline } from '@xiewen/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BuiltServer, injectFault, killBuilt, startBuilt, syncCalls } from './built-server.ts'

describe('a disk that fails', () => {
  let dataDir: string
  let server: BuiltServer
  let system: ApiClient
  let parentId: UnitId

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'xiewen-disk-'))
    const { output } = await startBuilt('setup', dataDir)
    server = await startBuilt('serve', dataDir)
    system = await ApiClient.signIn(server.url, /sysadmin.*\/link\/(\S+)/.exec(output)?.[1] ?? '')
    parentId = (await names())[0]!.id
  })
  afterEach(async () => {
    await killBuilt(server)
    await rm(dataDir, { recursive: true, force: true })
  })

  const names = async () => (await system.call(directoryContract.listUnits, {})).units
  const add = (name: string) => system.call(directoryContract.addUnit, { parentId, kind: 'section', name, shortName: name, codes: [], order: 50 })
  const refusalOf = async (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => (error instanceof RefusedByServer ? { status: error.status, code: error.refusal.code } : error),
    )

  it('being full refuses writes in words, lets reads go on, and takes writes again when there is space', async () => {
    await add('满盘之前科')
    const free = await injectFault(server, join(dataDir, 'xiewen.db-wal'), 'pwrite64:error=ENOSPC')
    const refusals = await Promise.all(['甲', '乙', '丙'].map((sign) => refusalOf(add(`满盘${sign}科`))))
    const during = (await names()).map((unit) => unit.name)
    await free()
    expect(refusals).toEqual(Array.from({ length: 3 }, () => ({ status: 507, code: 'base.disk-full' })))
    expect(during).toContain('满盘之前科')
    await add('满盘之后科')
    await killBuilt(server)
    server = await startBuilt('serve', dataDir)
    const kept = (await verifyAuditOffline({ dataDir, database: { kind: 'sqlite' } })).problems
    expect(kept).toEqual([])
  }, 60_000)

  it('failing to sync stops the writer for good; a restart has everything that was acknowledged', async () => {
    await add('同步之前科')
    const heal = await injectFault(server, join(dataDir, 'xiewen.db-wal'), `${syncCalls}:error=EIO`)
    const first = await refusalOf(add('未能落盘科'))
    await heal()
    const afterwards = await refusalOf(add('故障之后科'))
    const readable = (await names()).map((unit) => unit.name)
    expect(first).toEqual({ status: 503, code: 'base.read-only' })
    expect(afterwards).toEqual({ status: 503, code: 'base.read-only' })
    expect(readable).toContain('同步之前科')
    await killBuilt(server)
    const verdict = await verifyAuditOffline({ dataDir, database: { kind: 'sqlite' } })
    expect(verdict.problems).toEqual([])
    server = await startBuilt('serve', dataDir)
  }, 60_000)
})
