import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { calmCarets } from './calm-carets.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One's own presence, and a colleague's in another window. */
function twoPeople() {
  const [own, other] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())]
  const drawn: number[] = []
  const listener = () => void drawn.push(performance.now())
  const carets = calmCarets(own)
  carets.on('change', listener)
  const move = (place: number): void => {
    other.setLocalStateField('cursor', place)
    applyAwarenessUpdate(own, encodeAwarenessUpdate(other, [other.clientID]), 'remote')
  }
  return { own, carets, listener, drawn, move, end: () => [own, other].forEach((each) => each.destroy()) }
}

describe('carets', () => {
  test('are not drawn anew for one\'s own', () => {
    const { own, drawn, end } = twoPeople()
    own.setLocalStateField('cursor', 3)
    vi.advanceTimersByTime(1000)
    expect(drawn).toEqual([])
    end()
  })

  test('of colleagues are drawn soon, and at most ten times a second however many move', () => {
    const { drawn, move, end } = twoPeople()
    move(1)
    vi.advanceTimersByTime(20)
    expect(drawn).toHaveLength(1)
    for (let place = 2; place < 102; place += 1) {
      move(place)
      vi.advanceTimersByTime(10)
    }
    expect(drawn.length).toBeGreaterThanOrEqual(8)
    expect(drawn.length).toBeLessThanOrEqual(12)
    end()
  })

  test('stop being drawn when the editor closes', () => {
    const { carets, listener, drawn, move, end } = twoPeople()
    carets.off('change', listener)
    move(1)
    vi.advanceTimersByTime(1000)
    expect(drawn).toEqual([])
    end()
  })
})
