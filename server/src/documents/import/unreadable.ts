/** Why a file cannot be imported. Readers are deep in a file when they find out, so they throw; the door turns it into a refusal. */

/** The reasons, each a refusal of the documents room. */
export type UnreadableCode =
  | 'documents.empty-text'
  | 'documents.not-text'
  | 'documents.old-office-file'
  | 'documents.rtf-file'
  | 'documents.page-file'
  | 'documents.picture-file'
  | 'documents.archive-file'
  | 'documents.other-office-file'
  | 'documents.encrypted-file'
  | 'documents.damaged-file'
  | 'documents.oversized-file'
  | 'documents.dangerous-file'
  | 'documents.text-too-long'
  | 'documents.table-too-wide'
  | 'documents.unknown-format'
  | 'documents.newer-content'
  | 'documents.import-too-slow'

/** A file that is refused. Never leaves `import/`. */
export class Unreadable extends Error {
  readonly code: UnreadableCode
  readonly params: Readonly<Record<string, string | number>>
  constructor(code: UnreadableCode, params: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}
