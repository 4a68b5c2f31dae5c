/** Every limit of import at its edge: what is just within is read, what is just beyond is refused or named. */
import { randomBytes } from 'node:crypto'
import { textOf } from '@xiewen/shared/documents'
import { describe, expect, test } from 'vitest'
import { pngFile } from '../../../../tests/support/picture-file.ts'
import { para, picture, run, table, wordFile, type WordFile, zipOf } from '../../../../tests/support/word-file.ts'
import { importLimits } from './limits.ts'
import { seePicture } from './picture-size.ts'
import { readImportedFile, type ReadFile } from './read-file.ts'
import { Unreadable } from './unreadable.ts'

const head = [para('关于测试的通知'), para('各科室：')].join('')
const read = (bytes: Uint8Array): ReadFile => readImportedFile({ bytes, fileName: 'x.docx' })
const readWord = (file: Partial<WordFile>): ReadFile => read(wordFile({ ...file, body: `${head}${file.body ?? ''}` }))

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Unreadable) return error.code
    throw error
  }
  return 'read'
}

describe('pictures', () => {
  const whole = pngFile({ widthPx: 40, heightPx: 20 })

  test('as many pixels as may be are drawn, one row more is not', () => {
    const side = Math.sqrt(importLimits.picturePixels)
    expect(seePicture(pngFile({ widthPx: side, heightPx: side, rows: 1 }))).toMatchObject({ kind: 'drawable' })
    expect(seePicture(pngFile({ widthPx: side, heightPx: side + 1, rows: 1 }))).toEqual({ kind: 'other', name: `${side}×${side + 1}` })
  })

  test('a sum that does not fit its chunk makes a picture broken, whichever chunk it is', () => {
    expect(seePicture(whole)).toMatchObject({ kind: 'drawable' })
    // The last byte of the sums of IHDR and IDAT: nothing else is wrong.
    for (const at of [32, whole.length - 13]) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(seePicture(changed), `byte ${at}`).toEqual({ kind: 'broken' })
    }
  })

  const inText = (drawing: string) => {
    const { document, report } = readWord({ pictures: [whole], body: `${para('见图。')}${para(drawing)}` })
    return { figures: document.blocks.filter((block) => block.kind === 'figure').length, floating: report.dropped.filter(({ topic }) => topic === 'image-floating').length }
  }
  const anchored = (wrap: string, attributes = ''): string => picture('rImg0').replace('<wp:inline>', `<wp:anchor ${attributes}>${wrap}`).replace('</wp:inline>', '</wp:anchor>')
  const vml = (style: string, inside = ''): string => `<w:r><w:pict><v:shape style="width:100pt;height:50pt;${style}"><v:imagedata r:id="rImg0"/>${inside}</v:shape></w:pict></w:r>`
  const vmlWrap = (type: string): string => `<w10:wrap xmlns:w10="urn:schemas-microsoft-com:office:word" type="${type}"/>`

  test.each([
    ['in the line', picture('rImg0'), true],
    ['the text flows round', anchored('<wp:wrapSquare/>'), true],
    ['over the text', anchored('<wp:wrapNone/>'), false],
    ['behind the text', anchored('<wp:wrapSquare/>', 'behindDoc="1"'), false],
    ['in the line of an older file', vml(''), true],
    ['the text of an older file flows round', vml('position:absolute', vmlWrap('square')), true],
    ['over the text of an older file', vml('position:absolute;z-index:1'), false],
    ['over the text of an older file that says so', vml('position:absolute', vmlWrap('none')), false],
  ])('one %s', (_what, drawing, belongs) => {
    expect(inText(drawing)).toEqual(belongs ? { figures: 1, floating: 0 } : { figures: 0, floating: 1 })
  })

  test('those beyond the most a document may have are named', () => {
    const count = importLimits.pictures + 1
    const { document, report } = readWord({
      pictures: Array.from({ length: count }, (_each, index) => pngFile({ widthPx: 40 + index, heightPx: 20 })),
      body: Array.from({ length: count }, (_each, index) => para(picture(`rImg${index}`, { name: `图${index}` }))).join(''),
    })
    expect(document.blocks.filter((block) => block.kind === 'figure')).toHaveLength(importLimits.pictures)
    expect(report.dropped.filter(({ topic }) => topic === 'image').map(({ text }) => text)).toEqual([`图${count - 1}`])
  })
})

describe('archives', () => {
  const word = (more: WordFile['more']) => wordFile({ body: `${head}${para('正文。')}`, ...(more === undefined ? {} : { more }) })

  test('as many parts as may be are opened, one more is not', () => {
    const parts = (count: number) => Array.from({ length: count }, (_each, index) => ({ name: `x/${index}`, bytes: '' }))
    const own = 4
    expect(codeOf(() => read(word(parts(importLimits.zipEntries - own))))).toBe('read')
    expect(codeOf(() => read(word(parts(importLimits.zipEntries - own + 1))))).toBe('documents.oversized-file')
  })

  test('a part that says it is larger than its limit is not inflated', () => {
    // Noise, so that it is no bomb by its ratio.
    const noise = randomBytes(Math.ceil(importLimits.zipEntryBytes / importLimits.zipRatio) + 4096)
    expect(codeOf(() => read(zipOf([{ name: '_rels/.rels', bytes: noise, declaredBytes: importLimits.zipEntryBytes + 1 }])))).toBe('documents.oversized-file')
    expect(codeOf(() => read(zipOf([{ name: '_rels/.rels', bytes: noise, declaredBytes: importLimits.zipEntryBytes }])))).toBe('documents.damaged-file')
  })

  test('a part that grows more than two hundredfold is a bomb from a megabyte on', () => {
    const styles = (bytes: number): string => `<w:style w:styleId="${' '.repeat(bytes)}"/>`
    expect(codeOf(() => readWord({ styles: styles(importLimits.zipRatioFromBytes / 2) }))).toBe('read')
    expect(codeOf(() => readWord({ styles: styles(importLimits.zipRatioFromBytes + 4096) }))).toBe('documents.oversized-file')
  })

  test('parts that are each small enough are too large together', () => {
    // Noise and a long blank, again and again: packs to about a fiftieth.
    const page = `${randomBytes(1500).toString('base64')}${' '.repeat(100_000)}`
    const filler = (bytes: number): string => `<w:x>${page.repeat(Math.ceil(bytes / page.length)).slice(0, bytes)}</w:x>`
    const part = Math.floor(importLimits.zipTotalBytes / 3)
    expect(codeOf(() => readWord({ styles: filler(part), numbering: filler(part), footnotes: filler(part / 2) }))).toBe('read')
    expect(codeOf(() => readWord({ styles: filler(part), numbering: filler(part), footnotes: filler(part + 4096) }))).toBe('documents.oversized-file')
  })
})

describe('texts', () => {
  test('of one line more than a document has blocks are refused, whatever form they have', () => {
    // Levels, so that each line stays a block of its own.
    const lines = (count: number): string => `关于测试的通知\n各科室：\n${'1.\u7532\n'.repeat(count)}`
    const code = (text: string, fileName: string): string => codeOf(() => readImportedFile({ bytes: new TextEncoder().encode(text), fileName }))
    for (const name of ['x.txt', 'x.md']) {
      const count = readImportedFile({ bytes: new TextEncoder().encode(lines(10)), fileName: name }).document.blocks.length - 10
      expect(code(lines(importLimits.blocks - count), name), name).toBe('read')
      expect(code(lines(importLimits.blocks - count + 1), name), name).toBe('documents.oversized-file')
    }
  })
})

describe('XML and structures', () => {
  test('elements as deep as may be are read, one deeper is not', () => {
    // document, body, and the leaf's own.
    const nested = (depth: number): string => `${'<w:sdt>'.repeat(depth)}${'</w:sdt>'.repeat(depth)}`
    expect(codeOf(() => readWord({ body: nested(importLimits.xmlDepth - 2) }))).toBe('read')
    expect(codeOf(() => readWord({ body: nested(importLimits.xmlDepth - 1) }))).toBe('documents.damaged-file')
  })

  test('an element of more attributes than any has is refused', () => {
    const element = (count: number): string => `<w:p ${Array.from({ length: count }, (_each, index) => `a${index}="1"`).join(' ')}/>`
    expect(codeOf(() => readWord({ body: element(importLimits.xmlAttributes) }))).toBe('read')
    expect(codeOf(() => readWord({ body: element(importLimits.xmlAttributes + 1) }))).toBe('documents.oversized-file')
  })

  test('paragraphs without end are refused', () => {
    expect(codeOf(() => readWord({ body: '<w:p/>'.repeat(importLimits.lines + 1) }))).toBe('documents.oversized-file')
  })

  test('a table has at most so many columns and rows', () => {
    const wide = (columns: number): string => table([Array.from({ length: columns }, () => '甲')])
    expect(codeOf(() => readWord({ body: wide(importLimits.tableColumns) }))).toBe('read')
    expect(codeOf(() => readWord({ body: wide(importLimits.tableColumns + 1) }))).toBe('documents.table-too-wide')
    const long = (rows: number): string => table(Array.from({ length: rows }, () => ['甲']))
    expect(codeOf(() => readWord({ body: long(importLimits.tableRows) }))).toBe('read')
    expect(codeOf(() => readWord({ body: long(importLimits.tableRows + 1) }))).toBe('documents.oversized-file')
  })

  test('a text longer than a document may be is refused', () => {
    // Of many different signs: equal ones would be a bomb.
    const noise = randomBytes(importLimits.textCharacters * 2)
    const text = Array.from({ length: importLimits.textCharacters }, (_each, index) => String.fromCharCode(0x4e00 + (noise.readUInt16LE(index * 2) % 20_000))).join('')
    expect(codeOf(() => readWord({ body: para(text.slice(200)) }))).toBe('read')
    expect(codeOf(() => readWord({ body: para(text) }))).toBe('documents.text-too-long')
  })

  test('what a file says of its revisions and comments is kept up to a limit, the words themselves always', () => {
    const count = importLimits.revisions + 5
    const body = Array.from({ length: count }, (_each, index) => `<w:ins w:id="${index}" w:author="甲${index}">${run('改')}</w:ins>`).join('')
    const { document, foreign } = readWord({ body: para(body) })
    expect(foreign).toHaveLength(importLimits.revisions)
    expect(textOf(document).match(/改/g)).toHaveLength(count)
    const comments = Array.from({ length: importLimits.comments + 3 }, (_each, index) => `<w:comment w:id="${index}" w:author="乙"><w:p><w:r><w:t>${index}</w:t></w:r></w:p></w:comment>`).join('')
    const commented = readWord({ body: para('正文。'), comments })
    expect(commented.threads).toHaveLength(importLimits.comments)
    expect(commented.report.dropped.filter(({ topic }) => topic === 'comment').map(({ text }) => text)).toEqual(['乙：5000', '乙：5001', '乙：5002'])
  })
})
