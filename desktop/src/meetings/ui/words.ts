/** Tones and lines shared by the room's pages. */
import { civilDateAt, instant } from '@xiewen/shared/base'
import type { MeetingState, ReceiptState } from '@xiewen/shared/meetings'
import type { Formats } from '../../platform/i18n/index.ts'
import type { Tone } from '../../platform/kit/index.ts'

/** Tone of a meeting's state. */
export function toneOfState(state: MeetingState): Tone {
  switch (state) {
    case 'planned':
      return 'yellow'
    case 'notified':
    case 'under-way':
      return 'blue'
    case 'minutes-issued':
      return 'green'
    case 'ended':
    case 'cancelled':
      return 'grey'
  }
}

/** Tone of a receipt. */
export function toneOfReceipt(state: ReceiptState): Tone {
  switch (state) {
    case 'attending':
    case 'substitute-granted':
    case 'signed-in':
      return 'green'
    case 'leave-pending':
    case 'substitute-pending':
    case 'late':
    case 'no-reply':
      return 'yellow'
    case 'leave-refused':
    case 'substitute-refused':
    case 'absent':
      return 'red'
    case 'leave-granted':
      return 'grey'
  }
}

/** 11月25日 09:30 — 10:30, with the second day only when it differs. */
export function spanText(format: Formats, from: number, to: number): string {
  const sameDay = civilDateAt(instant(from)) === civilDateAt(instant(to))
  return `${format.moment(from)} — ${sameDay ? format.time(to) : format.moment(to)}`
}
