/** Electronic seal (电子印章) SESeal, version 4. Source: GB/T 38540-2020 clause 6. */
import {
  type DerNode,
  readBits,
  readDer,
  readOctets,
  readOid,
  readSequence,
  readSmallInteger,
  readText,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import {
  writeBits,
  writeGeneralizedTime,
  writeIa5,
  writeInteger,
  writeOctets,
  writeOid,
  writePrintable,
  writeSequence,
  writeUtf8,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/** Seal picture: `type` as found (“PNG”, “ofd” …), size on paper in whole millimetres. */
export interface SealPicture {
  readonly type: string
  readonly data: Uint8Array
  readonly widthMm: number
  readonly heightMm: number
}

/** Certificates entitled to use the seal: whole certificates, or their digests. */
export type SealCertificateList =
  | { readonly kind: 'certificates'; readonly certificates: readonly Uint8Array[] }
  | { readonly kind: 'digests'; readonly digests: readonly { readonly type: string; readonly value: Uint8Array }[] }

/** Contents of a seal. Instants are ms UTC, validity inclusive. `type` 1 is an organ's seal (单位印章), 2 a person's. */
export interface SealContents {
  readonly id: string
  readonly vendorId: string
  readonly type: number
  readonly name: string
  readonly holders: SealCertificateList
  readonly createdAt: number
  readonly validFrom: number
  readonly validUntil: number
  readonly picture: SealPicture
}

/** A seal as received: `raw` is the whole encoding, `info` the part its maker signed. */
export interface Seal extends SealContents {
  readonly raw: Uint8Array
  readonly info: Uint8Array
  readonly makerCertificate: Certificate
  readonly makerSignature: Uint8Array
}

/** The maker of seals (制章者): key and certificate. */
export interface SealMaker {
  readonly key: KeyHandle
  readonly certificate: Certificate
}

/** Makes a seal: eSealInfo signed by the maker. */
export async function buildSeal(contents: SealContents, maker: SealMaker): Promise<Seal> {
  const info = writeSequence(
    writeSequence(writeIa5('ES'), writeInteger(4), writeIa5(contents.vendorId)),
    writeIa5(contents.id),
    writeSequence(
      writeInteger(contents.type),
      writeUtf8(contents.name),
      ...writeHolders(contents.holders),
      writeGeneralizedTime(contents.createdAt),
      writeGeneralizedTime(contents.validFrom),
      writeGeneralizedTime(contents.validUntil),
    ),
    writeSequence(
      writeIa5(contents.picture.type),
      writeOctets(contents.picture.data),
      writeInteger(contents.picture.widthMm),
      writeInteger(contents.picture.heightMm),
    ),
  )
  const signature = await maker.key.sign(info)
  return parseSeal(
    writeSequence(info, writeOctets(maker.certificate.raw), writeOid(oids.sm2WithSm3), writeBits(signature)),
  )
}

function writeHolders(holders: SealCertificateList): readonly Uint8Array[] {
  switch (holders.kind) {
    case 'certificates':
      return [writeInteger(1), writeSequence(...holders.certificates.map(writeOctets))]
    case 'digests':
      return [
        writeInteger(2),
        writeSequence(
          ...holders.digests.map(({ type, value }) => writeSequence(writePrintable(type), writeOctets(value))),
        ),
      ]
  }
}

/** Reads a version 4 seal. @throws CryptoError der.malformed, seal.malformed, certificate.malformed, key.* */
export function parseSeal(bytes: Uint8Array): Seal {
  return readSeal(readDer(bytes))
}

/** Reads a seal that is part of a larger structure. */
export function readSeal(root: DerNode): Seal {
  const [info, cert, algorithm, signature] = readSequence(root, 'seal', 4, 4)
  const [header, id, property, picture] = readSequence(info, 'seal info', 4, 5)
  const [magic, version, vendor] = readSequence(header, 'header', 3, 3)
  if (readText(magic, 'magic', tags.ia5String) !== 'ES') throw new CryptoError('seal.malformed', 'header is not “ES”')
  if (readSmallInteger(version, 'version') !== 4) throw new CryptoError('seal.malformed', 'not a version 4 seal')
  if (readOid(algorithm, 'algorithm') !== oids.sm2WithSm3)
    throw new CryptoError('seal.malformed', 'not signed with SM2')
  return {
    raw: root.raw,
    info: info?.raw ?? root.raw,
    id: readText(id, 'seal id', tags.ia5String),
    vendorId: readText(vendor, 'vendor id', tags.ia5String),
    ...readProperty(property),
    picture: readPicture(picture),
    makerCertificate: parseCertificate(readOctets(cert, 'maker certificate')),
    makerSignature: readBits(signature, 'maker signature'),
  }
}

function readProperty(node: DerNode | undefined): Omit<SealContents, 'id' | 'vendorId' | 'picture'> {
  const [type, name, listType, list, created, from, until] = readSequence(node, 'property', 7, 7)
  return {
    type: readSmallInteger(type, 'seal type'),
    name: readText(name, 'seal name', tags.utf8String),
    holders: readHolders(readSmallInteger(listType, 'certificate list type'), list),
    createdAt: readTime(created, 'creation time'),
    validFrom: readTime(from, 'validity start'),
    validUntil: readTime(until, 'validity end'),
  }
}

function readHolders(type: number, node: DerNode | undefined): SealCertificateList {
  const entries = readSequence(node, 'certificate list', 1, 1024)
  if (type === 1) {
    return { kind: 'certificates', certificates: entries.map((entry) => readOctets(entry, 'certificate')) }
  }
  if (type !== 2) throw new CryptoError('seal.malformed', 'unknown certificate list type', { type })
  const digests = entries.map((entry) => {
    const [digestType, value] = readSequence(entry, 'certificate digest', 2, 2)
    return { type: readText(digestType, 'digest type'), value: readOctets(value, 'digest') }
  })
  return { kind: 'digests', digests }
}

function readPicture(node: DerNode | undefined): SealPicture {
  const [type, data, width, height] = readSequence(node, 'picture', 4, 4)
  return {
    type: readText(type, 'picture type', tags.ia5String),
    data: readOctets(data, 'picture'),
    widthMm: readSmallInteger(width, 'width', 10_000),
    heightMm: readSmallInteger(height, 'height', 10_000),
  }
}

/** Whether the seal was signed by the maker whose certificate it carries. That certificate is judged separately. */
export function isSealGenuine(seal: Seal): boolean {
  return sm2Verify(seal.makerCertificate.publicKey, seal.info, seal.makerSignature)
}

/** Whether a certificate is entitled to use the seal: byte-equal in the list, or by its SM3 digest. */
export function isSealHolder(seal: Seal, certificate: Uint8Array): boolean {
  switch (seal.holders.kind) {
    case 'certificates':
      return seal.holders.certificates.some((entry) => equalBytes(entry, certificate))
    case 'digests': {
      const digest = sm3(certificate)
      return seal.holders.digests.some((entry) => isSm3Name(entry.type) && equalBytes(entry.value, digest))
    }
  }
}

function isSm3Name(type: string): boolean {
  return type.toUpperCase() === 'SM3' || type === oids.sm3
}
