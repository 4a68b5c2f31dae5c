/** Verifying the signatures of a PDF, each over its revision and all of them together. */
import { sm3 } from '../hash/sm3.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'
import { PdfFile } from '../pdf/file.ts'
import { pdfSignatureKinds, type PdfSignatureKind } from '../pdf/signature-method.ts'
import { parseSealSignature, type SealSignature } from '../sealdata/seal-signature.ts'
import { checkCms } from './cms-checks.ts'
import { certificationOf, checkCertification, checkPlace, claimedTimeOf, openRevision } from './pdf-revision.ts'
import { type Coverage, findSignatures, formatOf, type FoundSignature, readCoverage } from './pdf-signature.ts'
import { nothingKnown, reason, type SignatureReport, verdictOf, type VerifyReason } from './report.ts'
import { findChange } from './revision.ts'
import { checkSealSignature, type SignatureFindings } from './seal-checks.ts'
import type { VerifyTrust } from './trust.ts'

/** A signature on its way to a report. */
interface Judged {
  readonly report: SignatureReport
  readonly revisionFile: PdfFile | null
}

const mostSignatures = 128

/** What is found in a PDF: of the file itself, and of each signature in the order of revisions. */
export interface PdfFindings {
  readonly reasons: readonly VerifyReason[]
  readonly signatures: readonly SignatureReport[]
}

/** Judges every signature. @throws CryptoError pdf.too-large */
export async function verifyPdf(bytes: Uint8Array, trust: VerifyTrust, budget: Budget): Promise<PdfFindings> {
  const found = findSignatures(bytes, budget)
  const reasons: VerifyReason[] = []
  if (found.length > mostSignatures) reasons.push(reason('too-many-signatures', { most: mostSignatures }))
  const judged: Judged[] = []
  for (const signature of found.slice(0, mostSignatures)) judged.push(await judgeAlone(bytes, signature, trust, budget))
  judged.sort((left, right) => left.report.coveredBytes - right.report.coveredBytes)
  if (found.length === 0) reasons.push(isComplete(bytes, budget) ? reason('no-signature') : reason('truncated'))
  return { reasons, signatures: judgeTogether(bytes, judged) }
}

function isComplete(bytes: Uint8Array, budget: Budget): boolean {
  try {
    return new PdfFile(bytes, budget).listPages().length > 0
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') return false
    throw cause
  }
}

function failed(format: string, ...reasons: readonly VerifyReason[]): Judged {
  return { report: { ...nothingKnown, format, reasons, verdict: verdictOf(reasons) }, revisionFile: null }
}

const isKnownKind = (format: string): format is PdfSignatureKind =>
  pdfSignatureKinds.some((kind) => kind === format)

/** Judges one signature over the revision it covers. */
async function judgeAlone(
  bytes: Uint8Array,
  found: FoundSignature,
  trust: VerifyTrust,
  budget: Budget,
): Promise<Judged> {
  if (found.dictionary === null) return failed('', reason('signature-object', { offset: found.offset }))
  const format = formatOf(found.dictionary)
  const coverage = readCoverage(bytes, found.dictionary)
  if ('code' in coverage) return failed(format, coverage)
  if (!isKnownKind(format)) return failed(format, reason('unsupported-format', { format }))
  const revision = openRevision(bytes.subarray(0, coverage.end), found, budget)
  const opened = 'code' in revision ? null : revision
  const value = await judgeValue(bytes, coverage, format, found, trust)
  const level = certificationOf(found.dictionary)
  const reasons = [
    ...('code' in revision ? [revision] : checkCertification(revision.file, { number: found.number, level })),
    ...(opened !== null && value.sealSignature !== null ? checkPlace(value.sealSignature, opened) : []),
    ...value.findings.reasons,
  ]
  const report: SignatureReport = {
    ...nothingKnown,
    ...value.findings,
    format,
    reasons,
    verdict: verdictOf(reasons),
    coveredBytes: coverage.end,
    fieldName: opened?.fieldName ?? null,
    place: opened?.places[0] ?? null,
    places: opened?.places ?? [],
    certification: level,
  }
  return { report, revisionFile: opened?.file ?? null }
}

interface JudgedValue {
  readonly findings: Partial<SignatureFindings> & Pick<SignatureFindings, 'reasons'>
  readonly sealSignature: SealSignature | null
}

/** Judges the signature value over the covered bytes. */
async function judgeValue(
  bytes: Uint8Array,
  coverage: Coverage,
  format: PdfSignatureKind,
  found: FoundSignature,
  trust: VerifyTrust,
): Promise<JudgedValue> {
  const parts = [bytes.subarray(0, coverage.holeStart), bytes.subarray(coverage.holeEnd, coverage.end)]
  if (format === 'GM.sm2seal') {
    const signature = parseSignature(coverage)
    if (!('toSign' in signature)) return { findings: { reasons: [signature] }, sealSignature: null }
    const findings = await checkSealSignature(signature, sm3(...parts), trust)
    return { findings, sealSignature: signature }
  }
  const order = {
    detached: parts,
    needsCertificateName: format === 'ETSI.CAdES.detached',
    claimedAt: found.dictionary === null ? null : claimedTimeOf(found.dictionary),
  }
  return { findings: await checkCms(coverage.der, order, trust), sealSignature: null }
}

function parseSignature(coverage: Coverage): SealSignature | VerifyReason {
  try {
    return parseSealSignature(coverage.der)
  } catch (cause) {
    if (cause instanceof CryptoError) return reason('seal-malformed', { code: cause.code, message: cause.message })
    throw cause
  }
}

/** Judges what came after each signature; `judged` is in the order of coverage. */
function judgeTogether(bytes: Uint8Array, judged: readonly Judged[]): readonly SignatureReport[] {
  const reports: SignatureReport[] = []
  let after: VerifyReason | null = null
  for (let i = judged.length - 1; i >= 0; i--) {
    const current = judged[i]
    if (current === undefined) continue
    const { coveredBytes, certification } = current.report
    after ??= coveredBytes === 0 ? null : findLaterChange(bytes, current, judged[i + 1])
    const isBroken = certification === 1 && coveredBytes > 0 && coveredBytes < bytes.length
    const later = [...(after === null || coveredBytes === 0 ? [] : [after]), ...(isBroken ? [reason('certification-broken')] : [])]
    const all = [...current.report.reasons, ...later]
    reports.unshift({ ...current.report, revision: i + 1, reasons: all, verdict: verdictOf(all) })
  }
  return reports
}

function findLaterChange(bytes: Uint8Array, current: Judged, later: Judged | undefined): VerifyReason | null {
  const { coveredBytes } = current.report
  if (later === undefined) {
    return coveredBytes === bytes.length
      ? null
      : reason('changed-after', { what: 'appended', bytes: bytes.length - coveredBytes })
  }
  const { verdict } = later.report
  if (verdict !== 'VALID' && verdict !== 'INDETERMINATE') return reason('later-seal-not-valid', { verdict })
  if (current.revisionFile === null || later.revisionFile === null) return reason('changed-after', { what: 'revision' })
  const change = findChangeSafely(current.revisionFile, later.revisionFile)
  if (change !== null) return reason('changed-after', { what: change })
  return verdict === 'VALID' ? null : reason('later-seal-unclear')
}

function findChangeSafely(previous: PdfFile, next: PdfFile): string | null {
  try {
    return findChange(previous, next)
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') return 'damaged'
    throw cause
  }
}
