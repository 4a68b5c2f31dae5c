/** Verifying a seal, a seal signature or signed data that lies in a file of its own. */
import { readDer, readSequence } from '../asn1/der-read.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { isSealGenuine, parseSeal, type Seal } from '../sealdata/seal.ts'
import { parseSealSignature } from '../sealdata/seal-signature.ts'
import { checkCms } from './cms-checks.ts'
import { nothingKnown, reason, type SignatureReport, verdictOf, type VerifyReason } from './report.ts'
import { checkMaker, checkSealSignature, reportSeal } from './seal-checks.ts'
import type { VerifyTrust } from './trust.ts'

/** What a bare file holds. */
export type BareKind = 'ses' | 'seal' | 'cms'

/** Findings on the one thing in the file. */
export interface BareFindings {
  readonly kind: BareKind
  readonly signature: SignatureReport
}

/**
 * Judges a file in DER. `document` is what it was made for; without it nothing can be said about the document.
 * @throws CryptoError der.malformed, seal.malformed … when it is none of the three
 */
export async function verifyBare(bytes: Uint8Array, document: Uint8Array | null, trust: VerifyTrust): Promise<BareFindings> {
  const parts = readSequence(readDer(bytes), 'file', 2, 5)
  const missing = document === null ? [reason('document-missing')] : []
  const base = { ...nothingKnown, revision: 1, coveredBytes: bytes.length }
  if (parts[0]?.tag === 0x06) {
    const found = await checkCms(bytes, { detached: document === null ? [] : [document], needsCertificateName: false, claimedAt: null }, trust)
    const kept = document === null ? found.reasons.filter(({ code }) => code !== 'digest-mismatch') : found.reasons
    return { kind: 'cms', signature: finish({ ...base, ...found, format: 'CMS' }, [...kept, ...missing]) }
  }
  const seal = trySeal(bytes)
  if (seal !== null) {
    const reasons = [...(isSealGenuine(seal) ? [] : [reason('seal-maker-signature')]), ...(await checkMaker(seal, trust)), ...checkNow(seal, trust)]
    return { kind: 'seal', signature: finish({ ...base, format: 'SESeal', seal: reportSeal(seal) }, reasons) }
  }
  const parsed = parseSealSignature(bytes)
  const found = await checkSealSignature(parsed, document === null ? parsed.dataHash : sm3(document), trust)
  return { kind: 'ses', signature: finish({ ...base, ...found, format: 'SES' }, [...found.reasons, ...missing]) }
}

function finish(report: SignatureReport, reasons: readonly VerifyReason[]): SignatureReport {
  return { ...report, reasons, verdict: verdictOf(reasons) }
}

/** A seal for itself is judged by the present: nothing was signed with it here. */
function checkNow(seal: Seal, { at }: VerifyTrust): readonly VerifyReason[] {
  if (at === undefined) return []
  if (at < seal.validFrom) return [reason('seal-not-yet-valid', { validFrom: seal.validFrom, signedAt: at })]
  return at > seal.validUntil ? [reason('seal-expired', { validUntil: seal.validUntil, signedAt: at })] : []
}

/** A signature also begins with a sequence; only a whole seal reads as one. */
function trySeal(bytes: Uint8Array): Seal | null {
  try {
    return parseSeal(bytes)
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}
