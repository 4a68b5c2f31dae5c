/** What two nodes say to each other about the clients of one and the documents of the other: `length(4, big endian) kind(1) body`. */

/** Kinds of frames. A relay (the node a client is connected to) speaks the first, the owner of the document the others. */
export const linkKinds = {
  /** `channel(4), JSON`: a client wants a document. */
  open: 1,
  /** `channel(4), bytes`: a message of a client. */
  message: 2,
  /** `channel(4), event(1)`. */
  event: 3,
  /** `channel(4), bytes(4)`: how much the client has not taken. */
  unsent: 4,
  /** `number(4), JSON`: a question. */
  ask: 5,
  /** Nothing: a sign of life, and its answer. */
  pulse: 6,
  /** `count(2), count × channel(4), frames`: bytes for these clients. */
  write: 16,
  /** `channel(4), control(1)`. */
  control: 17,
  /** `channel(4), code(2), reason`. */
  close: 18,
  /** `number(4), JSON`. */
  answer: 19,
} as const

/** What a client did besides speaking. */
export const linkEvents = ['malformed', 'alive', 'gone', 'protocol-error'] as const
/** What an owner asks a relay to do with a client. */
export const linkControls = ['pause', 'resume', 'ping', 'cut'] as const

const headBytes = 5
/** A document is at most 50 MiB; more than this is no frame of ours. */
const mostBytes = 96 << 20

/** One frame; `body` is a view. */
export interface LinkFrame {
  readonly kind: number
  readonly body: Buffer
}

/** The head of a frame whose body has `length` bytes, with the first bytes of the body in it. */
export function linkHead(kind: number, first: readonly number[], length: number): Buffer {
  const head = Buffer.allocUnsafe(headBytes + first.length * 4)
  head.writeUInt32BE(1 + first.length * 4 + length, 0)
  head[4] = kind
  for (const [at, value] of first.entries()) head.writeUInt32BE(value, headBytes + at * 4)
  return head
}

/** A whole small frame: numbers of four bytes, then bytes. */
export function linkFrame(kind: number, first: readonly number[], body: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([linkHead(kind, first, body.length), body])
}

/** The head of a `write` frame to these channels. */
export function writeHead(channels: readonly number[], length: number): Buffer {
  const head = Buffer.allocUnsafe(headBytes + 2 + channels.length * 4)
  head.writeUInt32BE(3 + channels.length * 4 + length, 0)
  head[4] = linkKinds.write
  head.writeUInt16BE(channels.length, headBytes)
  for (const [at, channel] of channels.entries()) head.writeUInt32BE(channel, headBytes + 2 + at * 4)
  return head
}

/** Takes bytes as they come and answers with the frames that are whole. A class: there is one for each link. */
export class LinkReader {
  #parts: Buffer[] = []
  #have = 0
  #need = 4

  /** @throws Error for a length nobody would send */
  push(chunk: Buffer): readonly LinkFrame[] {
    this.#parts.push(chunk)
    this.#have += chunk.length
    if (this.#have < this.#need) return []
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#have)
    const frames: LinkFrame[] = []
    let at = 0
    this.#need = 4
    while (bytes.length - at >= 4) {
      const length = bytes.readUInt32BE(at)
      if (length < 1 || length > mostBytes) throw new Error(`a link frame of ${length} bytes`)
      if (bytes.length - at < 4 + length) {
        this.#need = 4 + length
        break
      }
      frames.push({ kind: bytes[at + 4] ?? 0, body: bytes.subarray(at + 5, at + 4 + length) })
      at += 4 + length
    }
    const rest = bytes.subarray(at)
    this.#parts = rest.length === 0 ? [] : [rest]
    this.#have = rest.length
    return frames
  }
}
