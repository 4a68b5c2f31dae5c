/** The states of a meeting and which may follow which. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { MeetingState } from '../model.ts'

const followers: Readonly<Record<MeetingState, readonly MeetingState[]>> = {
  planned: ['notified', 'cancelled'],
  notified: ['under-way', 'cancelled'],
  'under-way': ['ended'],
  ended: ['minutes-issued'],
  'minutes-issued': [],
  cancelled: [],
}

/** Decides whether a meeting may go from one state to another: the new state, or `meetings.wrong-state`. */
export function decideMeetingState(from: MeetingState, to: MeetingState): Result<MeetingState> {
  return followers[from].includes(to) ? accept(to) : refuse('meetings.wrong-state', { from, to })
}

/** Whether nothing about time, place and list can change any more. */
export function isSettled(state: MeetingState): boolean {
  return state !== 'planned' && state !== 'notified'
}
