// What a client must know of server/PROTOCOL.md, and nothing else: numbers, blocks, frames, messages, and one-character updates.
// The load generator is built on this file alone, so that the text of the protocol is shown to be enough.

/** Bytes of an unsigned LEB128 number. */
export function uint(value) {
  const bytes = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return bytes
}

/** A number with its length in front of bytes. */
export const block = (bytes) => [...uint(bytes.length), ...bytes]
/** UTF-8 text as a block. */
export const text = (value) => block(Buffer.from(value))

/** One masked, final, binary WebSocket frame; the mask is zero, which leaves the bytes as they are. Source: RFC 6455 5.2 */
export function clientFrame(message) {
  const { length } = message
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.alloc(head + 4 + length)
  frame[0] = 0x82
  if (head === 2) frame[1] = 128 | length
  else if (head === 4) {
    frame[1] = 128 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 128 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, head + 4)
  return frame
}

/** Messages of a client. `prefix` is empty in our protocol; Hocuspocus puts the document's name before every message. */
export const messages = {
  step1: (prefix, state = [0]) => clientFrame([...prefix, 0, 0, ...block(state)]),
  emptyStep2: (prefix) => clientFrame([...prefix, 0, 1, 2, 0, 0]),
  update: (prefix, update) => clientFrame(Buffer.concat([Buffer.from([...prefix, 0, 2, ...uint(update.length)]), update])),
  presence: (prefix, client, clock, state) =>
    clientFrame([...prefix, 1, ...block([1, ...uint(client), ...uint(clock), ...text(JSON.stringify(state))])]),
}

/** The update that types one character of `client` at `clock`, after its own previous one. */
export function keystroke(client, clock) {
  const head = [1, 1, ...uint(client), ...uint(clock)]
  const place = clock === 0 ? [0x04, 1, 1, 0x74] : [0x84, ...uint(client), ...uint(clock - 1)]
  return Buffer.from([...head, ...place, 3, 0xe5, 0xad, 0x97, 0])
}

/** Reads numbers from bytes; `at` moves. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }
  uint() {
    let value = 0
    let scale = 1
    for (;;) {
      const next = this.bytes[this.at++]
      value += (next & 127) * scale
      if (next < 128) return value
      scale *= 128
    }
  }
  /** A client and a clock. */
  skipReference() {
    this.uint()
    this.uint()
  }
  skipBlock() {
    const length = this.uint()
    this.at += length
    return length
  }
}

/** Calls `onRun(client, clock, length)` for every run of characters in an update. Enough for typing: text, formats, types,
 * deleted and collected runs. */
export function readRuns(reader, onRun) {
  for (let clients = reader.uint(); clients > 0; clients -= 1) {
    const structs = reader.uint()
    const client = reader.uint()
    let clock = reader.uint()
    for (let n = 0; n < structs; n += 1) {
      const length = readStruct(reader)
      onRun(client, clock, length)
      clock += length
    }
  }
}

function readStruct(reader) {
  const info = reader.bytes[reader.at++]
  const kind = info & 31
  if (kind === 0 || kind === 10) return reader.uint()
  if ((info & 128) !== 0) reader.skipReference()
  if ((info & 64) !== 0) reader.skipReference()
  if ((info & 192) === 0) {
    if (reader.uint() === 1) reader.skipBlock()
    else reader.skipReference()
    if ((info & 32) !== 0) reader.skipBlock()
  }
  if (kind === 1) return reader.uint()
  if (kind === 4) return readTextLength(reader)
  throw new Error(`the load generator types text only, not content of kind ${kind}`)
}

/** Length of a text in UTF-16 units, from its UTF-8 bytes. */
function readTextLength(reader) {
  const end = reader.uint() + reader.at
  let units = 0
  for (; reader.at < end; reader.at += 1) {
    const byte = reader.bytes[reader.at]
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units
}
