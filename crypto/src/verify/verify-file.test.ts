import { beforeAll, describe, expect, test } from 'vitest'
import { appendRevision, bodyWith, glue, padded, patch } from '../../test-support/attacks.ts'
import { aHolder, anOffice, aPdf, aSeal, type Holder, type Office, times } from '../../test-support/office.ts'
import { derLength } from '../asn1/der-read.ts'
import { byteAt, fromHex, fromLatin1, toHex } from '../bytes.ts'
import { sm3 } from '../hash/sm3.ts'
import { PdfFile } from '../pdf/file.ts'
import { impressPdf } from '../pdf/impress.ts'
import { pdfArray, pdfDictionary, pdfReference } from '../pdf/objects.ts'
import type { Seal } from '../sealdata/seal.ts'
import { buildSealSignature, parseSealSignature } from '../sealdata/seal-signature.ts'
import type { VerifyReport } from './report.ts'
import { type VerifyOptions, verifyFile } from './verify-file.ts'

let office: Office
let options: VerifyOptions
let sealed: Uint8Array
let twice: Uint8Array
let file: PdfFile

async function impress(
  bytes: Uint8Array,
  changes: { seal?: Seal; signer?: Holder; signedAt?: number; page?: number } = {},
): Promise<Uint8Array> {
  const { seal = office.seal, signer = office.signer, signedAt = times.signing, page = 1 } = changes
  const order = { seal, signer, signedAt, page, drawing: office.drawing, centreMm: { x: 140, y: 220 } }
  return (await impressPdf(bytes, order)).bytes
}

beforeAll(async () => {
  office = await anOffice()
  options = { trust: office.trust, at: times.signing + 1000, revoked: [] }
  sealed = await impress(await aPdf(false))
  twice = await impress(sealed, { page: 2 })
  file = new PdfFile(sealed)
})

const codesOf = (report: VerifyReport): readonly string[] =>
  [...report.reasons, ...report.signatures.flatMap((signature) => signature.reasons)].map((reason) => reason.code)

async function expectReport(
  bytes: Uint8Array,
  verdict: string,
  code: string,
  changed: Partial<VerifyOptions> = {},
): Promise<VerifyReport> {
  const report = await verifyFile(bytes, { ...options, ...changed })
  expect({ verdict: report.verdict, codes: codesOf(report) }).toEqual({
    verdict,
    codes: expect.arrayContaining([code]),
  })
  return report
}

describe('a sealed file', () => {
  test.each([false, true])(
    'is valid and says who, which seal, when and where (object streams: %s)',
    async (streams) => {
      const report = await verifyFile(await impress(await aPdf(streams)), options)
      expect(report).toMatchObject({ verdict: 'VALID', kind: 'pdf', reasons: [] })
      expect(report.signatures).toMatchObject([
        {
          verdict: 'VALID',
          reasons: [],
          notes: ['time-not-stamped'],
          revision: 1,
          coveredBytes: report.sizeBytes,
          place: { page: 1, leftMm: 119, topMm: 199, widthMm: 42, heightMm: 42 },
          seal: { name: '云岭市人民政府办公室', id: '53990000000001', makerName: '云岭市印章制作中心' },
          signer: { commonName: '李文书', path: ['李文书', '云岭市签发证书', '云岭市根证书'] },
          signedAt: times.signing,
        },
      ])
    },
  )

  test.each([false, true])('stays valid under four further seals (object streams: %s)', async (streams) => {
    let bytes = await aPdf(streams)
    for (const page of [1, 2, 1, 2, 2]) bytes = await impress(bytes, { page })
    const report = await verifyFile(bytes, options)
    expect(report.signatures.map((signature) => signature.verdict)).toEqual(Array.from({ length: 5 }, () => 'VALID'))
    expect(new PdfFile(bytes).listPages().length).toBe(2)
  })

  test('is checked against the time of signing, not of verifying', async () => {
    const report = await verifyFile(sealed, { ...options, at: times.end + 86_400_000 })
    expect(report.verdict).toBe('VALID')
    expect(report.signatures[0]?.notes).toContain('certificate-expired-since')
  })
})

describe('V01 changed bytes', () => {
  test('no single changed byte leaves the file valid', async () => {
    for (let at = 0; at < sealed.length; at += 61) {
      const changed = Uint8Array.from(sealed)
      changed[at] = byteAt(changed, at) ^ 1
      const report = await verifyFile(changed, options)
      expect(report.verdict, `byte ${at}`).not.toBe('VALID')
    }
  })

  test('a changed flag of the field is a wrong digest', async () => {
    await expectReport(patch(sealed, '/F 132', '/F 128'), 'INVALID', 'digest-mismatch')
  })
})

describe('V02 signature value', () => {
  test.each([
    ['missing', /\/Contents </, '/Contentz <', 'contents-malformed'],
    ['null', /\/Contents <[0-9a-f]+>/, padded('/Contents null'), 'contents-malformed'],
    ['empty', /\/Contents <[0-9a-f]+>/, padded('/Contents <>'), 'byte-range-hole'],
    [
      'zeros',
      /\/Contents <[0-9a-f]+>/,
      (found: string) => found.replaceAll(/[0-9a-f](?=[0-9a-f]*>)/g, '0'),
      'seal-malformed',
    ],
    ['not hexadecimal', /\/Contents <30/, '/Contents <zz', 'signature-object'],
    ['not DER', /\/Contents <30/, '/Contents <3f', 'contents-malformed'],
    ['another element', /\/Contents <30/, '/Contents <31', 'seal-malformed'],
  ])('%s is refused', async (_, from, to, code) => {
    await expectReport(patch(sealed, from, to), 'INVALID', code)
  })

  test('bytes hidden in the padding are refused', async () => {
    await expectReport(patch(sealed, /00>>>/, '01>>>'), 'INVALID', 'contents-padding')
  })

  test('digits of one value in small letters and capitals are refused, all of them in either are right', async () => {
    await expectReport(patch(sealed, /\/Contents <[0-9a-f]+?[a-f]/, (found: string) => `${found.slice(0, -1)}${found.slice(-1).toUpperCase()}`), 'INVALID', 'contents-malformed')
    const capitals = patch(sealed, /\/Contents <[0-9a-f]+>/, (found: string) => found.replaceAll(/[0-9a-f](?=[0-9a-f]*>)/g, (digit) => digit.toUpperCase()))
    expect((await verifyFile(capitals, options)).verdict).toBe('VALID')
  })

  test('white space inside the value is refused', async () => {
    await expectReport(patch(sealed, /00>>>/, '  >>>'), 'INVALID', 'contents-malformed')
  })
})

describe('V03 covered range', () => {
  test.each([
    ['null', 'null', 'byte-range-malformed'],
    ['two numbers', '[0 10]', 'byte-range-malformed'],
    ['six numbers', '[0 1 2 3 4 5]', 'byte-range-malformed'],
    ['negative', '[0 -1 5 7]', 'byte-range-malformed'],
    ['fraction', '[0 1.5 5 7]', 'byte-range-malformed'],
    ['text', '[/a /b /c /d]', 'byte-range-malformed'],
    ['overlapping', '[0 500 400 700]', 'byte-range-hole'],
    ['beyond the end', '[0 10 20 99999999]', 'byte-range-end'],
  ])('%s is refused', async (_, range, code) => {
    await expectReport(patch(sealed, /(?<=\/ByteRange )\[[\d ]+\]/, padded(range)), 'INVALID', code)
  })

  test('a range that does not start at the first byte is refused', async () => {
    await expectReport(patch(sealed, /\[0 /, '[1 '), 'INVALID', 'byte-range-start')
  })

  test('a missing range leaves no signature to believe', async () => {
    await expectReport(patch(sealed, '/ByteRange', '/ByteRangf'), 'INDETERMINATE', 'no-signature')
  })

  test('V04 a gap larger than the signature value is refused', async () => {
    const shrink = (found: string): string => {
      const [zero, start, end, rest] = found.slice(1, -1).trim().split(/\s+/).map(Number)
      return `[${zero} ${(start ?? 0) - 10} ${end} ${rest}]`.padEnd(found.length)
    }
    await expectReport(patch(sealed, /(?<=\/ByteRange )\[[\d ]+\]/, shrink), 'INVALID', 'byte-range-hole')
  })

  test('V05 moving the second range behind inserted bytes is refused', async () => {
    const text = fromLatin1(sealed)
    const hole = text.indexOf('>>>', text.indexOf('/Contents <')) + 1
    const moved = glue(sealed.subarray(0, hole), ' 99 0 obj (evil) endobj ', sealed.subarray(hole))
    await expectReport(moved, 'INVALID', 'signature-object')
  })
})

describe('what was appended after the seal', () => {
  const catalog = (): ReturnType<PdfFile['getCatalog']> => file.getCatalog()
  const firstPage = (): { number: number; dictionary: Parameters<typeof bodyWith>[0] } => {
    const [page] = file.listPages()
    if (page === undefined) throw new Error('no page')
    return { number: page.reference.number, dictionary: page.dictionary }
  }

  test('V06 a new page content in a proper revision', async () => {
    const page = firstPage()
    const bytes = appendRevision(sealed, {
      [page.number]: bodyWith(page.dictionary, { Contents: pdfReference(90) }),
      90: '<</Length 4>>\nstream\nq Q \nendstream',
    })
    await expectReport(bytes, 'CHANGED_AFTER', 'changed-after')
  })

  test.each(['\n90 0 obj (x) endobj\n', ' ', '\n', '%comment\n', '\n90 0 obj (x) endobj\nstartxref\n5\n'])(
    'V07 loose bytes %j',
    async (extra) => {
      await expectReport(glue(sealed, extra), 'CHANGED_AFTER', 'changed-after')
    },
  )

  test('V08 a revision that copies the signature object', async () => {
    const [, signature = ''] = /(<<\/Type \/Sig[\s\S]*?>>>)/.exec(fromLatin1(sealed)) ?? []
    const report = await expectReport(appendRevision(sealed, { 90: signature }), 'INVALID', 'byte-range-hole')
    expect(report.signatures.map((entry) => entry.verdict)).toEqual(
      expect.arrayContaining(['CHANGED_AFTER', 'INVALID']),
    )
  })

  test('V09 an unsigned revision between two seals', async () => {
    const between = appendRevision(sealed, { 90: '(x)' })
    const report = await expectReport(await impress(between, { page: 2 }), 'CHANGED_AFTER', 'changed-after')
    expect(report.signatures.map((entry) => entry.verdict)).toEqual(['CHANGED_AFTER', 'VALID'])
  })

  test('V10 an object replaced by a revision', async () => {
    const contents = firstPage().dictionary.entries.get('Contents')
    const target = contents?.kind === 'reference' ? contents.number : 4
    await expectReport(
      appendRevision(sealed, { [target]: '<</Length 0>>\nstream\n\nendstream' }),
      'CHANGED_AFTER',
      'changed-after',
    )
  })

  test.each(['FreeText', 'Stamp', 'Redact'])('V13 a %s annotation', async (subtype) => {
    const page = firstPage()
    const annots = page.dictionary.entries.get('Annots')
    const list = annots?.kind === 'array' ? annots.items : []
    const bytes = appendRevision(sealed, {
      [page.number]: bodyWith(page.dictionary, { Annots: pdfArray([...list, pdfReference(90)]) }),
      90: `<</Type /Annot /Subtype /${subtype} /Rect [0 0 500 800] /Contents (covering)>>`,
    })
    await expectReport(bytes, 'CHANGED_AFTER', 'changed-after')
  })

  test('V15 rights claimed later', async () => {
    const { reference, dictionary } = catalog()
    const perms = pdfDictionary({ DocMDP: pdfReference(9) })
    await expectReport(
      appendRevision(sealed, { [reference.number]: bodyWith(dictionary, { Perms: perms }) }),
      'CHANGED_AFTER',
      'changed-after',
    )
  })

  test('a later seal that is itself not valid does not count as a seal', async () => {
    const report = await expectReport(
      patch(twice, /\/F 132(?![\s\S]*\/F 132)/, '/F 128'),
      'INVALID',
      'later-seal-not-valid',
    )
    expect(report.signatures.map((entry) => entry.verdict)).toEqual(['CHANGED_AFTER', 'INVALID'])
  })

  test('a later seal by a stranger does not count as a seal', async () => {
    const stranger = await anOffice()
    const order = {
      seal: stranger.seal,
      signer: stranger.signer,
      drawing: stranger.drawing,
      page: 1,
      centreMm: { x: 60, y: 60 },
      signedAt: times.signing,
    }
    const report = await verifyFile((await impressPdf(sealed, order)).bytes, options)
    expect(report.signatures.map((entry) => entry.verdict)).toEqual(['CHANGED_AFTER', 'UNTRUSTED'])
  })
})

describe('certificates', () => {
  test('V41 an unknown root is untrusted, also when the file brings it along', async () => {
    await expectReport(sealed, 'UNTRUSTED', 'chain-untrusted', { trust: [] })
    await expectReport(sealed, 'UNTRUSTED', 'chain-untrusted', {
      trust: [office.maker.certificate, office.signer.certificate],
    })
    await expectReport(sealed, 'UNTRUSTED', 'chain-untrusted', {
      trust: [office.issuing.certificate, office.maker.certificate],
    })
  })

  test('V41 a root of the same name with another key did not issue', async () => {
    const impostor = await aHolder('root', '云岭市根证书', null)
    const report = await verifyFile(sealed, {
      ...options,
      trust: [impostor.certificate, office.issuing.certificate, office.maker.certificate],
    })
    expect(report.verdict).not.toBe('VALID')
  })

  test('V42 not yet valid and expired at the time of signing', async () => {
    const late = await aHolder('signer', '迟到', office.issuing, {
      notBefore: times.signing + 60_000,
      notAfter: times.end,
    })
    const early = await aHolder('signer', '过期', office.issuing, {
      notBefore: times.start,
      notAfter: times.signing - 60_000,
    })
    const sealOf = (signer: Holder): Promise<Seal> => aSeal(office.maker, signer)
    await expectReport(
      await impress(await aPdf(false), { signer: late, seal: await sealOf(late) }),
      'INVALID',
      'certificate-not-yet-valid',
    )
    await expectReport(
      await impress(await aPdf(false), { signer: early, seal: await sealOf(early) }),
      'INVALID',
      'certificate-expired',
    )
  })

  test('a signing time in the future is refused', async () => {
    await expectReport(sealed, 'INVALID', 'signed-in-future', { at: times.signing - 1000 })
  })

  test('V43 revoked before signing is invalid; revoked after the time that only the signer claims is open; unknown is remarked', async () => {
    const { certificate } = office.signer
    const entry = { issuer: certificate.issuer.raw, serial: certificate.serial }
    await expectReport(sealed, 'INVALID', 'certificate-revoked', {
      revoked: [{ ...entry, revokedAt: times.signing - 1 }],
    })
    const later = [{ ...entry, revokedAt: times.signing + 1 }]
    await expectReport(sealed, 'INDETERMINATE', 'revoked-time-unproven', { revoked: later })
    const [after] = (await verifyFile(sealed, { ...options, revoked: later })).signatures
    expect([after?.revocation, after?.notes]).toEqual(['revoked-since', ['time-not-stamped']])
    const { revoked: _, ...withoutList } = options
    expect((await verifyFile(sealed, withoutList)).signatures[0]?.notes).toContain('revocation-not-checked')
  })

  test('V44 an authority’s certificate may not sign, and a signer’s may not issue', async () => {
    const seal = await aSeal(office.maker, office.issuing)
    await expectReport(
      await impress(await aPdf(false), { signer: office.issuing, seal }),
      'INVALID',
      'certificate-key-usage',
    )
    const below = await aHolder('signer', '越权', office.signer)
    const bytes = await impress(await aPdf(false), { signer: below, seal: await aSeal(office.maker, below) })
    await expectReport(bytes, 'INVALID', 'certificate-not-authority', {
      trust: [...office.trust, office.signer.certificate],
    })
  })

  test('V44 an authority below an issuing authority exceeds the path length', async () => {
    const deeper = await aHolder('issuing', '下级', office.issuing)
    const leaf = await aHolder('signer', '下级签章人', deeper)
    const bytes = await impress(await aPdf(false), { signer: leaf, seal: await aSeal(office.maker, leaf) })
    await expectReport(bytes, 'INVALID', 'certificate-not-authority', { trust: [...office.trust, deeper.certificate] })
  })
})

describe('the seal', () => {
  test('V21 V47 a signer who is not on the seal’s list', async () => {
    const other = await aHolder('signer', '王某', office.issuing)
    await expectReport(await impress(await aPdf(false), { signer: other }), 'INVALID', 'not-in-seal-list')
  })

  test('a list of digests works, and a wrong digest does not', async () => {
    const holders = (value: Uint8Array): Partial<Seal> => ({
      holders: { kind: 'digests', digests: [{ type: 'SM3', value }] },
    })
    const right = await aSeal(office.maker, office.signer, holders(sm3(office.signer.certificate.raw)))
    const wrong = await aSeal(office.maker, office.signer, holders(sm3(office.maker.certificate.raw)))
    expect((await verifyFile(await impress(await aPdf(false), { seal: right }), options)).verdict).toBe('VALID')
    await expectReport(await impress(await aPdf(false), { seal: wrong }), 'INVALID', 'not-in-seal-list')
  })

  test('V46 used before and after its validity', async () => {
    const early = await aSeal(office.maker, office.signer, { validFrom: times.signing + 60_000 })
    const late = await aSeal(office.maker, office.signer, { validUntil: times.signing - 60_000 })
    await expectReport(await impress(await aPdf(false), { seal: early }), 'INVALID', 'seal-not-yet-valid')
    await expectReport(await impress(await aPdf(false), { seal: late }), 'INVALID', 'seal-expired')
  })

  test('V46 a seal whose maker’s signature is wrong', async () => {
    const forged = await aSeal({ key: office.signer.key, certificate: office.maker.certificate }, office.signer)
    await expectReport(await impress(await aPdf(false), { seal: forged }), 'INVALID', 'seal-maker-signature')
  })

  test('V46 a seal made by someone under the right root who is no seal maker', async () => {
    const seal = await aSeal(office.signer, office.signer, { name: '省人民政府' })
    await expectReport(await impress(await aPdf(false), { seal }), 'UNTRUSTED', 'maker-untrusted')
  })

  test('a signature by another key than the certificate’s', async () => {
    const signer = { key: office.maker.key, certificate: office.signer.certificate }
    await expectReport(await impress(await aPdf(false), { signer }), 'INVALID', 'signature-mismatch')
  })

  test('V49 a seal copied from another document', async () => {
    const other = await impress(await aPdf(false, (pdf) => pdf.setTitle('AAAA')))
    const target = await impress(await aPdf(false, (pdf) => pdf.setTitle('BBBB')))
    const contents = /\/Contents <[0-9a-f]+>/
    const [stolen = ''] = contents.exec(fromLatin1(other)) ?? []
    await expectReport(patch(target, contents, stolen), 'INVALID', 'digest-mismatch')
  })

  test('V45 a seal that stands elsewhere than its signature says', async () => {
    const [, hex = ''] = /\/Contents <([0-9a-f]+)>/.exec(fromLatin1(sealed)) ?? []
    const all = fromHex(hex)
    const original = parseSealSignature(all.subarray(0, derLength(all)))
    const moved = { ...original, propertyInfo: original.propertyInfo.replace('page=1', 'page=2') }
    const signature = toHex((await buildSealSignature(moved, office.signer)).raw).padEnd(hex.length, '0')
    await expectReport(patch(sealed, hex, signature), 'INVALID', 'position-mismatch')
  })
})

describe('other input', () => {
  test.each([
    ['nothing', '', 'unknown-kind'],
    ['text', 'hello', 'unknown-kind'],
    ['a ZIP', 'PK\u0003\u0004', 'unknown-kind'],
    ['a broken ZIP', `PK\u0003\u0004${' '.repeat(40)}`, 'unreadable'],
    ['bytes that begin as DER', `0\u0082${'x'.repeat(40)}`, 'unreadable'],
    ['a bare header', '%PDF-1.7\n', 'truncated'],
  ])('%s gets a report', async (_, text, code) => {
    await expectReport(glue(text), 'INDETERMINATE', code)
  })

  test('V20 a file with something in front of the header is no PDF here', async () => {
    await expectReport(glue('<html>', sealed), 'INDETERMINATE', 'unknown-kind')
  })

  test('an unsealed file has no signature, a cut one is truncated', async () => {
    const plain = await aPdf(false)
    await expectReport(plain, 'INDETERMINATE', 'no-signature')
    await expectReport(plain.subarray(0, plain.length - 40), 'INDETERMINATE', 'truncated')
  })

  test('a sealed file cut anywhere is never valid', async () => {
    for (let length = 0; length < sealed.length; length += 397) {
      const report = await verifyFile(sealed.subarray(0, length), options)
      expect(report.verdict, `length ${length}`).not.toBe('VALID')
    }
  })

  test('a sealed file cut inside the covered range says so', async () => {
    await expectReport(sealed.subarray(0, sealed.length - 1), 'INVALID', 'byte-range-end')
  })

  test('a foreign signature format is not judged', async () => {
    await expectReport(patch(sealed, '/GM.sm2seal', '/GM.sm2sexl'), 'INDETERMINATE', 'unsupported-format')
  })

  test('a file above the size limit is not read', async () => {
    await expectReport(sealed, 'INDETERMINATE', 'too-large', { limits: { maxBytes: 1000 } })
    await expectReport(sealed, 'INDETERMINATE', 'too-large', { limits: { maxObjects: 10 } })
  })

  test('a file that takes longer than its deadline gets a report', async () => {
    await expectReport(sealed, 'INDETERMINATE', 'too-large', { limits: { deadlineMs: -1 } })
  })
})
