/**
 * EnvelopedData: a text only the named recipients can read. Source: GB/T 35275-2017 clause 9 (GM/T 0010); SM2 ciphertexts GM/T 0009.
 *
 * The text is enciphered with SM4-CBC under a key made for it, the key with SM2 for each recipient. Neither authenticates the sender:
 * sign first (`buildSignedData`) and envelope what was signed.
 */
import { type DerNode, expectTag, readChildren, readDer, readInteger, readOctets, readOid, readSequence, tags } from '../asn1/der-read.ts'
import { writeAlgorithm, writeDer, writeExplicit, writeInteger, writeOctets, writeOid, writeSequence, writeSetOf } from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { sm4CbcDecrypt, sm4CbcEncrypt } from '../cipher/sm4.ts'
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import { sm2Decrypt, sm2Encrypt } from '../sign/sm2-encryption.ts'
import type { Certificate } from '../x509/certificate.ts'

/** One recipient as named in an envelope. `serial` is lower-case hexadecimal, `encryptedKey` the DER ciphertext of GM/T 0009. */
export interface EnvelopeRecipient {
  readonly issuer: Uint8Array
  readonly serial: string
  readonly encryptedKey: Uint8Array
}

/** An EnvelopedData as received; nothing in it has been judged. */
export interface EnvelopedData {
  readonly recipients: readonly EnvelopeRecipient[]
  readonly contentType: string
  /** The initial value of CBC, 16 bytes. */
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

/** Who opens an envelope: the encryption certificate it was made for, and what deciphers an SM2 ciphertext (DER) in its key store. Where there is only a key
 * (`certificate` null), every recipient is tried. */
export interface EnvelopeOpener {
  readonly certificate: Certificate | null
  readonly decrypt: (ciphertext: Uint8Array) => Promise<Uint8Array>
}

const mostRecipients = 10_000
const keyAlgorithms: readonly string[] = [oids.sm2Encrypt, oids.sm2Sign, oids.sm2KeyExchange, oids.sm2Curve]
const contentAlgorithms: readonly string[] = [oids.sm4Cbc, oids.sm4]

/**
 * Envelopes a text for one or more recipients: a whole ContentInfo.
 * @throws CryptoError cms.malformed without recipients, or when a certificate's key usage forbids enciphering keys
 */
export function buildEnvelopedData(content: Uint8Array, recipients: readonly Certificate[], random: RandomSource = platformRandom): Uint8Array {
  if (recipients.length === 0) throw new CryptoError('cms.malformed', 'an envelope for nobody')
  const unfit = recipients.find((each) => !mayEncipher(each))
  if (unfit) throw new CryptoError('cms.malformed', 'the certificate is not for enciphering', { serial: unfit.serial })
  const [key, iv] = [new Uint8Array(16), new Uint8Array(16)]
  random.fill(key)
  random.fill(iv)
  const infos = recipients.map((each) =>
    writeSequence(writeInteger(1), nameOf(each), writeAlgorithm(oids.sm2Encrypt), writeOctets(sm2Encrypt(each.publicKey, key, random))),
  )
  const encrypted = writeSequence(
    writeOid(oids.gmData),
    writeSequence(writeOid(oids.sm4Cbc), writeOctets(iv)),
    writeDer(0x80, sm4CbcEncrypt(key, iv, content)),
  )
  key.fill(0)
  return writeSequence(writeOid(oids.gmEnvelopedData), writeExplicit(0, writeSequence(writeInteger(1), writeSetOf(...infos), encrypted)))
}

const nameOf = (certificate: Certificate): Uint8Array =>
  writeSequence(certificate.issuer.raw, writeInteger(BigInt(`0x${certificate.serial}`)))

/** Whether keys may be enciphered for a certificate; one without the extension may do everything. Source: RFC 5280 4.2.1.3 */
export function mayEncipher({ keyUsage }: Certificate): boolean {
  return keyUsage === null || keyUsage.includes('keyEncipherment') || keyUsage.includes('dataEncipherment') || keyUsage.includes('keyAgreement')
}

/**
 * Reads an EnvelopedData of GB/T 35275, or one of CMS with the same algorithms.
 * @throws CryptoError der.malformed, cms.malformed
 */
export function parseEnvelopedData(bytes: Uint8Array): EnvelopedData {
  const [type, wrapped] = readSequence(readDer(bytes), 'ContentInfo', 2, 2)
  const kind = readOid(type, 'contentType')
  if (kind !== oids.gmEnvelopedData && kind !== oids.cmsEnvelopedData) throw new CryptoError('cms.malformed', 'not an EnvelopedData')
  const [body] = readChildren(expectTag(wrapped, 0xa0, 'content'))
  const [version, infos, encrypted] = readSequence(body, 'EnvelopedData', 3, 4)
  if (readInteger(version, 'version') > 2n) throw new CryptoError('cms.malformed', 'an unknown version')
  const recipients = readChildren(expectTag(infos, tags.set, 'recipientInfos'))
  if (recipients.length === 0 || recipients.length > mostRecipients) throw new CryptoError('cms.malformed', 'no recipients, or too many')
  return { recipients: recipients.map(readRecipient), ...readEncrypted(encrypted) }
}

function readRecipient(node: DerNode): EnvelopeRecipient {
  const [, name, algorithm, key] = readSequence(node, 'RecipientInfo', 4, 4)
  const [issuer, serial] = readSequence(name, 'issuerAndSerialNumber', 2, 2)
  if (issuer === undefined || serial === undefined) throw new CryptoError('cms.malformed', 'a recipient without a name')
  const [oid] = readSequence(algorithm, 'keyEncryptionAlgorithm', 1, 2)
  if (!keyAlgorithms.includes(readOid(oid, 'keyEncryptionAlgorithm'))) throw new CryptoError('cms.malformed', 'an unknown way to encipher the key')
  const number = readInteger(serial, 'serialNumber')
  if (number < 0n) throw new CryptoError('cms.malformed', 'a negative serial number')
  return { issuer: issuer.raw, serial: number.toString(16), encryptedKey: readOctets(key, 'encryptedKey') }
}

function readEncrypted(node: DerNode | undefined): Pick<EnvelopedData, 'contentType' | 'iv' | 'ciphertext'> {
  // Shared information [1] and [2] of key agreement may follow; it does not concern an envelope.
  const [type, algorithm, ciphertext] = readSequence(node, 'EncryptedContentInfo', 3, 5)
  const [oid, iv] = readSequence(algorithm, 'contentEncryptionAlgorithm', 2, 2)
  if (!contentAlgorithms.includes(readOid(oid, 'contentEncryptionAlgorithm'))) throw new CryptoError('cms.malformed', 'an unknown cipher')
  return { contentType: readOid(type, 'contentType'), iv: readOctets(iv, 'iv'), ciphertext: expectTag(ciphertext, 0x80, 'encryptedContent').content }
}

/**
 * Opens an envelope.
 *
 * A wrong key, a changed key ciphertext and a changed text are told apart to nobody: all are the same error.
 * @throws CryptoError der.malformed, cms.malformed; cms.not-for-you when no recipient is this certificate; sm2.decrypt-failed
 */
export async function openEnvelopedData(bytes: Uint8Array, opener: EnvelopeOpener): Promise<Uint8Array> {
  const envelope = parseEnvelopedData(bytes)
  for (const recipient of recipientsFor(envelope, opener.certificate)) {
    const text = await openFor(envelope, recipient, opener)
    if (text !== null) return text
  }
  throw new CryptoError('sm2.decrypt-failed', 'the envelope does not open with this key')
}

/** Trying every recipient with a key takes a multiplication each. */
const mostTried = 100

function recipientsFor({ recipients }: EnvelopedData, certificate: Certificate | null): readonly EnvelopeRecipient[] {
  if (certificate === null) return recipients.slice(0, mostTried)
  const { issuer, serial } = certificate
  const own = recipients.filter((each) => BigInt(`0x${each.serial}`) === BigInt(`0x${serial}`) && equalBytes(each.issuer, issuer.raw))
  if (own.length === 0) throw new CryptoError('cms.not-for-you', 'the envelope names other recipients', { serial })
  return own.slice(0, 1)
}

async function openFor(envelope: EnvelopedData, recipient: EnvelopeRecipient, opener: EnvelopeOpener): Promise<Uint8Array | null> {
  try {
    const key = await opener.decrypt(recipient.encryptedKey)
    const text = sm4CbcDecrypt(key, envelope.iv, envelope.ciphertext)
    key.fill(0)
    return text
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}

/** An opener with a private key at hand (32 bytes). */
export function envelopeOpener(certificate: Certificate | null, privateKey: Uint8Array): EnvelopeOpener {
  return { certificate, decrypt: async (ciphertext) => sm2Decrypt(privateKey, ciphertext) }
}
