import { beforeAll, expect, test } from 'vitest'
import { anOffice, type Office, times } from '../../test-support/office.ts'
import { readChildren, readDer, readOid, readSequence } from '../asn1/der-read.ts'
import { utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import type { Certificate } from '../x509/certificate.ts'
import { issueCertificate } from '../x509/issue.ts'
import { buildEnvelopedData, envelopeOpener, openEnvelopedData, parseEnvelopedData } from './enveloped-data.ts'

const text = utf8('关于调整有关人员岗位的意见（内部）'.repeat(40))
let office: Office
let first: { certificate: Certificate; privateKey: Uint8Array }
let second: typeof first

beforeAll(async () => {
  office = await anOffice()
  const recipient = async (commonName: string) => {
    const { privateKey, publicKey } = generateSm2KeyPair()
    const order = { profile: 'encryption', subject: { commonName }, publicKey, notBefore: times.start, notAfter: times.end } as const
    return { certificate: await issueCertificate(order, office.issuing), privateKey }
  }
  first = await recipient('档案馆加密证书')
  second = await recipient('上级机关加密证书')
})

const envelope = (...to: readonly (typeof first)[]) => buildEnvelopedData(text, to.map((each) => each.certificate))
const open = (bytes: Uint8Array, { certificate, privateKey }: typeof first) => openEnvelopedData(bytes, envelopeOpener(certificate, privateKey))
const codeOf = (opening: Promise<unknown>) => opening.then(() => 'opened', (error: unknown) => (error instanceof CryptoError ? error.code : error))

test('every recipient named reads the text, nobody else', async () => {
  const bytes = envelope(first, second)
  expect(await open(bytes, first)).toEqual(text)
  expect(await open(bytes, second)).toEqual(text)
  expect(await codeOf(open(envelope(first), second))).toBe('cms.not-for-you')
  expect(await codeOf(open(bytes, { certificate: first.certificate, privateKey: second.privateKey }))).toBe('sm2.decrypt-failed')
})

test('it is written as GB/T 35275 says, and never twice alike', () => {
  const bytes = envelope(first)
  const [type, wrapped] = readSequence(readDer(bytes), 'ContentInfo', 2, 2)
  expect(readOid(type, 'type')).toBe('1.2.156.10197.6.1.4.2.3')
  const [body] = readChildren(wrapped!)
  const [, infos, encrypted] = readSequence(body, 'EnvelopedData', 3, 3)
  const [, , keyAlgorithm] = readSequence(readChildren(infos!)[0], 'RecipientInfo', 4, 4)
  expect(readOid(readSequence(keyAlgorithm, 'algorithm', 1, 2)[0], 'oid')).toBe('1.2.156.10197.1.301.3')
  const [contentType, cipher] = readSequence(encrypted, 'EncryptedContentInfo', 3, 3)
  expect([readOid(contentType, 'type'), readOid(readSequence(cipher, 'cipher', 2, 2)[0], 'oid')]).toEqual(['1.2.156.10197.6.1.4.2.1', '1.2.156.10197.1.104.2'])
  expect(parseEnvelopedData(envelope(first)).ciphertext).not.toEqual(parseEnvelopedData(bytes).ciphertext)
})

test('a key ciphertext that was changed anywhere is one and the same refusal', async () => {
  const bytes = envelope(first)
  const { encryptedKey } = parseEnvelopedData(bytes).recipients[0]!
  const start = Buffer.from(bytes).indexOf(encryptedKey)
  for (const place of [start + 12, start + encryptedKey.length - 20, start + encryptedKey.length - 1]) {
    const changed = bytes.slice()
    changed[place]! ^= 1
    expect(await codeOf(open(changed, first))).toBe('sm2.decrypt-failed')
  }
})

test('a certificate for signing gets no envelope, and nobody is no recipient', () => {
  expect(() => buildEnvelopedData(text, [office.signer.certificate])).toThrow(/cms.malformed/)
  expect(() => buildEnvelopedData(text, [])).toThrow(/cms.malformed/)
})

test('cut, padded and foreign bytes are refused', () => {
  const bytes = envelope(first)
  for (const hostile of [bytes.slice(0, -1), new Uint8Array([...bytes, 0]), utf8('x'), Uint8Array.of(0x30, 0x80)]) expect(() => parseEnvelopedData(hostile)).toThrow(CryptoError)
})
