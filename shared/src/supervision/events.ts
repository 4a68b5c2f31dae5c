/** What can be asked of an assignment (orders) and what has happened to it (events). */
import type { CivilDate } from '../base/instant.ts'
import type { UnitId } from '../directory/index.ts'
import type { AssignmentNumber, AssignmentState, By, Evidence, FeedbackPeriod, Part, Report } from './model.ts'

/** What a report says. */
export interface ReportWords {
  readonly progress: string
  readonly percent: number
  readonly problems: string
  readonly nextSteps: string
  readonly evidence: readonly Evidence[]
}

/** What somebody asks to be done. Units are named by those who act for several. */
export type Order =
  | {
      readonly kind: 'assign'
      readonly number: AssignmentNumber
      readonly parts: readonly Pick<Part, 'unitId' | 'unitName' | 'role'>[]
      readonly dueOn: CivilDate
      readonly feedback: FeedbackPeriod
    }
  | { readonly kind: 'accept'; readonly unitId: UnitId }
  | { readonly kind: 'report'; readonly unitId: UnitId; readonly words: ReportWords }
  | { readonly kind: 'claimCompletion'; readonly words: ReportWords }
  | { readonly kind: 'review'; readonly serial: number; readonly outcome: 'accepted' | 'returned'; readonly reason: string }
  | { readonly kind: 'close'; readonly opinion: string }
  | { readonly kind: 'requestExtension'; readonly to: CivilDate; readonly reason: string }
  | { readonly kind: 'decideExtension'; readonly approved: boolean; readonly opinion: string }
  | { readonly kind: 'urge'; readonly note: string }
  | { readonly kind: 'suspend'; readonly reason: string }
  | { readonly kind: 'resume'; readonly dueOn: CivilDate | null }
  | { readonly kind: 'cancel'; readonly reason: string }

/** What has happened. Folding the events of an assignment gives its state. */
export type AssignmentEvent =
  | {
      readonly kind: 'assigned'
      readonly number: AssignmentNumber
      readonly parts: readonly Part[]
      readonly on: CivilDate
      readonly signBy: CivilDate
      readonly dueOn: CivilDate
      readonly feedback: FeedbackPeriod
      readonly at: number
      readonly by: By
    }
  | { readonly kind: 'accepted'; readonly unitId: UnitId; readonly at: number; readonly by: By }
  | { readonly kind: 'reported'; readonly report: Report; readonly at: number; readonly by: By }
  | { readonly kind: 'completion-claimed'; readonly report: Report; readonly at: number; readonly by: By }
  | { readonly kind: 'reviewed' | 'returned'; readonly serial: number; readonly reason: string; readonly at: number; readonly by: By }
  | { readonly kind: 'closed'; readonly opinion: string; readonly finishedOn: CivilDate; readonly at: number; readonly by: By }
  | { readonly kind: 'extension-requested'; readonly from: CivilDate; readonly to: CivilDate; readonly reason: string; readonly at: number; readonly by: By }
  | { readonly kind: 'extension-decided'; readonly approved: boolean; readonly opinion: string; readonly at: number; readonly by: By }
  | { readonly kind: 'urged'; readonly note: string; readonly daysLeft: number; readonly at: number; readonly by: By | null }
  | { readonly kind: 'suspended'; readonly reason: string; readonly from: AssignmentState; readonly at: number; readonly by: By }
  | { readonly kind: 'resumed'; readonly dueOn: CivilDate | null; readonly at: number; readonly by: By }
  | { readonly kind: 'cancelled'; readonly reason: string; readonly at: number; readonly by: By }
