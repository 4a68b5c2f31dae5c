/** Several seals of every kind on one file, held against our verifier and against the peers that know the kind. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patch } from '../../test-support/attacks.ts'
import { aClassicOffice, type ClassicOffice } from '../../test-support/classic-office.ts'
import { aHolder, anOffice, aPdf, type Holder, type Office, squareGlyphs, times } from '../../test-support/office.ts'
import { fromLatin1 } from '../bytes.ts'
import { classicMethod } from '../classic/pdf-method.ts'
import { PdfFile } from '../pdf/file.ts'
import { impressPdf, planSeal, type SignPdfOrder, signPdf } from '../pdf/impress.ts'
import { pdfMeasure } from '../pdf/objects.ts'
import { buildSealObjects } from '../pdf/seal-objects.ts'
import { signRevision } from '../pdf/sign-revision.ts'
import { drawRoundSeal } from '../picture/seal-drawing.ts'
import { type PdfSignatureMethod, sealMethod, sm2CmsMethod } from '../pdf/signature-method.ts'
import { buildTimestampToken } from '../timestamp/timestamp.ts'
import { sm3 } from '../hash/sm3.ts'
import type { VerifyReport } from './report.ts'
import { verifyFile } from './verify-file.ts'
import type { VerifyTrust } from './trust.ts'
import type { Revocation, RevocationReason } from '../x509/revocation.ts'

let office: Office
let classic: ClassicOffice
let trust: VerifyTrust
let stamper: Holder
/** The moment of signing, after openssl has made its certificates. */
let now: number

beforeAll(async () => {
  office = await anOffice()
  classic = await aClassicOffice()
  now = Date.now()
  stamper = await aHolder('timestamp', '云岭市时间戳服务', office.issuing)
  trust = { trust: office.trust, classicTrust: [classic.root], at: now + 60_000, revoked: [] }
})
afterAll(() => classic.close())

/** A stamp by the office's own service. */
const sm2Stamp = (signature: Uint8Array): Promise<Uint8Array> =>
  buildTimestampToken(
    { digest: sm3(signature), nonce: 5n, wantsCertificate: true },
    { policy: '1.2.156.99999.1', serial: 7n, at: now },
    stamper,
  )

type MethodName = 'seal' | 'sm2-cms' | 'rsa-adbe' | 'ecdsa-pades' | 'rsa-pades-stamped' | 'seal-stamped'

function methodOf(name: MethodName): PdfSignatureMethod {
  const { seal, signer } = office
  switch (name) {
    case 'seal':
      return sealMethod({ seal, signer, signedAt: now })
    case 'seal-stamped':
      return sealMethod({ seal, signer, signedAt: now, stamp: sm2Stamp })
    case 'sm2-cms':
      return sm2CmsMethod({ signer, signedAt: now, stamp: sm2Stamp })
    case 'rsa-adbe':
      return classicMethod({ kind: 'adbe.pkcs7.detached', signer: classic.rsa, signedAt: now })
    case 'ecdsa-pades':
      return classicMethod({ kind: 'ETSI.CAdES.detached', signer: classic.ecdsa, signedAt: now })
    case 'rsa-pades-stamped':
      return classicMethod({ kind: 'ETSI.CAdES.detached', signer: classic.rsa, signedAt: now, stamp: classic.stamp })
  }
}

async function signAll(plain: Uint8Array, names: readonly MethodName[], more: Partial<SignPdfOrder> = {}): Promise<Uint8Array> {
  let bytes = plain
  for (const [i, name] of names.entries()) {
    const centreMm = { x: 60 + 40 * (i % 3), y: 100 + 50 * Math.floor(i / 3) }
    const first = i === 0 ? more : {}
    const order = { method: methodOf(name), drawing: office.drawing, page: 1, centreMm, ...first }
    bytes = (await signPdf(bytes, order)).bytes
  }
  return bytes
}

const verdicts = (report: VerifyReport): readonly string[] => report.signatures.map(({ verdict }) => verdict)
const codes = (report: VerifyReport): readonly string[] =>
  report.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code))

function peer(command: string, args: readonly string[], bytes: Uint8Array): string {
  const path = join(classic.folder, 'peer.pdf')
  writeFileSync(path, bytes)
  return execFileSync(command, args.map((each) => (each === 'FILE' ? path : each)), {
    env: { ...process.env, HOME: classic.folder, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString()
}

describe.each([false, true])('three RSA and ECDSA seals in a row (object streams: %s)', (streams) => {
  test('are all valid for us and for pdfsig, and the structure is sound for qpdf', async () => {
    const bytes = await signAll(await aPdf(streams), ['rsa-adbe', 'ecdsa-pades', 'rsa-pades-stamped'])
    const report = await verifyFile(bytes, trust)
    expect(codes(report)).toEqual([])
    expect(verdicts(report)).toEqual(['VALID', 'VALID', 'VALID'])
    expect(report.signatures.map(({ time }) => time.source)).toEqual(['signer', 'signer', 'time-stamp'])
    expect(report.signatures.map(({ signer }) => signer?.path)).toEqual([
      ['rsa-signer', 'Classic-root'],
      ['ecdsa-signer', 'Classic-root'],
      ['rsa-signer', 'Classic-root'],
    ])
    const seen = peer('pdfsig', ['-nocert', 'FILE'], bytes)
    expect(seen.match(/Signature is Valid\./g)).toHaveLength(3)
    expect(peer('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors')
    expect(peer('pdfinfo', ['FILE'], bytes)).toMatch(/Pages: +2/)
  })
})

describe('seals of every kind one after another', () => {
  test.each([false, true])('stay valid and say the revision each covers (object streams: %s)', async (streams) => {
    const names: readonly MethodName[] = ['seal', 'rsa-pades-stamped', 'sm2-cms', 'seal-stamped', 'ecdsa-pades']
    const bytes = await signAll(await aPdf(streams), names)
    const report = await verifyFile(bytes, trust)
    expect(codes(report)).toEqual([])
    expect(verdicts(report)).toEqual(names.map(() => 'VALID'))
    expect(report.signatures.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5])
    expect(report.signatures.map(({ time }) => time.source)).toEqual(['signer', 'time-stamp', 'time-stamp', 'time-stamp', 'signer'])
    expect(report.signatures[3]?.time).toEqual({ at: Math.floor(now / 1000) * 1000, source: 'time-stamp', authority: '云岭市时间戳服务' })
    const ends = report.signatures.map(({ coveredBytes }) => coveredBytes)
    expect(ends).toEqual(ends.toSorted((a, b) => a - b))
    expect(ends.at(-1)).toBe(bytes.length)
    expect(new PdfFile(bytes).listPages()).toHaveLength(2)
  })

  test('linearised and incrementally grown files take seals too', async () => {
    const path = join(classic.folder, 'linear.pdf')
    writeFileSync(path, await aPdf(false))
    execFileSync('qpdf', ['--linearize', path, `${path}.out`])
    const report = await verifyFile(await signAll(readFileSync(`${path}.out`), ['seal', 'rsa-adbe']), trust)
    expect(verdicts(report)).toEqual(['VALID', 'VALID'])
  })
})

describe('CMS signatures', () => {
  let padesStamped: Uint8Array
  beforeAll(async () => {
    padesStamped = await signAll(await aPdf(false), ['rsa-pades-stamped'])
  })

  test('an unknown root is untrusted, a revoked signer invalid', async () => {
    expect((await verifyFile(padesStamped, { ...trust, classicTrust: [] })).verdict).toBe('UNTRUSTED')
    const [signature] = (await verifyFile(padesStamped, trust)).signatures
    // The stamp's time is a whole second, which may lie before `now`.
    const revoked = [{ issuer: classic.root.subject.raw, serial: signature?.signer?.serial ?? '', revokedAt: now - 1000 }]
    const report = await verifyFile(padesStamped, { ...trust, revoked })
    expect(report.verdict).toBe('INVALID')
    expect(codes(report)).toContain('certificate-revoked')
  })

  test('V01 a changed byte under the signature is a wrong digest', async () => {
    const report = await verifyFile(patch(padesStamped, '/F 132', '/F 128'), trust)
    expect(report.verdict).toBe('INVALID')
    expect(codes(report)).toContain('digest-mismatch')
  })

  test('V22 a digest algorithm that does not go with the signature, or a weak one', async () => {
    // OID of SHA-256 turned into SHA-512 and into MD5 of the same length cannot be; the last arc changes within its octet.
    const sha = '0609608648016503040201'
    const at = fromLatin1(padesStamped).lastIndexOf(sha, fromLatin1(padesStamped).indexOf('0609' + '2a864886f70d010904'))
    expect(at).toBeGreaterThan(0)
    for (const arc of ['3', '4']) {
      const changed = Uint8Array.from(padesStamped)
      changed[at + sha.length - 1] = arc.charCodeAt(0)
      expect((await verifyFile(changed, trust)).verdict).toBe('INVALID')
    }
  })

  test('V48 a stamp over another signature is invalid, by an unknown service unclear, and a missing one as the caller wants', async () => {
    const other = (): Promise<Uint8Array> => classic.stamp(new Uint8Array(5))
    const order = { drawing: office.drawing, page: 1, centreMm: { x: 60, y: 100 } }
    const stolen = classicMethod({ kind: 'ETSI.CAdES.detached', signer: classic.rsa, signedAt: now, stamp: other })
    const report = await verifyFile((await signPdf(await aPdf(false), { ...order, method: stolen })).bytes, trust)
    expect([report.verdict, ...codes(report)]).toEqual(['INVALID', 'stamp-malformed'])
    const sealed = await signAll(await aPdf(false), ['seal-stamped'])
    const foreign = await aHolder('timestamp', '别处', null)
    const byStranger = sealMethod({
      seal: office.seal, signer: office.signer, signedAt: now,
      stamp: (signature) => buildTimestampToken({ digest: sm3(signature), nonce: 1n, wantsCertificate: true }, { policy: '1.2.3', serial: 1n, at: now }, foreign),
    })
    const strange = await verifyFile((await signPdf(await aPdf(false), { ...order, method: byStranger })).bytes, trust)
    expect([strange.verdict, ...codes(strange)]).toEqual(['INDETERMINATE', 'stamp-untrusted'])
    expect((await verifyFile(sealed, { ...trust, needs: { timeStamp: true } })).verdict).toBe('VALID')
    const bare = await signAll(await aPdf(false), ['seal'])
    expect((await verifyFile(bare, { ...trust, needs: { timeStamp: true } })).verdict).toBe('INDETERMINATE')
  })

  test('V42 the moment of a trusted stamp decides, not the one the signer claims', async () => {
    // Claims to have signed before the certificate existed; the stamp knows better.
    const method = sealMethod({ seal: office.seal, signer: office.signer, signedAt: times.start - 1000, stamp: sm2Stamp })
    const order = { drawing: office.drawing, page: 1, centreMm: { x: 60, y: 100 }, method }
    const [signature] = (await verifyFile((await signPdf(await aPdf(false), order)).bytes, trust)).signatures
    expect(signature?.verdict).toBe('VALID')
    expect(signature?.time.source).toBe('time-stamp')
  })
})

describe('V43 a certificate revoked after the seal', () => {
  const judge = async (method: PdfSignatureMethod, revoked: Revocation): Promise<readonly string[]> => {
    const { bytes } = await signPdf(await aPdf(false), { drawing: office.drawing, page: 1, centreMm: { x: 60, y: 100 }, method })
    const { verdict, signatures } = await verifyFile(bytes, { ...trust, revoked: [revoked] })
    return [verdict, ...signatures.flatMap(({ reasons, notes }) => [...reasons.map(({ code }) => code), ...notes])]
  }
  const revocationOf = ({ certificate }: Holder, revokedAt: number, reason?: RevocationReason): Revocation => ({
    issuer: certificate.issuer.raw, serial: certificate.serial, revokedAt, ...(reason === undefined ? {} : { reason }),
  })

  test('changes nothing under a trusted stamp, and opens what only the signer dates, whatever the reason', async () => {
    for (const reason of ['keyCompromise', 'superseded', 'cessationOfOperation'] as const) {
      expect(await judge(methodOf('seal-stamped'), revocationOf(office.signer, now + 1000, reason))).toEqual(['VALID', 'certificate-revoked-since'])
      expect(await judge(methodOf('seal'), revocationOf(office.signer, now + 1000, reason))).toEqual(['INDETERMINATE', 'revoked-time-unproven', 'time-not-stamped'])
    }
    expect(await judge(methodOf('sm2-cms'), revocationOf(office.signer, now + 1000))).toEqual(['VALID', 'certificate-revoked-since'])
  })

  test('holds for the authorities above the signer and for the maker of the seal, whose own date proves nothing either', async () => {
    for (const holder of [office.issuing, office.maker]) {
      expect(await judge(methodOf('seal-stamped'), revocationOf(holder, now + 1000, 'superseded'))).toEqual(['VALID'])
      expect(await judge(methodOf('seal'), revocationOf(holder, now + 1000, 'superseded'))).toContain('revoked-time-unproven')
    }
    // The same authority vouches for the stamp service: once its key is stolen, whoever has it can make both.
    expect(await judge(methodOf('seal-stamped'), revocationOf(office.issuing, now + 1000, 'keyCompromise'))).toContain('stamp-untrusted')
    // Made, so it says, before the maker's key was revoked; used and stamped after.
    expect(await judge(methodOf('seal-stamped'), revocationOf(office.maker, now - 1000))).toEqual(['INDETERMINATE', 'revoked-time-unproven'])
  })

  test('of the stamp service takes its stamps their worth, unless the key stayed in its hand to the end', async () => {
    expect(await judge(methodOf('seal-stamped'), revocationOf(stamper, now + 1000, 'superseded'))).toEqual(['VALID'])
    for (const lost of [undefined, 'unspecified', 'keyCompromise'] as const) {
      expect(await judge(methodOf('seal-stamped'), revocationOf(stamper, now + 1000, lost))).toEqual(['INDETERMINATE', 'stamp-untrusted'])
    }
  })
})

describe('certified files (DocMDP)', () => {
  test('V15 a certified file says its level; further seals fit level 2 and break level 1', async () => {
    for (const [certify, expected] of [[2, ['VALID', 'VALID']], [1, ['CHANGED_AFTER', 'VALID']]] as const) {
      const report = await verifyFile(await signAll(await aPdf(false), ['seal', 'rsa-adbe'], { certify }), trust)
      expect(verdicts(report)).toEqual(expected)
      expect(report.signatures.map(({ certification }) => certification)).toEqual([certify, null])
    }
  })

  test('V15 only the first signature may certify', async () => {
    const once = await signAll(await aPdf(false), ['seal'])
    await expect(signAll(once, ['seal'], { certify: 2 })).rejects.toMatchObject({ details: { reason: 'not-first' } })
  })

  test('V15 permissions without a certifying signature, and the other way round', async () => {
    const certified = await signAll(await aPdf(false), ['rsa-adbe'], { certify: 2 })
    const renamed = patch(certified, /\/Perms/, '/Permz')
    expect(codes(await verifyFile(renamed, trust))).toContain('certification-mismatch')
    const unclaimed = patch(certified, '/TransformMethod /DocMDP', '/TransformMethod /DocMDQ')
    expect(codes(await verifyFile(unclaimed, trust))).toContain('certification-mismatch')
  })

  test('pdfsig accepts a certified RSA file', async () => {
    const bytes = await signAll(await aPdf(false), ['rsa-pades-stamped', 'ecdsa-pades'], { certify: 2 })
    expect(peer('pdfsig', ['-nocert', 'FILE'], bytes).match(/Signature is Valid\./g)).toHaveLength(2)
  })
})

/** Grey pixels of a page at 40 dots an inch. */
function render(bytes: Uint8Array, page: number): { readonly width: number; readonly pixels: Uint8Array } {
  const path = join(classic.folder, 'render.pdf')
  writeFileSync(path, bytes)
  execFileSync('pdftoppm', ['-gray', '-r', '40', '-f', String(page), '-l', String(page), '-singlefile', path, path])
  const image = readFileSync(`${path}.pgm`)
  const head = /^P5\n(\d+) (\d+)\n255\n/.exec(image.subarray(0, 30).toString('latin1'))
  return { width: Number(head?.[1]), pixels: image.subarray(head?.[0].length) }
}

async function aLongPdf(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let i = 1; i <= pages; i++) document.addPage([595.28, 841.89]).drawText(`Page ${i}`, { x: 72, y: 700, size: 16, font })
  return document.save({ useObjectStreams: false })
}

describe('骑缝章 over the seam', () => {
  const straddled = async (pages: number, sheets: 'single' | 'double' = 'single'): Promise<Uint8Array> => {
    const order = { ...office, signedAt: now, page: 1, centreMm: { x: 140, y: 220 }, straddle: { sheets } }
    return (await impressPdf(await aLongPdf(pages), order)).bytes
  }

  test('is one signature with the whole seal and a strip on every page, valid under further seals', async () => {
    const bytes = await signAll(await straddled(5), ['rsa-adbe'])
    const report = await verifyFile(bytes, trust)
    expect(verdicts(report)).toEqual(['VALID', 'VALID'])
    const places = report.signatures[0]?.places ?? []
    expect(places.map(({ page }) => page)).toEqual([1, 1, 2, 3, 4, 5])
    for (const { leftMm, widthMm } of places.slice(1)) {
      expect(widthMm).toBeCloseTo(42 / 5, 1)
      expect(leftMm + widthMm).toBeCloseTo(210, 1)
    }
    expect(peer('qpdf', ['--check', 'FILE'], bytes)).toContain('No syntax or stream encoding errors')
  })

  test('is signed by RSA too, and pdfsig takes it', async () => {
    const bytes = (await signPdf(await aLongPdf(3), { method: methodOf('rsa-adbe'), drawing: office.drawing, straddle: {} })).bytes
    expect(verdicts(await verifyFile(bytes, trust))).toEqual(['VALID'])
    expect(peer('pdfsig', ['-nocert', 'FILE'], bytes)).toContain('Signature is Valid.')
  })

  test('the strips of all pages side by side are the seal, and pages are untouched elsewhere', async () => {
    const plain = await aLongPdf(4)
    const order = { ...office, signedAt: now, straddle: {} }
    const sealed = (await impressPdf(plain, order)).bytes
    for (const page of [1, 2, 3, 4]) {
      const [before, after] = [render(plain, page), render(sealed, page)]
      const edge = before.width - Math.ceil(((42 / 4) * 40) / 25.4) - 1
      let inside = 0
      before.pixels.forEach((pixel, i) => {
        if (pixel === after.pixels[i]) return
        expect(i % before.width).toBeGreaterThanOrEqual(edge)
        inside += 1
      })
      expect(inside).toBeGreaterThan(20)
    }
  })

  test('many pages form even groups, double-sided ones carry it on the front, one sheet has no seam', async () => {
    const report = await verifyFile(await straddled(6, 'double'), trust)
    expect(report.signatures[0]?.places.map(({ page }) => page)).toEqual([1, 1, 3, 5])
    await expect(straddled(2, 'double')).rejects.toMatchObject({ details: { reason: 'too-few-pages' } })
    expect((await verifyFile(await straddled(33), trust)).signatures[0]?.places).toHaveLength(34)
  })

  test('V45 a strip that stands elsewhere than signed is no longer the seal', async () => {
    const plain = new PdfFile(await aLongPdf(3))
    const method = sealMethod({ ...office, signedAt: now })
    const { plan, propertyInfo } = planSeal(plain, { ...office, method, straddle: {} })
    const [first, second, third] = plan.marks
    if (first === undefined || second === undefined || third === undefined) throw new Error('three strips')
    const lower = second.rectangle.map((value, i) => (i % 2 === 0 ? value : pdfMeasure(value.value - 5)))
    const marks = [first, { ...second, rectangle: lower }, third]
    const revision = await buildSealObjects(plain, office.drawing, { ...plan, marks })
    const { bytes } = await signRevision(plain, revision, { method, propertyInfo })
    const report = await verifyFile(bytes, trust)
    expect([report.verdict, ...codes(report)]).toEqual(['INVALID', 'position-mismatch'])
  })

  test('V14 a further seal larger than any seal covers something', async () => {
    const large = drawRoundSeal({ diameterMm: 90, name: '大' }, squareGlyphs)
    const sealed = await signAll(await aPdf(false), ['seal'])
    const bytes = (await signPdf(sealed, { method: methodOf('seal'), drawing: large, page: 1, centreMm: { x: 100, y: 120 } })).bytes
    const report = await verifyFile(bytes, trust)
    expect(report.signatures.map(({ verdict, reasons }) => [verdict, reasons[0]?.params['what']])).toEqual([
      ['CHANGED_AFTER', 'seal-size'],
      ['VALID', undefined],
    ])
  })
})
