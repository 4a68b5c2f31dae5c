import { beforeAll, expect, test } from 'vitest'
import { anOffice, aSeal, type Office, times } from '../../test-support/office.ts'
import { readChildren, readDer } from '../asn1/der-read.ts'
import { writeSequence } from '../asn1/der-write.ts'
import { byteAt, concatBytes } from '../bytes.ts'
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
  const swapped = { ...office.seal, info: other.info }
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
