import { fromLatin1, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { Budget, defaultLimits, type ReadLimits } from '../pdf/budget.ts'
import { PdfFile } from '../pdf/file.ts'
import { numberOf, type PdfDictionary } from '../pdf/objects.ts'
import { parseSealSignature, type SealSignature } from '../sealdata/seal-signature.ts'
import { type Coverage, findSignatures, formatOf, type FoundSignature, readCoverage } from './pdf-signature.ts'
import {
  type ReportedPlace,
  reason,
  type SignatureReport,
  verdictOf,
  type VerifyReason,
  type VerifyReport,
  worstVerdict,
} from './report.ts'
import { findChange } from './revision.ts'
import { checkSealSignature, type VerifyTrust } from './seal-checks.ts'

/** What to verify against, and how much work the file may cause. */
export interface VerifyOptions extends VerifyTrust {
  readonly limits?: Partial<ReadLimits>
}

/** A signature on its way to a report. */
interface Judged {
  readonly report: SignatureReport
  readonly revisionFile: PdfFile | null
}

/**
 * Verifies every seal in a file and the file as a whole. Never throws for what is in the file: hostile, damaged and
 * oversized input gets a report too. A sealed file must stay as it was up to its last seal; later revisions may only be
 * further valid seals.
 */
export async function verifyFile(bytes: Uint8Array, options: VerifyOptions): Promise<VerifyReport> {
  const limits = { ...defaultLimits, ...options.limits }
  if (bytes.length > limits.maxBytes) {
    return emptyReport(bytes, '', [reason('too-large', { sizeBytes: bytes.length, maxBytes: limits.maxBytes })])
  }
  const digest = toHex(sm3(bytes))
  try {
    return verifyPdf(bytes, digest, options, new Budget(limits))
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'pdf.too-large')
      return emptyReport(bytes, digest, [reason('too-large')])
    if (cause instanceof CryptoError) return emptyReport(bytes, digest, [reason('unreadable', { code: cause.code })])
    // A stack overflow or a defect of ours must not become “valid”, nor take the caller down.
    const message = cause instanceof Error ? cause.message : String(cause)
    return emptyReport(bytes, digest, [reason('unreadable', { code: 'unexpected', message })])
  }
}

function emptyReport(bytes: Uint8Array, digest: string, reasons: readonly VerifyReason[]): VerifyReport {
  return { verdict: verdictOf(reasons), kind: 'unknown', sizeBytes: bytes.length, digest, reasons, signatures: [] }
}

function verifyPdf(bytes: Uint8Array, digest: string, options: VerifyOptions, budget: Budget): VerifyReport {
  if (!/^%PDF-[12]\.\d/.test(fromLatin1(bytes.subarray(0, 8)))) return emptyReport(bytes, digest, [reason('not-a-pdf')])
  const found = findSignatures(bytes, budget)
  const fileReasons: VerifyReason[] = []
  if (found.length > 128) fileReasons.push(reason('too-many-signatures', { most: 128 }))
  const judged = found.slice(0, 128).map((signature) => judgeAlone(bytes, signature, options, budget))
  judged.sort((left, right) => left.report.coveredBytes - right.report.coveredBytes)
  const signatures = judgeTogether(bytes, judged)
  if (found.length === 0) fileReasons.push(isComplete(bytes, budget) ? reason('no-signature') : reason('truncated'))
  const verdict = worstVerdict([verdictOf(fileReasons), ...signatures.map((signature) => signature.verdict)])
  return { verdict, kind: 'pdf', sizeBytes: bytes.length, digest, reasons: fileReasons, signatures }
}

function isComplete(bytes: Uint8Array, budget: Budget): boolean {
  try {
    return new PdfFile(bytes, budget).listPages().length > 0
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') return false
    throw cause
  }
}

const nothingKnown: SignatureReport = {
  verdict: 'INVALID',
  reasons: [],
  notes: [],
  revision: 0,
  coveredBytes: 0,
  fieldName: null,
  place: null,
  seal: null,
  signer: null,
  signedAt: null,
}

function failed(...reasons: readonly VerifyReason[]): Judged {
  return { report: { ...nothingKnown, reasons, verdict: verdictOf(reasons) }, revisionFile: null }
}

/** Judges one signature over the revision it covers. */
function judgeAlone(bytes: Uint8Array, found: FoundSignature, options: VerifyOptions, budget: Budget): Judged {
  if (found.dictionary === null) return failed(reason('signature-object', { offset: found.offset }))
  const coverage = readCoverage(bytes, found.dictionary)
  if ('code' in coverage) return failed(coverage)
  const format = formatOf(found.dictionary)
  if (format !== 'GM.sm2seal') return failed(reason('unsupported-format', { format }))
  const revision = openRevision(bytes.subarray(0, coverage.end), found, budget)
  const signature = parseSignature(coverage)
  if (!('toSign' in signature)) return failed(signature, ...('code' in revision ? [revision] : []))
  const dataHash = sm3(bytes.subarray(0, coverage.holeStart), bytes.subarray(coverage.holeEnd, coverage.end))
  const findings = checkSealSignature(signature, dataHash, options)
  const placeReasons = 'code' in revision ? [revision] : checkPlace(signature, revision)
  const reasons = [...placeReasons, ...findings.reasons]
  return {
    report: {
      verdict: verdictOf(reasons),
      reasons,
      notes: findings.notes,
      revision: 0,
      coveredBytes: coverage.end,
      fieldName: 'code' in revision ? null : revision.fieldName,
      place: 'code' in revision ? null : revision.place,
      seal: findings.seal,
      signer: findings.signer,
      signedAt: signature.signedAt,
    },
    revisionFile: 'code' in revision ? null : revision.file,
  }
}

function parseSignature(coverage: Coverage): SealSignature | VerifyReason {
  try {
    return parseSealSignature(coverage.der)
  } catch (cause) {
    if (cause instanceof CryptoError) return reason('seal-malformed', { code: cause.code, message: cause.message })
    throw cause
  }
}

interface Revision {
  readonly file: PdfFile
  readonly fieldName: string
  readonly place: ReportedPlace | null
  readonly rectangle: string
}

/** Opens the covered revision as a file of its own and finds the field that carries the signature. */
function openRevision(bytes: Uint8Array, found: FoundSignature, budget: Budget): Revision | VerifyReason {
  try {
    const file = new PdfFile(bytes, budget)
    const entry = file.findEntry(found.number)
    if (entry?.kind !== 'offset' || entry.offset !== found.offset) return reason('signature-not-in-form')
    const form = file.findDictionary(file.getCatalog().dictionary.entries.get('AcroForm'))
    for (const item of file.findArray(form?.entries.get('Fields'))?.items ?? []) {
      const field = file.findDictionary(item)
      const value = field?.entries.get('V')
      if (field === null || value?.kind !== 'reference' || value.number !== found.number) continue
      const number = item.kind === 'reference' ? item.number : -1
      return { file, fieldName: fieldNameOf(field), ...placeOf(file, field, number) }
    }
    return reason('signature-not-in-form')
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') {
      return reason('revision-damaged', { code: cause.code, message: cause.message })
    }
    throw cause
  }
}

function fieldNameOf(field: PdfDictionary): string {
  const name = field.entries.get('T')
  return name?.kind === 'string' ? fromLatin1(name.bytes) : ''
}

function placeOf(file: PdfFile, field: PdfDictionary, fieldNumber: number): Pick<Revision, 'place' | 'rectangle'> {
  const box = file.findArray(field.entries.get('Rect'))?.items.map((item) => file.resolve(item)) ?? []
  const rectangle = box.map((item) => (item.kind === 'number' ? item.text : '?')).join(',')
  const [left = 0, bottom = 0, right = 0, top = 0] = box.map((item) => numberOf(item) ?? 0)
  const pages = file.listPages()
  const index = pages.findIndex((page) =>
    file
      .findArray(page.dictionary.entries.get('Annots'))
      ?.items.some((item) => item.kind === 'reference' && item.number === fieldNumber),
  )
  const media = file
    .findArray(pages[index]?.inherited.get('MediaBox'))
    ?.items.map((item) => numberOf(file.resolve(item)) ?? 0)
  if (media === undefined) return { place: null, rectangle }
  const mm = (points: number): number => Math.round((points * 25.4 * 100) / 72) / 100
  return {
    rectangle,
    place: {
      page: index + 1,
      leftMm: mm(left - (media[0] ?? 0)),
      topMm: mm((media[3] ?? 0) - top),
      widthMm: mm(right - left),
      heightMm: mm(top - bottom),
    },
  }
}

/** Our own signatures say where the seal stands; the field must stand there. */
function checkPlace(signature: SealSignature, revision: Revision): readonly VerifyReason[] {
  const claim = /^pdf;field=([^;]*);page=(\d+);rect=(.*)$/.exec(signature.propertyInfo)
  if (claim === null) return []
  const [, field, page, rectangle] = claim
  const same = field === revision.fieldName && page === String(revision.place?.page) && rectangle === revision.rectangle
  return same ? [] : [reason('position-mismatch', { claimed: signature.propertyInfo })]
}

/** Judges what came after each signature; `judged` is in the order of coverage. */
function judgeTogether(bytes: Uint8Array, judged: readonly Judged[]): readonly SignatureReport[] {
  const reports: SignatureReport[] = []
  let after: VerifyReason | null = null
  for (let i = judged.length - 1; i >= 0; i--) {
    const current = judged[i]
    if (current === undefined) continue
    const later = judged[i + 1]
    after ??= current.report.coveredBytes === 0 ? null : findLaterChange(bytes, current, later)
    const reasons = after === null || current.report.coveredBytes === 0 ? [] : [after]
    const all = [...current.report.reasons, ...reasons]
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
  if (later.report.verdict !== 'VALID') return reason('later-seal-not-valid', { verdict: later.report.verdict })
  if (current.revisionFile === null || later.revisionFile === null) return reason('changed-after', { what: 'revision' })
  const change = findChangeSafely(current.revisionFile, later.revisionFile)
  return change === null ? null : reason('changed-after', { what: change })
}

function findChangeSafely(previous: PdfFile, next: PdfFile): string | null {
  try {
    return findChange(previous, next)
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') return 'damaged'
    throw cause
  }
}
