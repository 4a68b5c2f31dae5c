/** PEM, the text form of DER. Source: RFC 7468. */
import { fromBase64, fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'

/** One block of a PEM file. */
export interface PemBlock {
  readonly label: string
  readonly der: Uint8Array
}

/** The blocks of a PEM file in order, whatever text stands around them; empty when there is none that can be read. */
export function readPem(bytes: Uint8Array): readonly PemBlock[] {
  const text = fromLatin1(bytes)
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,60})-----([A-Za-z0-9+/=\s]+)-----END \1-----/g)].flatMap(([, label = '', body = '']) => {
    const der = decode(body.replaceAll(/\s/g, ''))
    return der === null ? [] : [{ label, der }]
  })
}

/** DER as it is, or the one block of that label in a PEM file; `null` when it is neither. */
export function readDerOrPem(bytes: Uint8Array, label: string): Uint8Array | null {
  if (bytes[0] === 0x30) return bytes
  const [block, ...more] = readPem(bytes).filter((each) => each.label === label)
  return more.length === 0 ? (block?.der ?? null) : null
}

function decode(text: string): Uint8Array | null {
  try {
    return fromBase64(text)
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}
