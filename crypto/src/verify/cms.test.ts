/** V22 to V25 on signed data, V43 on revocation: each case builds what an attacker or a careless producer would. */
import { beforeAll, describe, expect, test } from 'vitest'
import { aHolder, anOffice, type Holder, type Office, times } from '../../test-support/office.ts'
import { tags } from '../asn1/der-read.ts'
import {
  sortDer, writeAlgorithm, writeDer, writeExplicit, writeInteger, writeOctets, writeOid, writeSequence, writeSetOf, writeSetOfOne,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { concatBytes, fromHex, toHex, utf8 } from '../bytes.ts'
import { verifyAnySignedData } from '../cms/any-signed-data.ts'
import { buildSignedData, parseSignedData, signingCertificateAttribute } from '../cms/signed-data.ts'
import { sm3 } from '../hash/sm3.ts'
import { buildSealSignature } from '../sealdata/seal-signature.ts'
import { issueRevocationList, parseRevocationList, type RevokedEntry } from '../x509/revocation-list.ts'
import { type VerifyOptions, verifyFile } from './verify-file.ts'

let office: Office
let stranger: Holder
let options: VerifyOptions
const document = utf8('公文')

beforeAll(async () => {
  office = await anOffice()
  stranger = await aHolder('issuing', '别处', null)
  options = { trust: office.trust, at: times.signing + 1000, revoked: [], document }
})

const attribute = (oid: string, value: Uint8Array): Uint8Array => writeSequence(writeOid(oid), writeSetOfOne(value))
const contentType = (): Uint8Array => attribute(oids.contentType, writeOid(oids.gmData))
const messageDigest = (): Uint8Array => attribute(oids.messageDigest, writeOctets(sm3(document)))

/** What differs from right signed data. */
interface Shape {
  readonly attributes?: readonly Uint8Array[]
  readonly digest?: string
  readonly signers?: number
  readonly certificates?: readonly Uint8Array[]
}

async function signedData({ attributes = sortDer([contentType(), messageDigest()]), digest = oids.sm3, signers = 1, certificates }: Shape): Promise<Uint8Array> {
  const { key, certificate } = office.signer
  const signature = await key.sign(writeDer(tags.set, ...attributes))
  const info = writeSequence(
    writeInteger(1),
    writeSequence(certificate.issuer.raw, writeInteger(BigInt(`0x${certificate.serial}`))),
    writeAlgorithm(digest),
    writeDer(0xa0, ...attributes),
    writeAlgorithm(oids.sm2Sign),
    writeOctets(signature),
  )
  const body = writeSequence(
    writeInteger(1),
    writeSetOf(writeAlgorithm(digest)),
    writeSequence(writeOid(oids.gmData)),
    writeDer(0xa0, ...(certificates ?? [certificate.raw])),
    writeDer(tags.set, ...Array.from({ length: signers }, () => info)),
  )
  return writeSequence(writeOid(oids.gmSignedData), writeExplicit(0, body))
}

/** The certificate of the signer with another key in it: same issuer, same number. */
function impostor(): Uint8Array {
  const { certificate } = office.signer
  return fromHex(toHex(certificate.raw).replace(toHex(certificate.publicKey), toHex(stranger.key.publicKey)))
}

type Case = readonly [name: string, make: () => Promise<Uint8Array>, verdict: string, codes: readonly string[]]
const cases: readonly Case[] = [
  ['right signed data', () => signedData({}), 'VALID', []],
  ['V22 SHA-1 as digest', () => signedData({ digest: '1.3.14.3.2.26' }), 'INVALID', ['cms-algorithm']],
  ['V22 MD5 as digest', () => signedData({ digest: '1.2.840.113549.2.5' }), 'INVALID', ['cms-algorithm']],
  ['V22 SHA-256 under an SM2 signature', () => signedData({ digest: '2.16.840.1.101.3.4.2.1' }), 'INVALID', ['digest-mismatch']],
  ['V22 SHA-256 under an SM2 signature, in attributes and algorithm alike', async () => {
    const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', Uint8Array.from(document)))
    const attributes = sortDer([contentType(), attribute(oids.messageDigest, writeOctets(digest))])
    return signedData({ digest: '2.16.840.1.101.3.4.2.1', attributes })
  }, 'INVALID', ['cms-algorithm']],
  ['V23 no messageDigest', () => signedData({ attributes: [contentType()] }), 'INVALID', ['digest-mismatch']],
  ['V23 no contentType', () => signedData({ attributes: [messageDigest()] }), 'INVALID', ['cms-attributes']],
  ['V23 attributes in another order', () => signedData({ attributes: sortDer([contentType(), messageDigest()]).toReversed() }), 'INVALID', ['cms-malformed']],
  ['V23 an attribute twice', () => signedData({ attributes: sortDer([contentType(), messageDigest(), messageDigest()]) }), 'INVALID', ['cms-malformed']],
  ['V23 a certificate named that is not the signer’s', () => signedData({ attributes: sortDer([contentType(), messageDigest(), signingCertificateAttribute(office.maker.certificate.raw)]) }), 'INVALID', ['cms-attributes']],
  ['V24 two signers', () => signedData({ signers: 2 }), 'INVALID', ['cms-signer']],
  ['V24 a second certificate of the same name and number', () => signedData({ certificates: [office.signer.certificate.raw, impostor()] }), 'INVALID', ['cms-certificate']],
  ['V24 no certificate', () => signedData({ certificates: [office.maker.certificate.raw] }), 'INVALID', ['cms-certificate']],
  ['V25 bytes behind the object', async () => concatBytes(await signedData({}), Uint8Array.of(0)), 'INDETERMINATE', []],
  ['V25 indefinite length', async () => concatBytes(Uint8Array.of(0x30, 0x80), (await signedData({})).subarray(4), new Uint8Array(2)), 'INDETERMINATE', []],
  ['V33 signed by another key', () => buildSignedData({ style: 'attributes', data: document }, { key: office.maker.key, certificate: office.signer.certificate }), 'INVALID', ['signature-mismatch']],
]

describe('signed data', () => {
  test.each(cases)('%s', async (_, make, verdict, codes) => {
    const report = await verifyFile(await make(), options)
    expect([report.verdict, report.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code))]).toEqual([verdict, codes])
  })

  test('V41 a root that the file brings along is a link, never an anchor', async () => {
    const bytes = await signedData({ certificates: [office.signer.certificate.raw, office.issuing.certificate.raw, office.root.certificate.raw] })
    expect((await verifyFile(bytes, { ...options, trust: [office.root.certificate] })).verdict).toBe('VALID')
    const report = await verifyFile(bytes, { ...options, trust: [] })
    expect([report.verdict, ...report.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code))]).toEqual(['UNTRUSTED', 'chain-untrusted'])
  })

  test('V23 where a certificate must be named, one that is not is refused', async () => {
    const data = parseSignedData(await signedData({}))
    expect(await verifyAnySignedData(data, { detached: [document], needsCertificateName: true })).toMatchObject({ ok: false, problem: 'signing-certificate' })
  })

  test('data inside a signature that should be about data outside must be its digest', async () => {
    const inside = (data: Uint8Array): Promise<Uint8Array> => buildSignedData({ style: 'content', data }, office.signer)
    expect((await verifyFile(await inside(sm3(document)), options)).verdict).toBe('VALID')
    expect((await verifyFile(await inside(utf8('别的')), options)).verdict).toBe('INVALID')
  })
})

describe('V43 revocation from lists', () => {
  const list = async (issuer: Holder, entries: readonly RevokedEntry[], nextUpdate = times.signing + 86_400_000) =>
    parseRevocationList(await issueRevocationList({ number: 1, thisUpdate: times.start, nextUpdate, entries }, issuer))
  const judge = async (more: Partial<VerifyOptions>): Promise<readonly string[]> => {
    const contents = { seal: office.seal, signedAt: times.signing, dataHash: sm3(document), propertyInfo: 'x' }
    const { raw } = await buildSealSignature(contents, office.signer)
    const { revoked: _, ...withoutRegister } = options
    const report = await verifyFile(raw, { ...withoutRegister, ...more })
    // Signer and maker are of one issuer: what is wrong with its list is said of both.
    const found = new Set(report.signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code)))
    return [report.verdict, report.signatures[0]?.revocation ?? '', ...found]
  }
  const entry = (revokedAt: number): RevokedEntry => ({ serial: office.signer.certificate.serial, revokedAt, reason: 'keyCompromise' })

  test('a fresh list of the issuer clears, and one that names the signer condemns, or leaves open what only the signer dates', async () => {
    expect(await judge({ revocationLists: [await list(office.issuing, [])] })).toEqual(['VALID', 'good'])
    expect(await judge({ revocationLists: [await list(office.issuing, [entry(times.signing - 1000)])] })).toEqual(['INVALID', 'revoked', 'certificate-revoked'])
    expect(await judge({ revocationLists: [await list(office.issuing, [entry(times.signing + 500_000)])] })).toEqual(['INDETERMINATE', 'revoked-since', 'revoked-time-unproven'])
  })

  test('a stale list clears nobody, a stranger’s or no list is unknown, and unknown is not enough where revocation is needed', async () => {
    const needs = { needs: { revocation: true } }
    expect(await judge({ revocationLists: [await list(office.issuing, [], times.signing)] })).toEqual(['INDETERMINATE', 'stale', 'revocation-stale'])
    expect(await judge({ revocationLists: [await list(stranger, [])], ...needs })).toEqual(['INDETERMINATE', 'unknown', 'revocation-unknown'])
    // The issuer's name and nothing else: whoever can write a list could clear everybody.
    const impostor = await aHolder('issuing', '云岭市签发证书', null)
    expect(await judge({ revocationLists: [await list(impostor, [])] })).toEqual(['VALID', 'unknown'])
    expect(await judge({ revocationLists: [await list(impostor, [entry(times.signing - 1000)])] })).toEqual(['VALID', 'unknown'])
    expect(await judge(needs)).toEqual(['INDETERMINATE', 'unknown', 'revocation-unknown'])
    expect(await judge({})).toEqual(['VALID', 'unknown'])
  })
})
