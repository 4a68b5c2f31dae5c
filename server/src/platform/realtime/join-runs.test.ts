import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { joinRuns } from './join-runs.ts'
import { scanUpdate } from './scan-update.ts'
import { Tail } from './tail.ts'
import { seeded } from './twins/raw-client.ts'
import { updateFrame } from './wire.ts'

/** What one client does to a document, as updates. */
function updatesOf(act: (text: Y.Text, doc: Y.Doc) => void, start?: Uint8Array): { readonly doc: Y.Doc; readonly updates: Uint8Array[] } {
  const doc = new Y.Doc()
  if (start !== undefined) Y.applyUpdate(doc, start)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  act(doc.getText('t'), doc)
  return { doc, updates }
}

const scanned = (updates: readonly Uint8Array[]) => updates.map((update) => ({ update, scan: scanUpdate(update) }))

describe('joining runs of typing', () => {
  test('sixteen keystrokes in a row leave as one update', () => {
    const { doc, updates } = updatesOf((text) => [...'为进一步做好有关工作现通知如下。'].forEach((char, at) => text.insert(at, char)))
    const joined = joinRuns(scanned(updates))
    expect(joined.map(({ count }) => count)).toEqual([16])
    const reader = new Y.Doc()
    for (const { update } of joined) Y.applyUpdate(reader, update)
    expect(reader.getText('t').toString()).toBe(doc.getText('t').toString())
  })

  test('typing before a character, with emoji and from two places, is joined where it continues only', () => {
    const first = updatesOf((text) => text.insert(0, '甲乙'))
    const start = Y.encodeStateAsUpdate(first.doc)
    const { updates } = updatesOf((text) => {
      text.insert(1, 'a')
      text.insert(2, '😀')
      text.insert(4, 'b')
      text.insert(0, 'c')
    }, start)
    expect(joinRuns(scanned(updates)).map(({ count }) => count)).toEqual([3, 1])
  })

  test('a deletion ends every run', () => {
    const { updates } = updatesOf((text) => {
      text.insert(0, 'a')
      text.insert(1, 'b')
      text.delete(0, 1)
      text.insert(1, 'c')
    })
    expect(joinRuns(scanned(updates)).map(({ count }) => count)).toEqual([2, 1, 1])
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('whatever is written at once, joined updates make the same document (seed %i)', (seed) => {
    const random = seeded(seed)
    const base = updatesOf((text) => text.insert(0, '公文公文')).doc
    const start = Y.encodeStateAsUpdate(base)
    const people = [0, 1, 2].map(() => updatesOf((text) => {
      let cursor = Math.floor(random() * 4)
      for (let step = 0; step < 40; step += 1) {
        if (random() < 0.15) cursor = Math.floor(random() * (text.length + 1))
        if (random() < 0.1 && cursor > 0) text.delete((cursor -= 1), 1)
        else if (random() < 0.1) text.format(0, Math.min(2, text.length), { bold: random() < 0.5 })
        else text.insert(cursor++, String.fromCharCode(0x4e00 + Math.floor(random() * 500)))
      }
    }, start))
    const [plain, joined] = [new Y.Doc(), new Y.Doc()]
    for (const doc of [plain, joined]) Y.applyUpdate(doc, start)
    // Flushes of several people in turn, each with a few updates.
    while (people.some(({ updates }) => updates.length > 0)) {
      const { updates } = people[Math.floor(random() * people.length)] ?? { updates: [] }
      const flush = updates.splice(0, 1 + Math.floor(random() * 8))
      for (const update of flush) Y.applyUpdate(plain, update)
      for (const { update } of joinRuns(scanned(flush))) {
        scanUpdate(update)
        Y.applyUpdate(joined, update)
      }
    }
    expect(joined.getText('t').toDelta()).toEqual(plain.getText('t').toDelta())
    expect(Buffer.compare(Y.encodeStateAsUpdate(joined), Y.encodeStateAsUpdate(plain))).toBe(0)
  })
})

describe('the tail', () => {
  test('gives back every update in order, and forgets rows without touching what it handed out', () => {
    const tail = new Tail()
    const long = new Uint8Array(70_000).fill(7)
    tail.append(3, [updateFrame(Uint8Array.of(1)), updateFrame(Uint8Array.of(2, 2))])
    tail.append(5, [updateFrame(long)])
    const before = tail.frames()
    const copy = Buffer.from(before)
    tail.append(9, [updateFrame(Uint8Array.of(4))])
    const heard = (): number[] => {
      const lengths: number[] = []
      tail.each((wire, update) => lengths.push(update.length) && expect(wire.subarray(-update.length)).toEqual(Buffer.from(update)))
      return lengths
    }
    expect(heard()).toEqual([1, 2, 70_000, 1])
    tail.dropTo(4)
    expect(heard()).toEqual([70_000, 1])
    tail.dropTo(9)
    expect([heard(), tail.length]).toEqual([[], 0])
    tail.append(10, [updateFrame(Uint8Array.of(5, 5, 5))])
    expect(heard()).toEqual([3])
    expect(before.equals(copy)).toBe(true)
  })
})
