/** Documents leave for other programs: what comes back is the same document, and Word shows the same lines on the same pages. */
import { readFile } from 'node:fs/promises'
import { cleanText, documentsContract, textOf } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openZip } from '../../../server/src/documents/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { pngFile } from '../../support/picture-file.ts'
import { gongwenNumbering, numbered, para, picture, run, table, wordFile } from '../../support/word-file.ts'

let office: TestOffice
let drafter: ApiClient
beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

const plan = new URL('../../support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url)

async function exported(bytes: Uint8Array, fileName: string, format: 'docx' | 'json' | 'metadata-xml' | 'metadata-json') {
  const { documentId } = await drafter.upload(documentsContract.importFile, { fileName }, bytes)
  const file = await drafter.download(documentsContract.exportFile, { documentId, format })
  return { documentId, bytes: file.bytes }
}

describe('a Word file we wrote', () => {
  test('is read back as the document it was made of', async () => {
    const { documentId, bytes } = await exported(await readFile(plan), 'plan.txt', 'docx')
    const json = await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })
    const before = JSON.parse(new TextDecoder().decode(json.bytes))
    const { document } = await drafter.upload(documentsContract.recognise, { fileName: 'back.docx' }, bytes)
    const shown = (blocks: typeof document.blocks) => blocks.map((block) => [block.kind, block.kind === 'heading' ? block.level : 0, block.kind === 'table' ? '' : cleanText(block.runs)])
    expect(shown(document.blocks)).toEqual(shown(before.blocks))
  })

  test('keeps tables with joined cells, footnotes and emphasis', async () => {
    const source = wordFile({
      numbering: gongwenNumbering,
      footnotes: `<w:footnote w:id="2">${para('按2025年价格。')}</w:footnote>`,
      body: [
        para('关于任务分工的通知'), para('各科室：'), numbered(0, '总体要求'),
        para(`${run('支出')}${run('增长', '<w:b/>')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('。')}`),
        table([['序号', '任务'], ['1', '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲&amp;&lt;乙</w:t></w:r></w:p></w:tc>'], ['2', '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>']], (index) => (index === 0 ? '<w:tblHeader/>' : '')),
        para('云州市财政局'), para('2026年8月1日'),
      ].join(''),
    })
    const { document: before } = await drafter.upload(documentsContract.recognise, {}, source)
    const { bytes } = await exported(source, 'x.docx', 'docx')
    const { document: after } = await drafter.upload(documentsContract.recognise, {}, bytes)
    expect(after.blocks).toEqual(before.blocks)
  })
})

describe('pictures and wide tables', () => {
  const across = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
  const source = wordFile({
    pictures: [pngFile({ widthPx: 60, heightPx: 30 }), pngFile({ widthPx: 50, heightPx: 50, grey: 30 })],
    styles: '<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style>',
    body: [
      para('关于调整布局的通知'), para('各科室：'), para(`${run('布局见图1。')}`),
      para(picture('rImg0', { widthMm: 90 })), para('产业布局示意', '<w:pStyle w:val="cap"/>'),
      para(`${run('人口见图2。')}${picture('rImg1', { widthMm: 40 })}`), para('图2　人口分布'),
      para('分工见附表。', '<w:sectPr/>'),
      table([['序号', '任务'], ['1', '甲']], (index) => (index === 0 ? '<w:tblHeader/>' : '')), para('', `<w:sectPr>${across}</w:sectPr>`),
      para('云州市财政局'), para('2026年8月1日'),
    ].join(''),
  })
  const shapeOf = (blocks: Awaited<ReturnType<typeof recognised>>['document']['blocks']) =>
    blocks.map((block) => (block.kind === 'figure' ? `figure ${block.image.widthMm} ${cleanText(block.runs)}` : block.kind === 'table' ? `table ${block.landscape === true ? 'across' : 'upright'}` : block.kind))
  const recognised = (bytes: Uint8Array) => drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, bytes)

  test('stand where they stood, the figures with their captions, the table on pages that lie across', async () => {
    const { document } = await recognised(source)
    expect(shapeOf(document.blocks)).toEqual([
      'title', 'recipients', 'paragraph', 'figure 90 产业布局示意', 'paragraph', 'figure 40 图2　人口分布', 'paragraph', 'table across', 'signature', 'date',
    ])
  })

  test('are drawn in the PDF and come back from the Word file we write', async () => {
    const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, source)
    expect((await drafter.call(documentsContract.open, { documentId })).attachments.map((file) => file.name)).toEqual(['图1.png', '图2.png'])
    const pdf = await drafter.download(documentsContract.pdf, { documentId })
    expect(Buffer.from(pdf.bytes).toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2)
    const { document: before } = await recognised(source)
    const { document: after } = await recognised((await drafter.download(documentsContract.exportFile, { documentId, format: 'docx' })).bytes)
    expect(after.blocks).toEqual(before.blocks)
  })
})

test('pending revisions are Word revisions, those of a Word file under the name it gave them, or left out of the clean file, as wished', async () => {
  const mark = 'w:author="王强" w:date="2026-07-01T00:00:00Z"'
  const body = `${run('请于')}<w:del w:id="1" ${mark}><w:r><w:delText>七月</w:delText></w:r></w:del><w:ins w:id="2" ${mark}>${run('八月')}</w:ins>${run('底前', `<w:b/><w:rPrChange w:id="3" ${mark}><w:rPr/></w:rPrChange>`)}${run('完成。')}`
  const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, wordFile({ body: [para('关于期限的通知'), para('各科室：'), para(body)].join('') }))
  const recognised = async (format: 'docx' | 'docx-changes') => drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, (await drafter.download(documentsContract.exportFile, { documentId, format })).bytes)
  const marked = await recognised('docx-changes')
  const block = marked.document.blocks.find((each) => each.kind !== 'table' && cleanText(each.runs).includes('八月'))
  expect(block && block.kind !== 'table' ? block.runs.map((each) => [each.text, each.change?.kind ?? (each.reformatted ? 'format' : 'kept')]) : []).toEqual([
    ['请于', 'kept'], ['七月', 'deletion'], ['八月', 'insertion'], ['底前', 'format'], ['完成。', 'kept'],
  ])
  expect(marked.report.guessed).toContainEqual({ topic: 'revision', line: 0, text: '王强 +1 −1 ~1' })
  const clean = await recognised('docx')
  expect(textOf(clean.document)).toContain('请于八月底前完成。')
  expect(clean.report.guessed.some((entry) => entry.topic === 'revision')).toBe(false)
})

const wangQiang = 'w:author="王\u202e强" w:date="2026-07-01T08:30:00Z"'
const inserted = (mark: string) => wordFile({ body: [para('关于期限的通知'), para('各科室：'), para(`${run('请于')}<w:ins w:id="2" ${mark}>${run('八月')}</w:ins>${run('底前完成。')}`)].join('') })

describe('what a Word file says of its revisions', () => {
  test('stands beside the account that imported it, after correcting at the desk as well, and never in its place', async () => {
    const { document } = await drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, inserted(wangQiang))
    const { documentId } = await drafter.call(documentsContract.createFrom, { document })
    const { changes } = await drafter.call(documentsContract.changes, { documentId })
    expect(changes).toMatchObject([{ name: '张晓雨', foreign: { author: '王强', saidAt: '2026-07-01T08:30:00Z' } }])
    const { bytes } = await drafter.download(documentsContract.exportFile, { documentId, format: 'docx-changes' })
    const xml = new TextDecoder().decode(openZip(bytes).read('word/document.xml') ?? new Uint8Array())
    expect(xml).toMatch(/<w:ins w:id="\d+" w:author="王强" w:date="2026-07-01T08:30:00Z">/)
  })

  test('is nobody else’s who sends the same text', async () => {
    const { document } = await drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, inserted(wangQiang))
    const other = await office.as('dengkai')
    const { documentId } = await other.call(documentsContract.createFrom, { document })
    const { changes } = await other.call(documentsContract.changes, { documentId })
    expect(changes).toMatchObject([{ foreign: null }])
  })

  test('is cut and left out where it is nonsense', async () => {
    const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, inserted(`w:author="${'长'.repeat(5000)}" w:date="2026-99-99T99:99"`))
    const { changes } = await drafter.call(documentsContract.changes, { documentId })
    expect(changes.map(({ foreign }) => foreign)).toEqual([{ author: '长'.repeat(100), saidAt: '' }])
  })
})

test('the JSON form is imported again unchanged, and a damaged one is refused', async () => {
  const { documentId, bytes } = await exported(await readFile(plan), 'plan.txt', 'json')
  const back = await drafter.upload(documentsContract.recognise, { fileName: 'x.json' }, bytes)
  const text = await drafter.download(documentsContract.plainText, { documentId })
  expect(`${textOf(back.document)}\n`).toBe(new TextDecoder().decode(text.bytes))
  await expect(drafter.upload(documentsContract.recognise, { fileName: 'x.json' }, bytes.subarray(0, 500))).rejects.toThrow('documents.damaged-file')
  await expect(drafter.upload(documentsContract.recognise, { fileName: 'x.json' }, new TextEncoder().encode('{"version":1,"elements":{},"blocks":[{"kind":"dance"}]}'))).rejects.toThrow('documents.unknown-format')
})

test('metadata name the eighteen items of the standard in its order, escaped', async () => {
  const source = new TextEncoder().encode('关于<甲>&“乙”的通知\n各县：\n　　正文。\n　　附件：1. 表一\n　　　　　2. 表二\n云州市财政局\n2026年8月1日\n抄送：市委办公室，市审计局。\n')
  const { bytes } = await exported(source, 'x.txt', 'metadata-xml')
  const xml = new TextDecoder().decode(bytes)
  expect(xml.match(/<[^/!?公][^>]*?\/?>/g)?.length ?? 0).toBeGreaterThanOrEqual(17)
  expect(xml).toContain('<标题>关于&#60;甲&#62;&#38;“乙”的通知</标题>')
  expect(xml).toContain('<抄送机关>市委办公室</抄送机关>\n  <抄送机关>市审计局</抄送机关>')
  const json = JSON.parse(new TextDecoder().decode((await exported(source, 'x.txt', 'metadata-json')).bytes))
  expect(Object.keys(json)).toHaveLength(18)
  expect(json).toMatchObject({ 文种: ['通知'], 附件说明: ['1. 表一', '2. 表二'], 成文日期: ['2026年8月1日'], 主送机关: ['各县'] })
})

describe('what a meeting adopted', () => {
  const source = new TextEncoder().encode(
    '云州市人大常委会关于批准2025年市级决算的决议\n（2026年8月28日云州市第六届人大常委会第二十四次会议通过）\n　　会议审查了2025年市级决算，决定批准2025年市级决算。\n附件：2025年市级决算表\n附件\n2025年市级决算表\n　　略。',
  )

  test('keeps its 题注 in a Word file, in text and in the data, and the day in it is 成文日期', async () => {
    const { documentId, bytes } = await exported(source, 'x.txt', 'docx')
    const json = await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })
    const before = JSON.parse(new TextDecoder().decode(json.bytes))
    expect(before.blocks.slice(0, 3).map((block: { kind: string }) => block.kind)).toEqual(['title', 'title-note', 'paragraph'])
    const { document: after } = await drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, bytes)
    expect(after.blocks).toEqual(before.blocks)
    expect(textOf(before)).toContain('决议\n（2026年8月28日云州市第六届人大常委会第二十四次会议通过）\n')
    const data = JSON.parse(new TextDecoder().decode((await drafter.download(documentsContract.exportFile, { documentId, format: 'metadata-json' })).bytes))
    expect(data).toMatchObject({ 成文日期: ['2026年8月28日'], 发文机关或签发人署名: [] })
    const ofd = openZip((await drafter.download(documentsContract.ofd, { documentId })).bytes)
    expect(new TextDecoder().decode(ofd.read('OFD.xml') ?? new Uint8Array())).toContain('<ofd:CustomData Name="成文日期">2026年8月28日</ofd:CustomData>')
  })
})

test('a stranger can export nothing', async () => {
  const { documentId } = await drafter.upload(documentsContract.importFile, {}, await readFile(plan))
  const stranger = await office.as('dengkai')
  await expect(stranger.download(documentsContract.exportFile, { documentId, format: 'docx' })).rejects.toThrow('documents.not-found')
})
