import { expect, test } from 'vitest'
import { type CommitQueue, createCommitQueue, type Queued } from './commit-queue.ts'
import type { LogRow } from './ports.ts'

/** A queue over a log that only counts; `sizes` are the rows of each commit, in order. */
function aQueue(windowMs: number, longWindowMs = windowMs): { readonly queue: CommitQueue<Queued>; readonly sizes: number[]; add(count: number, wantedAt?: number): void } {
  const sizes: number[] = []
  const log = {
    load: async () => null,
    saveSnapshot: async () => {},
    append: async (rows: readonly LogRow[]) => {
      sizes.push(rows.length)
      return rows.map((_, at) => at)
    },
  }
  const monotonic = (): number => performance.now()
  const queue = createCommitQueue<Queued>({ log, windowMs, longWindowMs, monotonic, committed: () => {}, failed: () => {}, bug: () => {} })
  const row: LogRow = { documentId: 'd', bytes: Uint8Array.of(1), personId: 'p', sessionId: 's', at: 0 }
  const add = (count: number, wantedAt = -Infinity): void => {
    for (let n = 0; n < count; n += 1) queue.add({ documentId: 'd', isWanted: () => true, wantedAt, row: () => row })
  }
  return { queue, sizes, add }
}

const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('with little to write every commit starts at once, however long the window is', async () => {
  const { queue, sizes, add } = aQueue(60_000)
  for (let n = 0; n < 5; n += 1) {
    add(1)
    await queue.drained()
  }
  expect(sizes).toEqual([1, 1, 1, 1, 1])
})

test('after a commit that carried many, the next gathers what comes within the window', async () => {
  const { queue, sizes, add } = aQueue(500)
  add(20)
  await queue.drained()
  add(1)
  for (let turns = 0; turns < 5; turns += 1) await aTurn()
  expect(sizes).toEqual([20])
  add(1)
  await queue.drained()
  expect(sizes).toEqual([20, 2])
})

test('a commit that carried very many is followed by the long window, one that carried several by the short one', async () => {
  const { queue, sizes, add } = aQueue(0, 500)
  add(8)
  await queue.drained()
  add(16)
  await queue.drained()
  expect(sizes).toEqual([8, 16])
  add(1)
  for (let turns = 0; turns < 5; turns += 1) await aTurn()
  expect(sizes).toEqual([8, 16])
  add(1)
  await queue.drained()
  expect(sizes).toEqual([8, 16, 2])
})

test('what nobody would be told of yet waits, until something comes that cannot', async () => {
  const { queue, sizes, add } = aQueue(0)
  add(1, performance.now() + 60_000)
  for (let turns = 0; turns < 5; turns += 1) await aTurn()
  expect(sizes).toEqual([])
  add(1)
  await queue.drained()
  expect(sizes).toEqual([2])
})
