/** The bytes on the wire: y-websocket's messages and ours, already framed for a WebSocket. See server/PROTOCOL.md. */
import * as encoding from 'lib0/encoding'
import { ByteReader, Malformed } from './byte-reader.ts'
import type { Ledger, StateVector } from './ledger.ts'
import { writeDeleted } from './log-frames.ts'
import { uintBytes } from './uint-bytes.ts'

/** First number of every message. */
export const messageTypes = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  hello: 100,
  ack: 101,
  notice: 102,
} as const
const syncTypes = { step1: 0, step2: 1, update: 2 } as const

/** Version of our extension messages, first number of `hello`. */
export const protocolVersion = 1

/** A message from a client. `body` is a view into the frame. */
export type ClientMessage =
  | { readonly kind: 'step1'; readonly state: StateVector }
  | { readonly kind: 'step2' | 'update'; readonly body: Uint8Array }
  | { readonly kind: 'awareness'; readonly body: Uint8Array }
  | { readonly kind: 'query-awareness' }

const maxStateEntries = 100_000

/** Parses one WebSocket message. Throws `Malformed` for anything the protocol does not name. */
export function parseMessage(bytes: Uint8Array): ClientMessage {
  const reader = new ByteReader(bytes)
  const message = readMessage(reader)
  reader.assertDone()
  return message
}

function readMessage(reader: ByteReader): ClientMessage {
  const type = reader.uint()
  if (type === messageTypes.queryAwareness) return { kind: 'query-awareness' }
  if (type === messageTypes.awareness) return { kind: 'awareness', body: reader.block() }
  if (type !== messageTypes.sync) throw new Malformed('message type')
  const step = reader.uint()
  const body = reader.block()
  if (step === syncTypes.step1) return { kind: 'step1', state: parseStateVector(body) }
  if (step === syncTypes.step2) return { kind: 'step2', body }
  if (step === syncTypes.update) return { kind: 'update', body }
  throw new Malformed('sync step')
}

function parseStateVector(bytes: Uint8Array): StateVector {
  const reader = new ByteReader(bytes)
  const state = new Map<number, number>()
  const count = reader.uint()
  if (count > maxStateEntries) throw new Malformed('state vector')
  for (let left = count; left > 0; left -= 1) state.set(reader.uint(), reader.uint())
  reader.assertDone()
  return state
}

/** Wraps a message into one unmasked, final, binary WebSocket frame. Source: RFC 6455 5.2 */
export function frameMessage(message: Uint8Array): Buffer {
  const { frame, at } = openFrame(message.length)
  frame.set(message, at)
  return frame
}

/** A frame whose message of `length` bytes is still to be written, from `at` on. */
function openFrame(length: number): { readonly frame: Buffer; readonly at: number } {
  const at = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(at + length)
  frame[0] = 0x82
  if (at === 2) frame[1] = length
  else if (at === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  return { frame, at }
}

function framed(write: (encoder: encoding.Encoder) => void): Buffer {
  const encoder = encoding.createEncoder()
  write(encoder)
  return frameMessage(encoding.toUint8Array(encoder))
}

function syncFrame(step: number, body: Uint8Array): Buffer {
  const size = uintBytes(body.length)
  const { frame, at } = openFrame(2 + size.length + body.length)
  frame[at] = messageTypes.sync
  frame[at + 1] = step
  frame.set(size, at + 2)
  frame.set(body, at + 2 + size.length)
  return frame
}

/** "This is new": an update to apply. Written by hand: one is made for every keystroke. */
export function updateFrame(update: Uint8Array): Buffer {
  const { length } = update
  if (length > 120) return syncFrame(syncTypes.update, update)
  const frame = Buffer.allocUnsafe(5 + length)
  frame[0] = 0x82
  frame[1] = 3 + length
  frame[2] = messageTypes.sync
  frame[3] = syncTypes.update
  frame[4] = length
  frame.set(update, 5)
  return frame
}

/** The update in the frame at `at` that `updateFrame` made, and where the frame ends. */
export function firstUpdateOf(frames: Uint8Array, at: number): { readonly update: Uint8Array; readonly end: number } {
  const short = (frames[at + 1] ?? 0) & 127
  const head = short < 126 ? 2 : short === 126 ? 4 : 10
  const reader = new ByteReader(frames, at + head + 2)
  const update = reader.block()
  return { update, end: reader.at }
}

/** "This completes your state": a client counts as synced after it. */
export function step2Frame(update: Uint8Array): Buffer {
  return syncFrame(syncTypes.step2, update)
}

/** "This is what I have; send the rest." */
export function step1Frame(state: StateVector): Buffer {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, state.size)
  for (const [client, clock] of state) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  return syncFrame(syncTypes.step1, encoding.toUint8Array(encoder))
}

/** An update without structs that deletes everything the ledger knows as deleted. */
export function encodeDeletes(ledger: Ledger): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  writeDeleted(encoder, ledger.deleted)
  return encoding.toUint8Array(encoder)
}

/** One presence entry: `client, clock, JSON text`. `state` null takes the presence away. */
export function encodePresence(client: number, clock: number, state: string | null): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, state ?? 'null')
  return encoding.toUint8Array(encoder)
}

/** An awareness message of `count` entries made by `encodePresence`, given in any number of pieces. With none it only says that the
 * line is alive. */
export function presenceFrame(count: number, entries: readonly Uint8Array[]): Buffer {
  const head = uintBytes(count)
  const body = entries.reduce((sum, entry) => sum + entry.length, head.length)
  const size = uintBytes(body)
  const { frame, at: start } = openFrame(1 + size.length + body)
  frame[start] = messageTypes.awareness
  frame.set(size, start + 1)
  frame.set(head, start + 1 + size.length)
  let at = start + 1 + size.length + head.length
  for (const entry of entries) {
    frame.set(entry, at)
    at += entry.length
  }
  return frame
}

/** y-websocket's "permission denied": a stock client prints it. */
export function deniedFrame(reason: string): Buffer {
  return framed((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.auth)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, reason)
  })
}

/** First message to a client that asked for extensions. */
export function helloFrame(facts: Readonly<Record<string, unknown>>): Buffer {
  return framed((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.hello)
    encoding.writeVarUint(encoder, protocolVersion)
    encoding.writeVarString(encoder, JSON.stringify(facts))
  })
}

/** "Everything in your first `frame` sync frames is on disk; the newest row of it is `seq`." */
export function ackFrame(seq: number, frame: number): Buffer {
  return frameMessage(Uint8Array.from([messageTypes.ack, ...uintBytes(seq), ...uintBytes(frame)]))
}

/** What a client should know besides content. */
export type Notice =
  | { readonly kind: 'rights'; readonly rights: 'read' | 'suggest' | 'edit'; readonly because?: 'schema' }
  | { readonly kind: 'not-accepted'; readonly frame: number; readonly reason: 'read-only' | 'gap' }
  | { readonly kind: 'refused'; readonly frame: number; readonly reason: string }

/** A notice as JSON. */
export function noticeFrame(notice: Notice): Buffer {
  return framed((encoder) => {
    encoding.writeVarUint(encoder, messageTypes.notice)
    encoding.writeVarString(encoder, JSON.stringify(notice))
  })
}
