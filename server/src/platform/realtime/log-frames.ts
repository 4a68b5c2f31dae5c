/** How updates and snapshots lie in the log: sealed with a checksum, bound to their document, with their author inside.
 *
 * `0x58 kind(1) crc32c(4, little endian) payload`, kind 1 = updates, 2 = snapshot, 3 = snapshot with clocks; the checksum covers
 * the document id, the kind and the payload. Updates: `personId text, count, count × block`. Snapshot: `count, count × (client,
 * personId text), block`; with clocks, before the block: `count, count × (client, clock)` and `count, count × (client, count,
 * count × (start, length))` of what is written and deleted, so that nobody has to walk the block to know it.
 */
import * as encoding from 'lib0/encoding'
import { ByteReader, Malformed } from './byte-reader.ts'
import { crc32c } from './crc32c.ts'
import type { Ledger } from './ledger.ts'
import type { Intervals } from './intervals.ts'
import { uintBytes } from './uint-bytes.ts'

const utf8 = new TextEncoder()
const magic = 0x58
const headBytes = 6
const kinds = { updates: 1, snapshot: 2, clockedSnapshot: 3 } as const

/** Updates of one person in one log row, in order. */
export interface UpdatesFrame {
  readonly personId: string
  readonly updates: readonly Uint8Array[]
}

/** A whole document, who owns which client id, and how far it reaches; `clocks` is null in frames of earlier versions. */
export interface SnapshotFrame {
  readonly update: Uint8Array
  readonly authors: ReadonlyMap<number, string>
  readonly clocks: Pick<Ledger, 'state' | 'deleted'> | null
}

/** The stored bytes are not what was stored. The document must not be served from them. */
export class DamagedFrame extends Error {
  override readonly name = 'DamagedFrame'
}

/** Seals updates of one person for `UpdateLog.append`, also for the first content of a new document.
 *
 * @param updates version 1 Yjs updates, none empty
 */
export function sealUpdates(documentId: string, { personId, updates }: UpdatesFrame): Uint8Array {
  // Written by hand: one is made for every writer and commit.
  const person = Buffer.from(personId)
  const head = [...uintBytes(person.length), ...person, ...uintBytes(updates.length)]
  const sizes = updates.map((update) => uintBytes(update.length))
  const frame = new Uint8Array(updates.reduce((sum, update, at) => sum + update.length + (sizes[at]?.length ?? 0), headBytes + head.length))
  frame.set(head, headBytes)
  let at = headBytes + head.length
  for (const [n, update] of updates.entries()) {
    const size = sizes[n] ?? []
    frame.set(size, at)
    frame.set(update, at + size.length)
    at += size.length + update.length
  }
  return finish(documentId, kinds.updates, frame)
}

/** Seals a snapshot for `UpdateLog.saveSnapshot`. */
export function sealSnapshot(documentId: string, frame: SnapshotFrame): Uint8Array {
  const { clocks } = frame
  return seal(documentId, clocks === null ? kinds.snapshot : kinds.clockedSnapshot, (encoder) => {
    encoding.writeVarUint(encoder, frame.authors.size)
    for (const [client, personId] of frame.authors) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarString(encoder, personId)
    }
    if (clocks !== null) writeClocks(encoder, clocks)
    encoding.writeVarUint8Array(encoder, frame.update)
  })
}

function writeClocks(encoder: encoding.Encoder, { state, deleted }: Pick<Ledger, 'state' | 'deleted'>): void {
  encoding.writeVarUint(encoder, state.size)
  for (const [client, clock] of state) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  writeDeleted(encoder, deleted)
}

/** Deleted ranges as Yjs writes them: `count, count × (client, count, count × (start, length))`. */
export function writeDeleted(encoder: encoding.Encoder, deleted: ReadonlyMap<number, Intervals>): void {
  encoding.writeVarUint(encoder, deleted.size)
  for (const [client, { bounds }] of deleted) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, bounds.length / 2)
    for (let at = 0; at < bounds.length; at += 2) {
      const start = bounds[at] ?? 0
      encoding.writeVarUint(encoder, start)
      encoding.writeVarUint(encoder, (bounds[at + 1] ?? start) - start)
    }
  }
}

function readClocks(reader: ByteReader): Pick<Ledger, 'state' | 'deleted'> {
  const state = new Map<number, number>()
  for (let left = reader.uint(); left > 0; left -= 1) state.set(reader.uint(), reader.uint())
  const deleted = new Map<number, Intervals>()
  for (let left = reader.uint(); left > 0; left -= 1) {
    const client = reader.uint()
    const bounds: number[] = []
    for (let ranges = reader.uint(); ranges > 0; ranges -= 1) {
      const start = reader.uint()
      bounds.push(start, start + reader.uint())
    }
    deleted.set(client, { bounds })
  }
  return { state, deleted }
}

function seal(documentId: string, kind: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  const payload = encoding.toUint8Array(encoder)
  const frame = new Uint8Array(headBytes + payload.length)
  frame.set(payload, headBytes)
  return finish(documentId, kind, frame)
}

/** Writes the head of a frame whose payload is in place. */
function finish(documentId: string, kind: number, frame: Uint8Array): Uint8Array {
  frame.set([magic, kind])
  const sum = checksum(documentId, kind, frame.subarray(headBytes))
  for (let at = 0; at < 4; at += 1) frame[2 + at] = (sum >>> (8 * at)) & 255
  return frame
}

function checksum(documentId: string, kind: number, payload: Uint8Array): number {
  return crc32c(payload, crc32c(Uint8Array.of(kind), crc32c(utf8.encode(documentId))))
}

/** Opens a row of updates. Throws `DamagedFrame` when a single bit differs from what was sealed for this document. */
export function openUpdates(documentId: string, frame: Uint8Array): UpdatesFrame {
  return open(documentId, kinds.updates, frame, (reader) => {
    const personId = reader.text()
    const updates: Uint8Array[] = []
    for (let left = reader.uint(); left > 0; left -= 1) updates.push(reader.block())
    return { personId, updates }
  })
}

/** Opens a snapshot. Throws `DamagedFrame` like `openUpdates`. */
export function openSnapshot(documentId: string, frame: Uint8Array): SnapshotFrame {
  const hasClocks = frame[1] === kinds.clockedSnapshot
  return open(documentId, hasClocks ? kinds.clockedSnapshot : kinds.snapshot, frame, (reader) => {
    const authors = new Map<number, string>()
    for (let left = reader.uint(); left > 0; left -= 1) authors.set(reader.uint(), reader.text())
    return { authors, clocks: hasClocks ? readClocks(reader) : null, update: reader.block() }
  })
}

function open<T>(documentId: string, kind: number, frame: Uint8Array, read: (reader: ByteReader) => T): T {
  if (frame.length < headBytes || frame[0] !== magic || frame[1] !== kind) throw new DamagedFrame('frame head')
  const payload = frame.subarray(headBytes)
  const stored = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(2, true)
  if (stored !== checksum(documentId, kind, payload)) throw new DamagedFrame('checksum')
  const reader = new ByteReader(payload)
  try {
    const value = read(reader)
    reader.assertDone()
    return value
  } catch (cause) {
    if (cause instanceof Malformed) throw new DamagedFrame('frame grammar', { cause })
    throw cause
  }
}
