import { describe, expect, test } from 'vitest'
import { deriveLabels } from '../gongwen/numbering.ts'
import { layoutDocument } from '../layout/engine.ts'
import type { GlyphRun } from '../layout/model.ts'
import { typeArea } from '../layout/geometry.ts'
import { emptyElements } from '../model.ts'
import { dateOfDocument } from '../rules/adoption.ts'
import { documentSchema } from './document-schema.ts'
import { readDocument } from './from-ydoc.ts'
import { writeDocument } from './to-ydoc.ts'
import * as Y from 'yjs'
import { readHtml } from './markup/from-html.ts'
import { recogniseLines, recogniseText } from './recognise.ts'
import { openReport } from './report.ts'
import { textOf } from './text-of.ts'
import { upcastDocument } from './upcast.ts'

const regulation = `云州市城市绿化管理办法
（2026年1月8日市人民政府第3次常务会议通过）
第一章　总则
第一条　为了加强城市绿化管理，制定本办法。
第二条　本办法所称城市绿化，包括下列活动：
（一）规划；
（二）建设，包括：
1.新建；
2.改建。
前款所称建设不包括养护。
第二章　管理
第一节　规划
第三条　市人民政府负责下列工作：
（一）编制规划。
第二节　建设
第四条　第三条规定的工作由市绿化部门组织。`

const metrics = { advance: () => 1, fingerprint: 'square' }
const { document, report } = recogniseText(regulation)
const kinds = document.blocks.map((block) => block.kind)

describe('a regulation read from text', () => {
  test('章, 节, 条, 项, 目, 款 and 题注 are recognised, their numbers taken off', () => {
    expect(kinds).toEqual(['title', 'title-note', 'chapter', 'article', 'article', 'item', 'item', 'subitem', 'subitem', 'paragraph', 'chapter', 'section', 'article', 'item', 'section', 'article'])
    expect(deriveLabels(document.blocks)).toEqual([null, null, '第一章　', '第一条　', '第二条　', '（一）', '（二）', '1.', '2.', null, '第二章　', '第一节　', '第三条　', '（一）', '第二节　', '第四条　'])
    expect(report.recognised.filter(({ topic }) => topic === 'provision')).toHaveLength(13)
  })

  test('nothing of it is lost: written out it is the same text', () => {
    const bare = (text: string): string => text.replace(/[\s　]/g, '')
    expect(bare(textOf(document))).toContain(bare(regulation))
  })

  test('words in bold stay bold in 条 and 项, a number in bold makes nothing bold', () => {
    const report = openReport()
    const html = '<p>云州市公园管理办法</p><p><b>第一条</b>　为加强管理，制定本办法。</p><p><b>第二条</b>　公园内<b>禁止</b>下列行为：</p><p>（一）<b>一律</b>不得摆摊。</p>'
    const { blocks } = recogniseLines(readHtml(html, report), report).document
    expect(blocks.slice(1)).toMatchObject([
      { kind: 'article', runs: [{ text: '为加强管理，制定本办法。' }] },
      { kind: 'article', runs: [{ text: '公园内' }, { text: '禁止', bold: true }, { text: '下列行为：' }] },
      { kind: 'item', runs: [{ text: '一律', bold: true }, { text: '不得摆摊。' }] },
    ])
    expect(blocks[1]).not.toMatchObject({ runs: [{ bold: true }] })
  })

  test('项 may go on across a 款, restart after it, and never go on into another 条', () => {
    const text = '云州市公园管理办法\n第一条　禁止下列行为：\n（一）摆摊；\n（二）垂钓。\n经批准的除外，但下列行为仍然禁止：\n（三）明火；\n（四）吸烟。\n管理单位应当：\n（一）设立标志。\n第二条　公园应当：\n（五）开放。'
    const { document: read } = recogniseText(text)
    expect(read.version).toBe(3)
    expect(deriveLabels(read.blocks)).toEqual([null, '第一条　', '（一）', '（二）', null, '（三）', '（四）', null, '（一）', '第二条　', null])
    expect(read.blocks.map((block) => block.kind === 'item' && block.continues === true)).toEqual([false, false, false, false, false, true, false, false, false, false, false])
    // The one that would not be derived keeps its typed number.
    expect(textOf(read)).toContain('（五）开放。')
    const doc = new Y.Doc()
    writeDocument(doc, read)
    expect(readDocument(doc).blocks).toEqual(read.blocks)
    expect(documentSchema.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
    expect(documentSchema.safeParse({ ...read, blocks: [{ kind: 'article', continues: true, runs: [] }] }).success).toBe(false)
  })

  test('a number that would not be derived stays typed, and a sentence about an article is no article', () => {
    const read = recogniseText('关于修改办法的决定\n第三条修改为：“市人民政府负责。”\n第一条规定的期限延长。\n第五条　删去。').document
    expect(read.blocks.some((block) => block.kind === 'article')).toBe(false)
    expect(textOf(read)).toContain('第五条　删去。')
  })

  test('it needs version 2, any other text stays version 1', () => {
    expect(document.version).toBe(2)
    expect(recogniseText('关于开会的通知\n各单位：\n请参会。').document.version).toBe(1)
    expect(upcastDocument(structuredClone(document))).toEqual({ ok: true, value: document })
  })
})

describe('题注 of what a meeting adopted', () => {
  const read = (note: string) => recogniseText(`云州市人大常委会关于批准2025年市级决算的决议\n${note}\n　　会议审查了2025年市级决算，决定批准。`)

  test.each([
    ['in one line', '（2026年8月28日云州市第六届人大常委会第二十四次会议通过）', '（2026年8月28日云州市第六届人大常委会第二十四次会议通过）'],
    ['broken by a page', '（2026年8月28日云州市第六届人大常委会\n第二十四次会议通过）', '（2026年8月28日云州市第六届人大常委会第二十四次会议通过）'],
    ['with blanks at its brackets', '（ 2026年8月28日云州市第六届人大常委会第二十四次会议通过 ）', '（2026年8月28日云州市第六届人大常委会第二十四次会议通过）'],
    ['without brackets, which the checker offers to add', '2026年8月28日云州市第六届人大常委会第二十四次会议通过', '2026年8月28日云州市第六届人大常委会第二十四次会议通过'],
  ])('is recognised %s', (_how, note, text) => {
    const { document, report } = read(note)
    expect(document.blocks.map((block) => block.kind)).toEqual(['title', 'title-note', 'paragraph'])
    expect(document.blocks[1]).toMatchObject({ runs: [{ text }] })
    expect(report.recognised).toContainEqual({ topic: 'title-note', line: 2, text })
    expect(dateOfDocument(document)).toBe('2026-08-28')
  })

  test('a sentence in brackets that nothing closes, or that tells of something else, stays text', () => {
    for (const note of ['（2026年8月28日云州市第六届人大常委会\n审查了下列事项。', '2026年8月28日，云州市人大常委会会议通过了决议。']) {
      expect(read(note).document.blocks.some((block) => block.kind === 'title-note')).toBe(false)
    }
  })
})

describe('a regulation on the page', () => {
  const layout = layoutDocument({ ...document, elements: { ...emptyElements('决议'), issuers: ['云州市人民代表大会'] } }, metrics)
  const runs = layout.pages.flatMap((page) => page.items.filter((item): item is GlyphRun => item.kind === 'text'))
  const lineOf = (block: number): readonly GlyphRun[] => {
    const first = runs.find((run) => run.source?.block === block)
    return runs.filter((run) => run.baseline === first?.baseline)
  }
  const edges = (line: readonly GlyphRun[]): readonly [number, number] => [Math.min(...line.map((run) => run.x[0] ?? 0)), Math.max(...line.map((run) => (run.x.at(-1) ?? 0) + 156 / 28))]
  const middle = (typeArea.left + typeArea.right) / 2
  const baseline = (block: number): number => lineOf(block)[0]?.baseline ?? 0
  const pitch = baseline(6) - baseline(5)

  test.each([[1, 'kaiti'], [2, 'heiti'], [11, 'kaiti']] as const)('block %i is centred in %s', (block, role) => {
    const line = lineOf(block)
    const [left, right] = edges(line)
    expect((left + right) / 2).toBeCloseTo(middle, 1)
    expect(new Set(line.map((run) => run.role))).toEqual(new Set([role]))
  })

  test('题注 stands directly below the title, a blank line above the text', () => {
    expect(baseline(1) - baseline(0)).toBeLessThan(1.7 * pitch)
    expect(baseline(2) - baseline(1)).toBeCloseTo(2 * pitch, 1)
  })

  test('a 题注 too long for a line becomes lines of about equal length: no sign stands alone', () => {
    const long = '（2026年11月18日云州市第十六届人民代表大会常务委员会第三次会议通过）'
    const blocks = document.blocks.map((block) => (block.kind === 'title-note' ? { ...block, runs: [{ text: long }] } : block))
    const { pages } = layoutDocument({ ...document, blocks, elements: emptyElements('决议') }, metrics)
    const signs = new Map<number, number>()
    for (const item of pages[0]?.items ?? []) if (item.kind === 'text' && item.source?.block === 1) signs.set(item.baseline, (signs.get(item.baseline) ?? 0) + [...item.text].length)
    const [first = 0, second = 0, ...more] = signs.values()
    expect(more).toEqual([])
    expect(first + second).toBe([...long].length)
    expect(Math.abs(first - second)).toBeLessThan(8)
  })

  test.each([
    ['（2026年11月18日云州市第十六届人民代表大会常务委员会第三次会议通过）'],
    ['（2026年1月8日云州市第十五届人民代表大会第六次会议审议批准并予以通过）'],
    ['（2026年11月18日中国共产党云州市第十三届委员会第二次全体会议审议通过）'],
    ['（2019年3月15日云州市人民代表大会通过　根据2026年11月18日云州市第十六届人民代表大会常务委员会第三次会议修正）'],
  ])('a long 题注 breaks between words, never inside a name, a date or a number: %s', (long) => {
    const blocks = document.blocks.map((block) => (block.kind === 'title-note' ? { ...block, runs: [{ text: long }] } : block))
    const { pages } = layoutDocument({ ...document, blocks, elements: emptyElements('决议') }, metrics)
    const lines = new Map<number, string>()
    for (const item of pages[0]?.items ?? []) if (item.kind === 'text' && item.source?.block === 1) lines.set(item.baseline, (lines.get(item.baseline) ?? '') + item.text)
    const texts = [...lines.values()]
    expect(texts.join('')).toBe(long)
    expect(texts.length).toBeGreaterThan(1)
    for (const unit of ['人民代表大会', '常务委员会', '委员会', '会议', '通过', '云州市', ...(long.match(/\d{4}年\d+月\d+日|第.{1,2}[届次]/gu) ?? [])]) {
      expect(texts.reduce((sum, line) => sum + line.split(unit).length - 1, 0)).toBe(long.split(unit).length - 1)
    }
  })

  test('章 has a blank line above and below, 节 under it does not double it', () => {
    expect(baseline(3) - baseline(2)).toBeCloseTo(2 * pitch, 1)
    expect(baseline(10) - baseline(9)).toBeCloseTo(2 * pitch, 1)
    expect(baseline(11) - baseline(10)).toBeCloseTo(2 * pitch, 1)
  })

  test('条 begins two characters in, its number in 黑体, one blank behind it, its text in 仿宋', () => {
    const line = lineOf(3)
    expect(edges(line)[0]).toBeCloseTo(typeArea.left + (2 * 156) / 28, 1)
    expect(line.find((run) => run.source === null)).toMatchObject({ role: 'heiti', text: '第一条　' })
    expect(line.find((run) => run.source?.block === 3)?.role).toBe('fangsong')
  })
})
