import type { RefusalTable } from '../base/refusal.ts'
import { textRefusals } from './text/canonical-form.ts'

/** Refusals of the documents room, with their HTTP statuses. */
export const documentsRefusals = {
  ...textRefusals,
  'documents.not-found': 404,
  'documents.read-only': 403,
  'documents.frozen': 409,
  'documents.not-owner': 403,
  'documents.not-draft': 409,
  'documents.was-submitted': 409,
  'documents.not-registrar': 403,
  'documents.not-signed': 409,
  'documents.not-numbered': 409,
  'documents.already-numbered': 409,
  'documents.number-in-use': 409,
  'documents.code-not-registered': 409,
  'documents.wrong-state': 409,
  'documents.no-post': 403,
  'documents.empty-text': 400,
  'documents.not-text': 400,
  'documents.text-too-long': 413,
  'documents.unknown-version': 404,
  'documents.version-name-taken': 409,
  'documents.unknown-attachment': 404,
  'documents.attachment-empty': 400,
  'documents.attachment-type': 400,
  'documents.missing-glyphs': 409,
  'documents.no-rendition': 404,
  'documents.unknown-person': 404,
  'documents.cannot-share': 409,
  'documents.no-such-page': 404,
} as const satisfies RefusalTable
