import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createRemoteInbox } from './remote-inbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A text whose editor takes `costMs` for each time something is applied, and a colleague's updates. */
function aWindow(costMs: number) {
  const doc = new Y.Doc()
  const applied: number[] = []
  doc.on('afterTransaction', () => {
    applied.push(performance.now())
    vi.advanceTimersByTime(0)
    clock += costMs
  })
  let clock = 0
  const colleague = new Y.Doc()
  const updates: Uint8Array[] = []
  colleague.on('update', (update: Uint8Array) => updates.push(update))
  const pictures: (() => void)[] = []
  const inbox = createRemoteInbox({ doc, origin: 'remote', now: () => performance.now() + clock, whenShown: (work) => void pictures.push(work) })
  const hears = (words: string): void => {
    colleague.getText('t').insert(colleague.getText('t').length, words)
    inbox.add(updates.splice(0)[0] ?? new Uint8Array())
  }
  const paints = (): void => pictures.splice(0).forEach((work) => work())
  return { doc, applied, inbox, hears, paints, text: () => doc.getText('t').toString() }
}

test('what is quick to apply is applied at once, each time', () => {
  const window = aWindow(1)
  for (const sign of '协同办公') window.hears(sign)
  expect(window.text()).toBe('协同办公')
  expect(window.applied.length).toBe(4)
})

test('after a slow application the window rests, then takes everything that came meanwhile in one', () => {
  const window = aWindow(20)
  for (const sign of '协同办公') window.hears(sign)
  expect([window.text(), window.applied.length]).toEqual(['协', 1])
  vi.advanceTimersByTime(99)
  expect(window.text()).toBe('协')
  vi.advanceTimersByTime(1)
  expect([window.text(), window.applied.length]).toEqual(['协同办公', 2])
})

test('nobody waits longer than a fifth of a second, however slow the window is; and nothing waits when asked', () => {
  const window = aWindow(400)
  for (const sign of '协同') window.hears(sign)
  vi.advanceTimersByTime(200)
  expect(window.text()).toBe('协同')
  window.hears('办')
  window.inbox.flush()
  expect(window.text()).toBe('协同办')
})

test('while somebody types in a slow window, colleagues come in when the letter is on the screen', () => {
  const window = aWindow(10)
  window.hears('协')
  vi.advanceTimersByTime(60)
  window.inbox.typed()
  window.hears('同')
  expect(window.text()).toBe('协')
  vi.advanceTimersByTime(90)
  window.inbox.typed()
  expect(window.text()).toBe('协')
  window.paints()
  expect(window.text()).toBe('协同')
})

test('who stops typing, or never pauses, keeps nobody waiting', () => {
  const window = aWindow(10)
  window.hears('协')
  vi.advanceTimersByTime(60)
  window.inbox.typed()
  window.hears('同')
  vi.advanceTimersByTime(150)
  expect(window.text()).toBe('协同')
  vi.advanceTimersByTime(60)
  window.inbox.typed()
  window.hears('办')
  for (let each = 0; each < 10; each += 1) {
    vi.advanceTimersByTime(20)
    window.inbox.typed()
  }
  expect(window.text()).toBe('协同办')
})
