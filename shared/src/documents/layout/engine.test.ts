import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { civilDate } from '../../base/instant.ts'
import { recogniseText } from '../text/recognise.ts'
import { deriveLabels } from '../gongwen/numbering.ts'
import type { Block, Elements, OfficialDocument } from '../model.ts'
import { cleanText, emptyElements } from '../model.ts'
import { layoutDocument } from './engine.ts'
import type { FontMetrics, GlyphRun, Layout, LaidOutPage, Rule, SealAnchor } from './model.ts'
import type { LayoutOptions } from './options.ts'
import { positionAt, textAt } from './position.ts'

/** Chinese a whole em, ASCII half of one: the widths a face with half-width digits has. */
const metrics: FontMetrics = {
  advance: (_role, codePoint) => (codePoint === 0xf0000 ? null : codePoint < 0x2e80 && codePoint !== 0x2014 && !'“”‘’…'.includes(String.fromCodePoint(codePoint)) ? 0.5 : 1),
  fingerprint: 'half-width',
}
const ptToMm = 25.4 / 72
const sentence = '为深入贯彻落实关于加强数字政府建设的决策部署，按照工作要求，现就有关事项通知如下，请结合实际认真贯彻执行。'

function runs(text: string): readonly { readonly text: string }[] {
  return [{ text }]
}

const opening: readonly Block[] = [
  { kind: 'title', runs: runs('云州市人民政府办公室关于进一步做好2026年政务公开工作的通知') },
  { kind: 'recipients', runs: runs('各县（市、区）人民政府，市政府各部门、各直属机构：') },
]
const closing: readonly Block[] = [
  { kind: 'signature', runs: runs('云州市人民政府办公室') },
  { kind: 'date', runs: runs('2026年8月1日') },
]
const oneParagraph: Block = { kind: 'paragraph', runs: runs(sentence) }

function aDocument(blocks: readonly Block[], elements: Partial<Elements> = {}): OfficialDocument {
  return {
    version: 1,
    blocks,
    elements: {
      ...emptyElements('通知'),
      issuers: ['云州市人民政府办公室'],
      number: { code: '云政办发', year: 2026, serial: 13 },
      copyNumber: '000012',
      urgency: 'extra-urgent',
      copyTo: ['市委办公室', '市人大常委会办公室'],
      printedBy: '云州市人民政府办公室',
      printedOn: civilDate('2026-08-02'),
      ...elements,
    },
  }
}

function lay(blocks: readonly Block[], elements: Partial<Elements> = {}, options: LayoutOptions = {}): Layout {
  return layoutDocument(aDocument(blocks, elements), metrics, options)
}

function textsOf(page: LaidOutPage | undefined): readonly GlyphRun[] {
  return page?.items.filter((item) => item.kind === 'text') ?? []
}

function rulesOf(page: LaidOutPage | undefined): readonly Rule[] {
  return page?.items.filter((item) => item.kind === 'rule') ?? []
}

function sealsOf(layout: Layout): readonly SealAnchor[] {
  return layout.pages.flatMap((page) => page.items.filter((item) => item.kind === 'seal-anchor'))
}

function runWith(layout: Layout, text: string): GlyphRun {
  const found = layout.pages.flatMap(textsOf).find((run) => run.text.includes(text))
  if (!found) throw new Error(`no run with ${text}`)
  return found
}

/** Top of the em box of a 3号 run. */
function topOf(run: GlyphRun): number {
  return run.baseline - 0.88 * (156 / 28)
}

function allText(layout: Layout): string {
  return layout.pages.flatMap(textsOf).filter((run) => run.source !== null).map((run) => run.text).join('')
}

test('the copy number and the urgency stand on lines 1 and 2 of the type area', () => {
  const layout = lay([...opening, oneParagraph, ...closing])

  expect(topOf(runWith(layout, '000012'))).toBeCloseTo(37, 2)
  expect(topOf(runWith(layout, '特急'))).toBeCloseTo(47.45, 1)
  expect(runWith(layout, '特急').role).toBe('heiti')
  expect(runWith(layout, '特急').x[0]).toBe(28)
})

test.each([
  ['general', 72],
  ['minutes', 72],
  ['order', 57],
  ['letter', 30],
] as const)('the mark of the %s format begins at its own height (%d mm)', (format, top) => {
  const layout = lay([...opening, oneParagraph], { format, markSuffix: format === 'letter' ? '' : '文件' })

  const mark = runWith(layout, '云州市人民政府办公室')
  expect(mark.ink).toBe('red')
  expect(mark.role).toBe('xiaobiaosong')
  expect(mark.baseline - 0.85 * mark.sizePt * ptToMm).toBeCloseTo(top, 1)
  expect((mark.x[0] ?? 0) + ((mark.x.at(-1) ?? 0) + mark.sizePt * ptToMm * mark.scale)).toBeCloseTo(28 + 184, 1)
})

test('the red line is as wide as the type area and lies 4 mm under the number', () => {
  const layout = lay([...opening, oneParagraph])

  const line = rulesOf(layout.pages[0]).find((rule) => rule.ink === 'red')
  expect([line?.x1, line?.x2]).toEqual([28, 184])
  expect((line?.y1 ?? 0) - (topOf(runWith(layout, '云政办发')) + 5.54)).toBeCloseTo(4, 2)
})

test('a page of text has 22 lines of 28 signs and ends exactly at the type area', () => {
  const layout = lay([{ kind: 'paragraph', runs: runs('字'.repeat(28 * 60)) }])

  const page = textsOf(layout.pages[1]).filter((run) => run.source !== null)
  expect(page).toHaveLength(22)
  expect(page.every((run) => [...run.text].length === 28)).toBe(true)
  expect(topOf(page[0] ?? runWith(layout, '字'))).toBeCloseTo(37, 2)
  expect(topOf(page[21] ?? runWith(layout, '字')) + 5.54).toBeCloseTo(262, 2)
  expect(page[0]?.x[0]).toBe(28)
  expect((page[0]?.x[27] ?? 0) + 156 / 28).toBeCloseTo(184, 2)
})

test('paragraphs and headings are indented two signs and headings have the face of their level', () => {
  const layout = lay([
    ...opening,
    { kind: 'heading', level: 1, runs: runs('提高认识') },
    { kind: 'heading', level: 2, runs: runs('加强领导。要摆上日程。') },
    { kind: 'heading', level: 3, runs: runs('明确责任') },
    { kind: 'heading', level: 4, runs: runs('建立台账') },
  ])

  expect(runWith(layout, '一、')).toMatchObject({ role: 'heiti', source: null })
  expect(runWith(layout, '提高认识').role).toBe('heiti')
  expect(runWith(layout, '（一）').x[0]).toBeCloseTo(28 + (2 * 156) / 28, 3)
  expect(runWith(layout, '加强领导。')).toMatchObject({ role: 'kaiti', text: '加强领导。' })
  expect(runWith(layout, '要摆上日程').role).toBe('fangsong')
  expect(runWith(layout, '明确责任').role).toBe('fangsong')
  expect(runWith(layout, '（1）').role).toBe('fangsong')
})

test('no line begins with closing punctuation or ends with an opening bracket, and no number is torn', () => {
  const text = '“推进《云州市数字政府（2026—2028年）建设规划》落实，”完成率达到100%，其中：投资12345.67万元；任务（共18项）、责任（共9家）。'
  const layout = lay([...opening, ...Array.from({ length: 27 }, (_each, shift): Block => ({ kind: 'paragraph', runs: runs('字'.repeat(shift) + text + text) }))])

  const lines = new Map<number, string>()
  for (const [index, page] of layout.pages.entries()) {
    for (const run of textsOf(page)) if ((run.source?.block ?? 0) >= 2) lines.set(index * 1000 + run.baseline, (lines.get(index * 1000 + run.baseline) ?? '') + run.text)
  }
  const all = [...lines.values()]
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter((line) => /^[，。、；：？！）》”%]/u.test(line))).toEqual([])
  expect(all.filter((line) => /[（《“]$/u.test(line))).toEqual([])
  for (const number of ['100%', '12345.67', '2026', '2028']) {
    const whole = all.join('\n').split(number).length - 1
    expect(whole).toBe(27 * 2)
  }
})

test('justified lines stay inside the type area', () => {
  const layout = lay([...opening, { kind: 'paragraph', runs: runs(`2026年${sentence.repeat(6)}`) }])

  for (const run of layout.pages.flatMap(textsOf).filter((each) => each.source !== null)) {
    expect(run.x[0]).toBeGreaterThanOrEqual(28 - 0.001)
    expect(run.x.at(-1)).toBeLessThan(184)
  }
})

test('a title breaks between words into lines that are neither equal nor an hourglass', () => {
  const layout = lay([...opening, oneParagraph])

  const lines = textsOf(layout.pages[0]).filter((run) => run.source?.block === 0).map((run) => run.text)
  expect(lines).toEqual(['云州市人民政府办公室关于进一步做好', '2026年政务公开工作的通知'])
})

test.each([
  ['云州市人民政府关于同意设立云州市临港经济开发区的批复', /云州\n市/u],
  ['云州市人民政府关于表彰2025年度全市安全生产工作先进单位和先进个人的决定', /安全\n生产|2025\n年/u],
  ['云州市人力资源和社会保障局云州市财政局关于进一步做好失业保险支持企业稳定岗位有关工作的通知', /进一步\n|\n的|财政\n局/u],
])('the title %s keeps its words whole', (title, torn) => {
  const layout = lay([{ kind: 'title', runs: runs(title) }, oneParagraph])

  const lines = textsOf(layout.pages[0]).filter((run) => run.source?.block === 0).map((run) => run.text)
  expect(lines.join('')).toBe(title)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('\n')).not.toMatch(torn)
})

test('text of any length in the title’s place is laid out in time', () => {
  const layout = lay([{ kind: 'title', runs: runs('超长标题'.repeat(3000)) }, oneParagraph])

  expect(allText(layout)).toContain('超长标题')
})

test('a row higher than a page is cut and nothing of it is lost', () => {
  const tall = sentence.repeat(60)
  const layout = lay([{ kind: 'table', rows: [{ header: false, cells: [{ columns: 1, runs: runs('一') }, { columns: 1, runs: runs(tall) }] }] }])

  expect(allText(layout)).toBe(`一${tall}`)
  expect(Math.max(...layout.pages.flatMap((page) => textsOf(page).filter((run) => run.source).map((run) => run.baseline)))).toBeLessThan(262)
})

test('a second title is not lost', () => {
  const layout = lay([...opening, oneParagraph, { kind: 'title', runs: runs('另一个标题') }, oneParagraph])

  expect(runWith(layout, '另一个标题').role).toBe('xiaobiaosong')
})

test('a title follows the word boundaries the caller hands in', () => {
  const title = '关于加快推进甲乙丙丁戊己庚辛工作若干问题处理的通知'
  const wordBreaks = (text: string): readonly number[] => [...text].map((_char, index) => index).filter((index) => text.slice(index).startsWith('戊己'))
  const layout = lay([{ kind: 'title', runs: runs(title) }, oneParagraph], {}, { wordBreaks })

  const lines = textsOf(layout.pages[0]).filter((run) => run.source?.block === 0).map((run) => run.text)
  expect(lines).toEqual(['关于加快推进甲乙丙丁', '戊己庚辛工作若干问题处理的通知'])
})

test('a heading is never the last line of a page', () => {
  for (let signs = 28; signs < 28 * 24; signs += 28) {
    const layout = lay([{ kind: 'paragraph', runs: runs('字'.repeat(signs)) }, { kind: 'heading', level: 1, runs: runs('强化督促检查') }, oneParagraph, oneParagraph])
    const page = layout.pages.find((each) => textsOf(each).some((run) => run.source?.block === 1))
    expect(textsOf(page).some((run) => run.source?.block === 2), `${signs} signs`).toBe(true)
  }
})

test('a sealed date stands four signs from the margin with the organ centred over it and the seal over both', () => {
  const layout = lay([...opening, oneParagraph, ...closing])

  const [name, date] = [runWith({ ...layout, pages: layout.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.kind !== 'text' || item.source?.block === 3) })) }, '云州市'), runWith(layout, '2026年8月1日')]
  const cell = 156 / 28
  const middle = (run: GlyphRun, ems: number): number => (run.x[0] ?? 0) + (ems * cell) / 2
  expect((date.x.at(-1) ?? 0) + cell).toBeCloseTo(184 - 4 * cell, 3)
  expect(middle(name, 10)).toBeCloseTo(middle(date, 6), 3)
  const seal = sealsOf(layout)[0]
  expect(seal).toMatchObject({ organ: '云州市人民政府办公室', shape: 'round', widthMm: 42 })
  expect(seal?.centreX).toBeCloseTo(middle(date, 6), 3)
  const ink = (topOf(name) + topOf(date) + 5.54) / 2
  expect(ink - (seal?.centreY ?? 0)).toBeGreaterThan(0)
  expect(ink - (seal?.centreY ?? 0)).toBeLessThan(5)
})

test.each([42, 45, 50])('the upper edge of a seal of %d mm is below the text and within one line of it', (sealDiameterMm) => {
  const layout = lay([...opening, oneParagraph, ...closing], {}, { sealDiameterMm })

  const lastLine = textsOf(layout.pages[0]).filter((run) => run.source?.block === 2).at(-1)
  const seal = sealsOf(layout)[0]
  const gap = (seal?.centreY ?? 0) - sealDiameterMm / 2 - (topOf(lastLine ?? runWith(layout, '执行')) + 5.54)
  expect(gap).toBeGreaterThanOrEqual(-0.01)
  expect(gap).toBeLessThanOrEqual(10.45)
})

test.each([2, 3, 4, 5, 6, 7])('the seals of %d organs neither touch nor leave the type area, and the last one covers the date', (count) => {
  const names = ['云州市教育局', '云州市财政局', '云州市人力资源和社会保障局', '云州市公安局', '云州市卫生健康委员会', '云州市民政局', '云州市司法局'].slice(0, count)
  const layout = lay([...opening, oneParagraph, ...names.map((name): Block => ({ kind: 'signature', runs: runs(name) })), { kind: 'date', runs: runs('2026年11月18日') }], { issuers: names })

  const seals = sealsOf(layout)
  expect(seals.map((seal) => seal.organ)).toEqual(names)
  for (const [index, a] of seals.entries()) {
    expect(a.centreX - 21).toBeGreaterThanOrEqual(28 - 0.01)
    expect(a.centreX + 21).toBeLessThanOrEqual(184 + 0.01)
    for (const b of seals.slice(index + 1)) expect(Math.hypot(a.centreX - b.centreX, a.centreY - b.centreY)).toBeGreaterThan(42)
  }
  const date = runWith(layout, '2026年11月18日')
  const last = seals.at(-1)
  expect(Math.abs((date.baseline ?? 0) - (last?.centreY ?? 0))).toBeLessThan(21)
  expect(layout.findings.filter((each) => each.code === 'layout.seal-outside')).toEqual([])
})

test('without a seal the organ stands two signs from the margin and the date two signs in from its head', () => {
  const layout = lay([...opening, oneParagraph, ...closing], {}, { sealed: false })

  const cell = 156 / 28
  const name = textsOf(layout.pages[0]).find((run) => run.source?.block === 3)
  expect((name?.x.at(-1) ?? 0) + cell).toBeCloseTo(184 - 2 * cell, 3)
  expect((runWith(layout, '2026年8月1日').x[0] ?? 0) - (name?.x[0] ?? 0)).toBeCloseTo(2 * cell, 3)
  expect(sealsOf(layout)).toEqual([])
})

test('an order has a numbered mark, no title, and the post two signs left of the signature stamp', () => {
  const layout = lay(
    [...opening.slice(0, 1), oneParagraph, { kind: 'signature', runs: runs('张志远') }, { kind: 'date', runs: runs('2026年8月1日') }],
    { kind: '命令', format: 'order', markSuffix: '令', issuers: ['云州市人民政府'], signerPost: '市长', number: { code: '令', year: 2026, serial: 21 } },
  )

  expect(runWith(layout, '第21号').source).toBeNull()
  expect(allText(layout)).not.toContain('关于进一步做好')
  expect(layout.findings.map((each) => each.code)).toContain('layout.title-omitted')
  const stamp = sealsOf(layout)[0]
  expect(stamp).toMatchObject({ shape: 'stamp', organ: '张志远' })
  const cell = 156 / 28
  expect((stamp?.centreX ?? 0) + (stamp?.widthMm ?? 0) / 2).toBeCloseTo(184 - 4 * cell, 2)
  const post = runWith(layout, '市长')
  expect((stamp?.centreX ?? 0) - (stamp?.widthMm ?? 0) / 2 - ((post.x.at(-1) ?? 0) + cell)).toBeCloseTo(2 * cell, 2)
})

test('the name an order is filed under is not printed, and nothing is said of it', () => {
  const layout = lay([{ kind: 'title', runs: runs('关于公布《云州市公共数据管理办法》的令') }, oneParagraph], { kind: '命令', format: 'order', markSuffix: '令', issuers: ['云州市人民政府'] })
  expect(allText(layout)).not.toContain('关于公布')
  expect(layout.findings.map((each) => each.code)).not.toContain('layout.title-omitted')
})

test('a letter has double lines of 170 mm, its number on the right and no number on its first page', () => {
  const layout = lay([...opening, oneParagraph, ...closing, { kind: 'annex-title', runs: runs('名单') }, oneParagraph], { format: 'letter', markSuffix: '' })

  const red = rulesOf(layout.pages[0]).filter((rule) => rule.ink === 'red')
  expect(red.map((rule) => [rule.x1, rule.x2])).toEqual(Array.from({ length: 4 }, () => [20, 190]))
  expect(red[0]?.widthMm).toBeGreaterThan(red[1]?.widthMm ?? 0)
  expect(red[2]?.widthMm).toBeLessThan(red[3]?.widthMm ?? 0)
  expect((red[3]?.y1 ?? 0) + (red[3]?.widthMm ?? 0) / 2).toBeCloseTo(277, 3)
  const number = runWith(layout, '云政办发〔2026〕13号')
  expect((number.x.at(-1) ?? 0) + 156 / 28).toBeCloseTo(184, 3)
  expect(textsOf(layout.pages[0]).some((run) => run.text.startsWith('—'))).toBe(false)
  expect(textsOf(layout.pages[1]).some((run) => run.text === '— 2 —')).toBe(true)
  expect(rulesOf(layout.pages[1])).toEqual([])
})

test('the imprint ends on the last line of the type area of the last page, thick lines outside and a thin one between', () => {
  const layout = lay([...opening, oneParagraph, ...closing])

  const rules = rulesOf(layout.pages.at(-1)).filter((rule) => rule.ink === 'black')
  expect(Math.max(...rules.map((rule) => rule.y1))).toBeCloseTo(262, 5)
  expect(rules.map((rule) => rule.widthMm).sort()).toEqual([0.25, 0.35, 0.35])
  expect(runWith(layout, '市人大常委会办公室').text.endsWith('。')).toBe(true)
  expect(runWith(layout, '2026年8月2日印发').sizePt).toBe(14)
})

test('page numbers stand outside: odd pages right, even pages left, their dash 7 mm under the type area', () => {
  const layout = lay([{ kind: 'paragraph', runs: runs('字'.repeat(1500)) }])

  const em = 14 * ptToMm
  const [first, second] = [runWith(layout, '— 1 —'), runWith(layout, '— 2 —')]
  expect((first.x.at(-1) ?? 0) + em).toBeCloseTo(184 - em, 3)
  expect(second.x[0]).toBeCloseTo(28 + em, 3)
  expect(first.baseline - 0.38 * em).toBeCloseTo(269, 1)
})

test('a 题注 as long as a book is laid out like text, not searched for its best lines', () => {
  const note = `（${'二〇二六年云州市第十六届人民代表大会'.repeat(1200)}通过）`
  expect(lay([opening[0] ?? oneParagraph, { kind: 'title-note', runs: runs(note) }, oneParagraph]).pages.length).toBeGreaterThan(30)
})

test('an imprint that must stand on an even page gets one without a number', () => {
  const layout = lay([...opening, oneParagraph, ...closing], { imprintPage: 'even' })

  expect(layout.pages).toHaveLength(2)
  expect(textsOf(layout.pages[1]).some((run) => run.text.startsWith('—'))).toBe(false)
  expect(runWith({ ...layout, pages: layout.pages.slice(1) }, '印发').text).toContain('印发')
})

test('the signature is never alone on a page: spacing gives way first, then lines are carried', () => {
  for (let signs = 40; signs < 700; signs += 14) {
    const layout = lay([...opening, { kind: 'paragraph', runs: runs('字'.repeat(signs)) }, ...closing])
    const page = layout.pages.findIndex((each) => textsOf(each).some((run) => run.source?.block === 3))
    const company = textsOf(layout.pages[page]).filter((run) => run.source?.block === 2)
    expect(company.length, `${signs} signs`).toBeGreaterThan(0)
    expect(layout.findings.map((each) => each.code)).not.toContain('layout.signature-alone')
  }
})

test('lines that are carried take the heading above them along', () => {
  const heading = (text: string): Block => ({ kind: 'heading', level: 1, runs: runs(text) })
  const short: Block = { kind: 'paragraph', runs: runs('请认真落实。') }
  for (let before = 1; before < 16; before += 1) {
    const paragraphs = Array.from({ length: before }, () => short)
    const layout = lay([...opening, ...paragraphs, heading('工作要求'), short, short, ...closing])
    for (const page of layout.pages) {
      const blocks = textsOf(page).flatMap((run) => (run.source ? [run.source.block] : []))
      if (blocks.includes(2 + before)) expect(blocks, `${before} paragraphs`).toContain(3 + before)
    }
  }
})

test.each([42, 50])('a seal of %d mm never lies on the imprint or on the page number', (sealDiameterMm) => {
  for (let signs = 40; signs < 700; signs += 14) {
    const layout = lay([...opening, { kind: 'paragraph', runs: runs('字'.repeat(signs)) }, ...closing], {}, { sealDiameterMm })
    const page = layout.pages.find((each) => each.items.some((item) => item.kind === 'seal-anchor'))
    const seal = sealsOf(layout)[0]
    const bottom = (seal?.centreY ?? 0) + sealDiameterMm / 2
    const imprintTop = Math.min(...rulesOf(page).filter((rule) => rule.ink === 'black').map((rule) => rule.y1), 268)
    expect(bottom, `${signs} signs`).toBeLessThan(imprintTop)
  }
})

test('recipients too many for a first page with text move to the imprint', () => {
  const many = Array.from({ length: 60 }, (_each, index) => `云州市第${index + 1}人民法院`).join('、')
  const layout = lay([...opening.slice(0, 1), { kind: 'recipients', runs: runs(`${many}：`) }, oneParagraph, ...closing])

  expect(layout.findings.map((each) => each.code)).toContain('layout.recipients-moved')
  expect(textsOf(layout.pages[0]).some((run) => run.source?.block === 2)).toBe(true)
  expect(runWith(layout, '主送：').sizePt).toBe(14)
})

test('an imprint higher than a page goes on to the next: nothing of it leaves the type area, and it ends at the foot of the last', () => {
  const many = Array.from({ length: 260 }, (_each, index) => `云州市第${index + 1}人民法院`)
  for (const imprintPage of ['last', 'even'] as const) {
    const layout = lay([...opening.slice(0, 1), { kind: 'recipients', runs: runs(`${many.join('、')}：`) }, oneParagraph, ...closing], { imprintPage })
    const parts = layout.pages.filter((page) => !textsOf(page).some((run) => run.source) && textsOf(page).length > 0)
    expect(parts.length).toBeGreaterThan(1)
    const tops = parts.flatMap((page) => textsOf(page)).map((run) => run.baseline)
    expect(Math.min(...tops)).toBeGreaterThan(37)
    expect(Math.max(...tops)).toBeLessThan(262)
    const printed = parts.flatMap((page) => textsOf(page).map((run) => run.text)).join('')
    expect(many.filter((name) => !printed.includes(name))).toEqual([])
    const rules = parts.map((page) => rulesOf(page).filter((rule) => rule.widthMm === 0.35).map((rule) => Math.round(rule.y1)))
    expect([rules[0], rules.at(-1)]).toEqual([[37], [262]])
    if (imprintPage === 'even') expect(layout.pages.length % 2).toBe(0)
  }
})

test('attachments begin on new pages with their label on line 1 and their title on line 3', () => {
  const blocks: readonly Block[] = [
    ...opening, oneParagraph,
    { kind: 'attachment-note', runs: runs('任务分工方案') },
    { kind: 'attachment-note', runs: runs('云州市政务公开标准化规范化建设三年行动计划重点项目责任清单') },
    ...closing,
    { kind: 'annex-title', runs: runs('任务分工方案') }, oneParagraph,
    { kind: 'annex-title', runs: runs('清单') }, oneParagraph,
  ]
  const layout = lay(blocks)

  const label = runWith(layout, '附件1')
  expect(label).toMatchObject({ role: 'heiti' })
  expect(topOf(label)).toBeCloseTo(37, 2)
  const title = textsOf(layout.pages.find((page) => textsOf(page).includes(label))).find((run) => run.role === 'xiaobiaosong')
  expect((title?.baseline ?? 0) - 0.88 * 22 * ptToMm).toBeCloseTo(37 + 2 * 10.45, 1)
  const [first, second] = [runWith(layout, '附件：'), runWith(layout, '2.')]
  expect(second.x[0]).toBeCloseTo(first.x[3] ?? 0, 3)
})

test('every sign of the text is laid out once, in order, with its source', () => {
  const zhanjiang = readFileSync(new URL('../../../../tests/support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url), 'utf8')
  const { document } = recogniseText(zhanjiang)
  const layout = layoutDocument(document, metrics)

  expect(layout.pages.length).toBeGreaterThan(20)
  for (const [index, block] of document.blocks.entries()) {
    if (block.kind === 'table') continue
    const drawn = layout.pages.flatMap(textsOf).filter((run) => run.source?.block === index)
    expect(drawn.map((run) => run.text).join('')).toBe(cleanText(block.runs))
    let offset = 0
    for (const run of drawn) {
      expect(run.source?.offset).toBe(offset)
      offset += run.text.length
    }
  }
  expect(deriveLabels(document.blocks).filter((label) => label === '（二十三）')).toHaveLength(1)
  expect(runWith(layout, '（二十三）').source).toBeNull()
})

test('the same document gives the same layout', () => {
  const blocks = [...opening, oneParagraph, ...closing]

  expect(JSON.stringify(lay(blocks))).toBe(JSON.stringify(lay(blocks)))
})

test('deletions are gone from the clean copy and stand marked in the redline, with offsets that count them', () => {
  const blocks: readonly Block[] = [
    ...opening,
    { kind: 'paragraph', runs: [{ text: '各部门要' }, { text: '高度重视', change: { kind: 'deletion', id: 'p1:1', personId: 'p1' } }, { text: '加强领导', change: { kind: 'insertion', id: 'p1:2', personId: 'p1' } }, { text: '。' }] },
  ]

  expect(allText(lay(blocks))).toContain('各部门要加强领导。')
  expect(layoutDocument(aDocument(blocks), metrics).pages.flatMap(textsOf).every((run) => run.change === undefined)).toBe(true)
  const redline = lay(blocks, {}, { showChanges: true })
  expect(runWith(redline, '高度重视').change).toEqual({ kind: 'deletion', personId: 'p1' })
  expect(runWith(lay(blocks), '加强领导').source).toEqual({ block: 2, offset: 8 })
})

test('a sign no face has is reported with its role', () => {
  const layout = lay([...opening, { kind: 'paragraph', runs: runs('缺\u{F0000}字') }])

  expect(layout.missing).toEqual([{ role: 'fangsong', text: '\u{F0000}' }])
  expect(layout.findings).toContainEqual({ code: 'layout.missing-glyph', page: 1, block: null, params: { role: 'fangsong', text: '\u{F0000}' } })
})

test('a place in the text is found on its page and back', () => {
  const layout = lay([...opening, { kind: 'paragraph', runs: runs(sentence.repeat(20)) }, ...closing])

  for (const offset of [0, 27, 300, 700]) {
    const place = positionAt(layout, 2, offset)
    expect(place).not.toBeNull()
    if (place) expect(textAt(layout, place.page, { x: place.x + 0.1, y: place.baseline - 2 })).toEqual({ block: 2, offset })
  }
  expect(positionAt(layout, 2, sentence.length * 20)?.page).toBeGreaterThan(0)
  expect(positionAt(layout, 99, 0)).toBeNull()
})

test('header rows of a table are repeated on its next pages and no row is torn', () => {
  const row = (texts: readonly string[], header: boolean) => ({ header, cells: texts.map((text) => ({ columns: 1, runs: runs(text) })) })
  const rows = [row(['序号', '任务'], true), ...Array.from({ length: 60 }, (_each, index) => row([`${index + 1}`, sentence], false))]
  const layout = lay([...opening, { kind: 'table', rows }])

  const heads = layout.pages.filter((page) => textsOf(page).some((run) => run.text === '序号'))
  expect(heads.length).toBeGreaterThan(2)
  const bottoms = layout.pages.flatMap((page) => rulesOf(page).filter((rule) => rule.ink === 'black').map((rule) => rule.y2))
  expect(Math.max(...bottoms)).toBeLessThanOrEqual(262.02)
})

test('two names of signers stand on a line and the number on the last one', () => {
  const layout = lay([...opening, oneParagraph], { kind: '请示', direction: 'up', signers: ['王建国', '李明', '欧阳文博'] })

  const [first, third] = [runWith(layout, '王建国'), runWith(layout, '欧阳文博')]
  expect(first.role).toBe('kaiti')
  expect(runWith(layout, '李明').baseline).toBe(first.baseline)
  expect(third.x[0]).toBe(first.x[0])
  expect(runWith(layout, '云政办发').baseline).toBe(third.baseline)
  expect(runWith(layout, '云政办发').x[0]).toBeCloseTo(28 + 156 / 28, 3)
})

const jointOrgans = ['教育局', '科学技术局', '工业和信息化局', '公安局', '民政局', '司法局', '财政局', '人力资源和社会保障局', '自然资源和规划局', '生态环境局', '住房和城乡建设局', '交通运输局'].map((name) => `云州市${name}`)

/** A joint document of so many organs, each signing. */
function jointly(count: number): Layout {
  const issuers = jointOrgans.slice(0, count)
  const signatures = issuers.map((name): Block => ({ kind: 'signature', runs: runs(name) }))
  const blocks = [opening[0], opening[1], oneParagraph, oneParagraph, ...signatures, closing[1]].filter((block) => block !== undefined)
  return lay(blocks, { issuers, copyNumber: '', urgency: 'none' })
}

test.each([3, 5, 12])('jointly issued by %i organs, the first page names them all, shows text, and nothing leaves the type area', (count) => {
  const layout = jointly(count)
  const first = textsOf(layout.pages[0])
  expect(first.filter((run) => run.ink === 'red')).toHaveLength(count + 1)
  expect(first.some((run) => run.source?.block === 2)).toBe(true)
  const own = first.filter((run) => !run.text.includes('—'))
  expect(Math.max(...own.map((run) => run.baseline))).toBeLessThan(262)
  expect(layout.findings.map(({ code }) => code).includes('layout.mark-reduced')).toBe(count === 12)
  expect(layout.findings.map(({ code }) => code)).not.toContain('layout.signature-alone')
})

test('every organ of a joint document has a seal over its name; none touches another or leaves the type area', () => {
  for (const count of [2, 3, 4, 5, 7, 12]) {
    const seals = jointly(count).pages.flatMap((page, index) => page.items.flatMap((item): readonly (SealAnchor & { page: number })[] => (item.kind === 'seal-anchor' ? [{ ...item, page: index }] : [])))
    expect(seals.map(({ organ }) => organ)).toEqual(jointOrgans.slice(0, count))
    expect(new Set(seals.map(({ page }) => page)).size).toBe(1)
    for (const [index, seal] of seals.entries()) {
      expect(seal.centreX - seal.widthMm / 2).toBeGreaterThanOrEqual(28 - 0.01)
      expect(seal.centreX + seal.widthMm / 2).toBeLessThanOrEqual(184 + 0.01)
      for (const other of seals.slice(index + 1)) expect(Math.hypot(seal.centreX - other.centreX, seal.centreY - other.centreY)).toBeGreaterThan(seal.widthMm)
    }
  }
})
