/** The checker through the public API: settings of an office, findings put aside. */
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { anchorOf, documentsContract, emptyHouse, type HouseRules, lintDocument, recogniseText } from '@xiewen/shared/documents'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient
/** The 办公室主任 of every organ of the demonstration. */
let directors: readonly ApiClient[]
let director: ApiClient
let stranger: ApiClient

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  stranger = await office.as('dengkai')
  const found: ApiClient[] = []
  for (const login of office.tokens.keys()) {
    const client = await office.as(login)
    const rules = await client.call(documentsContract.checkerRules, {}).catch(() => null)
    if (rules?.canSet) found.push(client)
  }
  directors = found
  const [first] = found
  if (!first) throw new Error('the demonstration has no office director')
  director = first
})
afterAll(() => office.close())

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal.code
    throw error
  }
  return 'nothing refused'
}

const text = '云州市财政局关于加强预算管理的通知\n市直各单位：\n　　今年要从严控制支出，推进放管服改革。\n　　请于08月底前报送 120 份材料。\n云州市财政局\n2026年8月1日\n'

async function aDraft() {
  const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'a.txt' }, new TextEncoder().encode(text))
  return documentId
}

const idsOf = (found: { readonly findings: readonly { readonly rule: string }[] }): readonly string[] => found.findings.map(({ rule }) => rule)

describe('what an office may set', () => {
  test('its director switches a rule of practice off and adds house wording, for the whole office at once', async () => {
    const documentId = await aDraft()
    expect(idsOf(await drafter.call(documentsContract.lint, { documentId }))).toContain('D14')

    const house: HouseRules = { ...emptyHouse, weights: { D14: 'off' }, terms: [{ wrong: '放管服改革', right: '“放管服”改革' }] }
    for (const each of directors) {
      const { version } = await each.call(documentsContract.checkerRules, {})
      await each.call(documentsContract.setCheckerRules, { house, version })
    }

    const found = idsOf(await drafter.call(documentsContract.lint, { documentId }))
    expect(found).not.toContain('D14')
    expect(found).toContain('D27')
    expect((await drafter.call(documentsContract.checking, { documentId })).house).toEqual(house)
  })

  test('a rule of law, regulation or standard is refused with its clause, and so is one that does not exist', async () => {
    const { version } = await director.call(documentsContract.checkerRules, {})
    const set = (weights: HouseRules['weights']) => director.call(documentsContract.setCheckerRules, { house: { ...emptyHouse, weights }, version })
    expect(await refusalOf(set({ A11: 'off' }))).toBe('documents.rule-binding')
    expect(await refusalOf(set({ H01: 'hint' }))).toBe('documents.rule-binding')
    expect(await refusalOf(set({ Z99: 'off' }))).toBe('documents.unknown-rule')
  })

  test('nobody else sets them, and two directors do not overwrite each other unseen', async () => {
    expect(await refusalOf(drafter.call(documentsContract.setCheckerRules, { house: emptyHouse, version: 0 }))).not.toBe('nothing refused')
    expect(await refusalOf(director.call(documentsContract.setCheckerRules, { house: emptyHouse, version: 999 }))).toBe('documents.checker-changed')
  })
})

describe('findings put aside', () => {
  const aside = (documentId: Awaited<ReturnType<typeof aDraft>>, rule: string) => {
    const { document } = recogniseText(text)
    const finding = lintDocument(document).find((each) => each.rule === rule)
    if (!finding) throw new Error(`no ${rule}`)
    return { documentId, rule, anchor: anchorOf(document, finding), reason: '来文原文如此' }
  }

  test('a warning is put aside with a reason that everybody sees, and taken up again', async () => {
    const documentId = await aDraft()
    await drafter.call(documentsContract.ignoreFinding, aside(documentId, 'H14'))

    expect(idsOf(await drafter.call(documentsContract.lint, { documentId }))).not.toContain('H14')
    const { ignored } = await drafter.call(documentsContract.checking, { documentId })
    expect(ignored).toMatchObject([{ rule: 'H14', reason: '来文原文如此', byName: '张晓雨' }])

    const { rule, anchor } = aside(documentId, 'H14')
    await drafter.call(documentsContract.heedFinding, { documentId, rule, anchor })
    expect(idsOf(await drafter.call(documentsContract.lint, { documentId }))).toContain('H14')
  })

  test('what is not there cannot be put aside, and nothing can by somebody who may not write', async () => {
    const documentId = await aDraft()
    expect(await refusalOf(drafter.call(documentsContract.ignoreFinding, { ...aside(documentId, 'H14'), anchor: 'paragraph|别的' }))).toBe('documents.no-such-finding')
    expect(await refusalOf(stranger.call(documentsContract.ignoreFinding, aside(documentId, 'H14')))).toBe('documents.not-found')
  })

  test('an error cannot be put aside', async () => {
    const bad = text.replace('2026年8月1日', '2026.8.1')
    const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'b.txt' }, new TextEncoder().encode(bad.replace('推进放管服改革', '由XX局负责')))
    const { document } = recogniseText(bad.replace('推进放管服改革', '由XX局负责'))
    const finding = lintDocument(document).find((each) => each.rule === 'D17')
    if (!finding) throw new Error('no D17')
    expect(await refusalOf(drafter.call(documentsContract.ignoreFinding, { documentId, rule: 'D17', anchor: anchorOf(document, finding), reason: '不改了' }))).toBe('documents.error-not-ignored')
  })
})

describe('reviews of a normative document', () => {
  test('the checker asks for their papers until both are attached', async () => {
    const normative = '云州市政务服务数据管理局关于印发《云州市政务数据管理办法》的通知\n局属各单位：\n　　现将《云州市政务数据管理办法》印发给你们，请认真贯彻执行。\n云州市政务服务数据管理局\n2026年8月1日\n'
    const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'n.txt' }, new TextEncoder().encode(normative))
    const asked = async () => (await drafter.call(documentsContract.lint, { documentId })).findings.filter((finding) => finding.rule === 'D25').map((finding) => finding.severity)
    expect(await asked()).toEqual(['warning'])
    await drafter.upload(documentsContract.addAttachment, { documentId, fileName: '合法性审核意见书.pdf' }, new TextEncoder().encode('%PDF-1.4'))
    expect(await asked()).toEqual(['warning'])
    await drafter.upload(documentsContract.addAttachment, { documentId, fileName: '公平竞争审查表.pdf' }, new TextEncoder().encode('%PDF-1.4'))
    expect(await asked()).toEqual([])
  })
})
