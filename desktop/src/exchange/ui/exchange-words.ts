/** Words and tones shared by the room's views. */
import type { ReceiptRow, ReceiptState } from '@xiewen/shared/exchange'
import type { Tone } from '../../platform/kit/index.ts'

const tones: Readonly<Record<ReceiptState, Tone>> = {
  sent: 'yellow',
  'signed-for': 'blue',
  registered: 'blue',
  'in-handling': 'blue',
  finished: 'green',
  returned: 'red',
  withdrawn: 'grey',
}

/** Tone of a receipt's lamp; what is late is red whatever its state. */
export function toneOfReceipt(row: Pick<ReceiptRow, 'state' | 'overdue'>): Tone {
  return row.overdue ? 'red' : tones[row.state]
}

/** Key of the words beside the lamp. */
export function labelKeyOfReceipt(row: Pick<ReceiptRow, 'state' | 'overdue'>): string {
  return row.overdue ? 'exchange.overdue' : `exchange.state.${row.state}`
}

/** The deadline that counts now: signing while it waits for that, handling afterwards. */
export function deadlineOf(row: Pick<ReceiptRow, 'state' | 'signBy' | 'dueAt'>): number | null {
  if (row.state === 'sent') return row.signBy
  return row.state === 'registered' || row.state === 'in-handling' ? row.dueAt : null
}
