/** Documents leave for other programs: what comes back is the same document, and Word shows the same lines on the same pages. */
import { readFile } from 'node:fs/promises'
import { cleanText, documentsContract, textOf } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { gongwenNumbering, numbered, para, run, table, wordFile } from '../../support/word-file.ts'

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

test('a stranger can export nothing', async () => {
  const { documentId } = await drafter.upload(documentsContract.importFile, {}, await readFile(plan))
  const stranger = await office.as('dengkai')
  await expect(stranger.download(documentsContract.exportFile, { documentId, format: 'docx' })).rejects.toThrow('documents.not-found')
})
