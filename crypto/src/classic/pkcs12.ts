/**
 * PKCS#12 files (.p12, .pfx) as certificate authorities hand them out. Source: RFC 7292. Read through node-forge, which knows the
 * old ciphers (3DES, RC2-40) such files still use. SM2 keys and certificates inside come out as they are.
 */
import forge from 'node-forge'
import { fromLatin1, latin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'

/** What a file held: private keys as PKCS#8, certificates as DER, in the file's order. */
export interface Pkcs12Contents {
  readonly privateKeys: readonly Uint8Array[]
  readonly certificates: readonly Uint8Array[]
}

const toBytes = (node: forge.asn1.Asn1): Uint8Array => latin1(forge.asn1.toDer(node).getBytes())

/** Opens a PKCS#12 file. A wrong password and altered bytes are the same error. @throws CryptoError key.malformed */
export function importPkcs12(bytes: Uint8Array, password: string): Pkcs12Contents {
  const file = open(bytes, password)
  const keys: Uint8Array[] = []
  const certificates: Uint8Array[] = []
  for (const { safeBags } of file.safeContents) {
    for (const bag of safeBags) {
      if (bag.type === forge.pki.oids['certBag'])
        certificates.push(toBytes(bag.asn1 ?? forge.pki.certificateToAsn1(bag.cert ?? fail())))
      else if (bag.type === forge.pki.oids['keyBag'] || bag.type === forge.pki.oids['pkcs8ShroudedKeyBag']) {
        keys.push(
          toBytes(bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : (bag.asn1 ?? fail())),
        )
      }
    }
  }
  return { privateKeys: keys, certificates }
}

function fail(): never {
  throw new CryptoError('key.malformed', 'the file holds an empty entry')
}

function open(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(fromLatin1(bytes)), password)
  } catch (cause) {
    // forge throws plain errors for a wrong password as for anything it cannot read.
    throw new CryptoError('key.malformed', 'the password is wrong or the file cannot be read', {
      reason: cause instanceof Error ? cause.message.slice(0, 80) : '',
    })
  }
}
