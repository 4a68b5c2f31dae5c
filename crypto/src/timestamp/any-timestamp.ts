/** Time stamps of any service: RFC 3161 tokens with SM3 or SHA-2, signed with SM2, RSA or ECDSA. */
import { expectTag, readChildren, readDer, readInteger, readOctets, readOid, readSequence, readTime } from '../asn1/der-read.ts'
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import { type AnyCertificate, certificatesOf, digestBy, verifyAnySignedData } from '../cms/any-signed-data.ts'
import { parseSignedData } from '../cms/signed-data.ts'
import { CryptoError } from '../errors.ts'

/** When, by whom, and the certificates that came along; trust is not judged. */
export interface AnyTimestamp {
  readonly at: number
  readonly service: AnyCertificate
  readonly certificates: readonly AnyCertificate[]
}

/** Checks a token over the stamped bytes. @throws CryptoError der.malformed, cms.malformed, timestamp.malformed */
export async function verifyAnyTimestamp(token: Uint8Array, stamped: Uint8Array): Promise<AnyTimestamp> {
  const data = parseSignedData(token)
  if (data.contentType !== oids.timeStampInfo || data.content === null) {
    throw new CryptoError('timestamp.malformed', 'not a time stamp')
  }
  const result = await verifyAnySignedData(data, { needsCertificateName: true })
  if (!result.ok) {
    throw new CryptoError('timestamp.malformed', 'the signature is not right', { problem: result.problem })
  }
  const [version, , imprint, , time, ...rest] = readSequence(readDer(data.content), 'time stamp', 5, 10)
  if (readInteger(version, 'version') !== 1n) throw new CryptoError('timestamp.malformed', 'unknown version')
  const [algorithm, digest] = readSequence(imprint, 'message imprint', 2, 2)
  const oid = readOid(readSequence(algorithm, 'digest algorithm', 1, 2)[0], 'digest algorithm')
  const expected = await digestBy(oid, [stamped])
  if (expected === null || !equalBytes(readOctets(digest, 'digest'), expected)) {
    throw new CryptoError('timestamp.malformed', 'stamped is something else')
  }
  const extensions = rest.find((node) => node.tag === 0xa1)
  const isCritical = (node: Parameters<typeof readChildren>[0]): boolean => readChildren(expectTag(node, 0x30, 'extension'))[1]?.tag === 1
  if (extensions !== undefined && readChildren(extensions).some(isCritical)) {
    throw new CryptoError('timestamp.malformed', 'an unknown extension is critical')
  }
  return { at: readTime(time, 'time'), service: result.signer, certificates: certificatesOf(data) }
}
