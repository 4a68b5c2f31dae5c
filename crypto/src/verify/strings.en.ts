import type { Verdict, VerifyCode, VerifyNote } from './report.ts'

/** What each verdict says to a reader. */
export const verdictTexts: Readonly<Record<Verdict, string>> = {
  VALID: 'Valid: the seal is genuine and the file is unchanged since it was sealed.',
  INVALID: 'Invalid: something is wrong with the seal or the file.',
  CHANGED_AFTER: 'The file was changed after it was sealed.',
  UNTRUSTED: 'The signature is intact, but the signer or the seal maker is not trusted.',
  INDETERMINATE: 'No judgement is possible.',
}

/** What each reason says to a reader. Braces name parameters. */
export const reasonTexts: Readonly<Record<VerifyCode, string>> = {
  'byte-range-malformed': 'The covered range of the signature is malformed.',
  'byte-range-start': 'The covered range does not start at the beginning of the file.',
  'byte-range-hole': 'The gap in the covered range is not exactly the signature value.',
  'byte-range-end': 'The covered range reaches beyond the end of the file; the file may have been cut off.',
  'contents-malformed': 'The signature value is missing or not strictly encoded.',
  'contents-padding': 'Other data follows the signature value.',
  'signature-object': 'An incomplete signature object was found.',
  'revision-damaged': 'The sealed revision of the file is damaged.',
  'signature-not-in-form': 'The signature is not registered in a signature field.',
  'seal-malformed': 'The seal data does not follow GB/T 38540.',
  'signature-mismatch': 'The signer’s signature is wrong.',
  'not-in-seal-list': 'The signer’s certificate is not entitled to use this seal.',
  'seal-maker-signature': 'The seal maker’s signature is wrong; the seal may be forged.',
  'seal-not-yet-valid': 'The seal was not valid yet when it was used.',
  'seal-expired': 'The seal had expired when it was used.',
  'certificate-expired': 'A certificate had expired at the time of signing (serial {serial}).',
  'certificate-not-yet-valid': 'A certificate was not valid yet at the time of signing (serial {serial}).',
  'certificate-revoked': 'A certificate was revoked at the time of signing (serial {serial}).',
  'certificate-key-usage': 'A certificate may not be used for signing (serial {serial}).',
  'certificate-not-authority': 'An upper certificate may not issue certificates (serial {serial}).',
  'certificate-unknown-extension': 'A certificate has an unknown critical extension (serial {serial}).',
  'chain-signature': 'The issuer’s signature on a certificate is wrong (serial {serial}).',
  'signed-in-future': 'The signing time is later than now.',
  'position-mismatch': 'The seal does not stand where its signature says.',
  'digest-mismatch': 'The content differs from what was sealed.',
  'changed-after': 'The file was changed after it was sealed ({what}).',
  'later-seal-not-valid': 'A seal added later is not valid.',
  'chain-untrusted': 'A certificate does not lead to a trusted root (serial {serial}).',
  'maker-untrusted': 'The seal maker is not on the trusted list (serial {serial}).',
  'unsupported-format': 'This signature format is not supported ({format}).',
  'not-a-pdf': 'This is not a PDF file.',
  truncated: 'The file is incomplete; it may have been cut off.',
  'no-signature': 'The file carries no electronic seal.',
  'too-large': 'The file exceeds the size or time allowed for verification.',
  'too-many-signatures': 'The file carries too many signatures.',
  unreadable: 'The file cannot be read.',
}

/** What each remark says to a reader. */
export const noteTexts: Readonly<Record<VerifyNote, string>> = {
  'certificate-expired-since': 'The signer’s certificate has expired since; the seal keeps its force.',
  'certificate-revoked-since': 'The signer’s certificate was revoked after signing.',
  'revocation-not-checked': 'Revocation was not checked.',
  'time-not-stamped': 'The signing time rests on the signer’s word; there is no trusted time stamp.',
}
