/** One door for every kind of sealed file. */
import { fromLatin1, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { Budget, defaultLimits, type ReadLimits } from '../pdf/budget.ts'
import { reason, verdictOf, type VerifyReason, type VerifyReport, worstVerdict } from './report.ts'
import type { VerifyTrust } from './trust.ts'
import { verifyBare } from './verify-bare.ts'
import { verifyOfd } from './verify-ofd.ts'
import { verifyPdf } from './verify-pdf.ts'

/** What to verify against, and how much work the file may cause. */
export interface VerifyOptions extends VerifyTrust {
  readonly limits?: Partial<ReadLimits>
  /** What a seal signature or signed data in a file of its own was made for. */
  readonly document?: Uint8Array
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
    return await verifyKind(bytes, digest, options, new Budget(limits))
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

async function verifyKind(
  bytes: Uint8Array,
  digest: string,
  options: VerifyOptions,
  budget: Budget,
): Promise<VerifyReport> {
  const findings = await findKind(bytes, options, budget)
  if (findings === null) return emptyReport(bytes, digest, [reason('unknown-kind')])
  const { kind, reasons, signatures } = findings
  const verdict = worstVerdict([verdictOf(reasons), ...signatures.map((signature) => signature.verdict)])
  return { verdict, kind, sizeBytes: bytes.length, digest, reasons, signatures }
}

/** The first bytes say what a file is; whatever else they are is not judged. */
async function findKind(
  bytes: Uint8Array,
  options: VerifyOptions,
  budget: Budget,
): Promise<Pick<VerifyReport, 'kind' | 'reasons' | 'signatures'> | null> {
  const start = fromLatin1(bytes.subarray(0, 8))
  if (/^%PDF-[12]\.\d/.test(start)) return { kind: 'pdf', ...(await verifyPdf(bytes, options, budget)) }
  if (start.startsWith('PK\u0003\u0004') && bytes.length > 22) return { kind: 'ofd', ...(await verifyOfd(bytes, options, budget)) }
  if (bytes[0] !== 0x30 || bytes.length < 16) return null
  const { kind, signature } = await verifyBare(bytes, options.document ?? null, options)
  return { kind, reasons: [], signatures: [signature] }
}
