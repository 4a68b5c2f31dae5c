/** Lamps, stages and dates in words. */
import { type CivilDate, civilDateAt, instant } from '@xiewen/shared/base'
import type { AssignmentState, LedgerRow } from '@xiewen/shared/supervision'
import type { Speech } from '../../platform/i18n/index.ts'

type Lamp = LedgerRow['lamp']
type Reason = Lamp['reasons'][number]

/** The weightiest reason of a lamp in words; what stands beside its colour. */
export function lampLabel(lamp: Lamp, speech: Speech): string {
  const [first] = lamp.reasons
  return first === undefined ? speech.t(`supervision.lamp.${lamp.colour}`) : reasonLabel(first, speech)
}

/** One reason in words. */
export function reasonLabel(reason: Reason, { t, format }: Speech): string {
  switch (reason.kind) {
    case 'due-in':
      return reason.days === 0 ? t('supervision.reason.due-today') : t('supervision.reason.due-in', { days: reason.days })
    case 'overdue':
    case 'overdue-closed':
      return t(`supervision.reason.${reason.kind}`, { days: reason.days })
    case 'lag':
      return t('supervision.reason.lag', { percent: reason.percent })
    case 'feedback-missed':
      return t('supervision.reason.feedback-missed', { on: format.civilDate(reason.on) })
    case 'returned-often':
      return t('supervision.reason.returned-often', { times: reason.times })
    default:
      return t(`supervision.reason.${reason.kind}`)
  }
}

/** The stages an assignment goes through, as the strip shows them. */
export const stages = ['assigned', 'accepted', 'reporting', 'completion-claimed', 'closed'] as const

/** How many stages have been reached; null where the strip does not apply. */
export function stageOf(state: AssignmentState): number | null {
  switch (state) {
    case 'proposed':
      return 0
    case 'assigned':
      return 1
    case 'accepted':
      return 2
    case 'reporting':
    case 'returned':
      return 3
    case 'completion-claimed':
      return 4
    case 'closed':
      return 5
    case 'suspended':
    case 'cancelled':
      return null
  }
}

/** Today's date in China. */
export function today(): CivilDate {
  return civilDateAt(instant(Date.now()))
}
