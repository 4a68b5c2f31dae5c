/** What a person can do about a file of a batch that is not impressed. */

/** `none` nothing is to be done · `try` it can be tried · `alone` open it and move the seal back · `resume` once the seal is in use again ·
 * `renew` once its certificate is renewed (换证) · `apply-anew` a new application · `colleague` somebody else must impress it · `administrator`
 * something is broken. */
export const batchSteps = ['none', 'try', 'alone', 'resume', 'renew', 'apply-anew', 'colleague', 'administrator'] as const
/** One of them. */
export type BatchStep = (typeof batchSteps)[number]

const steps: Readonly<Record<string, BatchStep>> = {
  'seals.permit-used': 'none',
  'seals.outside-place': 'alone',
  'seals.not-active': 'resume',
  'seals.certificate-expired': 'renew',
  'seals.permit-expired': 'apply-anew',
  'seals.not-permitted': 'apply-anew',
  'seals.wrong-digest': 'apply-anew',
  'seals.wrong-seal': 'apply-anew',
  'seals.unknown-application': 'apply-anew',
  'seals.not-keeper': 'colleague',
  'seals.keeper-involved': 'colleague',
  'seals.rights-apart': 'colleague',
}

/** Judges a file that was refused (or not tried, when `refusedAs` is null).
 *
 * @param refusedAs the code it was refused with
 * @param now the code the rules would refuse it with now; null when they allow it
 */
export function decideRetry(refusedAs: string | null, now: string | null): { readonly next: BatchStep; readonly mayRetry: boolean } {
  if (now !== null) return { next: steps[now] ?? 'administrator', mayRetry: false }
  // Who holds another right in the seal is only found when it is impressed: the rules that are read beforehand do not know.
  if (refusedAs === 'seals.rights-apart') return { next: 'colleague', mayRetry: false }
  return { next: refusedAs === 'seals.cannot-be-sealed' ? 'administrator' : 'try', mayRetry: refusedAs !== null }
}
