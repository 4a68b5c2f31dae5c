/**
 * The ways a revision of a PDF can be signed. Sources: GM/T 0112-2021 clauses 6 and 7 (`GM.sm2cms.detached`, `GM.sm2seal`), ISO 32000-1:2008
 * table 257 (`adbe.pkcs7.detached`), ETSI EN 319 142-1 (`ETSI.CAdES.detached`).
 */
import { buildSignedData, type DataSigner, signingCertificateAttribute } from '../cms/signed-data.ts'
import { concatBytes } from '../bytes.ts'
import { sm3 } from '../hash/sm3.ts'
import type { Seal } from '../sealdata/seal.ts'
import { buildSealSignature, type SealSigner, type StampSource } from '../sealdata/seal-signature.ts'

/** SubFilter names that are written and verified. */
export const pdfSignatureKinds = [
  'GM.sm2seal',
  'GM.sm2cms.detached',
  'adbe.pkcs7.detached',
  'ETSI.CAdES.detached',
] as const
/** One of the kinds. */
export type PdfSignatureKind = (typeof pdfSignatureKinds)[number]

/** The two parts of the file before and behind the signature value. */
export type CoveredBytes = readonly [before: Uint8Array, behind: Uint8Array]

/**
 * How a revision is signed. `signedAt` (ms UTC) is written as the claimed time; `holeBytes` is the most the value can take;
 * `sign` makes the value over the covered bytes; `propertyInfo` says where the seal stands, for kinds that can sign it.
 */
export interface PdfSignatureMethod {
  readonly kind: PdfSignatureKind
  readonly filter: string
  readonly signedAt: number
  holeBytes(propertyInfo: string): number
  sign(covered: CoveredBytes, propertyInfo: string): Promise<Uint8Array>
}

/** Room for a time stamp token with its service's certificates. */
export const stampRoomBytes = 8192

/** A seal of GB/T 38540 (`GM.sm2seal`). `stamp` obtains a time stamp over the signature value. */
export function sealMethod(order: {
  readonly seal: Seal
  readonly signer: SealSigner
  readonly signedAt: number
  readonly stamp?: StampSource
}): PdfSignatureMethod {
  const { seal, signer, signedAt, stamp } = order
  return {
    kind: 'GM.sm2seal',
    filter: 'GM.PKILite',
    signedAt,
    // 256 bytes hold the remaining fields and every length octet.
    holeBytes: (propertyInfo) =>
      seal.raw.length + signer.certificate.raw.length + propertyInfo.length + 256 + (stamp ? stampRoomBytes : 0),
    async sign(covered, propertyInfo) {
      const dataHash = sm3(...covered)
      const contents = { seal, signedAt, dataHash, propertyInfo }
      return (await buildSealSignature(contents, signer, stamp)).raw
    },
  }
}

/** An SM2 signature without a seal (`GM.sm2cms.detached`): GB/T 35275 SignedData with signed attributes. */
export function sm2CmsMethod(order: {
  readonly signer: DataSigner
  readonly signedAt: number
  readonly stamp?: StampSource
}): PdfSignatureMethod {
  const { signer, signedAt, stamp } = order
  return {
    kind: 'GM.sm2cms.detached',
    filter: 'GM.PKILite',
    signedAt,
    holeBytes: () => signer.certificate.raw.length * 2 + 512 + (stamp ? stampRoomBytes : 0),
    sign: (covered) =>
      buildSignedData(
        {
          style: 'attributes',
          data: concatBytes(...covered),
          signedAt,
          extraAttributes: [signingCertificateAttribute(signer.certificate.raw)],
          ...(stamp === undefined ? {} : { stamp }),
        },
        signer,
      ),
  }
}
