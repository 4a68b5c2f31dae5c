/** Templates through the public API: kept by the secretariat, chosen by drafters, refused when nothing could be begun from them. */
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { type Block, builtInTemplates, documentsContract, getBuiltIn, organToken, type TemplateContent, templateContentSchema } from '@xiewen/shared/documents'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, freshName, type TestOffice } from '../../support/office.ts'

const bureau = '云州市政务服务数据管理局'
let office: TestOffice
let drafter: ApiClient
/** 文书 of the bureau. */
let keeper: ApiClient
/** 文书 of another organ. */
let foreign: ApiClient

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  keeper = await office.as('zhaomin')
  for (const login of office.tokens.keys()) {
    const client = await office.as(login)
    const seen = await client.call(documentsContract.templates, {}).catch(() => null)
    if (seen?.canKeep && seen.organName !== bureau) foreign = client
  }
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

type Elements = TemplateContent['document']['elements']

function aTemplate(change: { readonly name?: string; readonly code?: string; readonly elements?: Partial<Elements>; readonly blocks?: readonly Block[] } = {}) {
  const { document, purpose } = getBuiltIn('notice')
  const elements = { ...document.elements, copyTo: ['市委办公室', '市人大常委会办公室'], ...change.elements }
  return templateContentSchema.parse({ name: change.name ?? freshName('通知模板'), purpose, code: change.code ?? '云政数发', document: { ...document, elements, blocks: change.blocks ?? document.blocks } })
}

async function kept(content = aTemplate()) {
  return keeper.call(documentsContract.createTemplate, { content })
}

async function textOf(client: ApiClient, documentId: Awaited<ReturnType<typeof begin>>): Promise<string> {
  return new TextDecoder().decode((await client.download(documentsContract.plainText, { documentId })).bytes)
}

async function begin(input: Parameters<typeof drafter.call<typeof documentsContract.create>>[1]) {
  return (await drafter.call(documentsContract.create, input)).documentId
}

describe('keeping templates', () => {
  test('the 文书 keeps a template, everybody of the organ sees it, nobody else does', async () => {
    const { templateId } = await kept()
    const mine = await drafter.call(documentsContract.templates, {})
    expect(mine.canKeep).toBe(false)
    expect(mine.rows.find((row) => row.id === templateId)).toMatchObject({ kind: '通知', format: 'general', code: '云政数发', version: 1, state: 'in-use' })
    expect((await foreign.call(documentsContract.templates, {})).rows.map((row) => row.id)).not.toContain(templateId)
    expect(await refusalOf(foreign.call(documentsContract.template, { templateId }))).toBe('documents.unknown-template')
    expect(await refusalOf(foreign.call(documentsContract.retireTemplate, { templateId }))).toBe('documents.unknown-template')
  })

  test('a drafter keeps, changes and retires nothing', async () => {
    const { templateId } = await kept()
    expect(await refusalOf(drafter.call(documentsContract.createTemplate, { content: aTemplate() }))).toBe('base.not-allowed')
    expect(await refusalOf(drafter.call(documentsContract.changeTemplate, { templateId, version: 1, content: aTemplate() }))).toBe('base.not-allowed')
    expect(await refusalOf(drafter.call(documentsContract.retireTemplate, { templateId }))).toBe('base.not-allowed')
  })

  test('a change is a new version; the earlier one stays, and a change of an older version is refused', async () => {
    const content = aTemplate()
    const { templateId } = await kept(content)
    const changed = { ...content, purpose: '改过的用途' }
    expect(await keeper.call(documentsContract.changeTemplate, { templateId, version: 1, content: changed, reason: '调整用途' })).toMatchObject({ version: 2 })
    expect(await refusalOf(keeper.call(documentsContract.changeTemplate, { templateId, version: 1, content }))).toBe('documents.template-changed')
    expect(await refusalOf(keeper.call(documentsContract.changeTemplate, { templateId, version: 2, content: changed }))).toBe('documents.template-unchanged')
    const newest = await drafter.call(documentsContract.template, { templateId })
    expect(newest.content.purpose).toBe('改过的用途')
    expect(newest.versions.map(({ version, reason }) => [version, reason])).toEqual([[2, '调整用途'], [1, '']])
    expect((await drafter.call(documentsContract.template, { templateId, version: 1 })).content.purpose).toBe(content.purpose)
  })

  test('a retired template is offered no more, begins nothing, and can be taken into use again', async () => {
    const { templateId } = await kept()
    await keeper.call(documentsContract.retireTemplate, { templateId })
    expect((await drafter.call(documentsContract.templates, {})).rows.map((row) => row.id)).not.toContain(templateId)
    expect((await drafter.call(documentsContract.templates, { retired: true })).rows.map((row) => row.id)).toContain(templateId)
    expect(await refusalOf(begin({ kind: '通知', templateId }))).toBe('documents.template-retired')
    await keeper.call(documentsContract.restoreTemplate, { templateId })
    expect(await begin({ kind: '通知', templateId })).toHaveLength(26)
  })

  test('two templates in use never have one name', async () => {
    const content = aTemplate()
    const { templateId } = await kept(content)
    expect(await refusalOf(kept(content))).toBe('documents.template-name-taken')
    await keeper.call(documentsContract.retireTemplate, { templateId })
    await kept(content)
    expect(await refusalOf(keeper.call(documentsContract.restoreTemplate, { templateId }))).toBe('documents.template-name-taken')
  })

  test('a regulation is kept with its 章 and 条, and a draft begun from it has them numbered', async () => {
    const blocks: readonly Block[] = [
      { kind: 'title', runs: [{ text: `${organToken}政务数据管理办法` }] },
      { kind: 'chapter', runs: [{ text: '总则' }] },
      { kind: 'article', runs: [{ text: '为了规范政务数据管理，制定本办法。' }] },
      { kind: 'article', runs: [{ text: '政务数据应当符合下列要求：' }] },
      { kind: 'item', runs: [{ text: '来源合法；' }] },
      { kind: 'signature', runs: [{ text: organToken }] },
      { kind: 'date', runs: [] },
    ]
    // A keeper who turns lines into 条 does not think of the version of the shape.
    const { templateId } = await kept(aTemplate({ blocks }))
    expect((await drafter.call(documentsContract.template, { templateId })).content.document.version).toBe(2)
    const text = await textOf(drafter, await begin({ kind: '通知', templateId }))
    expect(text).toMatch(/第一章　总则[\s\S]*第一条　为了规范[\s\S]*第二条　政务数据[\s\S]*（一）来源合法/u)
  })

  test('a document becomes a template without its organ, dates and number', async () => {
    const documentId = await begin({ kind: '请示', builtIn: 'request', title: `${bureau}关于增加经费的请示` })
    expect(await refusalOf(keeper.call(documentsContract.templateFrom, { documentId }))).toBe('documents.not-found')
    const post = await keeper.call(documentsContract.templates, {})
    expect(post.canKeep).toBe(true)
    const own = (await keeper.call(documentsContract.create, { kind: '请示', builtIn: 'request', title: `${bureau}关于增加经费的请示` })).documentId
    const { content } = await keeper.call(documentsContract.templateFrom, { documentId: own })
    expect(JSON.stringify(content.document)).not.toContain(bureau)
    expect(content.document.elements.issuers).toEqual([organToken])
    expect(content.document.blocks.find((block) => block.kind === 'title')).toMatchObject({ runs: [{ text: `${organToken}关于增加经费的请示` }] })
    expect(await keeper.call(documentsContract.createTemplate, { content })).toMatchObject({ version: 1 })
  })
})

describe('templates nothing could be begun from', () => {
  const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
  const title: Block = { kind: 'title', runs: [{ text: '关于事项的通知' }] }
  test.each([
    ['a notice in the format of orders', { elements: { format: 'order' as const, markSuffix: '令' } }, 'documents.template-format'],
    ['a notice going up', { elements: { direction: 'up' as const } }, 'documents.template-direction'],
    ['a letter whose mark says 文件', { elements: { format: 'letter' as const, markSuffix: '文件' } }, 'documents.template-mark-letter'],
    ['a code of another organ', { code: '国办发' }, 'documents.code-not-registered'],
    ['a classified one', { elements: { secrecy: '机密★10年' } }, 'documents.template-classified'],
    ['one with a number', { elements: { number: { code: '云政数发', year: 2026, serial: 1 } } }, 'documents.template-numbered'],
    ['one without text', { blocks: [title] }, 'documents.template-no-text'],
    ['one without a title', { blocks: [paragraph('内容。')] }, 'documents.template-no-title'],
    ['a token nobody knows', { blocks: [title, paragraph('请{机关名}落实。')] }, 'documents.template-token'],
    ['a picture', { blocks: [title, paragraph('内容。'), { kind: 'figure' as const, image: { digest: 'a', widthPx: 1, heightPx: 1, widthMm: 10 }, runs: [] }] }, 'documents.template-figure'],
    ['a pending revision', { blocks: [title, { kind: 'paragraph' as const, runs: [{ text: '内容', change: { kind: 'insertion' as const, id: 'a:1', personId: 'a' } }] }] }, 'documents.template-revised'],
    ['three organs in the mark and two signatures', { elements: { issuers: ['甲局', '乙局', '丙局'] }, blocks: [title, paragraph('内容。'), { kind: 'signature' as const, runs: [{ text: '甲局' }] }, { kind: 'signature' as const, runs: [{ text: '乙局' }] }] }, 'documents.template-joint'],
    ['a mark longer than the page', { elements: { issuers: ['云州市'.repeat(20)] } }, 'documents.template-mark-long'],
    ['a sign no face has', { blocks: [title, paragraph('\u{10FFFD}')] }, 'documents.missing-glyphs'],
    ['a first page without room for text', { blocks: [{ kind: 'title' as const, runs: [{ text: '关于事项'.repeat(120) }] }, paragraph('内容。')] }, 'documents.template-no-room'],
  ])('%s is refused and says why', async (_what, change, code) => {
    expect(await refusalOf(kept(aTemplate(change)))).toBe(code)
  })
})

describe('beginning a document', () => {
  test('from a template of the organ: head, imprint and words are there, the code is proposed when it is numbered', async () => {
    const { templateId } = await kept()
    const documentId = await begin({ kind: '通知', templateId, title: `${bureau}关于做好防汛值守工作的通知` })
    const text = await textOf(drafter, documentId)
    expect(text).toContain(`${bureau}关于做好防汛值守工作的通知`)
    expect(text).toContain('特此通知。')
    expect(text).not.toContain(organToken)
    expect((await drafter.call(documentsContract.open, { documentId })).code).toBe('云政数发')
    const json = JSON.parse(new TextDecoder().decode((await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })).bytes))
    expect(json.elements).toMatchObject({ issuers: [bureau], printedBy: bureau, copyTo: ['市委办公室', '市人大常委会办公室'] })
  })

  test('a change of the template leaves documents begun earlier alone', async () => {
    const content = aTemplate()
    const { templateId } = await kept(content)
    const documentId = await begin({ kind: '通知', templateId })
    const before = await textOf(drafter, documentId)
    await keeper.call(documentsContract.changeTemplate, { templateId, version: 1, content: { ...content, document: { ...content.document, blocks: content.document.blocks.slice(0, 4) } } })
    expect(await textOf(drafter, documentId)).toBe(before)
  })

  test('a template of another kind or another organ begins nothing', async () => {
    const { templateId } = await kept()
    expect(await refusalOf(begin({ kind: '请示', templateId }))).toBe('documents.template-other-kind')
    expect(await refusalOf(begin({ kind: '通知', builtIn: 'request' }))).toBe('documents.template-other-kind')
    expect(await refusalOf(foreign.call(documentsContract.create, { kind: '通知', templateId }))).toBe('documents.unknown-template')
  })

  test('a joint document has every organ in the mark and among the signatures, the drafter’s first', async () => {
    const documentId = await begin({ kind: '通知', builtIn: 'notice', partners: ['云州市财政局', '云州市发展和改革局'] })
    const json = JSON.parse(new TextDecoder().decode((await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })).bytes))
    expect(json.elements.issuers).toEqual([bureau, '云州市财政局', '云州市发展和改革局'])
    const signatures = json.blocks.filter((block: Block) => block.kind === 'signature').map((block: { runs: { text: string }[] }) => block.runs[0]?.text)
    expect(signatures).toEqual(json.elements.issuers)
    expect(await refusalOf(begin({ kind: '通知', partners: ['云州市财政局', '云州市财政局'] }))).toBe('documents.joint-repeated')
  })

  test('the format wished for is taken where the kind may have it', async () => {
    const documentId = await begin({ kind: '通知', builtIn: 'notice', format: 'letter', direction: 'flat' })
    const json = JSON.parse(new TextDecoder().decode((await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })).bytes))
    expect(json.elements).toMatchObject({ format: 'letter', direction: 'flat', markSuffix: '', printedBy: '' })
    expect(await refusalOf(begin({ kind: '请示', format: 'letter' }))).toBe('documents.template-format')
    expect(await refusalOf(begin({ kind: '报告', direction: 'down' }))).toBe('documents.template-direction')
  })
})

describe('pages of what is not stored', () => {
  test('a template’s pages are drawn, and what is no document is refused', async () => {
    for (const template of builtInTemplates.slice(0, 4)) {
      const drawn = await drafter.upload(documentsContract.previewPages, {}, new TextEncoder().encode(JSON.stringify(template.document)))
      expect(drawn.count).toBe(drawn.pages.length)
      expect(drawn.pages[0]).toMatch(/^<svg /)
      expect(drawn.missing).toEqual([])
    }
    expect(await refusalOf(drafter.upload(documentsContract.previewPages, {}, new TextEncoder().encode('{"version":1}')))).toBe('documents.preview-unreadable')
    expect(await refusalOf(drafter.upload(documentsContract.previewPages, {}, Uint8Array.of(0xff, 0xfe)))).toBe('documents.preview-unreadable')
  })
})
