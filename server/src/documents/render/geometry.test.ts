/** The pages of every format measured by poppler, which knows nothing of our engine, against the millimetres of the standard. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layoutDocument } from '@xiewen/shared/documents'
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
const samples = formatSamples()
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
