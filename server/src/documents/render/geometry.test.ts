/** The pages of every format measured by poppler, which knows nothing of our engine, against the millimetres of the standard. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { civilDate } from '@xiewen/shared/base'
import { type Block, emptyElements, layoutDocument, type OfficialDocument } from '@xiewen/shared/documents'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureDebianPackage } from '../../../../tests/support/debian-packages.ts'
import { formatSamples } from '../../../../tests/support/sample-documents.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { renderPdf } from './index.ts'

interface Word {
  readonly page: number
  readonly text: string
  readonly left: number
  readonly right: number
}

let fonts: Fonts
const samples: Record<string, OfficialDocument> = { ...formatSamples() }
const words = new Map<string, readonly Word[]>()
const cell = 156 / 28

/** Words with their edges in mm, as poppler sees them. */
function measure(name: string): readonly Word[] {
  const document = samples[name]
  if (!document) throw new Error(`no sample ${name}`)
  const file = join(mkdtempSync(join(tmpdir(), 'xiewen-geometry-')), 'out.pdf')
  writeFileSync(file, renderPdf(layoutDocument(document, fonts.metrics), fonts, { title: name, creationDate: 0 }))
  const xml = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' })
  let page = 0
  return xml.split('\n').flatMap((line) => {
    if (line.includes('<page ')) page += 1
    const found = /<word xMin="([\d.]+)" yMin="[\d.-]+" xMax="([\d.]+)" yMax="[\d.]+">(.*)<\/word>/u.exec(line)
    return found ? [{ page, text: found[3] ?? '', left: (Number(found[1]) * 25.4) / 72, right: (Number(found[2]) * 25.4) / 72 }] : []
  })
}

/** Straight lines of a page, mm from the sheet's top left corner. */
function rulesIn(document: OfficialDocument, page: number) {
  return (layoutDocument(document, fonts.metrics).pages[page - 1]?.items ?? []).filter((item) => item.kind === 'rule')
}

function word(name: string, text: string, page?: number): Word {
  const found = words.get(name)?.find((each) => each.text.includes(text) && (page === undefined || each.page === page))
  if (!found) throw new Error(`${name} has no word with ${text}`)
  return found
}

beforeAll(async () => {
  await ensureDebianPackage('poppler-utils', '/usr/bin/pdftotext')
  fonts = await loadFonts({ dataDir: sharedFontCache() })
  for (const name of Object.keys(samples)) words.set(name, measure(name))
}, 120_000)

test.each(Object.keys(samples))('in the format “%s” every word stands inside the type area, ± 0.3 mm', (name) => {
  // A quotation mark of a face with narrow marks is boxed by its cell; squeezed punctuation keeps its whole box.
  for (const each of words.get(name) ?? []) {
    expect(each.left, each.text).toBeGreaterThanOrEqual(28 - 0.3)
    expect(each.right, each.text).toBeLessThanOrEqual(184 + cell / 2 + 0.3)
  }
})

describe('the general format', () => {
  test('份号, 密级 and 紧急程度 are flush left', () => {
    for (const text of ['000012', '内部', '特急']) expect(word('down', text).left).toBeCloseTo(28, 0)
  })

  test('the number is centred, in a document upwards one sign from the left', () => {
    const number = word('down', '云政办发')
    expect(Math.abs((number.left + number.right) / 2 - 106)).toBeLessThan(0.3)
    expect(Math.abs(word('up', '云政').left - (28 + cell))).toBeLessThan(0.3)
  })

  test('labels of attachments are flush left on pages of their own', () => {
    expect(word('down', '附件1').page).toBe(3)
    expect(word('down', '附件2').page).toBe(4)
    expect(Math.abs(word('down', '附件1').left - 28)).toBeLessThan(0.3)
  })

  test('the date of a sealed document ends four signs from the right', () => {
    expect(Math.abs(word('down', '2026年8月1日').right - (184 - 4 * cell))).toBeLessThan(0.3)
  })

  test('the date of printing ends one 4号 sign from the right, the organ begins one from the left', () => {
    const em = (14 * 25.4) / 72
    expect(Math.abs(word('down', '印发').right - (184 - em))).toBeLessThan(0.3)
    expect(Math.abs((words.get('down')?.filter((each) => each.text === '云州市人民政府办公室').at(-1)?.left ?? 0) - (28 + em))).toBeLessThan(0.3)
  })
})

test('the number of a letter is flush right', () => {
  expect(Math.abs(word('letter', '云财函').right - 184)).toBeLessThan(0.3)
})

test('the number of an order is centred and its date ends four signs from the right', () => {
  const number = word('order', '第21号')
  expect(Math.abs((number.left + number.right) / 2 - 106)).toBeLessThan(0.3)
  expect(Math.abs(word('order', '2026年8月1日').right - (184 - 4 * cell))).toBeLessThan(0.3)
})

test('出席, 请假 and 列席 of minutes begin two signs in', () => {
  for (const label of ['出席：', '请假：', '列席：']) expect(Math.abs(word('minutes', label).left - (28 + 2 * cell))).toBeLessThan(0.3)
})

test('a turned table leaves the page number where it is on every page', () => {
  const em = (14 * 25.4) / 72
  const numbers = words.get('report')?.filter((each) => /^\d$/u.test(each.text) && each.page === 3 && each.left > 150) ?? []
  expect(numbers.some((each) => each.text === '3' && each.right < 184 - em)).toBe(true)
})

/** Where the first red ink of page 1 stands (mm), as poppler draws it; a sign's own ink begins up to half a millimetre off. */
function firstRedRow(document: OfficialDocument): number {
  const file = join(mkdtempSync(join(tmpdir(), 'xiewen-geometry-')), 'out.pdf')
  writeFileSync(file, renderPdf(layoutDocument(document, fonts.metrics), fonts, { title: '', creationDate: 0 }))
  const dpi = 254
  const bytes = execFileSync('pdftoppm', ['-r', String(dpi), '-f', '1', '-l', '1', file], { maxBuffer: 1 << 28 })
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/u.exec(bytes.subarray(0, 40).toString('latin1'))
  if (!head) throw new Error('pdftoppm gave no picture')
  const width = Number(head[1])
  const pixels = bytes.subarray(head[0].length)
  for (let at = 0; at < pixels.length; at += 3) if ((pixels[at] ?? 0) > 150 && (pixels[at + 1] ?? 255) < 90) return ((Math.floor(at / 3 / width) + 0.5) * 25.4) / dpi
  throw new Error('no red ink')
}

/** 公布类: published documents, kind by kind. */
const publicKinds: Readonly<Record<string, { readonly mark: string; readonly title: string; readonly note?: string }>> = {
  公告: { mark: '公告', title: '云州市人民政府关于公布市级文物保护单位名单的公告' },
  通告: { mark: '通告', title: '云州市人民政府关于国庆节期间道路交通管制的通告' },
  公报: { mark: '公报', title: '云州市人民代表大会常务委员会关于2026年立法工作情况的公报' },
  决议: { mark: '决议', title: '云州市人民代表大会关于政府工作报告的决议', note: '2026年1月18日云州市第五届人民代表大会第三次会议通过' },
}

function published(kind: '公告' | '通告' | '公报' | '决议'): OfficialDocument {
  const { mark, title, note } = publicKinds[kind] ?? { mark: '', title: '' }
  const runs = (text: string) => [{ text }]
  const body = '为保障市民出行安全，根据有关法律法规的规定，现将有关事项公布如下，请遵照执行，并互相转告，共同维护良好秩序。'
  return {
    version: 1,
    elements: { ...emptyElements(kind), issuers: ['云州市人民政府'], markSuffix: mark, direction: 'public', number: { code: '云政公', year: 2026, serial: 4 }, printedBy: '云州市人民政府办公室', printedOn: civilDate('2026-09-21') },
    blocks: [
      { kind: 'title', runs: runs(title) }, ...(note === undefined ? [] : [{ kind: 'title-note' as const, runs: runs(note) }]),
      ...Array.from({ length: 4 }, (): Block => ({ kind: 'paragraph', runs: runs(body) })),
      { kind: 'signature', runs: runs('云州市人民政府') }, { kind: 'date', runs: runs('2026年9月20日') },
    ],
  }
}

describe.each(['公告', '通告', '公报', '决议'] as const)('a %s', (kind) => {
  let seen: readonly Word[] = []
  const middle = (each: Word): number => (each.left + each.right) / 2
  const first = (text: string): Word => {
    const found = seen.find((each) => each.page === 1 && each.text.includes(text))
    if (!found) throw new Error(`no word with ${text}`)
    return found
  }
  beforeAll(() => {
    samples[kind] = published(kind)
    seen = measure(kind)
  })

  test('has its mark and number in the middle and a red line of 156 mm 4 mm below the number', () => {
    expect(Math.abs(middle(first('云州市人民政府')) - 106)).toBeLessThan(0.3)
    expect(Math.abs(middle(first('云政公')) - 106)).toBeLessThan(0.3)
    const layout = layoutDocument(published(kind), fonts.metrics)
    const number = layout.pages[0]?.items.find((item) => item.kind === 'text' && item.text.includes('云政公'))
    if (number?.kind !== 'text') throw new Error('no number')
    const [line] = rulesIn(published(kind), 1).filter((rule) => rule.ink === 'red')
    expect(line?.x1).toBeCloseTo(28, 1)
    expect(line?.x2).toBeCloseTo(184, 1)
    // The foot of a 3号 sign lies 12 of 100 below its baseline.
    expect(Math.abs((line?.y1 ?? 0) - (number.baseline + 0.12 * ((16 * 25.4) / 72)) - 4)).toBeLessThan(0.3)
  })

  test('has the mark 35 mm below the type area’s upper edge: there its ink begins', () => {
    expect(Math.abs(firstRedRow(published(kind)) - 72)).toBeLessThan(0.6)
  })

  test('has its title in the middle, no 主送, and its text two signs in', () => {
    for (const each of seen.filter(({ page, text }) => page === 1 && (publicKinds[kind]?.title ?? '').includes(text) && text.length > 8)) expect(Math.abs(middle(each) - 106)).toBeLessThan(0.3)
    const note = publicKinds[kind]?.note
    if (note !== undefined) expect(Math.abs(middle(first(note.slice(0, 8))) - 106)).toBeLessThan(0.3)
    expect(Math.abs(first('为保障市民').left - (28 + 2 * cell))).toBeLessThan(0.3)
  })

  test('has its date four signs from the right, its organ over the middle of the date', () => {
    const date = seen.find(({ text }) => text === '2026年9月20日')
    const organ = seen.filter(({ text, page }) => text === '云州市人民政府' && page === date?.page).at(-1)
    if (!date || !organ) throw new Error('no signature')
    expect(Math.abs(date.right - (184 - 4 * cell))).toBeLessThan(0.3)
    expect(Math.abs(middle(organ) - middle(date))).toBeLessThan(0.3)
  })

  test('has an imprint whose lines lie on the type area, the last one on its lower edge, and its page number outside', () => {
    const pages = layoutDocument(published(kind), fonts.metrics).pages.length
    const lines = rulesIn(published(kind), pages).filter((rule) => rule.ink === 'black')
    expect(Math.max(...lines.map((rule) => rule.y1))).toBeCloseTo(262, 0)
    for (const rule of lines) expect([rule.x1, rule.x2].map(Math.round)).toEqual([28, 184])
    const em = (14 * 25.4) / 72
    const number = seen.filter(({ page }) => page === 1).at(-1)
    expect(Math.abs((number?.right ?? 0) - (184 - em))).toBeLessThan(0.3 + em)
  })
})
