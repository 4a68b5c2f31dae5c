import type { RefusalTable } from '../base/refusal.ts'

/** Refusals of the directory and of sessions, with their HTTP statuses. */
export const directoryRefusals = {
  'directory.login-taken': 409,
  'directory.unknown-unit': 404,
  'directory.unknown-person': 404,
  'directory.unknown-post': 404,
  'directory.admin-exclusive': 409,
  'directory.cannot-act-on-self': 409,
  'directory.delegation-not-own': 403,
  'directory.delegation-to-self': 409,
  'directory.delegation-period': 400,
  'directory.delegation-overlap': 409,
  'directory.calendar-holiday-length': 400,
  'directory.calendar-other-year': 400,
  'directory.calendar-both-ways': 400,
  'directory.calendar-make-up-on-weekday': 400,
  'directory.calendar-statutory-missing': 400,
  'session.wrong-credentials': 401,
  'session.locked': 429,
  'session.code-needed': 401,
  'session.link-used': 401,
  'session.password-weak': 400,
  'session.password-reused': 400,
  'session.nothing-to-prove': 409,
} as const satisfies RefusalTable
