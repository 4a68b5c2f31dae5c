/** Tables of the workflow room as Kysely sees them. */
import type { CaseStatus, StepKey, TaskState, TemplateName } from '@xiewen/shared/workflow'

/** One case. `state` is the folded state as JSON; `workflow_event` has the history it is folded from. */
export interface CaseRecord {
  id: string
  document_id: string
  template: TemplateName
  title: string
  urgency: string
  status: CaseStatus
  version: number
  state: string
  /** Current step, or null when closed. */
  step: StepKey | null
  starter_person_id: string
  started_at: number
  changed_at: number
}

/** One event of a case; never changed. */
export interface EventRecord {
  case_id: string
  seq: number
  body: string
  at: number
}

/** One task, for finding cases by post; the truth about it is in the case. */
export interface TaskRecord {
  id: string
  case_id: string
  document_id: string
  step: StepKey
  post_id: string
  state: TaskState
  due_at: number | null
  urged_at: number | null
}

/** Who has acted in which case, and when last. */
export interface ParticipantRecord {
  case_id: string
  person_id: string
  acted_at: number
}

/** One opinion with its signature; never changed. `statement` is the signed text itself. */
export interface OpinionRecord {
  case_id: string
  seq: number
  task_id: string | null
  /** Version of the case after the act the opinion came with; null for reading. */
  case_version: number | null
  statement: string
  /** Base64 of the DER signature and of the 65-byte public key. */
  signature: string
  public_key: string
  version_id: string | null
}

/** The time stamp (时间戳) over the signature of an opinion: an RFC 3161 token in base64, and when it was given. */
export interface OpinionStampRecord {
  case_id: string
  seq: number
  token: string
  stamped_at: number
}

/** One reader (传阅). */
export interface ReadingRecord {
  case_id: string
  post_id: string
  from_person_id: string
  from_name: string
  purpose: string
  at: number
  read_at: number | null
  read_by: string | null
  opinion: string
  urged_at: number | null
}

/** What the register told of a received document when its case was started, as JSON. */
export interface IncomingRecord {
  document_id: string
  facts: string
}

/** The room's own tables. */
export interface WorkflowTables {
  workflow_case: CaseRecord
  workflow_event: EventRecord
  workflow_task: TaskRecord
  workflow_participant: ParticipantRecord
  workflow_opinion: OpinionRecord
  workflow_opinion_stamp: OpinionStampRecord
  workflow_reading: ReadingRecord
  workflow_incoming: IncomingRecord
}
