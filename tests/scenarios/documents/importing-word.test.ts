/** Word files become documents: whatever made them, with styles or bare, nothing of their text is lost. */
import { documentsContract, type Block, cleanText, textOf } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { gongwenNumbering, numbered, para, run, table, wordFile, type WordFile } from '../../support/word-file.ts'

let office: TestOffice
let drafter: ApiClient
beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

const recognise = (file: WordFile) => drafter.upload(documentsContract.recognise, { fileName: '公文.docx' }, wordFile(file))
const shown = (blocks: readonly Block[]) => blocks.map((block) => [block.kind === 'heading' ? `heading ${block.level}` : block.kind, block.kind === 'table' ? block.rows.map((row) => row.cells.map((cell) => cleanText(cell.runs))) : cleanText(block.runs)])
const topics = (entries: readonly { readonly topic: string }[]) => [...new Set(entries.map((entry) => entry.topic))]

const title = '云州市财政局关于做好2026年预算编制工作的通知'
const closing = [para('云州市财政局', '<w:jc w:val="right"/>'), para('2026年8月1日', '<w:jc w:val="right"/>')].join('')

describe('a Word file', () => {
  test('bare, with typed numbers and formatting by hand as WPS writes it, is recognised by its text', async () => {
    const { document, format } = await recognise({
      body: [
        para(run(title, '<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>'), '<w:jc w:val="center"/>'),
        para(''),
        para('各县（市、区）财政局：'),
        para('　　现将有关事项通知如下。'),
        para(run('　　一、总体要求', '<w:rFonts w:eastAsia="黑体"/>')),
        para(`${run('　　（一）坚持原则。', '<w:b/>')}${run('要统筹兼顾。')}`),
        closing,
      ].join(''),
    })
    expect(format).toBe('docx')
    expect(shown(document.blocks)).toEqual([
      ['title', title],
      ['recipients', '各县（市、区）财政局：'],
      ['paragraph', '现将有关事项通知如下。'],
      ['heading 1', '总体要求'],
      ['heading 2', '坚持原则。要统筹兼顾。'],
      ['signature', '云州市财政局'],
      ['date', '2026年8月1日'],
    ])
  })

  test('with styles and automatic numbers has the numbers Word prints', async () => {
    const { document } = await recognise({
      styles: `<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>`,
      numbering: gongwenNumbering,
      body: [
        para(title, '<w:pStyle w:val="a1"/>'),
        para('各科室：'),
        para('总体要求', '<w:pStyle w:val="1"/>'),
        numbered(1, '指导思想。深入贯彻。'),
        numbered(2, '突出重点。'),
        numbered(2, '压实责任。'),
        para('保障措施', '<w:pStyle w:val="1"/>'),
        numbered(1, '加强领导。'),
        closing,
      ].join(''),
    })
    expect(shown(document.blocks).slice(2, 8)).toEqual([
      ['heading 1', '总体要求'],
      ['heading 2', '指导思想。深入贯彻。'],
      ['heading 3', '突出重点。'],
      ['heading 3', '压实责任。'],
      ['heading 1', '保障措施'],
      ['heading 2', '加强领导。'],
    ])
  })

  test('by outline level or heading style alone gets derived numbers, and says that they are a guess', async () => {
    const { document, report } = await recognise({
      styles: '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/></w:style>',
      body: [para(title), para('各科室：'), para('工作目标', '<w:outlineLvl w:val="0"/>'), para('近期目标', '<w:pStyle w:val="h2"/>'), para('正文。'), closing].join(''),
    })
    expect(shown(document.blocks).slice(2, 5)).toEqual([['heading 1', '工作目标'], ['heading 2', '近期目标'], ['paragraph', '正文。']])
    expect(topics(report.guessed)).toContain('heading-styled')
  })

  test('whose red head stands in a table and whose imprint is another is read like any other', async () => {
    const red = '<w:color w:val="FF0000"/><w:sz w:val="72"/>'
    const { document } = await recognise({
      body: [
        table([[para(run('云州市财政局', red)), para(run('文件', red))], [para(run('云州市审计局', red)), para('')]]),
        table([['云财发〔2026〕8号', '签发人：王　强']]),
        para(run('关于加强预算管理的请示', '<w:sz w:val="44"/>'), '<w:jc w:val="center"/>'),
        para('云州市人民政府：'),
        para('现请示如下。妥否，请批示。'),
        closing,
        table([['抄送：市委办公室，市人大常委会办公室。'], ['云州市财政局办公室　2026年8月2日印发']]),
      ].join(''),
    })
    expect(document.elements).toMatchObject({
      kind: '请示', issuers: ['云州市财政局', '云州市审计局'], markSuffix: '文件', signers: ['王强'],
      copyTo: ['市委办公室', '市人大常委会办公室'], printedBy: '云州市财政局办公室',
    })
    expect(document.blocks.some((block) => block.kind === 'table')).toBe(false)
  })

  test('with its red head in a text box has it once, though Word stores it twice', async () => {
    const box = `<w:txbxContent>${para(run('云州市财政局文件', '<w:color w:val="FF0000"/>'), '<w:jc w:val="center"/>')}</w:txbxContent>`
    const { document } = await recognise({
      body: [
        `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
        para('云财发〔2026〕8号'),
        para(title),
        para('各科室：'),
        para('正文。'),
        closing,
      ].join(''),
    })
    expect(document.elements.issuers).toEqual(['云州市财政局'])
    expect(textOf(document).match(/云州市财政局文件/g)).toHaveLength(1)
  })

  test('keeps its tables with heads, joined cells and several paragraphs in a cell', async () => {
    const { document } = await recognise({
      body: [
        para(title),
        para('各科室：'),
        para('任务分工见下表。'),
        table([['序号', '任务', '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>单位</w:t></w:r></w:p></w:tc>'], ['1', `<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>${para('甲')}${para('乙')}</w:tc>`, '市财政局', '市审计局'], ['2', '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>', '丙', '丁']], (index) => (index === 0 ? '<w:tblHeader/>' : '')),
        closing,
      ].join(''),
    })
    const found = document.blocks.find((block) => block.kind === 'table')
    expect(found?.rows.map((row) => [row.header, row.cells.map((cell) => [cell.columns, cell.rows ?? 1, cleanText(cell.runs)])])).toEqual([
      [true, [[1, 1, '序号'], [1, 1, '任务'], [2, 1, '单位']]],
      [false, [[1, 1, '1'], [1, 2, '甲\n乙'], [1, 1, '市财政局'], [1, 1, '市审计局']]],
      [false, [[1, 1, '2'], [1, 1, '丙'], [1, 1, '丁']]],
    ])
  })

  test('keeps its revisions for the drafter to decide, under the name of whoever imports', async () => {
    const file = wordFile({
      body: [
        para(title),
        para('各科室：'),
        para(`${run('请于')}<w:del w:id="1" w:author="王强" w:date="2026-07-01T00:00:00Z"><w:r><w:delText>七月</w:delText></w:r></w:del><w:ins w:id="2" w:author="王强" w:date="2026-07-01T00:00:00Z">${run('八月')}</w:ins>${run('底前完成。')}`),
        closing,
      ].join(''),
    })
    const { documentId, report } = await drafter.upload(documentsContract.importFile, {}, file)
    expect(report.guessed).toContainEqual({ topic: 'revision', line: 0, text: '王强 +1 −1' })
    const { people, blocks } = await drafter.call(documentsContract.redline, { documentId })
    expect(people).toMatchObject([{ name: '张晓雨', insertions: 1, deletions: 1 }])
    expect(blocks[2]?.runs.map((each) => [each.text, each.change?.kind ?? 'kept'])).toEqual([['请于', 'kept'], ['七月', 'deletion'], ['八月', 'insertion'], ['底前完成。', 'kept']])
  })

  test('has its emphasis, and its notes, comments, pictures, running heads and hidden words in the text or the report', async () => {
    const { document, report } = await recognise({
      footnotes: `<w:footnote w:id="2">${para('以2025年价格计算。')}</w:footnote>`,
      comments: `<w:comment w:id="0" w:author="李明">${para('请核数字')}</w:comment>`,
      header: para('内部资料 注意保存'),
      body: [
        para(title),
        para('各科室：'),
        para(`${run('支出增长')}${run('百分之五', '<w:b/>')}${run('。')}<w:r><w:footnoteReference w:id="2"/></w:r>`),
        para(`${run('见图。')}<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图1" descr="框架图"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>${run('暗语', '<w:vanish/>')}`),
        `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${para('一、总体要求 1')}</w:sdtContent></w:sdt>`,
        closing,
      ].join(''),
    })
    expect(document.blocks[2]).toEqual({ kind: 'paragraph', runs: [{ text: '支出增长' }, { text: '百分之五', bold: true }, { text: '。', footnote: '以2025年价格计算。' }] })
    expect(report.recognised).toContainEqual({ topic: 'comment-kept', line: 0, text: '李明 1' })
    expect(report.dropped).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ topic: 'image-broken', text: '框架图' }),
        expect.objectContaining({ topic: 'running-head', text: '内部资料 注意保存' }),
        expect.objectContaining({ topic: 'hidden-text', text: '暗语' }),
        expect.objectContaining({ topic: 'contents', text: '一、总体要求 1' }),
      ]),
    )
  })

  test('loses macros and links to the outside, and says so', async () => {
    const { report } = await recognise({
      body: [para(title), para('各科室：'), para('正文。'), closing].join(''),
      outside: [['attachedTemplate', 'http://198.51.100.1/evil.dotm'], ['image', 'file:///etc/passwd']],
      more: [{ name: 'word/vbaProject.bin', bytes: 'x' }],
    })
    expect(report.dropped.map((entry) => [entry.topic, entry.text])).toEqual(
      expect.arrayContaining([['macro', 'word/vbaProject.bin'], ['external-reference', 'http://198.51.100.1/evil.dotm'], ['external-reference', 'file:///etc/passwd']]),
    )
  })

  test('uses whatever prefixes and strict names it likes', async () => {
    const { document } = await recognise({
      body: '',
      rawMain: `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>${title}</x:t></x:r></x:p><x:p><x:r><x:t>各科室：</x:t></x:r></x:p><x:p><x:r><x:t>正文。</x:t></x:r></x:p></x:body></x:document>`,
    })
    expect(shown(document.blocks)).toEqual([['title', title], ['recipients', '各科室：'], ['paragraph', '正文。']])
  })
})
