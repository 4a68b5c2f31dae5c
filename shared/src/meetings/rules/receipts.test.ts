import { describe, expect, test } from 'vitest'
import { countAttendance, decideReply, decideSignIn, receiptState, signInOpensMs } from './receipts.ts'
import { seatOrder } from './seating.ts'

const open = { reply: null, decision: null, signedInAt: null } as const
const meeting = { state: 'notified', from: 10_000_000 } as const
const ended = { state: 'ended', from: 10_000_000 } as const

describe('receipts', () => {
  test.each([
    [open, meeting, 'no-reply'],
    [{ ...open, reply: 'attend' }, meeting, 'attending'],
    [{ ...open, reply: 'leave', decision: 'pending' }, meeting, 'leave-pending'],
    [{ ...open, reply: 'leave', decision: 'approved' }, ended, 'leave-granted'],
    [{ ...open, reply: 'leave', decision: 'refused' }, ended, 'absent'],
    [{ ...open, reply: 'substitute', decision: 'approved' }, meeting, 'substitute-granted'],
    [{ ...open, reply: 'attend' }, ended, 'absent'],
    [{ ...open, signedInAt: 10_000_000 }, ended, 'signed-in'],
    [{ ...open, signedInAt: 10_000_001 }, ended, 'late'],
  ] as const)('%j in %j is %s', (attendee, scene, state) => {
    expect(receiptState(attendee, scene)).toBe(state)
  })

  test('leave and substitution need a reason; substitutes and units need a name', () => {
    const say = (kind: 'attend' | 'leave' | 'substitute', more: { reason?: string; name?: string } = {}) => ({ kind, reason: '', name: '', title: '', postId: null, ...more })
    const refusal = (attendee: 'post' | 'unit', reply: ReturnType<typeof say>) => {
      const decided = decideReply({ kind: attendee, signedInAt: null }, meeting, reply)
      return decided.ok ? null : decided.refusal.code
    }
    expect(refusal('post', say('attend'))).toBeNull()
    expect(refusal('unit', say('attend'))).toBe('meetings.name-needed')
    expect(refusal('post', say('leave'))).toBe('meetings.reason-needed')
    expect(refusal('post', say('substitute', { reason: '出差' }))).toBe('meetings.name-needed')
    expect(refusal('post', say('substitute', { reason: '出差', name: '马晓峰' }))).toBeNull()
  })

  test('sign-in opens an hour before, and a substitute waits for consent', () => {
    expect(decideSignIn(open, meeting, meeting.from - signInOpensMs - 1).ok).toBe(false)
    expect(decideSignIn(open, meeting, meeting.from - signInOpensMs).ok).toBe(true)
    expect(decideSignIn({ ...open, reply: 'substitute', decision: 'pending' }, meeting, meeting.from).ok).toBe(false)
    expect(decideSignIn(open, ended, meeting.from).ok).toBe(false)
  })

  test('the counts add up', () => {
    const all = [open, { ...open, reply: 'leave', decision: 'approved' }, { ...open, signedInAt: 9_999_999 }, { ...open, signedInAt: 10_000_001 }] as const
    const counted = countAttendance(all, ended)
    expect(counted).toMatchObject({ invited: 4, expected: 3, present: 2 })
    expect(Object.values(counted.states).reduce((sum, count) => sum + count, 0)).toBe(4)
  })
})

describe('the platform (主席台)', () => {
  test.each([
    [1, [1]],
    [4, [3, 1, 2, 4]],
    [5, [5, 3, 1, 2, 4]],
    [6, [5, 3, 1, 2, 4, 6]],
    [7, [7, 5, 3, 1, 2, 4, 6]],
  ] as const)('%i seats', (count, order) => {
    expect(seatOrder(count)).toEqual(order)
  })

  test('some offices place the second of an even number at the right hand', () => {
    expect(seatOrder(4, 'right')).toEqual([4, 2, 1, 3])
    expect(seatOrder(5, 'right')).toEqual(seatOrder(5))
  })
})
