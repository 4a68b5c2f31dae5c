/** The books of the seals: held against each other every night and at every look, an alarm where they do not agree, taken out as tables and on
 * paper, and seen at a glance. */
import { sm3, toHex } from '@xiewen/crypto'
import { addDays, auditContract, civilDate, inboxContract, type InputOf, instant, startOfDay } from '@xiewen/shared/base'
import { type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import { writeCell } from '../../../server/src/platform/csv/write-table.ts'
import type { SealsTables } from '../../../server/src/seals/tables.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { letter, type people, refusalOf, SealStory, signInsAnew } from './story.ts'

const monday = civilDate('2026-11-23')
const clock = { at: startOfDay(monday) + 9 * 3_600_000 }
let office: TestOffice
let story: SealStory
let sealId: SealId
const text = new TextDecoder('utf-8', { ignoreBOM: true })

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(clock.at) } })
  story = new SealStory(office)
  sealId = await story.enabledSeal()
  // A title as a spiteful colleague would word it.
  const documentId = await story.typeset('drafter', letter.replace('关于做好数据共享工作的通知', '=HYPERLINK("http://x")关于数据<共享>工作的通知'))
  await (await story.as('keeper')).call(contract.impress, { applicationId: await story.permitted(documentId) })
  await story.permitted(await story.typeset())
  await office.settle()
})
afterAll(() => office.close())

/** Sessions lapse over night. */
async function signInAgain(): Promise<void> {
  story = new SealStory(office, await signInsAnew(office))
}

/** Until the next night's check is done. */
async function night(): Promise<void> {
  clock.at += 86_400_000
  await office.settle()
  await signInAgain()
}

const overview = async () => (await story.as('auditor')).call(contract.overview, {})
const kindsNow = async (): Promise<readonly string[]> => (await overview()).reconciliation.findings.map((finding) => finding.kind)
async function alarms(who: 'keeper' | 'approver' | 'officeKeeper'): Promise<number> {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { kind: 'to-read', limit: 200 })
  return rows.filter((row) => row.step === 'seals.step.alarm').length
}

/** The register as somebody takes it out. */
async function taken(who: keyof typeof people, asked: InputOf<typeof contract.takeRegister>) {
  const client = await story.as(who)
  const { exportId, rows } = await client.call(contract.takeRegister, asked)
  const { bytes, mediaType } = await client.download(contract.registerFile, { exportId })
  return { exportId, rows, bytes, mediaType, page: text.decode(bytes) }
}

describe('the register', () => {
  test('leaves as a table that opens in office programs, with nothing in it that is a formula', async () => {
    const { bytes, mediaType, page, rows } = await taken('keeper', { of: 'impressions' })
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(mediaType).toBe('text/csv; charset=utf-8')
    const lines = page.split('\r\n')
    expect([lines.length, rows]).toEqual([3, 1])
    expect(lines[0]).toContain('序号,用印时间,印章,文件标题')
    expect(lines[1]).toContain('1,2026-11-23 09:00:00,云州市政务服务数据管理局,"\'=HYPERLINK(""http://x"")')
    expect(['=1+1', '+1', '-1', '@a', '\t=1', '＝1'].map(writeCell)).toEqual(["'=1+1", "'+1", "'-1", "'@a", "'\t=1", "'＝1"])
    expect([writeCell(-1.5), writeCell('a,b'), writeCell('a"b\nc')]).toEqual(['-1.5', '"a,b"', '"a""b\nc"'])
  })

  test('holds every act in the life of every seal', async () => {
    const { page } = await taken('auditor', { of: 'lives' })
    const acts = page.split('\r\n').slice(1, -1).map((line) => line.split(',').slice(10, 12).join(' '))
    expect(acts).toEqual(['申请刻制 吴桂芳', '审批同意 林若溪', '制章 安全保密管理员', '备案 安全保密管理员', '领取启用 吴桂芳'])
  })

  test('is laid out for paper: pictures, lives and impressions, page numbers, what people wrote as text only', async () => {
    const { page, mediaType } = await taken('keeper', { of: 'book' })
    expect(mediaType).toBe('text/html; charset=utf-8')
    for (const part of ['印章台账', '<svg', '领取启用', '数据&lt;共享>工作', '许可 2 份，用印 1 次，未解释 0 项', '期间：全部', '"第 " counter(page) " 页 / 共 " counter(pages) " 页"']) expect(page).toContain(part)
    expect(page).not.toContain('<共享>')
  })

  test('has an English version, in which names and titles stay as they were written', async () => {
    const { page } = await taken('keeper', { of: 'book', locale: 'en' })
    for (const part of ['lang="en"', 'Register of seals', 'Put into use', 'Digest after', '"Page " counter(page) " of " counter(pages)', '云州市政务服务数据管理局']) expect(page).toContain(part)
    expect(page.replaceAll(/云州市政务服务数据管理局|关于数据&lt;共享>工作的通知|云政数发|〔|〕|号|吴桂芳|林若溪|赵敏|安全保密管理员|[（），"]/gu, '').replaceAll(/<(style|svg)[\s\S]*?<\/\1>/g, '')).not.toMatch(/\p{Script=Han}/u)
    expect((await taken('keeper', { of: 'impressions', locale: 'en' })).page).toContain('No.,Impressed at,Seal')
  })

  test('can be of some days only', async () => {
    const day = addDays(monday, -1)
    expect((await taken('keeper', { of: 'impressions', until: day })).rows).toBe(0)
    expect((await taken('keeper', { of: 'impressions', from: monday, until: monday })).rows).toBe(1)
    expect((await taken('keeper', { of: 'lives', from: addDays(monday, 1) })).rows).toBe(0)
    expect(await refusalOf(taken('keeper', { of: 'book', from: monday, until: day }))).toBe('seals.register-period')
  })

  test('leaves a record each time it is taken out: who, what, of which days, how many rows, and the digest of that very file', async () => {
    const { exportId, bytes } = await taken('keeper', { of: 'impressions', from: monday })
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.register-taken' })
    const record = rows.find((row) => row.subjectId === exportId)
    expect(record).toMatchObject({ personName: '吴桂芳', result: 'done' })
    expect(JSON.parse(record?.data ?? '')).toMatchObject({ of: 'impressions', from: monday, until: '', rows: 1, seals: 1, digest: toHex(sm3(bytes)) })
  })

  test('goes to those who read the ledger, each their own, and a file only to who took it out', async () => {
    expect(await refusalOf(taken('registrar', { of: 'impressions' }))).toBe('base.not-allowed')
    expect(await refusalOf(taken('maker', { of: 'book' }))).toBe('base.not-allowed')
    expect((await taken('officeKeeper', { of: 'impressions' })).rows).toBe(0)
    const { exportId } = await taken('keeper', { of: 'impressions' })
    expect(await refusalOf((await story.as('auditor')).download(contract.registerFile, { exportId }))).toBe('seals.unknown-export')
  })
})

describe('the overview', () => {
  test('counts seals, use, refused attempts and coverage', async () => {
    expect(await refusalOf((await story.as('keeper')).call(contract.enable, { sealId }))).toBe('seals.wrong-state')
    const seen = await overview()
    expect(seen).toMatchObject({ byState: { active: 1 }, expiring: [], reconciliation: { permits: 2, open: 1, used: 1, impressions: 1, unexplained: 0, findings: [] } })
    expect(seen.byDay).toHaveLength(30)
    expect(seen.byDay.at(-1)).toEqual({ day: '2026-11-23', impressions: 1 })
    expect(seen.refused[0]).toMatchObject({ act: 'seals.enable', code: 'seals.wrong-state', personName: '吴桂芳' })
    expect((await (await story.as('keeper')).call(contract.overview, {})).refusedTotal).toBeGreaterThan(0)
    // Another organ's keeper sees neither the people nor the books of this one.
    expect(await (await story.as('officeKeeper')).call(contract.overview, {})).toMatchObject({ refused: [], refusedTotal: 0, reconciliation: { permits: 0 } })
    expect(seen.coverage.covered).toBe(1)
    expect(seen.coverage.organs).toBe(seen.coverage.without.length + 1)
    expect(seen.coverage.without).toContain('云州市人民政府办公室')
    expect(await refusalOf((await story.as('registrar')).call(contract.overview, {}))).toBe('base.not-allowed')
  })
})

describe('what happened behind the product’s back', () => {
  const row = { seal_name: '云州市政务服务数据管理局', title: '偷盖', number: '', digest: 'a'.repeat(64), sealed_digest: 'b'.repeat(64), page: 1, x_hundredths: 1, y_hundredths: 1, keeper_id: 'nobody', keeper_name: '', on_behalf_of: '', applicant_name: '', approver_name: '' }

  test('is seen at the next look, and raises an alarm at once on the desks of those who answer for the seal and in the ledger of acts', async () => {
    await office.server.world.database.write((db) => db.kysely.insertInto('seal_impression').values({ ...row, id: 'planted', permit_id: 'none', application_id: 'none', seal_id: sealId, document_id: 'none', at: clock.at }).execute())
    expect(await kindsNow()).toEqual(['impression-without-permit', 'impression-not-recorded'])
    expect((await (await story.as('keeper')).call(contract.ledger, {})).reconciliation).toMatchObject({ unexplained: 2 })
    expect((await (await story.as('officeKeeper')).call(contract.ledger, {})).reconciliation).toMatchObject({ unexplained: 0 })
    await office.settle()
    expect([await alarms('keeper'), await alarms('approver'), await alarms('officeKeeper')]).toEqual([1, 1, 0])
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.alarm' })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.data).toContain('planted')
  })

  test('raises it once: neither further looks nor the night say it again', async () => {
    for (const who of ['auditor', 'keeper', 'approver'] as const) await (await story.as(who)).call(contract.ledger, {})
    await office.settle()
    clock.at = startOfDay(addDays(monday, 1)) + 2 * 3_600_000
    await office.settle()
    await signInAgain()
    expect(await alarms('keeper')).toBe(1)
    clock.at += 86_400_000
    await office.settle()
    await signInAgain()
    expect(await alarms('keeper')).toBe(1)
    expect((await overview()).reconciliation).toMatchObject({ unexplained: 2, checkedAt: clock.at })
  })

  test('is also seen where a use was taken out of the register', async () => {
    const { database } = office.server.world
    const honest = await database.read((db) => tables<SealsTables>(db).selectFrom('seal_impression').selectAll().where('id', '!=', 'planted').execute())
    await database.write(async (db) => {
      await db.kysely.deleteFrom('seal_impression').execute()
    })
    expect(await kindsNow()).toEqual(['permit-without-impression', 'impression-gone'])
    await database.write((db) => tables<SealsTables>(db).insertInto('seal_impression').values(honest).execute())
    await night()
    expect(await overview()).toMatchObject({ reconciliation: { unexplained: 0, permits: 2, open: 0, used: 1, lapsed: 1, impressions: 1, checkedAt: clock.at } })
  })

  test('is seen among thousands, named one by one in the alarm, and raised once', async () => {
    const before = await alarms('keeper')
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...row, id: `many${i}`, permit_id: `none${i}`, application_id: `none${i}`, seal_id: sealId, document_id: 'none', at: clock.at }))
    const { database } = office.server.world
    await database.write(async (db) => {
      for (let at = 0; at < many.length; at += 500) await db.kysely.insertInto('seal_impression').values(many.slice(at, at + 500)).execute()
    })
    expect((await overview()).reconciliation).toMatchObject({ unexplained: 6000 })
    await night()
    expect(await alarms('keeper')).toBe(before + 1)
    const { rows } = await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.alarm' })
    const newest = rows.find((each) => each.data.includes('many0'))
    for (const { id } of [many[0], many[1777], many[2999]].flatMap((each) => each ?? [])) expect(newest?.data).toContain(`"${id}"`)
    await night()
    expect(await alarms('keeper')).toBe(before + 1)
    await database.write(async (db) => {
      await tables<SealsTables>(db).deleteFrom('seal_impression').where('document_id', '=', 'none').execute()
    })
    await night()
    expect((await overview()).reconciliation).toMatchObject({ unexplained: 0 })
  })

  test('where the numbers agree and only a line was exchanged, whoever opens the ledger raises the alarm, and many looks raise one', async () => {
    const before = await alarms('keeper')
    const { database } = office.server.world
    const [honest] = await database.read((db) => tables<SealsTables>(db).selectFrom('seal_impression').selectAll().execute())
    await database.write((db) => tables<SealsTables>(db).updateTable('seal_impression').set({ digest: 'c'.repeat(64) }).execute())
    expect(await kindsNow()).toEqual([])
    clock.at += 120_000
    const keeper = await story.as('keeper')
    await Promise.all(Array.from({ length: 5 }, () => keeper.call(contract.ledger, {})))
    await office.settle()
    expect([await alarms('keeper'), await alarms('approver'), await alarms('officeKeeper')]).toEqual([before + 1, before + 1, 0])
    expect(await kindsNow()).toEqual(['impression-of-other-file', 'impression-altered'])
    const due = async () => (await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.reconciliation-due', limit: 100 })).rows.length
    const asked = await due()
    clock.at += 120_000
    for (let i = 0; i < 5; i++) await keeper.call(contract.ledger, {})
    await office.settle()
    expect([await due(), await alarms('keeper')]).toEqual([asked, before + 1])
    await database.write((db) => tables<SealsTables>(db).updateTable('seal_impression').set({ digest: honest?.digest ?? '' }).execute())
    await night()
    expect(await kindsNow()).toEqual([])
  })

  test('is seen in the night where nobody looks', async () => {
    const before = await alarms('keeper')
    await office.server.world.database.write((db) => tables<SealsTables>(db).updateTable('seal_impression').set({ digest: 'c'.repeat(64) }).execute())
    expect(await kindsNow()).toEqual([])
    await night()
    expect(await alarms('keeper')).toBe(before + 1)
    expect(await kindsNow()).toEqual(['impression-of-other-file', 'impression-altered'])
  })
})
