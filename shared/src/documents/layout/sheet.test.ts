import { expect, test } from 'vitest'
import type { FontMetrics, GlyphRun, Layout } from './model.ts'
import { layoutSheet, type SheetForm } from './sheet.ts'

const metrics: FontMetrics = { advance: (_role, codePoint) => (codePoint === 0xf0000 ? null : codePoint < 0x2e80 ? 0.5 : 1), fingerprint: 'half-width' }
const signed = '云州市财政局局长　彭丽华（代 马晓峰）　2026年11月28日 10:32'

function aForm(text: string, count = 1): SheetForm {
  return {
    title: '云州市政务服务数据管理局发文稿纸',
    corner: '拟稿 2026年11月28日',
    rows: [
      { kind: 'fields', fields: [{ label: '发文字号', text: '云政数发〔2026〕7号', share: 5 }, { label: '紧急程度', text: '特急', share: 4 }] },
      { kind: 'box', label: '会　　签', entries: Array.from({ length: count }, () => ({ text, signed })), blankLines: 3 },
      { kind: 'fields', fields: [{ label: '标　　题', text: '关于做好防汛值守工作的通知'.repeat(4), share: 1 }] },
    ],
  }
}

function texts(layout: Layout): readonly (GlyphRun & { readonly page: number })[] {
  return layout.pages.flatMap((page, index) => page.items.flatMap((item) => (item.kind === 'text' ? [{ ...item, page: index }] : [])))
}

test('every word of a sheet is drawn once, inside its frame', () => {
  const layout = layoutSheet(aForm('同意。请补充经费来源，并抄送市审计局。'), metrics)
  const all = texts(layout).map((run) => run.text).join('')
  for (const part of ['云政数发〔2026〕7号', '特急', '同意。请补充经费来源，并抄送市审计局。', '（代 马晓峰）', '10:32']) expect(all.split(part)).toHaveLength(2)
  for (const run of texts(layout)) {
    expect(run.x[0]).toBeGreaterThanOrEqual(28)
    expect(run.x.at(-1)).toBeLessThan(184)
  }
  expect(layout.pages).toHaveLength(1)
})

test.each([1, 12, 60])('%d long opinions go over as many pages as they need, none lost, none across another', (count) => {
  const layout = layoutSheet(aForm('此件涉及面广，请主办单位会同有关部门逐项核对数据，明确责任分工和完成时限，报分管领导审定后印发。'.repeat(2), count), metrics)
  const all = texts(layout)
  expect(all.map((run) => run.text).join('').split('10:32')).toHaveLength(count + 1)
  for (const [index] of layout.pages.entries()) {
    const own = all.filter((run) => run.page === index && !run.artifact)
    expect(Math.max(...own.map((run) => run.baseline))).toBeLessThan(262)
    const column = own.filter((run) => run.role === 'kaiti').map((run) => run.baseline).sort((a, b) => a - b)
    column.forEach((baseline, at) => expect(at === 0 || baseline - (column[at - 1] ?? 0) > 3 || baseline === column[at - 1]).toBe(true))
  }
})

test('a box that goes on over the page says there what it is', () => {
  const layout = layoutSheet(aForm('此件涉及面广，请逐项核对。'.repeat(6), 12), metrics)
  expect(layout.pages.length).toBeGreaterThan(1)
  for (const [index] of layout.pages.entries()) {
    const labels = texts(layout).filter((run) => run.page === index && run.ink === 'red' && run.sizePt === 14).map((run) => run.text)
    expect(labels).toContain('会　　签')
  }
})

test('an empty box keeps its lines free for the pen', () => {
  const empty = layoutSheet({ title: '发文稿纸', corner: '', rows: [{ kind: 'box', label: '签　　发', entries: [], blankLines: 4 }] }, metrics)
  const rules = empty.pages[0]?.items.flatMap((item) => (item.kind === 'rule' && item.y1 === item.y2 ? [item.y1] : [])) ?? []
  expect((rules.at(-1) ?? 0) - (rules[0] ?? 0)).toBeGreaterThan(28)
})

test('a sign no face has is reported', () => {
  expect(layoutSheet(aForm('\u{F0000}'), metrics).missing).toEqual([{ role: 'kaiti', text: '\u{F0000}' }])
})

test('a list has its heads, a row for every reader on as many pages as they need, and empty rows for the pen', () => {
  const columns = [{ title: '传阅人', share: 10 }, { title: '阅签', share: 9 }, { title: '阅文时间', share: 7 }]
  const list = (count: number, blankRows: number): SheetForm => ({
    title: '收文处理单', corner: '',
    rows: [{ kind: 'list', label: '传　　阅', columns, rows: Array.from({ length: count }, (_each, at) => [`办公室副主任　王静怡${at}号`, '已阅，请抓好落实', '2026年11月28日 10:32']), blankRows }],
  })
  const layout = layoutSheet(list(60, 2), metrics)
  const all = texts(layout).map((run) => run.text).join('')
  for (let at = 0; at < 60; at += 1) expect(all.split(`王静怡${at}号`), `${at}`).toHaveLength(2)
  expect(all.split('阅文时间')).toHaveLength(2)
  expect(layout.pages.length).toBeGreaterThan(1)
  for (const run of texts(layout).filter(({ artifact }) => !artifact)) expect(run.baseline).toBeLessThan(262)
  const crossing = (form: SheetForm) => layoutSheet(form, metrics).pages[0]?.items.filter((item) => item.kind === 'rule' && item.y1 === item.y2).length ?? 0
  expect(crossing(list(2, 3)) - crossing(list(2, 0))).toBe(3)
})

test('a box that begins at the head of a page says once what it is', () => {
  const rows: SheetForm['rows'] = [{ kind: 'box', label: '领导批示', entries: [], blankLines: 28 }, { kind: 'box', label: '办　　结', entries: [], blankLines: 4 }]
  const layout = layoutSheet({ title: '收文处理单', corner: '', rows }, metrics)
  expect(layout.pages).toHaveLength(2)
  expect(texts(layout).filter((run) => run.text.includes('结'))).toHaveLength(1)
})
