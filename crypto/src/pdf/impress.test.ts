import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDict, PDFDocument, PDFName, PDFString, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendRevision, glue, patch } from '../../test-support/attacks.ts'
import { anOffice, aPdf, type Office, times } from '../../test-support/office.ts'
import { fromLatin1 } from '../bytes.ts'
import { deflate } from '../picture/deflate.ts'
import { Budget, defaultLimits } from './budget.ts'
import { PdfFile } from './file.ts'
import { type ImpressOrder, impressPdf } from './impress.ts'
import { inflate } from './inflate.ts'

let office: Office
const folder = mkdtempSync(join(tmpdir(), 'xiewen-pdf-'))
beforeAll(async () => {
  office = await anOffice()
})
afterAll(() => rmSync(folder, { recursive: true }))

const order = (changes: Partial<ImpressOrder> = {}): ImpressOrder => ({
  seal: office.seal,
  signer: office.signer,
  drawing: office.drawing,
  page: 1,
  centreMm: { x: 140, y: 220 },
  signedAt: times.signing,
  ...changes,
})

describe.each([false, true])('a sealed file (object streams: %s)', (streams) => {
  test('keeps its old bytes, its pages and their text, and qpdf finds nothing wrong', async () => {
    const plain = await aPdf(streams)
    let bytes = plain
    for (const page of [1, 2, 1]) {
      bytes = (await impressPdf(bytes, order({ page }))).bytes
      expect(bytes.subarray(0, plain.length)).toEqual(plain)
      const path = join(folder, `sealed-${streams}.pdf`)
      writeFileSync(path, bytes)
      expect(execFileSync('qpdf', ['--check', path]).toString()).toContain('No syntax or stream encoding errors')
      const text = execFileSync('pdftotext', [path, '-']).toString()
      expect(text).toContain('Notice No. 1')
      expect(text).toContain('Second page')
    }
  })

  test('covers every byte except its own value', async () => {
    const { bytes } = await impressPdf(await aPdf(streams), order())
    const [, start = 0, end = 0, rest = 0] = /\[0 (\d+) (\d+) (\d+)\]/.exec(fromLatin1(bytes))?.map(Number) ?? []
    expect(end + rest).toBe(bytes.length)
    expect(fromLatin1(bytes.subarray(start, end))).toMatch(/^<[0-9a-f]+>$/)
  })

  test('gives new objects numbers nobody used before, object streams included', async () => {
    const plain = new PdfFile(await aPdf(streams))
    const sealed = new PdfFile((await impressPdf(plain.bytes, order())).bytes)
    const used = new Set(plain.sections.flatMap((section) => [...section.entries.keys()]))
    const catalogAndPage = [plain.getCatalog().reference.number, plain.listPages()[0]?.reference.number]
    const added = [...(sealed.sections[0]?.entries.keys() ?? [])].filter((number) => used.has(number))
    expect(added.sort()).toEqual(catalogAndPage.sort())
  })
})

describe('what may not be sealed', () => {
  async function expectRefusal(bytes: Uint8Array, reason: string, changes: Partial<ImpressOrder> = {}): Promise<void> {
    await expect(impressPdf(bytes, order(changes))).rejects.toMatchObject({ code: 'pdf.refused', details: { reason } })
  }
  const withCatalog = (key: string, value: Parameters<PDFDict['set']>[1]): Promise<Uint8Array> =>
    aPdf(false, (document) => document.catalog.set(PDFName.of(key), value))

  test('V16 scripts, actions, attachments and dynamic forms', async () => {
    await expectRefusal(await aPdf(false, (pdf) => pdf.addJavaScript('x', 'app.alert(1)')), 'active-content')
    await expectRefusal(await withCatalog('OpenAction', PDFString.of('x')), 'active-content')
    await expectRefusal(await withCatalog('AA', PDFString.of('x')), 'active-content')
    const attached = await PDFDocument.load(await aPdf(false))
    await attached.attach(new Uint8Array([1]), 'a.txt')
    await expectRefusal(await attached.save({ useObjectStreams: false }), 'embedded-files')
    const form = await PDFDocument.load(await aPdf(false))
    form.catalog.set(PDFName.of('AcroForm'), form.context.obj({ Fields: [], XFA: [] }))
    await expectRefusal(await form.save({ useObjectStreams: false }), 'dynamic-form')
  })

  test('V11 V16 text fields and annotations', async () => {
    const form = await PDFDocument.load(await aPdf(false))
    await form.embedFont(StandardFonts.Helvetica)
    form.getForm().createTextField('a').addToPage(form.getPage(0))
    await expectRefusal(await form.save({ useObjectStreams: false }), 'form-field')
    const noted = await PDFDocument.load(await aPdf(false))
    const note = noted.context.register(noted.context.obj({ Type: 'Annot', Subtype: 'FreeText', Rect: [0, 0, 9, 9] }))
    noted.getPage(0).node.set(PDFName.of('Annots'), noted.context.obj([note]))
    await expectRefusal(await noted.save({ useObjectStreams: false }), 'annotation')
  })

  test('V17 layers and V18 encryption', async () => {
    const layered = await PDFDocument.load(await aPdf(false))
    layered.catalog.set(PDFName.of('OCProperties'), layered.context.obj({}))
    await expectRefusal(await layered.save({ useObjectStreams: false }), 'layers')
    await expectRefusal(patch(await aPdf(false), '/Info', '/Encrypt 1 0 R /Info'), 'encrypted')
  })

  test('V12 an object outside the tables, also under a number in use', async () => {
    const plain = await aPdf(false)
    const twin = '\n4 0 obj\n(hidden twin)\nendobj'
    const hidden = patch(plain, /\nxref\n/, `${twin}\nxref\n`)
    const moved = patch(hidden, /startxref\n(\d+)/, (found) => `startxref\n${Number(found.slice(10)) + twin.length}`)
    await expectRefusal(moved, 'hidden-bytes')
  })

  test('V20 something in front of the header, and files that are no PDF', async () => {
    await expect(impressPdf(glue('<html>', await aPdf(false)), order())).rejects.toMatchObject({
      code: 'pdf.malformed',
    })
    await expect(impressPdf(glue('x'), order())).rejects.toMatchObject({ code: 'pdf.malformed' })
  })

  test('V20 something in front of the header, with every offset counted from the first byte', async () => {
    const junk = '%!junk\n'
    const shift = (digits: string): string => String(Number(digits) + junk.length).padStart(digits.length, '0')
    const text = fromLatin1(await aPdf(false))
    const table = text.lastIndexOf('\nxref\n')
    const tail = text.slice(table).replaceAll(/\d{10}(?= \d{5} n)/g, shift).replace(/(?<=startxref\n)\d+/, shift)
    const polyglot = glue(junk, text.slice(0, table), tail)
    await expect(impressPdf(polyglot, order())).rejects.toMatchObject({ code: 'pdf.malformed' })
  })

  test('a page that does not exist, is rotated, or is too small for the seal there', async () => {
    const plain = await aPdf(false)
    await expectRefusal(plain, 'no-such-page', { page: 3 })
    await expectRefusal(plain, 'outside-page', { centreMm: { x: 5, y: 220 } })
    await expectRefusal(plain, 'outside-page', { centreMm: { x: 140, y: Number.NaN } })
    const turned = await PDFDocument.load(plain)
    turned.getPage(0).node.set(PDFName.of('Rotate'), turned.context.obj(90))
    await expectRefusal(await turned.save({ useObjectStreams: false }), 'rotated-page')
  })
})

describe('V19 hostile structure ends at once', () => {
  test('a cross-reference chain that points at itself', async () => {
    const grown = appendRevision(await aPdf(false), { 90: '(x)' })
    const [, offset = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(fromLatin1(grown)) ?? []
    const looped = patch(grown, /\/Prev \d+/, `/Prev ${offset}`)
    expect(() => new PdfFile(looped)).toThrow('does not point back')
  })

  test('an object that needs itself for its own length', () => {
    const text = '%PDF-1.7\n1 0 obj\n<</Length 1 0 R>>\nstream\nx\nendstream\nendobj\n'
    const table = `xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2 /Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`
    expect(() => new PdfFile(glue(text, table)).get(1)).toThrow('needs itself')
  })

  test('a hybrid file, a huge table and deep nesting', async () => {
    const plain = await aPdf(false)
    expect(() => new PdfFile(patch(plain, '/Info', '/XRefStm 9 /Info'))).toThrow('pdf.unsupported')
    expect(() => new PdfFile(patch(plain, /xref\n0 \d+/, 'xref\n0 99999999'))).toThrow('pdf.malformed')
    const deep = patch(plain, '/Info', `/Deep ${'['.repeat(500)}${']'.repeat(500)} /Info`)
    expect(() => new PdfFile(deep)).toThrow('nested too deeply')
  })

  test('a dictionary that names a key twice, since readers disagree on which one counts', async () => {
    const twofold = patch(await aPdf(false), '/Info', '/Root 1 0 R /Info')
    expect(() => new PdfFile(twofold)).toThrow('appears twice')
  })

  test('a page tree that contains itself', async () => {
    const plain = await aPdf(false)
    const file = new PdfFile(plain)
    const pages = file.getCatalog().dictionary.entries.get('Pages')
    const number = pages?.kind === 'reference' ? pages.number : 0
    const looped = appendRevision(plain, { [number]: `<</Type /Pages /Count 1 /Kids [${number} 0 R]>>` })
    expect(() => new PdfFile(looped).listPages()).toThrow('page tree is a loop')
  })

  test('a deflate bomb stops at the limit', async () => {
    const bomb = await deflate(new Uint8Array(20_000_000))
    const budget = new Budget({ ...defaultLimits, maxInflatedBytes: 1_000_000 })
    expect(() => inflate(bomb, budget)).toThrow('too much compressed data')
  })
})

describe('inflate', () => {
  test('opens what the platform compressed: empty, short, repetitive, random', async () => {
    const random = globalThis.crypto.getRandomValues(new Uint8Array(50_000))
    for (const bytes of [new Uint8Array(), glue('abc'), new Uint8Array(300_000).fill(7), random, await aPdf(false)]) {
      expect(inflate(await deflate(bytes), new Budget())).toEqual(bytes)
    }
  })

  test('data cut anywhere before its checksum is refused', async () => {
    const data = await deflate(await aPdf(false))
    for (let at = 0; at < data.length - 5; at += 7) {
      const cut = data.subarray(0, at)
      expect(() => inflate(cut, new Budget())).toThrow('pdf.malformed')
    }
  })
})
