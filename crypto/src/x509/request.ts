/** Certificate requests (CSR). Sources: RFC 2986, GM/T 0009-2023. */
import { expectTag, readDer, readInteger, readSequence } from '../asn1/der-read.ts'
import { writeDer, writeInteger, writeSequence } from '../asn1/der-write.ts'
import { CryptoError } from '../errors.ts'
import { exportSpki, parseSpki } from '../keys/pkcs8.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type DistinguishedName, type NameParts, readName, writeName } from './name.ts'
import { readSignedStructure, signStructure } from './signed-structure.ts'

/** A request whose signature proved possession of the private key. `publicKey` is 65 bytes. */
export interface CertificateRequest {
  readonly raw: Uint8Array
  readonly subject: DistinguishedName
  readonly publicKey: Uint8Array
}

/** Asks for a certificate: the wished name and the public key, signed with the private key. */
export function buildCertificateRequest(subject: NameParts, key: KeyHandle): Promise<Uint8Array> {
  const body = writeSequence(writeInteger(0), writeName(subject), exportSpki(key.publicKey), writeDer(0xa0))
  return signStructure(body, key)
}

/**
 * Reads a request and checks its signature. Attributes are not interpreted: the issuer decides about usages.
 * @throws CryptoError der.malformed, certificate.malformed, key.malformed, key.off-curve
 */
export function parseCertificateRequest(bytes: Uint8Array): CertificateRequest {
  const root = readDer(bytes)
  const { body, signature } = readSignedStructure(root, 'request')
  const [version, subject, key, attributes] = readSequence(body, 'request body', 3, 4)
  if (readInteger(version, 'version') !== 0n) throw new CryptoError('certificate.malformed', 'unknown request version')
  if (attributes !== undefined) expectTag(attributes, 0xa0, 'attributes')
  const publicKey = parseSpki(expectTag(key, 0x30, 'public key info'))
  if (!sm2Verify(publicKey, body.raw, signature)) {
    throw new CryptoError('certificate.malformed', 'the request is not signed with its own key')
  }
  return { raw: root.raw, subject: readName(subject), publicKey }
}
