import { expect, test } from 'vitest'
import { tableXml } from './tables.ts'

/** The words of a table of one row whose only column is `widthMm` wide, and how wide their letters are (percent). */
function written(text: string, widthMm: number): { readonly text: string; readonly percent: number } {
  const rows = [{ header: false, cells: [{ columns: 1, runs: [{ text }] }] }]
  const xml = tableXml({ footnotes: [], makers: null, marks: 0, comments: null }, { rows, edges: [0, widthMm] })
  return { text: [...xml.matchAll(/<w:t [^>]*>([^<]*)/g)].map((match) => match[1]).join(''), percent: Number(/<w:w w:val="(\d+)"/.exec(xml)?.[1] ?? 100) }
}

test('a line with figures that fills its cell is a little narrower, so that air another program adds between Chinese and figures breaks no line', () => {
  const { text, percent } = written('2026年9月底前', 30)
  expect(text).toBe('2026年9月底前')
  // In LibreOffice: five figures of 0.56 em, four signs and three gaps of 0.2 em, at 12 points, between borders 30 mm apart.
  const roomMm = 30 - 2 * 0.1
  expect((((5 * 0.56 + 4) * percent) / 100 + 3 * 0.2) * 12 * (25.4 / 72)).toBeLessThanOrEqual(roomMm)
})

test('letters keep their width where there is room, where no figures stand, and where the cell has several lines', () => {
  expect(written('2026年9月底前', 40).percent).toBe(100)
  expect(written('完成时限要求', 28).percent).toBe(100)
  expect(written('2026年9月底前', 20).percent).toBe(100)
})

test('letters never become so narrow that Word would show it', () => {
  expect(written('2年2月2日2时2分2秒', 40.6).percent).toBe(92)
})
