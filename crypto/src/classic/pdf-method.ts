/** RSA and ECDSA signatures in PDF files, which every mainstream reader verifies. */
import { concatBytes } from '../bytes.ts'
import { type PdfSignatureMethod, stampRoomBytes } from '../pdf/signature-method.ts'
import type { StampSource } from '../sealdata/seal-signature.ts'
import { buildClassicSignedData, type ClassicSigner } from './signed-data.ts'

/**
 * A method for `signPdf`. `ETSI.CAdES.detached` is PAdES-B-B, and B-T with `stamp`; `adbe.pkcs7.detached` carries the signing time inside.
 * `signedAt` is ms UTC.
 */
export function classicMethod(order: {
  readonly kind: 'adbe.pkcs7.detached' | 'ETSI.CAdES.detached'
  readonly signer: ClassicSigner
  readonly signedAt: number
  readonly stamp?: StampSource
}): PdfSignatureMethod {
  const { kind, signer, signedAt, stamp } = order
  const certificateBytes = signer.certificates.reduce((sum, each) => sum + each.length, 0)
  return {
    kind,
    filter: 'Adobe.PPKLite',
    signedAt,
    // 1024 bytes hold a signature of an 8192-bit key, 1024 the attributes and the issuer's name.
    holeBytes: () => certificateBytes + 2048 + (stamp ? stampRoomBytes : 0),
    sign: (covered) =>
      buildClassicSignedData(
        {
          data: concatBytes(...covered),
          profile: kind === 'ETSI.CAdES.detached' ? 'pades' : 'pkcs7',
          signedAt,
          ...(stamp === undefined ? {} : { stamp }),
        },
        signer,
      ),
  }
}
