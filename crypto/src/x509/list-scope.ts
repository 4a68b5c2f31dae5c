/** What a partitioned list of revoked certificates speaks for. Sources: RFC 5280 sections 4.2.1.13, 5.2.5 and 6.3.3; GM/T 0015-2023. */
import { type DerNode, expectTag, readChildren, readDer, readSequence, tags } from '../asn1/der-read.ts'
import { writeBits, writeDer, writeImplicit, writeSequence } from '../asn1/der-write.ts'
import { byteAt, concatBytes, equalBytes, fromLatin1, latin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Certificate } from './certificate.ts'
import { type RevocationReason, revocationReasons } from './revocation.ts'

/** Every reason there is, as bits of ReasonFlags (bit 0 is unused): only lists that together name them all say that a certificate stands. */
export const allReasons = 0x1fe

/**
 * The part of an issuer's certificates a list speaks for. `reasons` are bits of ReasonFlags; `names` are those of its distribution point (GeneralName, DER),
 * `null` when it gives none. `raw`: the extension as received; lists with the same one succeed each other.
 */
export interface ListScope {
  readonly raw: Uint8Array
  readonly holders: 'all' | 'users' | 'authorities'
  readonly reasons: number
  readonly names: readonly Uint8Array[] | null
}

/** Order for the scope of a list: whose certificates, revoked for which reasons, and at which addresses the list is published. */
export interface ListScopeOrder {
  readonly holders?: 'users' | 'authorities'
  readonly reasons?: readonly RevocationReason[]
  readonly addresses?: readonly string[]
}

/** IssuingDistributionPoint of an order. */
export function writeListScope({ holders, reasons, addresses }: ListScopeOrder): Uint8Array {
  const yes = Uint8Array.of(0xff)
  return writeSequence(
    ...(addresses === undefined ? [] : [writeDer(0xa0, writeDer(0xa0, ...addresses.map((address) => writeImplicit(6, latin1(address)))))]),
    ...(holders === undefined ? [] : [writeImplicit(holders === 'users' ? 1 : 2, yes)]),
    ...(reasons === undefined ? [] : [writeReasons(reasons)]),
  )
}

function writeReasons(reasons: readonly RevocationReason[]): Uint8Array {
  const octet = reasons.reduce((bits, reason) => bits | (0x80 >> revocationReasons[reason]), 0)
  // DER drops trailing zero bits of a named bit list.
  return writeImplicit(3, writeBits(Uint8Array.of(octet), 31 - Math.clz32(octet & -octet)).subarray(2))
}

/**
 * Reads IssuingDistributionPoint. Indirect lists and lists of attribute certificates are refused: they speak of other issuers and of other serial numbers.
 * @throws CryptoError list.indirect, list.attributes, certificate.malformed, der.malformed
 */
export function readListScope(value: DerNode, issuer: Uint8Array): ListScope {
  const parts = readSequence(value, 'issuing distribution point', 1, 6)
  if (parts.some((part, i) => i > 0 && (part.tag & 0x1f) <= ((parts[i - 1]?.tag ?? 0) & 0x1f))) throw malformed('fields out of order')
  const part = (tag: number): DerNode | undefined => parts.find((each) => each.tag === tag)
  if (parts.some(({ tag }) => ![0xa0, 0x81, 0x82, 0x83, 0x84, 0x85].includes(tag))) throw malformed('an unknown field')
  if (isSet(part(0x84))) throw new CryptoError('list.indirect', 'an indirect list')
  if (isSet(part(0x85))) throw new CryptoError('list.attributes', 'a list of attribute certificates')
  const [users, authorities, point] = [isSet(part(0x81)), isSet(part(0x82)), part(0xa0)]
  if (users && authorities) throw malformed('for users only and for authorities only')
  return { raw: value.raw, holders: users ? 'users' : authorities ? 'authorities' : 'all', reasons: readReasons(part(0x83)), names: point === undefined ? null : readPointNames(point, issuer) }
}

const malformed = (message: string): CryptoError => new CryptoError('certificate.malformed', `issuing distribution point: ${message}`)

/** A BOOLEAN under an implicit tag; FALSE written out is seen. */
function isSet(node: DerNode | undefined): boolean {
  if (node === undefined) return false
  const [octet] = node.content
  if (node.content.length !== 1 || (octet !== 0 && octet !== 0xff)) throw malformed('not a DER boolean')
  return octet === 0xff
}

/** ReasonFlags under an implicit tag; every reason when they are not given. */
function readReasons(node: DerNode | undefined): number {
  if (node === undefined) return allReasons
  const { content } = node
  if (content.length < 2 || content.length > 3 || byteAt(content, 0) > 7) throw malformed('bad reasons')
  let found = 0
  for (let bit = 1; bit <= 8; bit++) if (bit >> 3 < content.length - 1 && (byteAt(content, 1 + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0) found |= 1 << bit
  return found
}

/** Names of a DistributionPointName inside [0]. One relative to the issuer becomes a whole directory name. */
function readPointNames(wrapper: DerNode, issuer: Uint8Array): readonly Uint8Array[] {
  const [choice, ...more] = readChildren(wrapper)
  if (choice === undefined || more.length > 0) throw malformed('not one name')
  if (choice.tag === 0xa0) return readChildren(choice).map(({ raw }) => raw)
  if (choice.tag !== 0xa1) throw malformed('unknown kind of name')
  return [directoryName(writeSequence(concatBytes(readDer(issuer).content, writeDer(tags.set, choice.content))))]
}

const directoryName = (name: Uint8Array): Uint8Array => writeDer(0xa4, name)

/** A scope in words: whose certificates, whether for some reasons only, and the addresses (URI) among its names. */
export function presentListScope({ holders, reasons, names }: ListScope): { readonly holders: ListScope['holders']; readonly isSomeReasons: boolean; readonly addresses: readonly string[] } {
  const addresses = (names ?? []).map((name) => readDer(name)).flatMap(({ tag, content }) => (tag === 0x86 ? [fromLatin1(content)] : []))
  return { holders, isSomeReasons: reasons !== allReasons, addresses }
}

interface DistributionPoint {
  readonly names: readonly Uint8Array[]
  readonly reasons: number
}

type Covered = Pick<Certificate, 'issuer' | 'isAuthority' | 'distributionPoints'>

/** Where a certificate says its revocation is published, and, as RFC 5280 section 6.3.3 has it in the end, whatever is published under its issuer's name. */
function listPoints({ issuer, distributionPoints }: Covered): readonly DistributionPoint[] {
  const own: DistributionPoint = { names: [directoryName(issuer.raw)], reasons: allReasons }
  try {
    return [...(distributionPoints === null ? [] : readSequence(readDer(distributionPoints), 'distribution points').flatMap((node) => readPoint(node, issuer.raw))), own]
  } catch (cause) {
    // A certificate that does not say where, in a form that can be read, is in no part that is published elsewhere.
    if (cause instanceof CryptoError) return [own]
    throw cause
  }
}

function readPoint(node: DerNode, issuer: Uint8Array): readonly DistributionPoint[] {
  const parts = readChildren(expectTag(node, tags.sequence, 'distribution point'))
  const name = parts.find(({ tag }) => tag === 0xa0)
  // With a name of its own (cRLIssuer) somebody else keeps the list, and that list is an indirect one.
  if (name === undefined || parts.some(({ tag }) => tag === 0xa2)) return []
  return [{ names: readPointNames(name, issuer), reasons: readReasons(parts.find(({ tag }) => tag === 0x81)) }]
}

/** Why a list of a certificate's issuer does not speak for it: it is about another kind of certificates, or about those of another distribution point. */
export type OutOfScope = 'other-kind' | 'elsewhere'

/** Reasons (bits of ReasonFlags) for which a list of the certificate's issuer would name it, or why it would not. `null` is the scope of a whole list. */
export function coverageOf(scope: ListScope | null, certificate: Covered): number | OutOfScope {
  if (scope === null) return allReasons
  if (scope.holders !== 'all' && (scope.holders === 'authorities') !== certificate.isAuthority) return 'other-kind'
  const { names } = scope
  if (names === null) return scope.reasons
  const points = listPoints(certificate).filter((point) => point.names.some((name) => names.some((each) => equalBytes(each, name))))
  return points.length === 0 ? 'elsewhere' : points.reduce((found, point) => found | (point.reasons & scope.reasons), 0)
}

/** Reasons (bits of ReasonFlags) for which lists of the certificate's issuer together would name it: only all of them say that it stands. */
export function reasonsCovered(lists: readonly { readonly scope: ListScope | null }[], certificate: Covered): number {
  return lists.map(({ scope }) => coverageOf(scope, certificate)).reduce<number>((all, each) => (typeof each === 'number' ? all | each : all), 0)
}

/** Whether a list with the scope `wide` speaks for every certificate, and for every reason, that one of the same issuer with the scope `narrow` speaks for. */
export function isScopeWithin(narrow: ListScope | null, wide: ListScope | null): boolean {
  if (wide === null) return true
  if (narrow === null) return wide.holders === 'all' && wide.reasons === allReasons && wide.names === null
  const { names } = wide
  const isOfPoint = names === null || (narrow.names?.every((name) => names.some((each) => equalBytes(each, name))) ?? false)
  return isOfPoint && (wide.holders === 'all' || wide.holders === narrow.holders) && (narrow.reasons & ~wide.reasons) === 0
}
