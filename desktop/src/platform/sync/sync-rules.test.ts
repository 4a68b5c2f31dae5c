import { describe, expect, test } from 'vitest'
import { nextDelayMs } from './backoff.ts'
import { guardLeaving } from './leave-guard.ts'
import { parseServerMessage } from './messages.ts'
import { createSaveLedger } from './save-ledger.ts'
import { readCloseCode } from './sync-state.ts'

describe('counting what is saved', () => {
  test('an edit is pending until the frame that carried it is acknowledged', () => {
    const ledger = createSaveLedger()
    ledger.connected()
    ledger.sent()
    ledger.edited()
    ledger.sent()
    ledger.acknowledged(1)
    expect([ledger.pending(), ledger.isSettled()]).toEqual([1, false])
    ledger.acknowledged(2)
    expect([ledger.pending(), ledger.isSettled()]).toEqual([0, true])
  })

  test('what an old connection sent without an acknowledgement stays pending on the next one', () => {
    const ledger = createSaveLedger(2)
    ledger.connected()
    ledger.edited()
    ledger.sent()
    ledger.connected()
    expect([ledger.pending(), ledger.isSettled()]).toEqual([3, false])
    ledger.sent()
    ledger.acknowledged(1)
    expect(ledger.pending()).toBe(0)
  })

  test('an acknowledgement for a frame that was never sent, or again, changes nothing', () => {
    const ledger = createSaveLedger()
    ledger.connected()
    ledger.edited()
    ledger.sent()
    ledger.acknowledged(7)
    ledger.acknowledged(0)
    expect(ledger.pending()).toBe(1)
    ledger.acknowledged(1)
    ledger.edited()
    ledger.acknowledged(1)
    expect(ledger.pending()).toBe(1)
  })
})

test('waiting spreads over the whole range and never exceeds the ceiling', () => {
  const figures = { firstMs: 400, longestMs: 20_000 }
  expect(nextDelayMs(0, 0, figures)).toBe(0)
  expect(nextDelayMs(0, 0.999, figures)).toBe(399)
  expect(nextDelayMs(3, 0.5, figures)).toBe(1600)
  expect(nextDelayMs(1000, 0.9999, figures)).toBeLessThan(20_000)
})

test('final close codes stop the session, all others mean: try again', () => {
  expect(readCloseCode(4401)).toEqual({ kind: 'sign-in-needed' })
  expect(readCloseCode(4410)).toEqual({ kind: 'refused', reason: 'damaged' })
  expect(readCloseCode(4499)).toEqual({ kind: 'refused', reason: 'other' })
  for (const code of [1000, 1001, 1006, 1011, 4508, 4512, 4529]) expect(readCloseCode(code)).toEqual({ kind: 'retry', why: 'unreachable' })
  for (const code of [4500, 4503]) expect(readCloseCode(code)).toEqual({ kind: 'retry', why: 'server-trouble' })
})

test('the window asks before it closes on unsaved work, and only then', () => {
  const target = new EventTarget()
  let isUnsaved = true
  const release = guardLeaving(() => isUnsaved, target)
  const leave = (): boolean => {
    const event = new Event('beforeunload', { cancelable: true })
    target.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(leave()).toBe(true)
  isUnsaved = false
  expect(leave()).toBe(false)
  isUnsaved = true
  release()
  expect(leave()).toBe(false)
})

test('a message of an unknown type is passed over, a right of an unknown name means reading, a broken one throws', () => {
  expect(parseServerMessage(Uint8Array.of(99, 1))).toEqual({ kind: 'other' })
  const notice = new TextEncoder().encode('{"kind":"rights","rights":"root"}')
  expect(parseServerMessage(Uint8Array.of(102, notice.length, ...notice))).toEqual({ kind: 'rights', rights: 'read' })
  expect(() => parseServerMessage(Uint8Array.of(0, 2, 200))).toThrow()
})
