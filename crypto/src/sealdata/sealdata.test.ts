import { beforeAll, expect, test } from 'vitest'
import { anOffice, aSeal, type Office, times } from '../../test-support/office.ts'
import { readChildren, readDer } from '../asn1/der-read.ts'
import {
  writeBits,
  writeCertificateTime,
  writeExplicit,
  writeGeneralizedTime,
  writeIa5,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
  writeUtf8,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { byteAt, concatBytes, utf8 } from '../bytes.ts'
import { sm3 } from '../hash/sm3.ts'
import { isSealGenuine, isSealHolder, parseSeal } from './seal.ts'
import { buildSealSignature, isSealSignatureGenuine, parseSealSignature, type SealSignature } from './seal-signature.ts'

let office: Office
let signature: SealSignature
beforeAll(async () => {
  office = await anOffice()
  const contents = { seal: office.seal, signedAt: times.signing, dataHash: sm3(), propertyInfo: 'test' }
  signature = await buildSealSignature(contents, office.signer)
})

test('a seal is read back as it was made', () => {
  const seal = parseSeal(office.seal.raw)
  expect(seal).toMatchObject({
    id: '53990000000001',
    vendorId: 'Xiewen',
    type: 1,
    name: '云岭市人民政府办公室',
    validFrom: times.start,
    validUntil: times.end,
    picture: { type: 'PNG', widthMm: 42, heightMm: 42 },
  })
  expect(isSealGenuine(seal)).toBe(true)
  expect(isSealHolder(seal, office.signer.certificate.raw)).toBe(true)
  expect(isSealHolder(seal, office.maker.certificate.raw)).toBe(false)
})

test('the maker signs eSealInfo alone and the signer toSign alone (GB/T 38540-2020)', () => {
  const [info] = readChildren(readDer(office.seal.raw))
  const [toSign] = readChildren(readDer(signature.raw))
  expect(office.seal.info).toEqual(info?.raw)
  expect(signature.toSign).toEqual(toSign?.raw)
  expect(isSealSignatureGenuine(signature)).toBe(true)
})

test('a seal with another picture, size or name is not genuine', async () => {
  const other = await aSeal(office.maker, office.signer, { name: '省人民政府' })
  const swapped = { ...office.seal, signedBytes: other.signedBytes }
  expect(isSealGenuine(swapped)).toBe(false)
})

test('a seal signature cut at any byte, or with a byte more, is refused', () => {
  for (let length = 0; length < signature.raw.length; length += 3) {
    expect(() => parseSealSignature(signature.raw.subarray(0, length)), `length ${length}`).toThrow()
  }
  expect(() => parseSealSignature(concatBytes(signature.raw, Uint8Array.of(0)))).toThrow('der.malformed')
})

test('no changed byte of the signed part leaves the signature genuine', () => {
  const start = signature.toSign.byteOffset - signature.raw.byteOffset
  for (let at = start; at < start + signature.toSign.length; at += 211) {
    const changed = Uint8Array.from(signature.raw)
    changed[at] = byteAt(changed, at) ^ 1
    let genuine = false
    try {
      const read = parseSealSignature(changed)
      genuine = isSealSignatureGenuine(read) && isSealGenuine(read.seal)
    } catch (cause) {
      expect(cause).toMatchObject({ name: 'CryptoError' })
    }
    expect(genuine, `byte ${at}`).toBe(false)
  }
})

test('other structures of the same shape are refused', () => {
  expect(() => parseSeal(writeSequence())).toThrow('der.malformed')
  expect(() => parseSealSignature(office.seal.raw)).toThrow()
  expect(() => parseSeal(signature.raw)).toThrow()
})

/** A seal and a signature as GM/T 0031 has them: version 1 (2014) or 5 (2025). */
async function foreign(
  version: 1 | 5,
  time: Uint8Array = utf8('20260301090000Z'),
): Promise<{ readonly seal: Uint8Array; readonly signature: Uint8Array }> {
  const { maker, signer } = office
  const when = version === 1 ? (at: number): Uint8Array => writeCertificateTime(at) : writeGeneralizedTime
  const info = writeSequence(
    writeSequence(writeIa5('ES'), writeInteger(version), writeIa5('Other')),
    writeIa5('id'),
    writeSequence(
      writeInteger(1),
      writeUtf8('云岭市人民政府'),
      ...(version === 1 ? [] : [writeInteger(1)]),
      writeSequence(writeOctets(signer.certificate.raw)),
      when(times.start),
      when(times.start),
      when(times.end),
    ),
    writeSequence(writeIa5('PNG'), writeOctets(utf8('picture')), writeInteger(42), writeInteger(42)),
  )
  const oid = writeOid(oids.sm2WithSm3)
  const makerPart = [writeOctets(maker.certificate.raw), oid]
  const seal =
    version === 1
      ? writeSequence(
          info,
          writeSequence(...makerPart, writeBits(await maker.key.sign(writeSequence(info, ...makerPart)))),
        )
      : writeSequence(
          info,
          ...makerPart,
          writeBits(await maker.key.sign(info)),
          writeExplicit(0, writeBits(utf8('stamp'))),
        )
  const signerPart = [writeOctets(signer.certificate.raw), oid]
  const common = [
    writeInteger(version),
    seal,
    version === 1 ? writeBits(time) : writeGeneralizedTime(times.signing),
    writeBits(sm3()),
    writeIa5('test'),
  ]
  const toSign = writeSequence(...common, ...(version === 1 ? signerPart : []))
  const made = writeBits(await signer.key.sign(toSign))
  return { seal, signature: version === 1 ? writeSequence(toSign, made) : writeSequence(toSign, ...signerPart, made) }
}

test.each([1, 5] as const)(
  'version %i is read, and its two signatures are over what GM/T 0031 says',
  async (version) => {
    const made = await foreign(version)
    const seal = parseSeal(made.seal)
    expect(seal).toMatchObject({ version, name: '云岭市人民政府', validFrom: times.start, validUntil: times.end })
    expect(isSealGenuine(seal)).toBe(true)
    expect(isSealGenuine({ ...seal, signedBytes: version === 1 ? seal.info : seal.raw })).toBe(false)
    expect(isSealHolder(seal, office.signer.certificate.raw)).toBe(true)
    const read = parseSealSignature(made.signature)
    expect(isSealSignatureGenuine(read)).toBe(true)
    expect(read).toMatchObject({ version, signedAt: version === 1 ? Date.UTC(2026, 2, 1, 9) : times.signing })
  },
)

test('structures that mix versions are refused', async () => {
  const [one, five] = [await foreign(1), await foreign(5)]
  const [oldBody] = readChildren(readDer(one.signature))
  const [newBody, cert, algorithm, made] = readChildren(readDer(five.signature))
  const raw = (...nodes: readonly ({ readonly raw: Uint8Array } | undefined)[]): Uint8Array =>
    writeSequence(...nodes.map((node) => node?.raw ?? new Uint8Array()))
  expect(() => parseSealSignature(raw(oldBody, cert, algorithm, made))).toThrow('seal.malformed')
  expect(() => parseSealSignature(raw(newBody, made))).toThrow('seal.malformed')
  const [, ...rest] = readChildren(newBody ?? readDer(one.seal))
  const mixed = writeSequence(writeInteger(4), ...rest.map((node) => node.raw))
  expect(() =>
    parseSealSignature(writeSequence(mixed, ...[cert, algorithm, made].map((node) => node?.raw ?? mixed))),
  ).toThrow('different versions')
  await expect(foreign(1, utf8('yesterday')).then(({ signature: bytes }) => parseSealSignature(bytes))).rejects.toThrow(
    'signing time',
  )
})
