/** Seals on OFD: what is valid, and V50 to V57, V45, V49: what is not. */
import { beforeAll, describe, expect, test } from 'vitest'
import { anOfd, edited, fileOf, overwritten, withFiles, withTwin } from '../../test-support/ofd.ts'
import { aHolder, anOffice, type Holder, type Office, times } from '../../test-support/office.ts'
import { concatBytes, latin1, toBase64, utf8 } from '../bytes.ts'
import { buildSignedData } from '../cms/signed-data.ts'
import { sm3 } from '../hash/sm3.ts'
import { impressOfd, type ImpressOfdOrder } from '../ofd/impress.ts'
import { deflate } from '../picture/deflate.ts'
import { storedEntry, writeZip } from '../ofd/zip.ts'
import type { VerifyReport } from './report.ts'
import { type VerifyOptions, verifyFile } from './verify-file.ts'

let office: Office
let partner: Holder
let options: VerifyOptions
let once: Uint8Array
let twice: Uint8Array
const description = 'Doc_0/Signs/Sign_1/Signature.xml'

const impress = async (bytes: Uint8Array, changes: Partial<ImpressOfdOrder> = {}): Promise<Uint8Array> =>
  (await impressOfd(bytes, { seal: office.seal, signer: office.signer, signedAt: times.signing, page: 1, centreMm: { x: 140, y: 220 }, ...changes })).bytes

beforeAll(async () => {
  office = await anOffice()
  partner = await aHolder('signer', '会签单位', office.issuing)
  options = { trust: office.trust, at: times.signing + 1000, revoked: [] }
  once = await impress(anOfd())
  twice = await impress(once, { page: 2, straddle: {} })
})

const codes = (report: VerifyReport): readonly string[] =>
  [...report.reasons, ...report.signatures.flatMap(({ reasons }) => reasons)].map(({ code }) => code)

describe('a sealed OFD', () => {
  test('is valid, and says who, which seal, when and where; further seals and strips over the seam too', async () => {
    const report = await verifyFile(twice, options)
    expect([report.verdict, report.kind, codes(report)]).toEqual(['VALID', 'ofd', []])
    expect(report.signatures).toMatchObject([
      { verdict: 'VALID', revision: 1, places: [{ page: 1, leftMm: 119, topMm: 199, widthMm: 42, heightMm: 42 }], seal: { name: '云岭市人民政府办公室' }, signer: { commonName: '李文书' } },
      { verdict: 'VALID', revision: 2, signedAt: times.signing, uncovered: [] },
    ])
    const strips = report.signatures[1]?.places.slice(1) ?? []
    expect(strips.map(({ page }) => page)).toEqual([1, 2, 3])
    for (const { leftMm, widthMm } of strips) expect([widthMm, leftMm + widthMm]).toEqual([14, 210])
  })

  test('keeps every other file of the package byte for byte, and OFD.xml but for the list’s entry', () => {
    const plain = anOfd()
    for (const name of ['Doc_0/Document.xml', 'Doc_0/PublicRes.xml', 'Doc_0/Pages/Page_2/Content.xml']) {
      expect(fileOf(once, name)).toEqual(fileOf(plain, name))
    }
    const entry = new TextDecoder().decode(fileOf(once, 'OFD.xml'))
    expect(entry.replace('<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>', '')).toBe(new TextDecoder().decode(fileOf(plain, 'OFD.xml')))
    expect(new TextDecoder().decode(fileOf(twice, 'Doc_0/Signs/Signatures.xml'))).toContain('<ofd:MaxSignId>2</ofd:MaxSignId>')
  })

  test('takes a GB/T 35275 signature without a seal in its list', async () => {
    const text = new TextDecoder().decode(fileOf(once, description)).replace(/<ofd:Seal>.*<\/ofd:Seal>/, '').replaceAll('Sign_1', 'Sign_7')
    const value = await buildSignedData({ style: 'attributes', data: utf8(text), signedAt: times.signing }, office.signer)
    const list = new TextDecoder().decode(fileOf(once, 'Doc_0/Signs/Signatures.xml')).replace('</ofd:Signatures>', '<ofd:Signature ID="s007" Type="Sign" BaseLoc="Sign_7/Signature.xml"/></ofd:Signatures>')
    const bytes = withFiles(once, { 'Doc_0/Signs/Signatures.xml': list, 'Doc_0/Signs/Sign_7/Signature.xml': text, 'Doc_0/Signs/Sign_7/SignedValue.dat': value })
    const report = await verifyFile(bytes, options)
    expect(report.signatures.map(({ verdict, format }) => [verdict, format])).toEqual([['VALID', 'SES'], ['VALID', 'CMS']])
  })

  test('by a stranger is untrusted', async () => {
    expect((await verifyFile(once, { ...options, trust: [] })).verdict).toBe('UNTRUSTED')
  })

  test('without a seal has none; actions and attachments are not sealed', async () => {
    expect(codes(await verifyFile(anOfd(), options))).toEqual(['no-signature'])
    const acting = edited(anOfd(), 'Doc_0/Document.xml', '</ofd:Document>', '<ofd:Actions/></ofd:Document>')
    await expect(impress(acting)).rejects.toMatchObject({ code: 'ofd.refused', details: { reason: 'active-content' } })
    const carrying = edited(anOfd(), 'Doc_0/Document.xml', '</ofd:Document>', '<ofd:Attachments>A.xml</ofd:Attachments></ofd:Document>')
    await expect(impress(carrying)).rejects.toMatchObject({ details: { reason: 'embedded-files' } })
    await expect(impress(anOfd(), { centreMm: { x: 5, y: 5 } })).rejects.toMatchObject({ details: { reason: 'outside-page' } })
  })
})

/** One attack: what is done to a file sealed once, and how the verifier names it. */
type Attack = readonly [name: string, attack: () => Uint8Array | Promise<Uint8Array>, verdict: string, code: string]

const page = 'Doc_0/Pages/Page_0/Content.xml'
const attacks: readonly Attack[] = [
  ['V01 a page changed', () => edited(once, page, '<ofd:Content/>', '<ofd:Content><ofd:Layer ID="5"/></ofd:Content>'), 'INVALID', 'reference-mismatch'],
  ['V01 a page taken out', () => withFiles(once, { [page]: null }), 'INDETERMINATE', 'unreadable'],
  ['V01 the description changed', () => edited(once, description, 'Version="1.0"', 'Version="1.1"'), 'INVALID', 'digest-mismatch'],
  ['V02 the signature value missing', () => withFiles(once, { 'Doc_0/Signs/Sign_1/SignedValue.dat': null }), 'INVALID', 'contents-malformed'],
  ['V02 the signature value is something else', () => withFiles(once, { 'Doc_0/Signs/Sign_1/SignedValue.dat': 'x' }), 'INVALID', 'seal-malformed'],
  ['V25 a byte behind the signature value', () => withFiles(once, { 'Doc_0/Signs/Sign_1/SignedValue.dat': concatBytes(fileOf(once, 'Doc_0/Signs/Sign_1/SignedValue.dat'), Uint8Array.of(0)) }), 'INVALID', 'seal-malformed'],
  ['V45 another seal beside the signature', () => withFiles(once, { 'Doc_0/Signs/Sign_1/Seal.esl': latin1('other') }), 'INVALID', 'seal-file-differs'],
  ['V49 the whole block copied from another document', async () => {
    const other = await impress(anOfd(2))
    return withFiles(once, { 'Doc_0/Signs/Sign_1/SignedValue.dat': fileOf(other, 'Doc_0/Signs/Sign_1/SignedValue.dat') })
  }, 'INVALID', 'digest-mismatch'],
  ['V50 two OFD.xml', () => withTwin(once, 'OFD.xml', '<ofd:OFD/>'), 'INDETERMINATE', 'unreadable'],
  ['V50 names that differ in case', () => withTwin(once, 'ofd.XML', '<ofd:OFD/>'), 'INDETERMINATE', 'unreadable'],
  ['V50 a path with a dot', () => withTwin(once, './OFD.xml', '<ofd:OFD/>'), 'INDETERMINATE', 'unreadable'],
  ['V50 a path with two slashes', () => withTwin(once, 'Doc_0//Document.xml', '<ofd:Document/>'), 'INDETERMINATE', 'unreadable'],
  ['V50 entry and directory name different files', () => overwritten(once, 'PK\u0001\u0002', 46, 0x58), 'INDETERMINATE', 'unreadable'],
  ['V51 a resource that no seal covers', () => withFiles(once, { 'Doc_0/Res/font.ttf': 'x' }), 'CHANGED_AFTER', 'not-covered'],
  ['V52 another document body', () => edited(once, 'OFD.xml', '</ofd:OFD>', '<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'), 'INDETERMINATE', 'unreadable'],
  ['V52 another page tree', () => edited(once, 'Doc_0/Document.xml', 'Page_0', 'Page_1'), 'INVALID', 'reference-mismatch'],
  ['V52 another root', () => withFiles(edited(once, 'OFD.xml', 'Doc_0/Document.xml', 'Doc_9/Document.xml'), { 'Doc_9/Document.xml': fileOf(once, 'Doc_0/Document.xml') }), 'INDETERMINATE', 'unreadable'],
  ['V53 a weak digest', () => edited(once, description, '1.2.156.10197.1.401', 'MD5'), 'INVALID', 'reference-algorithm'],
  ['V53 an empty check value', () => edited(once, description, /<ofd:CheckValue>[^<]*/, '<ofd:CheckValue>'), 'INVALID', 'reference-mismatch'],
  ['V53 no references', () => edited(once, description, /<ofd:Reference .*<\/ofd:Reference>/, ''), 'INVALID', 'reference-mismatch'],
  ['V54 a document type', () => edited(once, description, '?>', '?><!DOCTYPE x [<!ENTITY e "x">]>'), 'INDETERMINATE', 'unreadable'],
  ['V54 an entity', () => edited(once, description, 'Company=""', 'Company="&e;"'), 'INDETERMINATE', 'unreadable'],
  ['V54 a comment inside a digest', () => edited(once, description, '</ofd:CheckValue>', '<!-- x --></ofd:CheckValue>'), 'INDETERMINATE', 'unreadable'],
  ['V54 two SignedInfo', () => edited(once, description, '<ofd:SignedInfo>', '<ofd:SignedInfo/><ofd:SignedInfo>'), 'INDETERMINATE', 'unreadable'],
  ['V54 a foreign vocabulary', () => edited(once, description, '<ofd:SignedInfo>', '<ofd:SignedInfo xmlns:x="urn:x">'), 'INDETERMINATE', 'unreadable'],
  ['V54 wrapping: the signature’s value points to a copied description', () => withFiles(edited(once, 'Doc_0/Signs/Signatures.xml', 'Sign_1', 'Sign_2'), { 'Doc_0/Signs/Sign_2/Signature.xml': fileOf(once, description) }), 'INVALID', 'position-mismatch'],
  ['V56 the stamp moved to another page', () => edited(once, description, 'PageRef="10"', 'PageRef="11"'), 'INVALID', 'digest-mismatch'],
  ['V56 the stamp on no page', () => edited(once, description, 'PageRef="10"', 'PageRef="99"'), 'INVALID', 'position-mismatch'],
  ['V57 an annotation added', () => withFiles(once, { 'Doc_0/Annots/Page_0/Annotation.xml': '<x/>' }), 'CHANGED_AFTER', 'not-covered'],
  ['V57 a file hidden beside the signatures', () => withFiles(once, { 'Doc_0/Signs/Sign_1/more.xml': '<x/>' }), 'CHANGED_AFTER', 'not-covered'],
  ['V04 a path out of the package', () => edited(once, description, 'FileRef="/OFD.xml"', 'FileRef="/../OFD.xml"'), 'INDETERMINATE', 'unreadable'],
  ['V20 something in front of the package', () => concatBytes(latin1('PK\u0003\u0004junk'), once), 'INDETERMINATE', 'unreadable'],
  ['V07 something behind the package', () => concatBytes(once, latin1('x')), 'INDETERMINATE', 'unreadable'],
]

describe('an attacked OFD', () => {
  test.each(attacks)('%s', async (_, attack, verdict, code) => {
    const report = await verifyFile(await attack(), options)
    expect({ verdict: report.verdict, codes: codes(report) }).toEqual({ verdict, codes: expect.arrayContaining([code]) })
  })

  test('V01 no changed byte leaves it valid', async () => {
    for (let at = 0; at < once.length; at += 89) {
      const changed = Uint8Array.from(once)
      changed[at] = (changed[at] ?? 0) ^ 4
      const report = await verifyFile(changed, options)
      // Dates and attributes of the directory are nobody's content.
      if (report.verdict === 'VALID') expect(fileOf(changed, 'OFD.xml')).toEqual(fileOf(once, 'OFD.xml'))
    }
  })

  test('V21 V47 a signer who is not on the seal’s list', async () => {
    expect(codes(await verifyFile(await impress(anOfd(), { signer: partner }), options))).toContain('not-in-seal-list')
  })

  test('V55 bombs, links, encryption and lies end at once', async () => {
    const zeros = await deflate(new Uint8Array(4 << 20))
    const bomb = { name: 'OFD.xml', method: 8, crc: 0, size: 4 << 20, packed: zeros.subarray(2, -4) }
    const limits = { maxInflatedBytes: 1 << 20 }
    expect(codes(await verifyFile(writeZip([bomb]), { ...options, limits }))).toEqual(['too-large'])
    const many = writeZip(Array.from({ length: 20_001 }, (_, i) => storedEntry(`f${i}`, new Uint8Array())))
    expect(codes(await verifyFile(many, options))).toEqual(['unreadable'])
    for (const [offset, value] of [[8, 1], [41, 0xa0], [10, 9], [24, 7]] as const) {
      expect(codes(await verifyFile(overwritten(once, 'PK\u0001\u0002', offset, value), options))).toEqual(['unreadable'])
    }
    const nested = writeZip([storedEntry('OFD.xml', anOfd())])
    expect(codes(await verifyFile(nested, options))).toEqual(['unreadable'])
  })
})

test('the digests written are those of the files', () => {
  const text = new TextDecoder().decode(fileOf(once, description))
  for (const name of ['OFD.xml', 'Doc_0/Document.xml', page]) expect(text).toContain(`FileRef="/${name}"><ofd:CheckValue>${toBase64(sm3(fileOf(once, name)))}<`)
})
