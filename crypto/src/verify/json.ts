/** A report in a form that JSON can carry. */
import { toBase64 } from '../bytes.ts'
import type { ReportedSeal, SignatureReport, VerifyReport } from './report.ts'

/** A seal with its picture as a data URL, empty when browsers cannot show its kind. */
export interface JsonSeal extends Omit<ReportedSeal, 'picture'> {
  readonly picture: string
  readonly widthMm: number
  readonly heightMm: number
}

/** `SignatureReport` with a `JsonSeal`. */
export interface JsonSignature extends Omit<SignatureReport, 'seal'> {
  readonly seal: JsonSeal | null
}

/** `VerifyReport` without bytes: what `--json` prints and what programs exchange. */
export interface JsonReport extends Omit<VerifyReport, 'signatures'> {
  readonly signatures: readonly JsonSignature[]
}

/** Turns a report into JSON-safe values. */
export function toJsonReport(report: VerifyReport): JsonReport {
  return { ...report, signatures: report.signatures.map((each) => ({ ...each, seal: each.seal === null ? null : toJsonSeal(each.seal) })) }
}

function toJsonSeal({ picture, ...seal }: ReportedSeal): JsonSeal {
  const kind = /^(png|jpe?g|gif|bmp)$/i.exec(picture.type)?.[1]?.toLowerCase().replace('jpg', 'jpeg')
  return {
    ...seal,
    picture: kind === undefined ? '' : `data:image/${kind};base64,${toBase64(picture.data)}`,
    widthMm: picture.widthMm,
    heightMm: picture.heightMm,
  }
}

/** What people are shown of a report: one flat record per signature, empty texts for what it does not hold. Server and browser
 * show the same. */
export function summarizeReport(report: VerifyReport) {
  const { signatures } = toJsonReport(report)
  const { verdict, kind, digest, sizeBytes } = report
  return { verdict, kind, digest, sizeBytes, reasons: copyReasons(report.reasons), seals: signatures.map(summarizeSignature) }
}

/** What `summarizeReport` gives. */
export type ReportSummary = ReturnType<typeof summarizeReport>

/** One signature of it. */
export type SignatureSummary = ReturnType<typeof summarizeSignature>

function summarizeSignature(signature: JsonSignature) {
  const { seal, signer, time } = signature
  return {
    verdict: signature.verdict,
    reasons: copyReasons(signature.reasons),
    notes: [...signature.notes],
    sealName: seal?.name ?? '',
    sealCode: seal?.id ?? '',
    makerName: seal?.makerName ?? '',
    signerName: signer?.commonName ?? '',
    certificateSerial: signer?.serial ?? '',
    certificatePath: [...(signer?.path ?? [])],
    signedAt: time.at ?? signature.signedAt,
    timeSource: time.source,
    timeAuthority: time.authority ?? '',
    revocation: signature.revocation,
    format: signature.format,
    revision: signature.revision,
    page: signature.place?.page ?? null,
    places: signature.places.map(({ page, leftMm, topMm, widthMm, heightMm }) => ({ page, leftMm, topMm, widthMm, heightMm })),
    coveredBytes: signature.coveredBytes,
    picture: seal?.picture ?? '',
  }
}

function copyReasons(reasons: VerifyReport['reasons']) {
  return reasons.map(({ code, params }) => ({ code, params: { ...params } }))
}
