import type { SealPicture } from '../sealdata/seal.ts'

/**
 * VALID: right in every respect · INVALID: a check failed · CHANGED_AFTER: the seal was right, the file grew since ·
 * UNTRUSTED: right, but nobody trusted vouches for it · INDETERMINATE: it could not be judged.
 */
export type Verdict = 'VALID' | 'INVALID' | 'CHANGED_AFTER' | 'UNTRUSTED' | 'INDETERMINATE'

/** Verdict each reason leads to. The keys are the stable reason codes. */
export const verdictOfReason = {
  'byte-range-malformed': 'INVALID',
  'byte-range-start': 'INVALID',
  'byte-range-hole': 'INVALID',
  'byte-range-end': 'INVALID',
  'contents-malformed': 'INVALID',
  'contents-padding': 'INVALID',
  'signature-object': 'INVALID',
  'revision-damaged': 'INVALID',
  'signature-not-in-form': 'INVALID',
  'seal-malformed': 'INVALID',
  'signature-mismatch': 'INVALID',
  'not-in-seal-list': 'INVALID',
  'seal-maker-signature': 'INVALID',
  'seal-not-yet-valid': 'INVALID',
  'seal-expired': 'INVALID',
  'certificate-expired': 'INVALID',
  'certificate-not-yet-valid': 'INVALID',
  'certificate-revoked': 'INVALID',
  'certificate-key-usage': 'INVALID',
  'certificate-not-authority': 'INVALID',
  'certificate-unknown-extension': 'INVALID',
  'chain-signature': 'INVALID',
  'signed-in-future': 'INVALID',
  'position-mismatch': 'INVALID',
  'digest-mismatch': 'INVALID',
  'reference-algorithm': 'INVALID',
  'reference-mismatch': 'INVALID',
  'seal-file-differs': 'INVALID',
  'cms-malformed': 'INVALID',
  'cms-signer': 'INVALID',
  'cms-certificate': 'INVALID',
  'cms-algorithm': 'INVALID',
  'cms-attributes': 'INVALID',
  'certification-mismatch': 'INVALID',
  'stamp-malformed': 'INVALID',
  'stamp-before-signing': 'INVALID',
  'changed-after': 'CHANGED_AFTER',
  'not-covered': 'CHANGED_AFTER',
  'later-seal-not-valid': 'CHANGED_AFTER',
  'certification-broken': 'CHANGED_AFTER',
  'chain-untrusted': 'UNTRUSTED',
  'maker-untrusted': 'UNTRUSTED',
  'unsupported-format': 'INDETERMINATE',
  'stamp-untrusted': 'INDETERMINATE',
  'stamp-missing': 'INDETERMINATE',
  'revoked-time-unproven': 'INDETERMINATE',
  'revocation-unknown': 'INDETERMINATE',
  'revocation-stale': 'INDETERMINATE',
  'revocation-list-other-kind': 'INDETERMINATE',
  'revocation-list-elsewhere': 'INDETERMINATE',
  'revocation-list-some-reasons': 'INDETERMINATE',
  'later-seal-unclear': 'INDETERMINATE',
  'unknown-kind': 'INDETERMINATE',
  'document-missing': 'INDETERMINATE',
  truncated: 'INDETERMINATE',
  'no-signature': 'INDETERMINATE',
  'too-large': 'INDETERMINATE',
  'too-many-signatures': 'INDETERMINATE',
  unreadable: 'INDETERMINATE',
} as const satisfies Readonly<Record<string, Verdict>>

/** Stable code of a reason. */
export type VerifyCode = keyof typeof verdictOfReason

/** One finding with its parameters; `whose` is “signer”, “maker” or “stamp” where a certificate is concerned. */
export interface VerifyReason {
  readonly code: VerifyCode
  readonly params: Readonly<Record<string, string | number>>
}

/** Remarks that do not change the verdict. */
export type VerifyNote =
  | 'certificate-expired-since'
  | 'certificate-revoked-since'
  | 'revocation-not-checked'
  | 'time-not-stamped'

/** The seal as the signature carries it. Instants are ms UTC. */
export interface ReportedSeal {
  readonly id: string
  readonly name: string
  readonly type: number
  readonly vendorId: string
  readonly validFrom: number
  readonly validUntil: number
  readonly makerName: string
  readonly picture: SealPicture
}

/** Who signed, from the certificate; `serial` in hexadecimal, `path` the common names from signer to root. */
export interface ReportedSigner {
  readonly commonName: string
  readonly subject: string
  readonly serial: string
  readonly notBefore: number
  readonly notAfter: number
  readonly path: readonly string[]
}

/** Where a seal stands on paper: page from 1, millimetres from the left and top edge. */
export interface ReportedPlace {
  readonly page: number
  readonly leftMm: number
  readonly topMm: number
  readonly widthMm: number
  readonly heightMm: number
}

/** The moment that counts (ms UTC), whose word it is, and the common name of the time stamp service. */
export interface ReportedTime {
  readonly at: number | null
  readonly source: 'time-stamp' | 'signer' | 'none'
  readonly authority: string | null
}

/** Whether the signer's certificate is known not to be revoked; `revoked-since`: later than the moment that counts (the reasons say when only the
 * signer vouches for that moment); `stale`: the list at hand is too old to tell. */
export type RevocationState = 'good' | 'revoked' | 'revoked-since' | 'stale' | 'unknown'

/** Why partitioned lists of the issuer that are at hand say nothing of a certificate: they are about another kind of certificates, about those of another
 * distribution point, or about some reasons only. */
export type RevocationGap = Extract<VerifyCode, `revocation-list-${string}`>

/** Findings on one signature, in the order of their revisions. `revision` counts from 1; `place` is the first of `places`. */
export interface SignatureReport {
  readonly verdict: Verdict
  readonly reasons: readonly VerifyReason[]
  readonly notes: readonly VerifyNote[]
  /** SubFilter of a PDF signature; `SES` or `CMS` elsewhere. */
  readonly format: string
  readonly revision: number
  readonly coveredBytes: number
  readonly fieldName: string | null
  readonly place: ReportedPlace | null
  readonly places: readonly ReportedPlace[]
  readonly seal: ReportedSeal | null
  readonly signer: ReportedSigner | null
  readonly signedAt: number | null
  readonly time: ReportedTime
  readonly revocation: RevocationState
  /** Files of a package that the signature leaves unprotected; anything among them could have been put there since. */
  readonly uncovered: readonly string[]
  /** What this first signature lets later revisions do (DocMDP), `null` when it does not certify. */
  readonly certification: 1 | 2 | 3 | null
}

/** Findings on a whole file. `digest` is its SM3 in hexadecimal. */
export interface VerifyReport {
  readonly verdict: Verdict
  readonly kind: 'pdf' | 'ofd' | 'ses' | 'seal' | 'cms' | 'unknown'
  readonly sizeBytes: number
  readonly digest: string
  readonly reasons: readonly VerifyReason[]
  readonly signatures: readonly SignatureReport[]
}

const gravest: readonly Verdict[] = ['INVALID', 'CHANGED_AFTER', 'UNTRUSTED', 'INDETERMINATE']

/** The gravest of several verdicts; VALID only when there is nothing else. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return gravest.find((verdict) => verdicts.includes(verdict)) ?? 'VALID'
}

/** A reason with its parameters. */
export function reason(code: VerifyCode, params: Readonly<Record<string, string | number>> = {}): VerifyReason {
  return { code, params }
}

/** The verdict a list of reasons leads to. */
export function verdictOf(reasons: readonly VerifyReason[]): Verdict {
  return worstVerdict(reasons.map((entry) => verdictOfReason[entry.code]))
}

/** A report about a signature of which nothing could be learnt yet. */
export const nothingKnown: SignatureReport = {
  verdict: 'INVALID',
  reasons: [],
  notes: [],
  format: '',
  revision: 0,
  coveredBytes: 0,
  fieldName: null,
  place: null,
  places: [],
  seal: null,
  signer: null,
  signedAt: null,
  time: { at: null, source: 'none', authority: null },
  revocation: 'unknown',
  certification: null,
  uncovered: [],
}
