import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { crc32c } from './crc32c.ts'
import { DamagedFrame, openSnapshot, openUpdates, sealSnapshot, sealUpdates } from './log-frames.ts'
import { openRoom } from './room.ts'
import { aDocumentId } from './twins/harness.ts'

test('the checksum gives the published value, in one piece and in two', () => {
  const digits = new TextEncoder().encode('123456789')
  // Source: RFC 3720 test pattern family; the check value of CRC-32C is 0xE3069283.
  expect(crc32c(digits)).toBe(0xe3069283)
  expect(crc32c(digits.subarray(4), crc32c(digits.subarray(0, 4)))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
})

test('the checksum takes eight bytes a step and gives what one byte a step gives', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, n) => (n * 151 + 7) & 255)
  for (let length = 0; length <= bytes.length; length += 1) {
    let slowly = 0
    for (let at = 0; at < length; at += 1) slowly = crc32c(bytes.subarray(at, at + 1), slowly)
    expect(crc32c(bytes.subarray(0, length))).toBe(slowly)
  }
})

function someUpdates(): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const char of '请各单位认真贯彻执行') doc.getText('t').insert(0, char)
  return updates
}

test('every flipped bit of a stored row is found, never served as another text', () => {
  const documentId = aDocumentId()
  const frame = sealUpdates(documentId, { personId: 'a', updates: someUpdates() })
  let found = 0
  for (let bit = 0; bit < frame.length * 8; bit += 1) {
    const flipped = Uint8Array.from(frame)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => openUpdates(documentId, flipped)).toThrow(DamagedFrame)
    found += 1
  }
  expect(found).toBeGreaterThan(1000)
})

test('a row of another document is no row of this one', () => {
  const frame = sealUpdates(aDocumentId(), { personId: 'a', updates: someUpdates() })
  expect(() => openUpdates(aDocumentId(), frame)).toThrow(DamagedFrame)
})

test('frames read back as they were sealed', () => {
  const documentId = aDocumentId()
  const updates = someUpdates()
  expect(openUpdates(documentId, sealUpdates(documentId, { personId: '甲', updates }))).toEqual({
    personId: '甲',
    updates,
  })
  const authors = new Map([
    [7, '甲'],
    [2 ** 32 - 1, '乙'],
  ])
  const update = updates[0] ?? new Uint8Array()
  const clocks = {
    state: new Map([
      [7, 12],
      [2 ** 32 - 1, 3],
    ]),
    deleted: new Map([[7, { bounds: [1, 4, 9, 10] }]]),
  }
  // Frames without clocks are those of earlier versions.
  for (const frame of [{ update, authors, clocks: null }, { update, authors, clocks }]) expect(openSnapshot(documentId, sealSnapshot(documentId, frame))).toEqual(frame)
})

test('a log with a missing row does not open', () => {
  const documentId = aDocumentId()
  const rows = someUpdates().map((update, index) => ({
    seq: index + 1,
    bytes: sealUpdates(documentId, { personId: 'a', updates: [update] }),
  }))
  const open = (tail: typeof rows) => openRoom(documentId, { snapshot: null, snapshotSeq: 0, tail }, 40, () => 0)

  expect(open(rows).seq).toBe(rows.length)
  expect(() => open(rows.filter((row) => row.seq !== 3))).toThrow(DamagedFrame)
  expect(() => open([...rows].reverse())).toThrow(DamagedFrame)
})
