/** Stable codes of everything this library refuses to read or to do. */
export type CryptoErrorCode =
  | 'der.malformed'
  | 'key.out-of-range'
  | 'key.off-curve'
  | 'key.malformed'
  | 'sm2.decrypt-failed'
  | 'sm4.bad-length'
  | 'sm4.padding'
  | 'sm4.authentication-failed'
  | 'certificate.malformed'
  | 'list.weak'
  | 'list.delta'
  | 'list.indirect'
  | 'list.attributes'
  | 'list.algorithm'
  | 'cms.malformed'
  | 'cms.not-for-you'
  | 'timestamp.malformed'
  | 'timestamp.algorithm'
  | 'ocsp.malformed'
  | 'key-store.refused'
  | 'seal.malformed'
  | 'picture.too-large'
  | 'picture.malformed'
  | 'picture.no-seal'
  | 'picture.too-noisy'
  | 'merkle.bad-range'
  | 'checkpoint.malformed'
  | 'pdf.malformed'
  | 'pdf.unsupported'
  | 'pdf.too-large'
  | 'pdf.refused'
  | 'ofd.malformed'
  | 'ofd.refused'
  | 'text.malformed'

/**
 * The one error class of this library: the bytes or the request were refused.
 * `code` is stable and meant for machines, `details` names the place or the value.
 */
export class CryptoError extends Error {
  readonly code: CryptoErrorCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: CryptoErrorCode, message: string, details: Readonly<Record<string, string | number>> = {}) {
    super(`${code}: ${message}`)
    this.name = 'CryptoError'
    this.code = code
    this.details = details
  }
}
