import { PDFName, PDFRef } from 'pdf-lib'
import { beforeAll, describe, expect, test } from 'vitest'
import { bodyWith, glue } from '../../test-support/attacks.ts'
import { anOffice, aPdf, type Office, times } from '../../test-support/office.ts'
import { latin1 } from '../bytes.ts'
import { PdfFile, type PdfPage } from '../pdf/file.ts'
import { impressPdf, planSeal } from '../pdf/impress.ts'
import type { AppendedObject } from '../pdf/increment.ts'
import { type PdfArray, pdfArray, pdfReference, type PdfValue } from '../pdf/objects.ts'
import { buildSealObjects } from '../pdf/seal-objects.ts'
import { signRevision } from '../pdf/sign-revision.ts'
import { sealMethod } from '../pdf/signature-method.ts'
import type { VerifyReport } from './report.ts'
import { type VerifyOptions, verifyFile } from './verify-file.ts'

let office: Office
let options: VerifyOptions
let sealed: Uint8Array
let file: PdfFile

async function impress(bytes: Uint8Array): Promise<Uint8Array> {
  const { seal, signer, drawing } = office
  const order = { seal, signer, drawing, page: 1, centreMm: { x: 140, y: 220 }, signedAt: times.signing }
  return (await impressPdf(bytes, order)).bytes
}

beforeAll(async () => {
  office = await anOffice()
  options = { trust: office.trust, at: times.signing + 1000, revoked: [] }
  sealed = await impress(await aPdf(false))
  file = new PdfFile(sealed)
})

const codesOf = (report: VerifyReport): readonly string[] =>
  report.signatures.flatMap((signature) => signature.reasons).map((reason) => reason.code)

describe('an insider who seals a changed file with a right key of his own', () => {
  type Extras = (page: PdfPage) => readonly AppendedObject[]

  /** Seals page 1 again, slipping further objects into the same, properly signed revision. */
  async function sealWith(extras: Extras): Promise<readonly string[]> {
    const [page] = file.listPages()
    if (page === undefined) throw new Error('no page')
    const { seal, signer, drawing } = office
    const order = { seal, signer, drawing, page: 1, centreMm: { x: 60, y: 60 }, signedAt: times.signing }
    const method = sealMethod(order)
    const { plan, propertyInfo } = planSeal(file, { ...order, method })
    const built = await buildSealObjects(file, drawing, plan)
    const added = extras(page)
    const kept = built.objects.filter((object) => !added.some((extra) => extra.number === object.number))
    const nextNumber = Math.max(built.nextNumber, ...added.map((object) => object.number + 1))
    const revision = { ...built, objects: [...kept, ...added], nextNumber }
    const { bytes } = await signRevision(file, revision, { method, propertyInfo })
    const report = await verifyFile(bytes, options)
    expect(report.signatures[1]?.reasons).toEqual([])
    return report.signatures.map((signature) => signature.verdict)
  }
  const object = (number: number, body: string): AppendedObject => ({ number, generation: 0, body: latin1(body) })
  const fieldNumber = (): number => file.nextNumber() + 2
  const annotsOf = (page: PdfPage): PdfArray => file.findArray(page.dictionary.entries.get('Annots')) ?? pdfArray([])
  const rewritten = (
    page: PdfPage,
    entries: Readonly<Record<string, PdfValue>>,
    extra: readonly PdfValue[] = [],
  ): AppendedObject => {
    const annots = pdfArray([...annotsOf(page).items, ...extra, pdfReference(fieldNumber())])
    return object(page.reference.number, bodyWith(page.dictionary, { Annots: annots, ...entries }))
  }

  test('who changes nothing else is a further seal', async () => {
    expect(await sealWith((page) => [rewritten(page, {})])).toEqual(['VALID', 'VALID'])
  })

  test('other page content', async () => {
    expect(await sealWith((page) => [rewritten(page, { Contents: pdfReference(4) })])).toEqual([
      'CHANGED_AFTER',
      'VALID',
    ])
  })

  test('a covering annotation beside the seal', async () => {
    const note = object(95, '<</Type /Annot /Subtype /Stamp /Rect [0 0 500 800]>>')
    expect(await sealWith((page) => [rewritten(page, {}, [pdfReference(95)]), note])).toEqual([
      'CHANGED_AFTER',
      'VALID',
    ])
  })

  test('V13 a stamp no larger than a seal that belongs to no seal', async () => {
    const stamp = object(95, '<</Type /Annot /Subtype /Stamp /Rect [70 690 190 720] /AP <</N 96 0 R>>>>')
    const picture = object(96, '<</Type /XObject /Subtype /Form /BBox [0 0 120 30] /Length 22>>\nstream\n1 g 0 0 120 30 re f    \nendstream')
    expect(await sealWith((page) => [rewritten(page, {}, [pdfReference(95)]), stamp, picture])).toEqual(['CHANGED_AFTER', 'VALID'])
  })

  test('an existing stream replaced', async () => {
    const contents = (page: PdfPage): number => {
      const value = page.dictionary.entries.get('Contents')
      const first = value?.kind === 'array' ? value.items[0] : value
      return first?.kind === 'reference' ? first.number : -1
    }
    const verdicts = await sealWith((page) => [object(contents(page), '<</Length 0>>\nstream\n\nendstream')])
    expect(verdicts).toEqual(['CHANGED_AFTER', 'VALID'])
  })

  /** Seals with some of the revision's objects exchanged; nothing is claimed about the place. */
  async function sealExchanging(
    exchange: (number: number, body: Uint8Array) => readonly AppendedObject[],
  ): Promise<VerifyReport> {
    const [page] = file.listPages()
    if (page === undefined) throw new Error('no page')
    const { seal, signer, drawing } = office
    const order = { seal, signer, drawing, page: 1, centreMm: { x: 60, y: 60 }, signedAt: times.signing }
    const method = sealMethod(order)
    const { plan } = planSeal(file, { ...order, method })
    const built = await buildSealObjects(file, drawing, plan)
    const objects = built.objects.flatMap((entry) => exchange(entry.number, entry.body))
    const signatureNumber = objects.some((entry) => entry.number === 99) ? 99 : built.signatureNumber
    const revision = { ...built, objects, signatureNumber, nextNumber: 100 }
    const { bytes } = await signRevision(file, revision, { method, propertyInfo: 'none' })
    return verifyFile(bytes, options)
  }

  test.each(['/A <</S /JavaScript>>', '/AA <<>>', '/MK <<>>'])('a field with %s', async (entry) => {
    const next = file.nextNumber()
    const field = `<</Type /Annot /Subtype /Widget /FT /Sig /T (x) /V ${next} 0 R /AP <</N ${next + 1} 0 R>> /Rect [1 2 3 4] ${entry}>>`
    const report = await sealExchanging((number, body) => [
      number === fieldNumber() ? object(number, field) : { ...object(number, ''), body },
    ])
    expect(report.signatures.map((signature) => signature.verdict)).toEqual(['CHANGED_AFTER', 'VALID'])
    expect(report.signatures[0]?.reasons).toEqual([{ code: 'changed-after', params: { what: 'field-entries' } }])
  })

  test('a signature object that the tables do not name', async () => {
    const next = file.nextNumber()
    const report = await sealExchanging((number, body) => {
      if (number !== next) return [{ number, generation: 0, body }]
      const hidden = glue(`(cover)\nendobj\n${next} 0 obj\n`, body)
      return [object(next, '<</Type /Sig>>'), { number: 99, generation: 0, body: hidden }]
    })
    expect(codesOf(report)).toContain('signature-not-in-form')
    expect(report.verdict).toBe('INVALID')
  })

  test('catalogue entries', async () => {
    const { reference, dictionary } = file.getCatalog()
    const verdicts = await sealWith(() => [
      object(reference.number, bodyWith(dictionary, { OpenAction: pdfReference(1) })),
    ])
    expect(verdicts).toEqual(['CHANGED_AFTER', 'VALID'])
  })

  test('V12 a number that old objects already pointed at', async () => {
    const prepared = await aPdf(false, (document) => {
      document.catalog.set(PDFName.of('PieceInfo'), PDFRef.of(80))
    })
    file = new PdfFile(await impress(prepared))
    const verdicts = await sealWith((page) => [rewritten(page, {}), object(80, '(now here)')])
    file = new PdfFile(sealed)
    expect(verdicts).toEqual(['CHANGED_AFTER', 'VALID'])
  })

  test('a form flag that changes what is shown', async () => {
    const form = file.getCatalog().dictionary.entries.get('AcroForm')
    const dictionary = file.findDictionary(form)
    if (form?.kind !== 'reference' || dictionary === null) throw new Error('no form')
    const fields = pdfArray([
      ...(file.findArray(dictionary.entries.get('Fields'))?.items ?? []),
      pdfReference(fieldNumber()),
    ])
    const needs = { Fields: fields, NeedAppearances: { kind: 'boolean', value: true } as const }
    expect(await sealWith(() => [object(form.number, bodyWith(dictionary, needs))])).toEqual(['CHANGED_AFTER', 'VALID'])
  })
})
