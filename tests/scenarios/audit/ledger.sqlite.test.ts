import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sm3, toHex } from '@xiewen/crypto'
import { auditContract } from '@xiewen/shared/base'
import { verifyAuditOffline } from '@xiewen/server'
import sqlite3 from 'sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'

function sqlOn(file: string, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const database: sqlite3.Database = new sqlite3.Database(file, () => {
      database.exec(sql, (error) => database.close(() => (error ? reject(error) : resolve())))
    })
  })
}

describe('the ledger of acts', () => {
  let office: TestOffice
  beforeEach(async () => {
    office = await anOffice()
  })
  afterEach(() => office.close())

  async function verdict() {
    return (await office.as('auditadmin')).call(auditContract.verify, {})
  }

  it('verifies after the set-up of an office and names who did what', async () => {
    expect((await verdict()).problems).toEqual([])
    const { rows } = await (await office.as('auditadmin')).call(auditContract.list, { kind: 'directory.post-granted', limit: 5 })
    expect(rows[0]?.personName).toBe('安全保密管理员')
  })

  it.each([
    ['one byte of a record', "update fact set record = replace(record, '云州市', '云洲市') where seq = 1", 'record-altered'],
    ['an index column beside the record', "update fact set kind = 'directory.person-invited' where seq = 3", 'columns-altered'],
    ['a record and its leaf together', "update fact set record = replace(record, 'done', 'doNe'), leaf = leaf where seq = 2", 'record-altered'],
    ['a deleted record', 'delete from fact where seq = 5', 'record-missing'],
  ])('finds %s changed behind its back', async (_what, sql, code) => {
    expect((await verdict()).problems).toEqual([])
    await sqlOn(join(office.dataDir, 'xiewen.db'), sql)
    expect((await verdict()).problems.map((problem) => problem.code)).toContain(code)
  })

  it('is taken out only as an act of its own: who, which records, how many, and the digest of that very file', async () => {
    const auditor = await office.as('auditadmin')
    const taken = await auditor.call(auditContract.takeOut, { fromSeq: 3 })
    const { bytes } = await auditor.download(auditContract.export, { exportId: taken.exportId })
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\n')
    const records = lines.filter((line) => !line.startsWith('{"checkpoint"'))
    expect([records.length, JSON.parse(records[0] ?? '').seq, JSON.parse(records.at(-1) ?? '').seq, taken.nextSeq]).toEqual([taken.rows, 3, taken.untilSeq, null])
    const { rows } = await auditor.call(auditContract.list, { kind: 'audit.taken-out' })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ personName: '审计管理员', subjectId: taken.exportId })
    expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ fromSeq: 3, untilSeq: taken.untilSeq, rows: taken.rows, digest: toHex(sm3(bytes)) })
    // The bytes stay the same however often they are fetched; what happened since is not in them.
    expect((await auditor.download(auditContract.export, { exportId: taken.exportId })).bytes).toEqual(bytes)
    await expect(auditor.download(auditContract.export, { exportId: '0'.repeat(26) as typeof taken.exportId })).rejects.toThrow()
    await expect((await office.as('secadmin')).call(auditContract.takeOut, {})).rejects.toMatchObject({ refusal: { code: 'base.not-allowed' } })
  })

  it('finds a cut tail from the signed heads outside the database', async () => {
    await office.as('auditadmin')
    const file = join(office.dataDir, 'audit', 'checkpoints.txt')
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 15_000 }).toContain('xiewen-ledger')
    const size = Number((await readFile(file, 'utf8')).split('\n')[1])
    await office.server.close()
    await sqlOn(join(office.dataDir, 'xiewen.db'), `delete from fact where seq > ${size - 3}; delete from audit_checkpoint where size > ${size - 3}`)
    const { problems } = await verifyAuditOffline({ dataDir: office.dataDir, database: { kind: 'sqlite' } })
    expect(problems.map((problem) => problem.code)).toContain('tail-cut')
  })

  it('finds a forged signed head', async () => {
    const file = join(office.dataDir, 'audit', 'checkpoints.txt')
    await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 15_000 }).toContain('xiewen-ledger')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/\n(\d+)\n/, (_match, size: string) => `\n${Number(size) + 1}\n`))
    expect((await verdict()).problems.map((problem) => problem.code)).toContain('checkpoint-forged')
  })

  it('is still listed when a record no longer parses', async () => {
    await office.as('auditadmin')
    await sqlOn(join(office.dataDir, 'xiewen.db'), "update fact set record = '{broken' where seq = 2")
    const { rows } = await (await office.as('auditadmin')).call(auditContract.list, { limit: 200 })
    expect(rows.find((row) => row.seq === 2)?.data).toContain('{broken')
    expect((await verdict()).problems.map((problem) => problem.code)).toContain('record-altered')
  })

  it('is read by the audit administrator alone', async () => {
    for (const login of ['zhangxiaoyu', 'sysadmin', 'secadmin']) {
      await expect((await office.as(login)).call(auditContract.list, {})).rejects.toMatchObject({ refusal: { code: 'base.not-allowed' } })
    }
  })
})
