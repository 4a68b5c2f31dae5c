/** Every kind of document (文种) from an empty page: begun from its built-in template, filled in, checked, laid out in its format. */
import { type ApiClient, editLive } from '@xiewen/server'
import {
  builtInTemplates, completeDocument, documentKinds, documentsContract, type Elements, type FontMetrics, type GlyphRun, type Layout, layoutDocument, type OfficialDocument, documentSchema, readAdoption,
} from '@xiewen/shared/documents'
import { civilDate } from '@xiewen/shared/base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dateIt, fillIn } from '../../support/fill-template.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'

/** Chinese a whole em, ASCII half of one. */
const metrics: FontMetrics = {
  advance: (_role, codePoint) => (codePoint < 0x2e80 && codePoint !== 0x2014 && !'“”‘’…'.includes(String.fromCodePoint(codePoint)) ? 0.5 : 1),
  fingerprint: 'half-width',
}
const mmPerPt = 25.4 / 72
const cell = 156 / 28
let office: TestOffice
let drafter: ApiClient

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

/** What the built-in template's document still lacks besides its words. */
function elementsFor(kind: string, direction: string): Partial<Elements> {
  return { ...(direction === 'up' ? { signers: ['陈国栋'] } : {}), ...(kind === '议案' ? { issuers: ['云州市人民政府'] } : {}), ...(kind === '命令' ? { issuers: ['云州市人民政府'] } : {}) }
}

describe.each(builtInTemplates.map((template) => [template.id, template.document.elements.kind, template.document.elements.format] as const))('%s (%s)', (id, kind, format) => {
  let document: OfficialDocument
  let layout: Layout

  test('begun and filled in, it has no error, and before that it cannot be submitted', async () => {
    const direction = builtInTemplates.find((each) => each.id === id)?.document.elements.direction ?? 'down'
    const { documentId } = await drafter.call(documentsContract.create, { kind, builtIn: id })
    const before = await drafter.call(documentsContract.lint, { documentId })
    expect(before.findings.map((finding) => finding.rule)).toContain('D17')
    await editLive(drafter, documentId, (doc) => {
      fillIn(doc, elementsFor(kind, direction))
      dateIt(doc, '2026年11月28日')
    })
    const { findings } = await drafter.call(documentsContract.lint, { documentId })
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
    const json = await drafter.download(documentsContract.exportFile, { documentId, format: 'json' })
    document = documentSchema.parse(JSON.parse(new TextDecoder().decode(json.bytes)))
    const number = { code: format === 'letter' ? '云政数函' : '云政数发', year: 2026, serial: 7 }
    const day = civilDate('2026-11-28')
    layout = layoutDocument(completeDocument(document, { number, signedOn: day, printedOn: day, organName: document.elements.issuers[0] ?? '' }), metrics)
  })

  test('its pages have the measures of its format', () => {
    expect(layout.missing).toEqual([])
    measure[format](layout, document)
  })
})

test('all fifteen kinds are among them', () => {
  expect(new Set(builtInTemplates.map((each) => each.document.elements.kind))).toEqual(new Set(documentKinds))
})

const measure: Readonly<Record<Elements['format'], (layout: Layout, document: OfficialDocument) => void>> = {
  general(layout, document) {
    const first = texts(layout, 0)
    expect(inkTop(redRun(first))).toBeCloseTo(72, 1)
    const [line] = rules(layout, 0).filter((rule) => rule.ink === 'red')
    expect([line?.x1, line?.x2]).toEqual([28, 184])
    const number = runWith(first, '〔2026〕')
    expect((line?.y1 ?? 0) - (number.baseline + 0.12 * cell)).toBeCloseTo(4, 0)
    if (document.elements.direction === 'up') {
      expect(number.x[0]).toBeCloseTo(28 + cell, 2)
      expect(runWith(first, '签发人').baseline).toBeCloseTo(number.baseline, 3)
    } else expect(centreOf(number)).toBeCloseTo(106, 0)
    const title = first.filter((run) => run.sizePt === 22)
    for (const run of title) expect(centreOf(run)).toBeCloseTo(106, 0)
    expect(Math.max(...rules(layout, layout.pages.length - 1).map((rule) => rule.y1))).toBeCloseTo(262, 1)
    expect(runWith(texts(layout, layout.pages.length - 1), '印发').sizePt).toBe(14)
    expect(first.some((run) => run.text.startsWith('—'))).toBe(true)
    if (document.elements.kind === '议案') expectStamp(layout)
    else if (readAdoption(document)) expectAdopted(layout, document)
    else expect(anchors(layout)).toHaveLength(1)
  },
  letter(layout) {
    const first = texts(layout, 0)
    expect(inkTop(redRun(first))).toBeCloseTo(30, 1)
    const red = rules(layout, 0).filter((rule) => rule.ink === 'red')
    expect(red).toHaveLength(4)
    for (const rule of red) expect([rule.x1, rule.x2]).toEqual([20, 190])
    expect(Math.max(...red.map((rule) => rule.y1 + rule.widthMm / 2))).toBeCloseTo(277, 1)
    const number = runWith(first, '〔2026〕')
    expect((number.x.at(-1) ?? 0) + cell).toBeCloseTo(184, 1)
    expect(first.some((run) => run.text.startsWith('—'))).toBe(false)
    expect(first.some((run) => run.text.includes('印发') && run.sizePt === 14)).toBe(false)
    expect(anchors(layout)).toHaveLength(1)
  },
  order(layout) {
    const first = texts(layout, 0)
    expect(inkTop(redRun(first))).toBeCloseTo(57, 1)
    expect(redRun(first).text).toMatch(/令$/)
    expect(centreOf(runWith(first, '第7号'))).toBeCloseTo(106, 0)
    expect(first.filter((run) => run.sizePt === 22)).toEqual([])
    expectStamp(layout)
  },
  minutes(layout) {
    const first = texts(layout, 0)
    expect(inkTop(redRun(first))).toBeCloseTo(72, 1)
    expect(redRun(first).text).toMatch(/纪要$/)
    const all = layout.pages.flatMap((_page, index) => texts(layout, index))
    const label = runWith(all, '出席')
    expect(label.role).toBe('heiti')
    expect(label.x[0]).toBeCloseTo(28 + 2 * cell, 2)
    expect(anchors(layout)).toEqual([])
  },
}

/** 职务 two characters left of the stamp, the stamp 右空四字, the date below it 右空四字. Source: GB/T 9704-2012 7.3.5.3 */
function expectStamp(layout: Layout): void {
  const [stamp] = anchors(layout)
  const right = 184 - 4 * cell
  expect(stamp?.shape).toBe('stamp')
  expect((stamp?.centreX ?? 0) + (stamp?.widthMm ?? 0) / 2).toBeCloseTo(right, 1)
  const all = layout.pages.flatMap((_page, index) => texts(layout, index))
  const post = runWith(all, '市长')
  expect((post.x.at(-1) ?? 0) + cell).toBeCloseTo(right - (stamp?.widthMm ?? 0) - 2 * cell, 1)
  const date = runWith(all.filter((run) => run.source !== null), '2026年11月28日')
  expect((date.x.at(-1) ?? 0) + cell).toBeCloseTo(right, 1)
}

/** 题注 in 楷体 centred right below the title; neither name, date nor place of a seal at the end. */
function expectAdopted(layout: Layout, document: OfficialDocument): void {
  const all = layout.pages.flatMap((_page, index) => texts(layout, index))
  const note = all.filter((run) => run.source?.block === 1)
  expect(note.map((run) => run.text).join('')).toBe('（2026年11月10日云州市第十六届人民政府第八次常务会议通过）')
  expect(new Set(note.map((run) => run.role))).toEqual(new Set(['kaiti']))
  const lowest = Math.max(...all.filter((run) => run.sizePt === 22).map((run) => run.baseline))
  const highest = Math.min(...note.map((run) => run.baseline))
  expect(highest - lowest).toBeLessThan(13)
  expect(document.blocks.some((block) => block.kind === 'signature' || block.kind === 'date')).toBe(false)
  expect(anchors(layout)).toEqual([])
}

function texts(layout: Layout, page: number): readonly GlyphRun[] {
  return layout.pages[page]?.items.filter((item) => item.kind === 'text') ?? []
}

function rules(layout: Layout, page: number) {
  return layout.pages[page]?.items.filter((item) => item.kind === 'rule') ?? []
}

function anchors(layout: Layout) {
  return layout.pages.flatMap((page) => page.items.filter((item) => item.kind === 'seal-anchor'))
}

function redRun(runs: readonly GlyphRun[]): GlyphRun {
  const run = runs.find((each) => each.ink === 'red')
  if (!run) throw new Error('no mark')
  return run
}

function runWith(runs: readonly GlyphRun[], text: string): GlyphRun {
  const run = runs.find((each) => each.text.includes(text))
  if (!run) throw new Error(`no run with ${text}`)
  return run
}

/** The ink of the large faces reaches 0.85 of the size above the baseline. */
function inkTop(run: GlyphRun): number {
  return run.baseline - 0.85 * run.sizePt * mmPerPt
}

function centreOf(run: GlyphRun): number {
  return ((run.x[0] ?? 0) + (run.x.at(-1) ?? 0) + lastWidth(run)) / 2
}

function lastWidth(run: GlyphRun): number {
  const wide = run.sizePt === 16 ? cell : run.sizePt * mmPerPt
  return /[ -~]$/.test(run.text) ? wide / 2 : wide
}
