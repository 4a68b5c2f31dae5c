import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type Office, times } from '../../test-support/office.ts'
import { readChildren, readDer } from '../asn1/der-read.ts'
import { writeDer, writeInteger, writeOid, writeSequence } from '../asn1/der-write.ts'
import { byteAt, concatBytes, fromHex, toBase64, toHex } from '../bytes.ts'
import { exportPkcs8, exportSpki, importPkcs8, parseSpki } from '../keys/pkcs8.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { verifyChain } from './chain.ts'

let office: Office
const folder = mkdtempSync(join(tmpdir(), 'xiewen-x509-'))
beforeAll(async () => {
  office = await anOffice()
})
afterAll(() => rmSync(folder, { recursive: true }))

function writePem(name: string, certificate: Certificate): string {
  const path = join(folder, `${name}.pem`)
  const lines = toBase64(certificate.raw).match(/.{1,64}/g) ?? []
  writeFileSync(path, `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
  return path
}

describe('certificates we issue', () => {
  test('carry what was ordered', () => {
    const { certificate } = office.signer
    expect(certificate).toMatchObject({
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      isAuthority: false,
      notBefore: times.start,
      notAfter: times.end,
    })
    expect(certificate.subject.text).toBe('C=CN, O=云岭市人民政府办公室, CN=李文书')
    expect(certificate.issuer.raw).toEqual(office.issuing.certificate.subject.raw)
    expect(office.issuing.certificate).toMatchObject({
      isAuthority: true,
      pathLength: 0,
      keyUsage: ['keyCertSign', 'cRLSign'],
    })
  })

  test('are accepted by openssl, link by link', () => {
    const links = [
      [office.root, office.issuing],
      [office.issuing, office.signer],
    ] as const
    links.forEach(([issuer, subject], i) => {
      const trusted = writePem(`issuer${i}`, issuer.certificate)
      const checked = writePem(`subject${i}`, subject.certificate)
      const distinguished = ['-vfyopt', 'distid:1234567812345678', '-attime', String(times.signing / 1000)]
      const output = execFileSync('openssl', [
        'verify',
        ...distinguished,
        '-partial_chain',
        '-trusted',
        trusted,
        checked,
      ])
      expect(output.toString()).toContain('OK')
    })
  })

  test('are read by openssl with serial and key usage', () => {
    const path = writePem('shown', office.signer.certificate)
    const text = execFileSync('openssl', [
      'x509',
      '-in',
      path,
      '-noout',
      '-text',
      '-serial',
      '-nameopt',
      'utf8',
    ]).toString()
    expect(text).toContain(`serial=${office.signer.certificate.serial.toUpperCase()}`)
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation/)
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
  })
})

describe('paths', () => {
  const path = (leaf: Certificate, trust: readonly Certificate[]): readonly string[] =>
    verifyChain(leaf, { trust, at: times.signing }).problems.map((problem) => problem.code)

  test('lead from the signer to the root', () => {
    const result = verifyChain(office.signer.certificate, { trust: office.trust, at: times.signing })
    expect(result.problems).toEqual([])
    expect(result.path.map((step) => step.subject.commonName)).toEqual(['李文书', '云岭市签发证书', '云岭市根证书'])
  })

  test('without the root or the link are untrusted', () => {
    expect(path(office.signer.certificate, [office.issuing.certificate])).toEqual(['chain-untrusted'])
    expect(path(office.signer.certificate, [office.root.certificate])).toEqual(['chain-untrusted'])
  })

  test('through an impostor of the same name and key id are refused', () => {
    const { subjectKeyId } = office.root.certificate
    const impostor = { ...office.maker.certificate, subject: office.root.certificate.subject, subjectKeyId }
    expect(path(office.signer.certificate, [office.issuing.certificate, impostor])).toEqual(['chain-signature'])
  })

  test('with a certificate changed in any byte are never accepted', () => {
    const { raw } = office.signer.certificate
    for (let at = 0; at < raw.length; at += 5) {
      const changed = Uint8Array.from(raw)
      changed[at] = byteAt(changed, at) ^ 1
      let problems: readonly string[] = ['unreadable']
      try {
        problems = path(parseCertificate(changed), office.trust)
      } catch (cause) {
        expect(cause).toMatchObject({ name: 'CryptoError' })
      }
      expect(problems, `byte ${at}`).not.toEqual([])
    }
  })
})

test('a certificate whose two algorithm fields differ is refused', () => {
  const [tbs, algorithm, signature] = readChildren(readDer(office.signer.certificate.raw))
  const withNull = writeSequence(algorithm?.content ?? new Uint8Array(), fromHex('0500'))
  const parts = [tbs?.raw, withNull, signature?.raw].map((part) => part ?? new Uint8Array())
  expect(() => parseCertificate(writeSequence(...parts))).toThrow('the two algorithm fields differ')
})

describe('public key info', () => {
  const point = generateSm2KeyPair().publicKey

  test('round trip', () => {
    expect(parseSpki(readDer(exportSpki(point)))).toEqual(point)
  })

  test('V34 explicit curve parameters, another curve, a compressed or foreign point are refused', () => {
    const [algorithm, key] = readChildren(readDer(exportSpki(point)))
    const ecKey = writeOid('1.2.840.10045.2.1')
    const rest = key?.raw ?? new Uint8Array()
    const explicit = writeSequence(writeSequence(ecKey, writeSequence(writeInteger(1))), rest)
    const otherCurve = writeSequence(writeSequence(ecKey, writeOid('1.2.840.10045.3.1.7')), rest)
    const bits = (bytes: Uint8Array): Uint8Array => writeDer(3, concatBytes(Uint8Array.of(0), bytes))
    const prefix = algorithm?.raw ?? new Uint8Array()
    const compressed = writeSequence(prefix, bits(concatBytes(Uint8Array.of(2), point.subarray(1, 33))))
    const foreign = writeSequence(prefix, bits(point.map((byte, i) => (i === 40 ? byte ^ 1 : byte))))
    for (const der of [explicit, otherCurve, compressed, foreign]) expect(() => parseSpki(readDer(der))).toThrow()
  })
})

describe('PKCS#8', () => {
  const pair = generateSm2KeyPair()

  test('round trip', () => {
    expect(importPkcs8(exportPkcs8(pair.privateKey))).toEqual(pair)
  })

  test('V35 keys outside [1, n-2] and foreign public keys are refused on import', () => {
    const hex = toHex(exportPkcs8(pair.privateKey))
    const withKey = (d: string): Uint8Array => fromHex(hex.replace(toHex(pair.privateKey), d))
    expect(() => importPkcs8(withKey('00'.repeat(32)))).toThrow('key.out-of-range')
    const nMinusOne = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122'
    expect(() => importPkcs8(withKey(nMinusOne))).toThrow('key.out-of-range')
    expect(() => importPkcs8(withKey('ff'.repeat(32)))).toThrow('key.out-of-range')
    expect(() => importPkcs8(withKey(toHex(generateSm2KeyPair().privateKey)))).toThrow('key.malformed')
  })

  test('V37 a key marked for another algorithm is refused', () => {
    const [version, , inner] = readChildren(readDer(exportPkcs8(pair.privateKey)))
    const marked = (...algorithm: readonly string[]): Uint8Array =>
      writeSequence(version?.raw ?? new Uint8Array(), writeSequence(...algorithm.map(writeOid)), inner?.raw ?? new Uint8Array())
    const ecKey = '1.2.840.10045.2.1'
    expect(importPkcs8(marked(ecKey, '1.2.156.10197.1.301'))).toEqual(pair)
    for (const algorithm of [[ecKey, '1.2.840.10045.3.1.7'], [ecKey, '1.3.132.0.10'], ['1.2.156.10197.1.301.3', '1.2.156.10197.1.301'], ['1.3.101.112', '1.2.156.10197.1.301']]) {
      expect(() => importPkcs8(marked(...algorithm)), algorithm.join()).toThrow('not an SM2 key on the named curve')
    }
  })
})
