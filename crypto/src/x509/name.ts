/** Distinguished names. Source: RFC 5280 section 4.1.2.4, GM/T 0015-2023. */
import { type DerNode, expectTag, readChildren, readOid, readSequence, readText, tags } from '../asn1/der-read.ts'
import { writeOid, writePrintable, writeSequence, writeSetOfOne, writeUtf8 } from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'

/** The parts of a name this library writes; `country` is two Latin letters. */
export interface NameParts {
  readonly commonName: string
  readonly country?: string
  readonly province?: string
  readonly locality?: string
  readonly organisation?: string
  readonly unit?: string
}

/** A received name: its exact bytes, its common name (empty when absent) and a line for people. */
export interface DistinguishedName {
  readonly raw: Uint8Array
  readonly commonName: string
  readonly text: string
}

const labels: ReadonlyMap<string, string> = new Map([
  [oids.country, 'C'],
  [oids.province, 'ST'],
  [oids.locality, 'L'],
  [oids.organisation, 'O'],
  [oids.unit, 'OU'],
  [oids.commonName, 'CN'],
])

/** Encodes a name, most general part first. */
export function writeName(parts: NameParts): Uint8Array {
  const attribute = (oid: string, value: Uint8Array): Uint8Array => writeSetOfOne(writeSequence(writeOid(oid), value))
  const texts: readonly (readonly [string, string | undefined])[] = [
    [oids.province, parts.province],
    [oids.locality, parts.locality],
    [oids.organisation, parts.organisation],
    [oids.unit, parts.unit],
    [oids.commonName, parts.commonName],
  ]
  return writeSequence(
    ...(parts.country === undefined ? [] : [attribute(oids.country, writePrintable(parts.country))]),
    ...texts.flatMap(([oid, text]) => (text === undefined ? [] : [attribute(oid, writeUtf8(text))])),
  )
}

/** Reads a name. Attributes in other string types are shown as “?”. @throws CryptoError der.malformed */
export function readName(node: DerNode | undefined): DistinguishedName {
  const sets = readSequence(node, 'name')
  const attributes = sets
    .flatMap((set) => readChildren(expectTag(set, tags.set, 'relative name')))
    .map((attribute) => {
      const [oid, value] = readSequence(attribute, 'attribute', 2, 2)
      const isText =
        value?.tag === tags.utf8String || value?.tag === tags.printableString || value?.tag === tags.ia5String
      return { oid: readOid(oid, 'attribute type'), text: isText ? readText(value, 'attribute') : '?' }
    })
  return {
    raw: node?.raw ?? new Uint8Array(),
    commonName: attributes.findLast((attribute) => attribute.oid === oids.commonName)?.text ?? '',
    text: attributes.map(({ oid, text }) => `${labels.get(oid) ?? oid}=${text}`).join(', '),
  }
}
