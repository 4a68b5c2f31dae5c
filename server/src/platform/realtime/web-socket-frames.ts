/** Reads the frames of a WebSocket client, strictly, and writes the few frames that are no messages. Source: RFC 6455 5
 *
 * A receiver of a general library costs several objects per socket and several calls per frame; typing comes in frames of 30 bytes. */

/** Who listens to the frames of one client. */
export interface FrameEar {
  /** A whole binary message; it may be a view into a network buffer. */
  readonly binary: (body: Buffer) => void
  /** A whole, valid text message; its content is of no interest. */
  readonly text: () => void
  readonly pinged: (body: Buffer) => void
  readonly pong: () => void
  /** The client says good-bye, with its code (1005: none). Nothing is read after it. */
  readonly farewell: (code: number) => void
  /** The bytes break the RFC or a limit; the code says which. Nothing is read after it. */
  readonly broken: (code: BrokenCode) => void
}

/** 1002 broken frame, 1007 not UTF-8, 1009 too large. */
export type BrokenCode = 1002 | 1007 | 1009

class Broken extends Error {
  readonly code: BrokenCode
  constructor(code: BrokenCode) {
    super(`broken frame ${code}`)
    this.code = code
  }
}

const opcodes = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const
const utf8 = new TextDecoder('utf-8', { fatal: true })
/** Messages in more pieces than this are somebody's attempt to make us keep pieces. */
const mostPieces = 1024

/** Takes the bytes of one client as they come. */
export class FrameReader {
  readonly #ear: FrameEar
  readonly #maxBytes: number
  /** Bytes of a frame that has not come whole, and how many are needed before it is worth looking again. */
  #parts: Buffer[] | null = null
  #have = 0
  #need = 0
  /** Pieces of a message in several frames. */
  #pieces: Buffer[] | null = null
  #piecesOpcode = 0
  #piecesBytes = 0
  #isOver = false

  constructor(ear: FrameEar, maxBytes: number) {
    this.#ear = ear
    this.#maxBytes = maxBytes
  }

  /** Takes what has come. Errors of the ear are the caller's. */
  push(chunk: Buffer): void {
    if (this.#isOver) return
    let bytes = chunk
    if (this.#parts !== null) {
      this.#parts.push(chunk)
      this.#have += chunk.length
      if (this.#have < this.#need) return
      bytes = Buffer.concat(this.#parts, this.#have)
      this.#parts = null
    }
    let at = 0
    try {
      while (at < bytes.length && !this.#isOver) {
        const end = this.#readFrame(bytes, at)
        if (end === 0) break
        at = end
      }
    } catch (cause) {
      if (!(cause instanceof Broken)) throw cause
      this.#isOver = true
      this.#pieces = null
      return this.#ear.broken(cause.code)
    }
    if (this.#isOver || at === bytes.length) return
    // A copy: a few bytes must not hold a whole network buffer.
    const rest = Buffer.from(bytes.subarray(at))
    this.#parts = [rest]
    this.#have = rest.length
  }

  /** Reads nothing from now on. */
  stop(): void {
    this.#isOver = true
    this.#parts = null
    this.#pieces = null
  }

  /** Reads the frame at `at`; answers where it ends, or 0 when it has not come whole. */
  #readFrame(bytes: Buffer, at: number): number {
    const have = bytes.length - at
    if (have < 6) return this.#wait(6)
    const first = bytes[at] ?? 0
    const second = bytes[at + 1] ?? 0
    // No extension has been agreed on, and a client masks.
    if ((first & 0x70) !== 0 || (second & 0x80) === 0) throw new Broken(1002)
    const opcode = first & 15
    const short = second & 127
    const head = short < 126 ? 6 : short === 126 ? 8 : 14
    if (have < head) return this.#wait(head)
    const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : longSize(bytes, at + 2)
    this.#check(opcode, (first & 0x80) !== 0, short, size)
    if (have < head + size) return this.#wait(head + size)
    const start = at + head
    unmask(bytes, start, size)
    this.#take(opcode, (first & 0x80) !== 0, bytes.subarray(start, start + size))
    return start + size
  }

  #wait(bytes: number): 0 {
    this.#need = bytes
    return 0
  }

  #check(opcode: number, isFinal: boolean, short: number, size: number): void {
    if (opcode > 7) {
      if (opcode > opcodes.pong || !isFinal || short > 125 || (opcode === opcodes.close && size === 1)) throw new Broken(1002)
      return
    }
    if (opcode > opcodes.binary || (opcode === opcodes.more) === (this.#pieces === null)) throw new Broken(1002)
    if (size + this.#piecesBytes > this.#maxBytes) throw new Broken(1009)
  }

  #take(opcode: number, isFinal: boolean, body: Buffer): void {
    if (opcode === opcodes.binary && isFinal) return this.#ear.binary(body)
    if (opcode === opcodes.ping) return this.#ear.pinged(body)
    if (opcode === opcodes.pong) return this.#ear.pong()
    if (opcode === opcodes.close) return this.#takeClose(body)
    if (opcode !== opcodes.more) this.#piecesOpcode = opcode
    const pieces = (this.#pieces ??= [])
    pieces.push(isFinal ? body : Buffer.from(body))
    this.#piecesBytes += body.length
    if (pieces.length > mostPieces) throw new Broken(1009)
    if (!isFinal) return
    const whole = pieces.length === 1 ? body : Buffer.concat(pieces, this.#piecesBytes)
    this.#pieces = null
    this.#piecesBytes = 0
    if (this.#piecesOpcode === opcodes.binary) return this.#ear.binary(whole)
    assertUtf8(whole)
    this.#ear.text()
  }

  #takeClose(body: Buffer): void {
    const code = body.length === 0 ? 1005 : body.readUInt16BE(0)
    if (body.length > 0 && !mayBeSent(code)) throw new Broken(1002)
    assertUtf8(body.subarray(2))
    this.stop()
    this.#ear.farewell(code)
  }
}

function assertUtf8(bytes: Uint8Array): void {
  try {
    utf8.decode(bytes)
  } catch {
    throw new Broken(1007)
  }
}

function longSize(bytes: Buffer, at: number): number {
  // More than 2^53 is more than anybody takes; the other half of the number does not matter then.
  return bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
}

/** Close codes a client may send. Source: RFC 6455 7.4, and the registry of IANA (1012 to 1014) */
function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) || (code >= 3000 && code <= 4999)
}

/** Takes the mask off in place; the four bytes before `start` are the mask. */
function unmask(bytes: Buffer, start: number, size: number): void {
  const [a, b, c, d] = [bytes[start - 4] ?? 0, bytes[start - 3] ?? 0, bytes[start - 2] ?? 0, bytes[start - 1] ?? 0]
  if ((a | b | c | d) === 0) return
  const end = start + size
  let at = start
  for (; at + 3 < end; at += 4) {
    bytes[at] = (bytes[at] ?? 0) ^ a
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ b
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ c
    bytes[at + 3] = (bytes[at + 3] ?? 0) ^ d
  }
  if (at < end) bytes[at] = (bytes[at] ?? 0) ^ a
  if (at + 1 < end) bytes[at + 1] = (bytes[at + 1] ?? 0) ^ b
  if (at + 2 < end) bytes[at + 2] = (bytes[at + 2] ?? 0) ^ c
}

/** A ping without a body. */
export const pingFrame: Buffer = Buffer.of(0x89, 0)

/** The answer to a ping. */
export function pongFrame(body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(0x8a, body.length), body])
}

/** A close frame; 1005 stands for one without a code. Source: RFC 6455 5.5.1 */
export function closeFrame(code: number, reason: string): Buffer {
  if (code === 1005) return Buffer.of(0x88, 0)
  const text = Buffer.from(reason).subarray(0, 120)
  const frame = Buffer.alloc(4 + text.length)
  frame[0] = 0x88
  frame[1] = 2 + text.length
  frame.writeUInt16BE(code, 2)
  frame.set(text, 4)
  return frame
}
