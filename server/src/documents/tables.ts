/** Tables of the documents room as Kysely sees them. */
import type { DocumentOrigin, DocumentState, TemplateState } from '@xiewen/shared/documents'

/** One document. Title, kind and urgency are copies of the live text, refreshed soon after it changes. */
export interface DocumentRecord {
  id: string
  /** Counts documents; names them in the full-text index. */
  serial: number
  origin: DocumentOrigin
  state: DocumentState
  title: string
  kind: string
  urgency: string
  owner_person_id: string
  owner_name: string
  owner_post_id: string
  unit_id: string
  unit_name: string
  organ_id: string
  organ_name: string
  created_at: number
  changed_at: number
  /** Number of the newest row of the update log. */
  version: number
  /** 1 while title and search index are older than the text. */
  is_stale: number
  was_submitted: number
  frozen_version_id: string | null
  frozen_digest: string | null
  number_code: string | null
  number_year: number | null
  number_serial: number | null
}

/** One row of the durable log of Yjs updates; `bytes` is a sealed frame with a checksum. Never deleted: it is the history. */
export interface UpdateRecord {
  seq: number
  document_id: string
  bytes: Uint8Array
  person_id: string
  session_id: string
  at: number
}

/** Folded beginning of a log; the newest two of each document are kept. */
export interface SnapshotRecord {
  document_id: string
  seq: number
  bytes: Uint8Array
}

/** A text kept under a name. */
export interface VersionRecord {
  id: string
  document_id: string
  name: string
  /** Log row the version covers. */
  seq: number
  /** Yjs state. */
  state: Uint8Array
  /** The document as JSON; canonical when `digest` is set. */
  content: string
  characters: number
  digest: string | null
  is_frozen: number
  at: number
  person_id: string
  person_name: string
}

/** Access given. `holder` is `person:<id>`, `unit:<id>`, `post:<id>` or `registry:<organId>` (文书 of the organ). */
export interface GrantRecord {
  document_id: string
  holder: string
  source: string
  access: 'read' | 'suggest' | 'edit'
}

/** One number ever given. */
export interface NumberRecord {
  code: string
  year: number
  serial: number
  organ_id: string
  state: 'allocated' | 'void'
  document_id: string | null
  title: string
  at: number
  person_id: string
  person_name: string
  void_reason: string
  voided_at: number | null
  voided_by: string
}

/** A file of a document. */
export interface AttachmentRecord {
  id: string
  document_id: string
  name: string
  media_type: string
  size_bytes: number
  blob: string
  at: number
  person_name: string
  removed_at: number | null
}

/** A final PDF. */
export interface RenditionRecord {
  document_id: string
  stage: 'typeset' | 'sealed' | 'typeset-ofd' | 'sealed-ofd'
  blob: string
  pages: number
  /** Where seals belong, JSON. */
  anchors: string
  /** Faces it was set with. */
  fingerprint: string
  at: number
}

/** The plain text of a document, for excerpts and exact matches. */
export interface TextRecord {
  document_id: string
  body: string
}

/** Settings of the checker of one organ. */
export interface CheckerSettingRecord {
  organ_id: string
  /** `HouseRules` as JSON. */
  rules: string
  version: number
  at: number
  person_name: string
}

/** A finding of the checker put aside. */
export interface IgnoredFindingRecord {
  document_id: string
  rule: string
  anchor: string
  reason: string
  at: number
  person_id: string
  person_name: string
}

/** A thread of comments (批注) on a stretch of text. Anchors are Yjs relative positions in base64. */
export interface ThreadRecord {
  id: string
  document_id: string
  quote: string
  anchor_from: string
  anchor_to: string
  person_id: string
  at: number
  resolved_at: number | null
  resolved_by: string
}

/** One comment of a thread. `step` is a string key; `post_title` unit and title as they were. */
export interface CommentRecord {
  id: string
  thread_id: string
  document_id: string
  body: string
  person_id: string
  person_name: string
  post_title: string
  step: string
  at: number
  withdrawn_at: number | null
  /** Set for a comment of an imported file: whom and when it names. */
  file_author: string | null
  file_date: string | null
}

/** From when until when a document lay on a desk: which step of the work a change or comment belongs to. Never deleted. */
export interface DeskRecord {
  document_id: string
  source: string
  holder: string
  step: string
  from_at: number
  until_at: number | null
}

/** A template an organ keeps; what it holds stands in its versions. */
export interface TemplateRecord {
  id: string
  organ_id: string
  name: string
  kind: string
  state: TemplateState
  version: number
}

/** One version of a template. Never changed or deleted. */
export interface TemplateVersionRecord {
  template_id: string
  version: number
  /** `TemplateContent` as JSON. */
  content: string
  reason: string
  at: number
  person_id: string
  person_name: string
}

/** The template a document was begun from, and the 机关代字 it names. */
export interface BeginningRecord {
  document_id: string
  template_id: string
  template_version: number
  code: string
}

/** An organ whose seal the final PDF bears. */
export interface SealedOrganRecord {
  document_id: string
  organ: string
}

/** A picture of an imported file and who handed it in: only that person may put it in a draft by its digest. */
export interface HandedInRecord {
  person_id: string
  blob: string
  size_bytes: number
  at: number
}

/** What an imported Word file says of a revision (修订), by who handed it in: believed of nobody, shown as words of the file. */
export interface ForeignChangeRecord {
  person_id: string
  serial: string
  author: string
  said_at: string
}

/** Comments of a file somebody handed in, as JSON; `mark` tells the file. */
export interface HandedInCommentsRecord {
  person_id: string
  mark: string
  threads: string
  at: number
}

/** A draft was begun with a file. */
export interface FileUseRecord {
  document_id: string
  person_id: string
  mark: string
}

/** One choice of typefaces: a JSON object of keys by role. Version 0 is what was in force before the first. */
export interface TypefaceChoiceRecord {
  version: number
  choices: string
  fingerprint: string
  reason: string
  at: number
  person_name: string
}

/** The room's own tables. */
export interface DocumentTables {
  document: DocumentRecord
  document_update: UpdateRecord
  document_snapshot: SnapshotRecord
  document_version: VersionRecord
  document_grant: GrantRecord
  number_register: NumberRecord
  document_attachment: AttachmentRecord
  document_rendition: RenditionRecord
  document_text: TextRecord
  checker_setting: CheckerSettingRecord
  document_ignored_finding: IgnoredFindingRecord
  document_thread: ThreadRecord
  document_comment: CommentRecord
  document_desk: DeskRecord
  document_template: TemplateRecord
  document_template_version: TemplateVersionRecord
  document_beginning: BeginningRecord
  document_sealed_organ: SealedOrganRecord
  document_handed_in: HandedInRecord
  document_foreign_change: ForeignChangeRecord
  document_handed_in_comments: HandedInCommentsRecord
  document_file_use: FileUseRecord
  typeface_choice: TypefaceChoiceRecord
}
