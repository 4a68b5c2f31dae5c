/** What an import tells the person who checks it: what was recognised, what was guessed, what was left out. */

/** What an entry is about; each is a string key `documents.import.<topic>`. */
export type ImportTopic =
  | 'title'
  | 'organ-mark'
  | 'number'
  | 'urgency'
  | 'secrecy'
  | 'classified'
  | 'copy-number'
  | 'signers'
  | 'recipients'
  | 'heading'
  | 'provision'
  | 'title-note'
  | 'attachment-note'
  | 'annex'
  | 'signature'
  | 'date'
  | 'note'
  | 'copy-to'
  | 'printed'
  | 'kind'
  | 'format-letter'
  | 'issuers-from-signature'
  | 'issuers-from-title'
  | 'number-repaired'
  | 'heading-repaired'
  | 'heading-renumbered'
  | 'number-style'
  | 'lines-joined'
  | 'spaces-removed'
  | 'title-differs'
  | 'annex-guessed'
  | 'no-title'
  | 'page-furniture'
  | 'page-title'
  | 'page-number'
  | 'control-characters'
  | 'private-use'
  | 'table'
  | 'table-guessed'
  | 'frame'
  | 'heading-styled'
  | 'revision'
  | 'deletion'
  | 'comment'
  | 'comment-kept'
  | 'footnote'
  | 'figure'
  | 'image'
  | 'image-broken'
  | 'image-format'
  | 'image-floating'
  | 'image-cropped'
  | 'embedded-object'
  | 'formula'
  | 'symbol'
  | 'bullet'
  | 'contents'
  | 'running-head'
  | 'hidden-text'
  | 'macro'
  | 'external-reference'
  | 'page-script'

/** One entry. `line` counts from 1 in the source; `text` is what stood there. */
export interface ImportEntry {
  readonly topic: ImportTopic
  readonly line: number
  readonly text: string
}

/** The three lists an import hands over. Nothing is left out of the document that `dropped` does not name. */
export interface ImportReport {
  readonly recognised: readonly ImportEntry[]
  readonly guessed: readonly ImportEntry[]
  readonly dropped: readonly ImportEntry[]
}

/** Collects entries in reading order. */
export interface ReportWriter extends ImportReport {
  readonly recognised: ImportEntry[]
  readonly guessed: ImportEntry[]
  readonly dropped: ImportEntry[]
}

/** An empty report. */
export function openReport(): ReportWriter {
  return { recognised: [], guessed: [], dropped: [] }
}
