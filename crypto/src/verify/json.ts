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
