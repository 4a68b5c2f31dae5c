import type { RefusalTable } from '../base/refusal.ts'

/** Refusals of the archive, with their HTTP statuses. */
export const archiveRefusals = {
  'archive.not-archivist': 403,
  'archive.not-found': 404,
  'archive.already-filed': 409,
  'archive.left-out': 409,
  'archive.not-left-out': 409,
  'archive.not-issued': 409,
  'archive.not-finished': 409,
  'archive.no-original': 409,
  'archive.fonds-missing': 409,
  'archive.fonds-taken': 409,
  'archive.fonds-in-use': 409,
  'archive.template-wrong': 400,
  'archive.wrong-year': 400,
  'archive.damaged': 409,
  'archive.no-evidence': 409,
  'archive.not-sealed': 409,
  'archive.recipient-unreadable': 400,
  'archive.recipient-not-sm2': 400,
  'archive.recipient-usage': 400,
  'archive.recipient-expired': 400,
  'archive.recipient-not-yet-valid': 400,
  'archive.recipient-revoked': 400,
  'archive.recipient-unknown': 409,
  'archive.recipient-twice': 400,
} as const satisfies RefusalTable
