/** Checks of a seal signature in the order of GB/T 38540-2020 clause 7.3. */
import { equalBytes } from '../bytes.ts'
import type { AnyCertificate } from '../cms/any-signed-data.ts'
import { isSealGenuine, isSealHolder, type Seal } from '../sealdata/seal.ts'
import { isSealSignatureGenuine, type SealSignature } from '../sealdata/seal-signature.ts'
import {
  type ReportedSeal,
  type ReportedSigner,
  type ReportedTime,
  reason,
  type RevocationState,
  type VerifyNote,
  type VerifyReason,
} from './report.ts'
import { judgeCertificate, judgeTime, provenBy, type VerifyTrust } from './trust.ts'

/** Findings on one signature over a document. */
export interface SignatureFindings {
  readonly reasons: readonly VerifyReason[]
  readonly notes: readonly VerifyNote[]
  readonly seal: ReportedSeal | null
  readonly signer: ReportedSigner | null
  readonly signedAt: number | null
  readonly time: ReportedTime
  readonly revocation: RevocationState
}

/** Runs every check; none stops the others, so that the report is complete. `dataHash` is the digest of the document as found. */
export async function checkSealSignature(
  signature: SealSignature,
  dataHash: Uint8Array,
  trust: VerifyTrust,
): Promise<SignatureFindings> {
  const { seal, signedAt } = signature
  const time = await judgeTime(signature.timeStamp, signature.signature, signedAt, trust)
  const at = time.time.at ?? signedAt
  const certificate: AnyCertificate = { kind: 'sm2', certificate: signature.certificate }
  const existedAt = provenBy(time.time)
  const signer = await judgeCertificate({ certificate, whose: 'signer', at, existedAt }, trust)
  const reasons: VerifyReason[] = []
  if (!isSealSignatureGenuine(signature)) reasons.push(reason('signature-mismatch'))
  if (!isSealHolder(seal, signature.certificate.raw)) {
    reasons.push(reason('not-in-seal-list', { serial: signature.certificate.serial }))
  }
  if (!isSealGenuine(seal)) reasons.push(reason('seal-maker-signature'))
  reasons.push(...(await checkMaker(seal, trust, existedAt)))
  if (at < seal.validFrom) reasons.push(reason('seal-not-yet-valid', { validFrom: seal.validFrom, signedAt: at }))
  if (at > seal.validUntil) reasons.push(reason('seal-expired', { validUntil: seal.validUntil, signedAt: at }))
  reasons.push(...signer.reasons, ...time.reasons, ...checkFuture(at, trust))
  if (!equalBytes(signature.dataHash, dataHash)) reasons.push(reason('digest-mismatch'))
  return {
    reasons,
    notes: [...signer.notes, ...time.notes],
    seal: reportSeal(seal),
    signer: signer.signer,
    signedAt,
    time: time.time,
    revocation: signer.revocation,
  }
}

/** A signature cannot be younger than the present. */
export function checkFuture(signedAt: number | null, trust: VerifyTrust): readonly VerifyReason[] {
  const { at } = trust
  return at !== undefined && signedAt !== null && signedAt > at ? [reason('signed-in-future', { signedAt, at })] : []
}

/** A seal as reports show it. */
export function reportSeal(seal: Seal): ReportedSeal {
  return {
    id: seal.id,
    name: seal.name,
    type: seal.type,
    vendorId: seal.vendorId,
    validFrom: seal.validFrom,
    validUntil: seal.validUntil,
    makerName: seal.makerCertificate.subject.commonName,
    picture: seal.picture,
  }
}

/** Whether an accepted seal maker made the seal; `existedAt` as in `CertificateQuestion`. */
export async function checkMaker(seal: Seal, trust: VerifyTrust, existedAt?: number): Promise<readonly VerifyReason[]> {
  const { makerCertificate, createdAt } = seal
  const listed = trust.trust.some((entry) => equalBytes(entry.raw, makerCertificate.raw))
  const certificate: AnyCertificate = { kind: 'sm2', certificate: makerCertificate }
  const { reasons } = await judgeCertificate({ certificate, whose: 'maker', at: createdAt, existedAt }, { ...trust, needs: {} })
  return [...reasons, ...(listed ? [] : [reason('maker-untrusted', { serial: makerCertificate.serial })])]
}
