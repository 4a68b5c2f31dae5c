import type { baseZh } from './strings.zh-CN.ts'

/** Words every room shares, in English. */
export const baseEn: Readonly<Record<keyof typeof baseZh, string>> = {
  'base.not-signed-in': 'You are not signed in, or your session has timed out. Sign in again; unsaved work stays on this computer.',
  'base.not-allowed': 'You are not permitted to do this. If you need to, ask the security administrator.',
  'base.not-found': 'Not found, or not yours to see.',
  'base.not-to-read': 'This is not something to read only. Open it to act on it.',
  'base.conflict': 'Someone has just acted on this. Refresh to see how it stands now.',
  'audit.unknown-export': 'There is no such file. Take the ledger out again; only who took it out can fetch it.',
  'base.invalid-input': 'Something was filled in wrongly: {detail}',
  'base.step-up-required': 'Confirm who you are for this act: enter your password or one-time code.',
  'base.too-many-requests': 'Too many requests. Please wait a moment.',
  'base.too-large': 'Too large: over {limit}.',
  'base.idempotency-mismatch': 'One request number came with two different contents and was refused. Refresh and try again.',
  'base.cross-site': 'The request came from an unknown site and was refused.',
  'base.read-only': 'The system is read-only at present. Please tell the system administrator.',
  'base.store-away': 'The database cannot be reached just now, and this step may not have been done. Please try again shortly; what was saved is safe.',
  'base.disk-full': 'The server has run out of storage, so nothing was saved. What was saved before is safe. Please tell the system administrator.',
  'base.fault': 'Something failed and the act was not completed. Try again; if it persists, give the system administrator the number {trace}.',
}
