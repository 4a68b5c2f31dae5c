/**
 * Electronic seal (电子印章) SESeal. Written: version 4 (GB/T 38540-2020 clause 6). Read: also version 1 (GM/T 0031-2014) and
 * version 5 (GM/T 0031-2025), which differ in where the maker's signature lies and in what it covers.
 */
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

/** Versions of seal and signature structures that are read. */
export type SealVersion = 1 | 4 | 5

/** A seal as received: `raw` is the whole encoding, `info` its description, `signedBytes` what its maker signed. */
export interface Seal extends SealContents {
  readonly version: SealVersion
  readonly raw: Uint8Array
  readonly signedBytes: Uint8Array
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

/** Reads a seal. @throws CryptoError der.malformed, seal.malformed, certificate.malformed, key.* */
export function parseSeal(bytes: Uint8Array): Seal {
  return readSeal(readDer(bytes))
}

/** Reads a seal that is part of a larger structure. Two parts are version 1, four or five are version 4 or 5. */
export function readSeal(root: DerNode): Seal {
  const parts = readSequence(root, 'seal', 2, 5)
  const [info] = parts
  const [header, id, property, picture] = readSequence(info, 'seal info', 4, 5)
  const { version, vendorId } = readHeader(header)
  const { cert, algorithm, signature, signedBytes } =
    version === 1 ? readOldSignature(parts) : readSignature(parts, version)
  if (readOid(algorithm, 'algorithm') !== oids.sm2WithSm3)
    throw new CryptoError('seal.malformed', 'not signed with SM2')
  return {
    version,
    raw: root.raw,
    info: info?.raw ?? root.raw,
    signedBytes,
    id: readText(id, 'seal id', tags.ia5String),
    vendorId,
    ...readProperty(property, version),
    picture: readPicture(picture),
    makerCertificate: parseCertificate(readOctets(cert, 'maker certificate')),
    makerSignature: readBits(signature, 'maker signature'),
  }
}

function readHeader(node: DerNode | undefined): { readonly version: SealVersion; readonly vendorId: string } {
  const [magic, number, vendor] = readSequence(node, 'header', 3, 3)
  if (readText(magic, 'magic', tags.ia5String) !== 'ES') throw new CryptoError('seal.malformed', 'header is not “ES”')
  const version = readSmallInteger(number, 'version')
  if (version !== 1 && version !== 4 && version !== 5)
    throw new CryptoError('seal.malformed', 'unknown version', { version })
  return { version, vendorId: readText(vendor, 'vendor id', tags.ia5String) }
}

interface MakerSignature {
  readonly cert: DerNode | undefined
  readonly algorithm: DerNode | undefined
  readonly signature: DerNode | undefined
  readonly signedBytes: Uint8Array
}

/** Versions 4 and 5: four parts in a row, the signature over the description alone; version 5 may add a time stamp. */
function readSignature(parts: readonly DerNode[], version: SealVersion): MakerSignature {
  const [info, cert, algorithm, signature, stamp] = parts
  if (stamp !== undefined && (version !== 5 || stamp.tag !== 0xa0)) {
    throw new CryptoError('seal.malformed', 'unexpected part after the signature')
  }
  return { cert, algorithm, signature, signedBytes: info?.raw ?? new Uint8Array() }
}

/** Version 1: the description and SEQUENCE{cert, algorithm, signature}; signed are description, cert and algorithm together. */
function readOldSignature(parts: readonly DerNode[]): MakerSignature {
  if (parts.length !== 2) throw new CryptoError('seal.malformed', 'a version 1 seal has two parts')
  const [info, signInfo] = parts
  const [cert, algorithm, signature] = readSequence(signInfo, 'sign info', 3, 3)
  const covered = [info, cert, algorithm].map((node) => node?.raw ?? new Uint8Array())
  return { cert, algorithm, signature, signedBytes: writeSequence(...covered) }
}

function readProperty(
  node: DerNode | undefined,
  version: SealVersion,
): Omit<SealContents, 'id' | 'vendorId' | 'picture'> {
  const parts = readSequence(node, 'property', version === 1 ? 6 : 7, version === 1 ? 6 : 7)
  const [type, name] = parts
  const [list, created, from, until] = parts.slice(version === 1 ? 2 : 3)
  // Version 1 knows whole certificates only and does not say so.
  const listType = version === 1 ? 1 : readSmallInteger(parts[2], 'certificate list type')
  return {
    type: readSmallInteger(type, 'seal type'),
    name: readText(name, 'seal name', tags.utf8String),
    holders: readHolders(listType, list),
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
  return sm2Verify(seal.makerCertificate.publicKey, seal.signedBytes, seal.makerSignature)
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
