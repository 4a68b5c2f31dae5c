/** The same protocol over plain HTTP, for networks that let no WebSocket through. See server/PROTOCOL.md, "Over HTTP".
 *
 * The server's frames stream down in the answer to `open`; the client's messages go up in numbered `send` requests, whose bodies
 * put together are a stream of blocks. A large offline diff simply takes several requests. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ByteReader, Malformed } from './byte-reader.ts'
import { type Line, type LineEar, writeTogether } from './line.ts'
import { closeFrame } from './web-socket-frames.ts'

/** Bounds of one line. Bytes and milliseconds. */
export interface HttpLineLimits {
  readonly maxRequestBytes: number
  readonly maxMessageBytes: number
}

/** A line over HTTP, and the door for its `send` requests. */
export interface HttpLine extends Line {
  /** 256 bits in base64url: who knows it, sends. */
  readonly key: string
  /** Takes one `send` request. Answers 204 once its bytes have been taken, also when they had been before. */
  receive(request: IncomingMessage, response: ServerResponse, number: number): void
}

/** Makes a line whose download is the answer to `open`. */
export function openHttpLine(response: ServerResponse, key: string, limits: HttpLineLimits): HttpLine {
  let ear: LineEar | null = null
  let next = 0
  let isReceiving = false
  let isPaused = false
  let isEnded = false
  let waiting: (() => void)[] = []
  let rest: Buffer = Buffer.alloc(0)

  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-sync-key': key })
  response.flushHeaders()
  response.on('close', () => end('gone'))

  function end(why: 'gone' | 'protocol-error'): void {
    if (isEnded) return
    isEnded = true
    for (const go of waiting.splice(0)) go()
    ear?.ended(why)
  }

  /** Takes whole messages off the front of what has come. */
  function takeMessages(bytes: Buffer): void {
    let at = 0
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    while (at < all.length && !isEnded) {
      const message = readBlock(all, at, limits.maxMessageBytes)
      if (message === null) break
      at = message.end
      ear?.message(message.body)
    }
    rest = Buffer.from(all.subarray(at))
  }

  async function take(request: IncomingMessage, response_: ServerResponse): Promise<void> {
    const bytes = await readBody(request, limits.maxRequestBytes)
    if (bytes === null) return answer(response_, 413)
    if (isPaused) await new Promise<void>((go) => waiting.push(go))
    if (isEnded) return answer(response_, 410)
    next += 1
    ear?.alive()
    try {
      takeMessages(bytes)
    } catch (cause) {
      if (!(cause instanceof Malformed)) throw cause
      ear?.malformed()
    }
    answer(response_, 204)
  }

  return {
    key,
    listen(given) {
      ear = given
    },
    receive(request, response_, number) {
      if (isEnded) return refuse(request, response_, 410)
      // Said before, and the answer was lost on the way.
      if (number < next) return refuse(request, response_, 204)
      if (number > next || isReceiving) return refuse(request, response_, 409)
      isReceiving = true
      take(request, response_)
        .catch(() => response_.destroy())
        .finally(() => {
          isReceiving = false
        })
    },
    write: (frames) => writeTogether(response, frames),
    unsentBytes: () => response.writableLength,
    pause() {
      isPaused = true
    },
    resume() {
      isPaused = false
      for (const go of waiting.splice(0)) go()
    },
    // A proxy may keep the download open for a reader that is long gone, so its requests are the sign of life.
    ping: () => undefined,
    close(code, reason) {
      if (response.writable) response.end(closeFrame(code, reason))
      end('gone')
    },
    cut() {
      response.destroy()
      end('gone')
    },
  }
}

function readBlock(bytes: Buffer, at: number, maxBytes: number): { readonly body: Uint8Array; readonly end: number } | null {
  const reader = new ByteReader(bytes, at)
  // A length takes at most eight bytes; with fewer here it may not be complete.
  const head = bytes.subarray(at, at + 8)
  if (head.length < 8 && head.every((byte) => byte > 127)) return null
  const length = reader.uint()
  if (length > maxBytes) throw new Malformed('message too long')
  return reader.at + length > bytes.length ? null : { body: reader.take(length), end: reader.at }
}

/** `null`: more than allowed. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    // Safe because no encoding is set on requests.
    const bytes = part as Buffer
    size += bytes.length
    if (size > maxBytes) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume()
  answer(response, status)
}

/** Ends a request without a body. */
export function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-length': 0 }).end()
}
