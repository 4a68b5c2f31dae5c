/** Certificate revocation lists (CRL), version 2: issued with SM2, read with SM2, RSA and ECDSA. Sources: RFC 5280 section 5, GM/T 0015-2023. */
import {
  type DerNode,
  expectTag,
  readBits,
  readBoolean,
  readChildren,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import {
  writeBoolean,
  writeCertificateTime,
  writeEnumerated,
  writeExplicit,
  writeImplicit,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { type ClassicCertificate, isClassicAlgorithm, verifyClassicSignature, weakAlgorithms } from '../classic/certificate.ts'
import type { AnyCertificate } from '../cms/any-signed-data.ts'
import { concatBytes, equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import type { Certificate } from './certificate.ts'
import { type ListScope, type ListScopeOrder, readListScope, writeListScope } from './list-scope.ts'
import { type DistinguishedName, readName } from './name.ts'
import { type Revocation, type RevocationReason, revocationReasons } from './revocation.ts'
import { readSerialHex, signStructure, sm2Algorithm } from './signed-structure.ts'

/** One revoked certificate: serial as in `Certificate`, instant ms UTC. */
export interface RevokedEntry {
  readonly serial: string
  readonly revokedAt: number
  readonly reason: RevocationReason
}

/** A list as received; times are ms UTC. `nextUpdate` is when a newer list is due at the latest. */
export interface RevocationList {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
  /** Object identifier: SM2 with SM3, or RSA or ECDSA with SHA-2. */
  readonly signatureAlgorithm: string
  readonly issuer: DistinguishedName
  readonly thisUpdate: number
  readonly nextUpdate: number
  readonly number: bigint | null
  /** The part of the issuer's certificates it is about; `null`: all of them. */
  readonly scope: ListScope | null
  readonly entries: readonly RevokedEntry[]
}

/** Order for one list. `number` grows by one with every list of an issuer and a scope; without `scope` the list is about all of its certificates. */
export interface RevocationListOrder {
  readonly number: number
  readonly thisUpdate: number
  readonly nextUpdate: number
  readonly entries: readonly RevokedEntry[]
  readonly scope?: ListScopeOrder
}

/** Signs a list with the key of the authority whose certificate is given. */
export function issueRevocationList(
  order: RevocationListOrder,
  issuer: { readonly key: KeyHandle; readonly certificate: Certificate },
): Promise<Uint8Array> {
  const { certificate, key } = issuer
  const keyId = certificate.subjectKeyId
  const body = writeSequence(
    writeInteger(1),
    sm2Algorithm,
    certificate.subject.raw,
    writeCertificateTime(order.thisUpdate),
    writeCertificateTime(order.nextUpdate),
    ...(order.entries.length === 0 ? [] : [writeEntries(order.entries)]),
    writeExplicit(
      0,
      writeSequence(
        ...(keyId === null ? [] : [extension(oids.authorityKeyId, writeSequence(writeImplicit(0, keyId)))]),
        extension(oids.crlNumber, writeInteger(order.number)),
        ...(order.scope === undefined ? [] : [criticalExtension(oids.issuingDistributionPoint, writeListScope(order.scope))]),
      ),
    ),
  )
  return signStructure(body, key)
}

const extension = (oid: string, value: Uint8Array): Uint8Array => writeSequence(writeOid(oid), writeOctets(value))
const criticalExtension = (oid: string, value: Uint8Array): Uint8Array => writeSequence(writeOid(oid), writeBoolean(true), writeOctets(value))

/** In portions: a call takes only so many arguments, and lists grow to hundreds of thousands of entries. */
function writeEntries(entries: readonly RevokedEntry[]): Uint8Array {
  const portions: Uint8Array[] = []
  for (let from = 0; from < entries.length; from += 4096) portions.push(concatBytes(...entries.slice(from, from + 4096).map(writeEntry)))
  return writeSequence(...portions)
}

function writeEntry(entry: RevokedEntry): Uint8Array {
  const reason = revocationReasons[entry.reason]
  return writeSequence(
    writeInteger(BigInt(`0x${entry.serial}`)),
    writeCertificateTime(entry.revokedAt),
    ...(reason === 0 ? [] : [writeSequence(extension(oids.reasonCode, writeEnumerated(reason)))]),
  )
}

/**
 * Reads a list signed with SM2, RSA or ECDSA. Delta lists, indirect ones and unknown critical extensions are refused: what such a list
 * leaves out, or says of another issuer's certificates, would count as not revoked. So are lists signed over MD5 or SHA-1, which can be forged.
 * A partitioned list says in `scope` which part it is; `coverageOf` whether a certificate is in it.
 * @throws CryptoError der.malformed, certificate.malformed; list.delta, list.indirect, list.attributes, list.weak, list.algorithm
 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  const root = readDer(bytes)
  const [body, outer, signature] = readSequence(root, 'revocation list', 3, 3)
  const [version, inner, issuer, thisUpdate, nextUpdate, ...rest] = readSequence(body, 'list body', 5, 7)
  if (readInteger(version, 'version') !== 1n) throw new CryptoError('certificate.malformed', 'not a version 2 list')
  const signatureAlgorithm = readListAlgorithm(outer, inner)
  const entries = rest.find((node) => node.tag === tags.sequence)
  const wrapper = rest.find((node) => node.tag === 0xa0)
  const extensions = wrapper === undefined ? [] : readSequence(readChildren(wrapper)[0], 'extensions')
  const found = readExtensions(extensions, [oids.authorityKeyId, oids.crlNumber, oids.issuingDistributionPoint])
  const scope = found.get(oids.issuingDistributionPoint)
  const name = readName(issuer)
  const number = found.get(oids.crlNumber)
  return {
    raw: root.raw,
    tbs: expectTag(body, tags.sequence, 'list body').raw,
    signature: readBits(signature, 'signature'),
    signatureAlgorithm,
    issuer: name,
    thisUpdate: readTime(thisUpdate, 'this update'),
    nextUpdate: readTime(nextUpdate, 'next update'),
    number: number === undefined ? null : readInteger(number, 'list number'),
    scope: scope === undefined ? null : readListScope(scope, name.raw),
    entries: entries === undefined ? [] : readSequence(entries, 'revoked certificates', 0, 1_000_000).map(readEntry),
  }
}

function readListAlgorithm(outer: DerNode | undefined, inner: DerNode | undefined): string {
  const [oid, parameters] = readSequence(outer, 'algorithm', 1, 2)
  if (!equalBytes(expectTag(outer, tags.sequence, 'algorithm').raw, expectTag(inner, tags.sequence, 'algorithm').raw)) {
    throw new CryptoError('certificate.malformed', 'the two algorithm fields differ')
  }
  const found = readOid(oid, 'algorithm')
  if (weakAlgorithms.includes(found)) throw new CryptoError('list.weak', 'signed over a hash that can be forged', { found })
  if (found !== oids.sm2WithSm3 && !isClassicAlgorithm(found)) throw new CryptoError('list.algorithm', 'signed with an unknown algorithm', { found })
  // Absent or NULL; both are seen.
  if (parameters !== undefined && parameters.tag !== tags.null) throw new CryptoError('certificate.malformed', 'unexpected algorithm parameters')
  return found
}

/** What makes a list no answer: it tells the changes since another list, or of other issuers' certificates. */
const partial: Readonly<Record<string, 'list.delta' | 'list.indirect'>> = { [oids.deltaCrlIndicator]: 'list.delta', [oids.certificateIssuer]: 'list.indirect' }

function readExtensions(list: readonly DerNode[], known: readonly string[]): ReadonlyMap<string, DerNode> {
  const found = new Map<string, DerNode>()
  for (const each of list) {
    const parts = readSequence(each, 'extension', 2, 3)
    const oid = readOid(parts[0], 'extension type')
    if (found.has(oid)) throw new CryptoError('certificate.malformed', 'an extension appears twice', { oid })
    const refused = partial[oid]
    if (refused !== undefined) throw new CryptoError(refused, 'a delta or an indirect list', { oid })
    if (parts.length === 3 && readBoolean(parts[1], 'critical') && !known.includes(oid)) {
      throw new CryptoError('certificate.malformed', 'an unknown extension is critical', { oid })
    }
    found.set(oid, readDer(readOctets(parts.at(-1), 'extension value')))
  }
  return found
}

function readEntry(node: DerNode): RevokedEntry {
  const [serial, revokedAt, extensions] = readSequence(node, 'revoked certificate', 2, 3)
  const found =
    extensions === undefined
      ? new Map<string, DerNode>()
      : readExtensions(readSequence(extensions, 'entry extensions'), [oids.reasonCode])
  const code = found.get(oids.reasonCode)
  const value = code === undefined ? 0 : (expectTag(code, tags.enumerated, 'reason').content[0] ?? 0)
  const names = Object.entries(revocationReasons)
  const reason = names.find(([, number]) => number === value)?.[0]
  return {
    serial: readSerialHex(serial),
    revokedAt: readTime(revokedAt, 'revocation time'),
    reason: isReason(reason) ? reason : 'unspecified',
  }
}

const isReason = (name: string | undefined): name is RevocationReason => name !== undefined && name in revocationReasons

/** Whether the authority's key signed the list and its name is the issuer. */
export function isListSignedBy(list: RevocationList, authority: Certificate): boolean {
  return list.signatureAlgorithm === oids.sm2WithSm3 && mayHaveIssued(list, authority) && sm2Verify(authority.publicKey, list.tbs, list.signature)
}

/** As `isListSignedBy`, for an authority of any kind. RSA and ECDSA are checked by the platform, hence the promise. */
export async function isListSignedByAny(list: RevocationList, authority: AnyCertificate): Promise<boolean> {
  if (authority.kind === 'sm2') return isListSignedBy(list, authority.certificate)
  const { certificate } = authority
  return mayHaveIssued(list, certificate) && verifyClassicSignature(certificate.publicKeyInfo, list.signatureAlgorithm, list.tbs, list.signature)
}

/** Whether a list speaks for certificates with SM2 signatures or for RSA and ECDSA ones: an authority may keep both under one name. */
export const kindOfList = ({ signatureAlgorithm }: RevocationList): AnyCertificate['kind'] => (signatureAlgorithm === oids.sm2WithSm3 ? 'sm2' : 'classic')

function mayHaveIssued(list: RevocationList, { keyUsage, subject }: Pick<Certificate | ClassicCertificate, 'keyUsage' | 'subject'>): boolean {
  return (keyUsage === null || keyUsage.includes('cRLSign')) && equalBytes(list.issuer.raw, subject.raw)
}

/** The entries as `verifyChain` and `verifyFile` take them. */
export function revocationsOf(list: RevocationList): readonly Revocation[] {
  return list.entries.map(({ serial, revokedAt, reason }) => ({ issuer: list.issuer.raw, serial, revokedAt, reason }))
}
