/** What certificates, requests, lists and answers have in common: a body, an algorithm, an SM2 signature over the body. */
import { type DerNode, expectTag, readBits, readOid, readSequence, tags } from '../asn1/der-read.ts'
import { writeAlgorithm, writeBits, writeSequence } from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { CryptoError } from '../errors.ts'
import type { KeyHandle } from '../ports.ts'

/** AlgorithmIdentifier of SM2 with SM3, without parameters (GM/T 0015-2023). */
export const sm2Algorithm: Uint8Array = writeAlgorithm(oids.sm2WithSm3)

/** SEQUENCE{body, algorithm, signature} over a finished body. */
export async function signStructure(body: Uint8Array, key: KeyHandle): Promise<Uint8Array> {
  return writeSequence(body, sm2Algorithm, writeBits(await key.sign(body)))
}

/** Throws unless the node names SM2 with SM3; parameters may be absent or NULL, both are seen. */
export function assertSm2Signature(node: DerNode | undefined): void {
  const [oid, parameters] = readSequence(node, 'algorithm', 1, 2)
  if (parameters !== undefined && parameters.tag !== tags.null) {
    throw new CryptoError('certificate.malformed', 'unexpected algorithm parameters')
  }
  const found = readOid(oid, 'algorithm')
  if (found !== oids.sm2WithSm3)
    throw new CryptoError('certificate.malformed', 'not signed with SM2 and SM3', { found })
}

/** Parts of such a structure. @throws CryptoError der.malformed, certificate.malformed */
export function readSignedStructure(
  root: DerNode,
  name: string,
): { readonly body: DerNode; readonly signature: Uint8Array } {
  const [body, algorithm, signature] = readSequence(root, name, 3, 3)
  assertSm2Signature(algorithm)
  return { body: expectTag(body, tags.sequence, `${name} body`), signature: readBits(signature, 'signature') }
}

/** Serial number of 16 bytes at most as lower-case hexadecimal without sign octet, as `Certificate.serial`. */
export function readSerialHex(node: DerNode | undefined): string {
  const { content } = expectTag(node, tags.integer, 'serial number')
  const magnitude = content[0] === 0 && content.length > 1 ? content.subarray(1) : content
  let hex = ''
  for (const byte of magnitude) hex += byte.toString(16).padStart(2, '0')
  return hex
}
