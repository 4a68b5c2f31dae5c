/** Tables of the supervision room as Kysely sees them. */
import type { AssignmentState } from '@xiewen/shared/supervision'

/** One assignment. `body` is the whole of it as JSON, folded from `supervision_event`; the other columns are copies to find it by. */
export interface AssignmentRecord {
  id: string
  organ_id: string
  state: AssignmentState
  number_year: number | null
  number_serial: number | null
  source_kind: string
  source_id: string | null
  source_block: number | null
  source_title: string
  leader_post_id: string | null
  lead_unit_id: string | null
  assigned_on: string | null
  due_on: string | null
  finished_on: string | null
  /** From when the lamp is yellow and red if nothing more happens; see `lampDates`. */
  yellow_on: string | null
  red_on: string | null
  /** Orders the ledger: proposals, then running ones by due date, then ended ones, the newest first. */
  sort_key: string
  /** Number, title, task, source and unit names in lower case. */
  search: string
  body: string
  created_at: number
  changed_at: number
  /** The version of `body`; 0 in rows not changed since the column was added. */
  version: number
}

/** Which unit has a part in which assignment; written at 交办, so that proposals stay among supervisors. */
export interface PartRecord {
  assignment_id: string
  unit_id: string
  role: 'lead' | 'support'
}

/** One event; never changed. */
export interface EventRecord {
  assignment_id: string
  seq: number
  kind: string
  body: string
  at: number
}

/** One evidence file; cited by a report or, until then, only its uploader's. */
export interface EvidenceRecord {
  id: string
  assignment_id: string
  unit_id: string
  person_id: string
  name: string
  size_bytes: number
  blob: string
  at: number
}

/** The room's own tables. */
export interface SupervisionTables {
  assignment: AssignmentRecord
  assignment_part: PartRecord
  assignment_event: EventRecord
  assignment_evidence: EvidenceRecord
}
