/** Checks of a seal signature in the order of GB/T 38540-2020 clause 7.3. */
import { equalBytes } from '../bytes.ts'
import { isSealGenuine, isSealHolder } from '../sealdata/seal.ts'
import { isSealSignatureGenuine, type SealSignature } from '../sealdata/seal-signature.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type ChainProblem, type Revocation, verifyChain } from '../x509/chain.ts'
import { type ReportedSeal, type ReportedSigner, reason, type VerifyNote, type VerifyReason } from './report.ts'

/**
 * What the verifier may rely on. `trust` holds self-signed anchors, the authorities below them, and the certificates of
 * the accepted seal makers (a seal made by anyone else is UNTRUSTED even under a trusted anchor).
 * `at` (ms UTC) is the present as the caller knows it; without it nothing is said about the time since signing.
 */
export interface VerifyTrust {
  readonly trust: readonly Certificate[]
  readonly at?: number
  readonly revoked?: readonly Revocation[]
}

/** Findings on one seal signature over a document with the given digest. */
export interface SealFindings {
  readonly reasons: readonly VerifyReason[]
  readonly notes: readonly VerifyNote[]
  readonly seal: ReportedSeal
  readonly signer: ReportedSigner
}

/** Runs every check; none stops the others, so that the report is complete. */
export function checkSealSignature(signature: SealSignature, dataHash: Uint8Array, trust: VerifyTrust): SealFindings {
  const { seal, certificate, signedAt } = signature
  const signerChain = verifyChain(certificate, { ...trust, at: signedAt })
  const reasons: VerifyReason[] = []
  if (!isSealSignatureGenuine(signature)) reasons.push(reason('signature-mismatch'))
  if (!isSealHolder(seal, certificate.raw)) reasons.push(reason('not-in-seal-list', { serial: certificate.serial }))
  if (!isSealGenuine(seal)) reasons.push(reason('seal-maker-signature'))
  reasons.push(...checkMaker(signature, trust))
  if (signedAt < seal.validFrom) reasons.push(reason('seal-not-yet-valid', { validFrom: seal.validFrom, signedAt }))
  if (signedAt > seal.validUntil) reasons.push(reason('seal-expired', { validUntil: seal.validUntil, signedAt }))
  reasons.push(...signerChain.problems.map((problem) => chainReason(problem, 'signer')))
  if (trust.at !== undefined && signedAt > trust.at)
    reasons.push(reason('signed-in-future', { signedAt, at: trust.at }))
  if (!equalBytes(signature.dataHash, dataHash)) reasons.push(reason('digest-mismatch'))
  return {
    reasons,
    notes: listNotes(signature, trust),
    seal: {
      id: seal.id,
      name: seal.name,
      type: seal.type,
      vendorId: seal.vendorId,
      validFrom: seal.validFrom,
      validUntil: seal.validUntil,
      makerName: seal.makerCertificate.subject.commonName,
      picture: seal.picture,
    },
    signer: {
      commonName: certificate.subject.commonName,
      subject: certificate.subject.text,
      serial: certificate.serial,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      path: signerChain.path.map((step) => step.subject.commonName),
    },
  }
}

function checkMaker(signature: SealSignature, trust: VerifyTrust): readonly VerifyReason[] {
  const { makerCertificate, createdAt } = signature.seal
  const listed = trust.trust.some((entry) => equalBytes(entry.raw, makerCertificate.raw))
  const { problems } = verifyChain(makerCertificate, { ...trust, at: createdAt })
  return [
    ...problems.map((problem) => chainReason(problem, 'maker')),
    ...(listed ? [] : [reason('maker-untrusted', { serial: makerCertificate.serial })]),
  ]
}

function chainReason(problem: ChainProblem, whose: 'signer' | 'maker'): VerifyReason {
  return reason(problem.code, {
    whose,
    serial: problem.serial,
    ...(problem.at === undefined ? {} : { at: problem.at }),
  })
}

function listNotes(signature: SealSignature, trust: VerifyTrust): readonly VerifyNote[] {
  const { certificate, signedAt } = signature
  const revocation = trust.revoked?.find(
    (entry) => entry.serial === certificate.serial && equalBytes(entry.issuer, certificate.issuer.raw),
  )
  return [
    ...(trust.at !== undefined && trust.at > certificate.notAfter ? (['certificate-expired-since'] as const) : []),
    ...(revocation !== undefined && revocation.revokedAt > signedAt ? (['certificate-revoked-since'] as const) : []),
    ...(trust.revoked === undefined ? (['revocation-not-checked'] as const) : []),
    // Time stamps are not judged yet, so the signing time always rests on the signer's word.
    'time-not-stamped',
  ]
}
