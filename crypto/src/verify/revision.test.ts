import { beforeAll, expect, test } from 'vitest'
import { appendRevision, patch } from '../../test-support/attacks.ts'
import { anOffice, aPdf, times } from '../../test-support/office.ts'
import { fromLatin1 } from '../bytes.ts'
import { PdfFile } from '../pdf/file.ts'
import { impressPdf } from '../pdf/impress.ts'
import { findChange } from './revision.ts'

let once: Uint8Array
let twice: Uint8Array

beforeAll(async () => {
  const office = await anOffice()
  const order = { seal: office.seal, signer: office.signer, drawing: office.drawing, signedAt: times.signing }
  const centreMm = { x: 100, y: 150 }
  once = (await impressPdf(await aPdf(false), { ...order, page: 1, centreMm })).bytes
  twice = (await impressPdf(once, { ...order, page: 2, centreMm })).bytes
})

const changeOf = (next: Uint8Array): string | null => findChange(new PdfFile(once), new PdfFile(next))

/** Changes the part behind the first seal only; lengths must stay. */
function patchNewest(from: RegExp, to: (found: string) => string): Uint8Array {
  const tail = patch(twice.subarray(once.length), from, (found) => {
    const replaced = to(found)
    expect(replaced.length).toBe(found.length)
    return replaced
  })
  return Uint8Array.from([...once, ...tail])
}

test('a further seal is no change', () => {
  expect(changeOf(twice)).toBeNull()
})

test('a file that is not a continuation is a change', () => {
  const other = Uint8Array.from(twice, (byte, i) => (i === 12 ? byte ^ 1 : byte))
  expect(changeOf(other)).toBe('bytes')
})

test('an entry that points back into sealed bytes is a change', () => {
  const [, old = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(fromLatin1(once)) ?? []
  expect(changeOf(patchNewest(/\d{10} 00000 n/, () => `${old.padStart(10, '0')} 00000 n`))).toBe('cross-reference')
})

test('a freed object is a change', () => {
  expect(changeOf(patchNewest(/\d{10} 00000 n/, (found) => found.replace('n', 'f')))).toBe('cross-reference')
})

test('bytes no table names are a change', () => {
  const body = '(named)\nendobj\n77 0 obj\n(hidden from every table)'
  expect(changeOf(appendRevision(once, { 90: body }))).toBe('hidden-bytes')
})

test('a revision in between is a change', () => {
  expect(changeOf(appendRevision(twice, { 90: '(x)' }))).toBe('revisions')
})

test('another catalogue or information dictionary in the trailer is a change', () => {
  expect(
    changeOf(
      patchNewest(/\/Info \d+/, (found) => found.replace(/\d(?!\d)/, (digit) => String((Number(digit) + 1) % 10))),
    ),
  ).toBe('trailer-Info')
})

test('a page that loses or repeats its seals is a change', () => {
  const page = new PdfFile(once).listPages()[1]
  const number = page?.reference.number ?? 0
  const again = patchNewest(/\/Annots \[(\d+) 0 R\]/, (found) => found.replace('Annots', 'Annotz'))
  expect(number).toBeGreaterThan(0)
  expect(changeOf(again)).toBe('page-2')
})

test('a field that is no signature field is a change', () => {
  expect(changeOf(patchNewest(/\/FT \/Sig/, () => '/FT /Btn'))).toBe('field')
})
