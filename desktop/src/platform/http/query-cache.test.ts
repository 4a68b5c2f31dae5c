import { describe, expect, test } from 'vitest'
import { OfflineError } from './errors.ts'
import { QueryCache, QueryEntry } from './query-cache.ts'

/** A question whose answers the test gives one by one. */
function aQuestion() {
  const open: { readonly resolve: (value: string) => void; readonly reject: (error: unknown) => void }[] = []
  const ask = () => new Promise<string>((resolve, reject) => open.push({ resolve, reject }))
  return { ask, open }
}

describe('an entry', () => {
  test('keeps the last answer while it asks again and after that fails', async () => {
    const { ask, open } = aQuestion()
    const entry = new QueryEntry(ask)
    const first = entry.load()
    open[0]?.resolve('one')
    await first
    const second = entry.load()
    expect(entry.snapshot()).toMatchObject({ kind: 'ready', data: 'one', refreshing: true })
    const problem = new OfflineError()
    open[1]?.reject(problem)
    await second
    expect(entry.snapshot()).toEqual({ kind: 'ready', data: 'one', refreshing: false, problem })
  })

  test('a change during a load is followed by another load, so the last word is shown', async () => {
    const { ask, open } = aQuestion()
    const entry = new QueryEntry(ask)
    const loading = entry.load()
    await entry.load()
    await entry.load()
    expect(open.length).toBe(1)
    open[0]?.resolve('old')
    await Promise.resolve()
    await Promise.resolve()
    open[1]?.resolve('new')
    await loading
    expect(open.length).toBe(2)
    expect(entry.snapshot()).toMatchObject({ data: 'new' })
  })

  test('a bug is thrown to the error boundary, not shown as a refusal', async () => {
    const { ask, open } = aQuestion()
    const entry = new QueryEntry(ask)
    const loading = entry.load()
    open[0]?.reject(new TypeError('a bug'))
    await loading
    expect(() => entry.snapshot()).toThrow('a bug')
  })
})

describe('the cache', () => {
  test('an event reloads what is on screen and forgets what is not', async () => {
    const cache = new QueryCache()
    let asked = 0
    const ask = async () => {
      asked += 1
      return asked
    }
    const shown = cache.entry('/api/inbox/list', ask)
    shown.subscribe(() => undefined)
    shown.topics.add('inbox')
    const hidden = cache.entry('/api/inbox/counts', ask)
    hidden.topics.add('inbox')
    cache.refresh((_key, topics) => topics.has('inbox'))
    expect(asked).toBe(1)
    // Forgotten, but the same entry: a screen that is about to watch it must hear of later changes.
    expect(cache.entry('/api/inbox/counts', ask)).toBe(hidden)
    expect(hidden.snapshot()).toEqual({ kind: 'loading' })
    expect(cache.entry('/api/inbox/list', ask)).toBe(shown)
  })

  test('only subjects on screen are watched', () => {
    const cache = new QueryCache()
    const entry = cache.entry('k', async () => 1)
    entry.topics.add('inbox').add('document:1')
    expect([...cache.watchedSubjects()]).toEqual([])
    const stop = entry.subscribe(() => undefined)
    expect([...cache.watchedSubjects()]).toEqual(['document:1'])
    stop()
    expect([...cache.watchedSubjects()]).toEqual([])
  })

  test('answers nobody looks at are let go when there are too many', () => {
    const cache = new QueryCache(2)
    const first = cache.entry('1', async () => 1)
    cache.entry('2', async () => 2)
    cache.entry('3', async () => 3)
    expect(cache.entry('1', async () => 1)).not.toBe(first)
  })
})
