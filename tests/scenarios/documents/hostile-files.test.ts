/** Files made to harm: each is refused or read within its limits, says why in the user's words, and the office goes on. */
import { documentsContract, documentsZh, textOf } from '@xiewen/shared/documents'
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { pngFile } from '../../support/picture-file.ts'
import { para, picture, run, wordFile, zipOf } from '../../support/word-file.ts'

let office: TestOffice
let drafter: ApiClient
beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

const words: Readonly<Record<string, string>> = documentsZh
const head = [para('关于测试的通知'), para('各科室：')].join('')

/** The refusal's code; it must have words in the catalogue. */
async function refusalOf(bytes: Uint8Array, fileName = 'x.docx'): Promise<string> {
  try {
    await drafter.upload(documentsContract.recognise, { fileName }, bytes)
  } catch (error) {
    if (!(error instanceof RefusedByServer)) throw error
    if (!error.refusal.code.startsWith('base.')) expect(words[error.refusal.code] ?? 'no words').toMatch(/[。]$/)
    return error.refusal.code
  }
  return 'nothing refused'
}

const recognise = async (bytes: Uint8Array, fileName = 'x.docx') => drafter.upload(documentsContract.recognise, { fileName }, bytes)
const mainOf = (inside: string, prolog = ''): Buffer => wordFile({ body: '', rawMain: `${prolog}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${inside}</w:body></w:document>` })

describe('archives', () => {
  test.each([
    ['a bomb that inflates a thousandfold', () => wordFile({ body: `${head}${para('政'.repeat(8_000_000))}` }), 'documents.oversized-file'],
    ['a part larger than its limit', () => zipOf([{ name: '_rels/.rels', bytes: 'x', declaredBytes: 200_000_000 }]), 'documents.oversized-file'],
    ['a part that lies about its size', () => zipOf([{ name: '_rels/.rels', bytes: 'x'.repeat(5000), declaredBytes: 10 }]), 'documents.damaged-file'],
    ['too many parts', () => zipOf(Array.from({ length: 4001 }, (_, index) => ({ name: `a${index}`, bytes: '' }))), 'documents.oversized-file'],
    ['a name that leads out', () => zipOf([{ name: '../../etc/cron.d/x', bytes: 'x' }]), 'documents.dangerous-file'],
    ['an absolute name', () => zipOf([{ name: '/etc/passwd', bytes: 'x' }]), 'documents.dangerous-file'],
    ['a name of another system', () => zipOf([{ name: 'word\\..\\x', bytes: 'x' }]), 'documents.dangerous-file'],
    ['two parts of one name', () => zipOf([{ name: 'word/document.xml', bytes: 'x' }, { name: 'word/document.xml', bytes: 'y' }]), 'documents.dangerous-file'],
    ['an encrypted part', () => zipOf([{ name: 'word/document.xml', bytes: 'x', isEncrypted: true }]), 'documents.encrypted-file'],
    ['a ZIP that is no Word file', () => zipOf([{ name: 'readme.txt', bytes: 'x' }]), 'documents.archive-file'],
    ['a spreadsheet under another name', () => zipOf([{ name: '[Content_Types].xml', bytes: 'x' }, { name: '_rels/.rels', bytes: 'x' }, { name: 'xl/workbook.xml', bytes: 'x' }]), 'documents.other-office-file'],
    ['an ODF text', () => zipOf([{ name: 'mimetype', bytes: 'x' }, { name: 'content.xml', bytes: 'x' }]), 'documents.other-office-file'],
    ['an OFD under another name', () => zipOf([{ name: 'OFD.xml', bytes: 'x' }]), 'documents.page-file'],
    ['an old or encrypted Office file', () => Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'documents.old-office-file'],
  ])('%s', async (_what, make, code) => {
    expect(await refusalOf(make())).toBe(code)
  })

  test('a file cut anywhere, or with bytes changed, is refused or read, never more', async () => {
    const whole = wordFile({ body: `${head}${para('正文。')}` })
    for (const end of [30, whole.length - 300, whole.length - 5]) expect(await refusalOf(whole.subarray(0, end))).toBe('documents.damaged-file')
    for (const at of [40, 900]) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 0x55
      expect(['documents.damaged-file', 'documents.dangerous-file', 'documents.encrypted-file', 'nothing refused']).toContain(await refusalOf(changed))
    }
  })
})

describe('files that are something else than their name says', () => {
  test.each([
    ['RTF', '7b5c727466315c616e7369', 'documents.rtf-file'],
    ['PDF', '255044462d312e37', 'documents.page-file'],
    ['a PNG', '89504e470d0a1a0a', 'documents.picture-file'],
    ['a scan in TIFF', '49492a0008000000', 'documents.picture-file'],
    ['RAR', '526172211a0700', 'documents.archive-file'],
    ['a program', '4d5a9000', 'documents.not-text'],
    ['nothing at all', '', 'documents.empty-text'],
  ])('%s is called by its name, with what to do', async (_what, hex, code) => {
    for (const fileName of ['通知.docx', '通知.txt', '通知.wps']) expect(await refusalOf(Buffer.from(hex, 'hex'), fileName)).toBe(code)
  })
})

describe('XML', () => {
  test.each([
    ['an entity that reads a file of the server (XXE)', mainOf('<w:p><w:r><w:t>&x;</w:t></w:r></w:p>', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 'documents.dangerous-file'],
    ['entities that grow without end', mainOf('', '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'), 'documents.dangerous-file'],
    ['an entity nobody declared', mainOf('<w:p><w:r><w:t>&xxe;</w:t></w:r></w:p>'), 'documents.dangerous-file'],
    ['elements without end', mainOf('<w:p>'.repeat(300)), 'documents.damaged-file'],
    ['elements that do not match', mainOf('<w:p></w:r>'), 'documents.damaged-file'],
    ['nothing but marks', mainOf('<<<<>>>>'), 'documents.damaged-file'],
    ['more elements than any document has', mainOf(Array.from({ length: 7_000 }, (_, index) => `${'<w:p/>'.repeat(100)}<w:r x="${(index * 2654435761) % 1e9}${(index * 40503) % 1e7}"/>`).join('')), 'documents.oversized-file'],
  ])('%s', async (_what, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code)
  })
})

describe('structures', () => {
  test('a table of ten thousand columns is refused with its figures', async () => {
    const cells = '<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'.repeat(10_000)
    expect(await refusalOf(mainOf(`<w:tbl><w:tr>${cells}</w:tr></w:tbl>`))).toBe('documents.table-too-wide')
  })

  test('a list of a thousand levels and tables within tables keep their words', async () => {
    const list = Array.from({ length: 1000 }, (_, level) => para(`第${level}项。`, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`)).join('')
    const nested = `${'<w:tbl><w:tr><w:tc>'.repeat(60)}<w:p><w:r><w:t>最里</w:t></w:r></w:p>${'</w:tc></w:tr></w:tbl>'.repeat(60)}`
    const { document } = await recognise(wordFile({ body: `${head}${list}${nested}` }))
    const text = textOf(document)
    for (const word of ['第0项', '第999项', '最里']) expect(text).toContain(word)
  })

  test('styles that are based on each other in a circle, and numbers without a list, do not hang', async () => {
    const { document } = await recognise(
      wordFile({
        styles: '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style>',
        numbering: '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="99999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%2%9、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        body: `${head}${para('正文。', '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="7"/></w:numPr>')}${para('编号。', '<w:numPr><w:numId w:val="1"/></w:numPr>')}`,
      }),
    )
    expect(textOf(document)).toContain('正文。')
  })

  test('broken pictures are named and left out', async () => {
    const picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="坏图"/><a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r>'
    const { report } = await recognise(wordFile({ body: `${head}${para(`${run('见图。')}${picture}`)}`, more: [{ name: 'word/media/image1.png', bytes: '\u0089PNG broken' }] }))
    expect(report.dropped).toContainEqual(expect.objectContaining({ topic: 'image-broken', text: '坏图' }))
  })
})

describe('pictures', () => {
  const named = async (bytes: string | Uint8Array, look: Parameters<typeof picture>[1] = {}) => {
    const { document, report } = await recognise(wordFile({ pictures: [bytes], body: `${head}${para('见图。')}${para(picture('rImg0', { name: '某图', ...look }))}` }))
    expect(document.blocks.some((block) => block.kind === 'figure')).toBe(false)
    return report.dropped.filter((entry) => entry.topic.startsWith('image'))
  }
  const whole = pngFile({ widthPx: 40, heightPx: 20 })
  const changed = Buffer.from(whole)
  changed[45] = (changed[45] ?? 0) ^ 0xff

  test.each([
    ['no picture at all', Buffer.from('<html>'), 'image-broken', '某图'],
    ['one cut in the middle', whole.subarray(0, 50), 'image-broken', '某图'],
    ['one with a byte changed', changed, 'image-broken', '某图'],
    ['one that claims more pixels than memory holds', pngFile({ widthPx: 100_000, heightPx: 100_000, rows: 1 }), 'image-format', '某图（100000×100000）'],
    ['one no page can draw', pngFile({ widthPx: 40, heightPx: 20, isInterlaced: true }), 'image-format', '某图（PNG interlaced）'],
    ['a script in an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'image-format', '某图（SVG）'],
    ['a metafile', Buffer.from('d7cdc69a0000', 'hex'), 'image-format', '某图（WMF）'],
  ])('%s is named and left out, the text stays', async (_what, bytes, topic, text) => {
    expect(await named(bytes)).toEqual([expect.objectContaining({ topic, text })])
  })

  test('one that floats over the text, as a copied seal does, does not become part of it', async () => {
    expect(await named(whole, { floats: true })).toEqual([expect.objectContaining({ topic: 'image-floating' })])
  })

  test('one outside the file is not fetched', async () => {
    const { document, report } = await recognise(wordFile({ outside: [['image', 'http://198.51.100.1/a.png']], body: `${head}${para(picture('rOut0', { name: '外图' }))}` }))
    expect(document.blocks.some((block) => block.kind === 'figure')).toBe(false)
    expect(report.dropped.map((entry) => entry.topic)).toEqual(expect.arrayContaining(['external-reference', 'image-broken']))
  })

  test('a person cannot get at a picture by writing its digest into a corrected text: only what they handed in is attached', async () => {
    const { document } = await recognise(wordFile({ pictures: [pngFile({ widthPx: 33, heightPx: 21 })], body: `${head}${para('见图。')}${para(picture('rImg0'))}` }))
    const other = await office.as('dengkai')
    const stolen = await other.call(documentsContract.createFrom, { document })
    expect((await other.call(documentsContract.open, { documentId: stolen.documentId })).attachments).toEqual([])
    const own = await drafter.call(documentsContract.createFrom, { document })
    expect((await drafter.call(documentsContract.open, { documentId: own.documentId })).attachments).toHaveLength(1)
  })
})

describe('texts', () => {
  test('fifty megabytes are refused before they are read', async () => {
    expect(await refusalOf(new Uint8Array(50 * 1024 * 1024).fill(65), 'x.txt')).toBe('base.too-large')
  })

  test('a text longer than a document may be is refused with the limit', async () => {
    expect(await refusalOf(Buffer.from('政府工作。\n'.repeat(100_000)), 'x.txt')).toBe('documents.text-too-long')
  })

  test('bidi overrides and zero-width characters are taken out and named, private-use ones are shown to the drafter', async () => {
    const { document, report } = await recognise(Buffer.from('关于\u200b测试的通知\n各科室：\n正\u202e文\ue5e5。\n'), 'x.txt')
    expect(textOf(document)).not.toMatch(/[\u200b\u202e]/)
    expect(report.dropped).toContainEqual({ topic: 'control-characters', line: 1, text: 'U+200B ×1、U+202E ×1' })
    expect(report.guessed).toContainEqual({ topic: 'private-use', line: 1, text: 'U+E5E5 ×1' })
  })

  test('a web page leaves its scripts, handlers and hidden words behind', async () => {
    const page = `<html><head><script>alert(1)</script><style>p{}</style></head><body onload="x()"><p>关于测试的通知</p><p>各科室：</p>
      <p><a href="javascript:alert(1)" onclick="x()">正文</a><img src=x onerror=alert(1)>。</p><div style="display:none">藏着的话</div><iframe src="http://198.51.100.1/"></iframe>&lt;script&gt;</body></html>`
    const { document, report } = await recognise(Buffer.from(page), 'x.html')
    expect(textOf(document)).toBe('关于测试的通知\n各科室：\n　　正文。\n　　<script>')
    expect(report.dropped.map((entry) => entry.topic)).toEqual(expect.arrayContaining(['page-script', 'hidden-text', 'image']))
  })

  test.each([
    ['tags without end', '<div'.repeat(500_000)],
    ['open elements without end', '<b>'.repeat(200_000)],
    ['tables in tables', '<table><tr><td>'.repeat(5_000)],
    ['comments without end', `<!--${'<!--'.repeat(200_000)}`],
    ['quotes without end', `<a href="${'"'.repeat(500_000)}`],
  ])('HTML of %s ends in time', async (_what, html) => {
    expect(['documents.empty-text', 'documents.text-too-long', 'nothing refused']).toContain(await refusalOf(Buffer.from(`<html>${html}`), 'x.html'))
  })
})

test('after all of them the office still works', async () => {
  const { documentId } = await drafter.upload(documentsContract.importFile, {}, wordFile({ body: `${head}${para('正文。')}` }))
  expect((await drafter.call(documentsContract.open, { documentId })).document.title).toBe('关于测试的通知')
})
