/** A WebSocket as a line: the handshake, and the life of the socket after it. Source: RFC 6455 4.2, 7 */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Line, type LineEar, writeTogether } from './line.ts'
import { type BrokenCode, closeFrame, type FrameEar, FrameReader, pingFrame, pongFrame } from './web-socket-frames.ts'

/** How long a client may take to answer a close frame before the socket is cut. */
const farewellMs = 10_000
/** A client that pings and does not read gets no more answers. */
const mostUnsentForPong = 64 << 10

/** The key of a well-made upgrade request (version 13), or `null`. */
export function readWebSocketKey(request: IncomingMessage): string | null {
  const { upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } = request.headers
  if (request.method !== 'GET' || upgrade?.toLowerCase() !== 'websocket' || version !== '13') return null
  return typeof key === 'string' && /^[+/0-9A-Za-z]{22}==$/.test(key) ? key : null
}

/** The answer that turns the connection into a WebSocket. */
function acceptance(key: string): string {
  const accepted = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`
}

/** Accepts an upgrade. `head` holds what came behind the request; it is read once somebody listens.
 *
 * @param key of `readWebSocketKey`
 */
export function acceptWebSocket(socket: Duplex & { setNoDelay?(on: boolean): unknown; setTimeout?(ms: number): unknown }, key: string, head: Buffer, maxMessageBytes: number): Line {
  socket.setTimeout?.(0)
  socket.setNoDelay?.(true)
  socket.write(acceptance(key))
  return new WebSocketLine(socket, head, maxMessageBytes)
}

/** Listeners that all sockets share: thousands are open at once. */
function endToo(this: Duplex): void {
  this.end()
}
/** Listens to errors of a socket: without a listener a reset would end the process. */
export function destroyToo(this: Duplex): void {
  this.destroy()
}

class WebSocketLine implements Line, FrameEar {
  readonly #socket: Duplex
  readonly #reader: FrameReader
  #ear: LineEar | null = null
  #head: Buffer | null
  #hasSaidGoodbye = false
  #farewell: ReturnType<typeof setTimeout> | null = null

  constructor(socket: Duplex, head: Buffer, maxMessageBytes: number) {
    this.#socket = socket
    this.#head = head
    this.#reader = new FrameReader(this, maxMessageBytes)
  }

  listen(ear: LineEar): void {
    const socket = this.#socket
    this.#ear = ear
    socket.on('data', (chunk: Buffer) => this.#reader.push(chunk))
    socket.on('end', endToo)
    socket.on('close', () => {
      this.#reader.stop()
      if (this.#farewell !== null) clearTimeout(this.#farewell)
      ear.ended('gone')
    })
    const head = this.#head
    this.#head = null
    if (head !== null && head.length > 0) this.#reader.push(head)
  }

  // What comes after our good-bye is read only to find the client's.
  binary(body: Buffer): void {
    if (!this.#hasSaidGoodbye) this.#ear?.message(body)
  }

  text(): void {
    if (!this.#hasSaidGoodbye) this.#ear?.malformed()
  }

  pinged(body: Buffer): void {
    const socket = this.#socket
    if (!this.#hasSaidGoodbye && socket.writable && socket.writableLength < mostUnsentForPong) socket.write(pongFrame(body))
  }

  pong(): void {
    this.#ear?.alive()
  }

  farewell(code: number): void {
    this.#end(code)
  }

  broken(code: BrokenCode): void {
    this.#ear?.ended('protocol-error')
    this.#end(code)
  }

  write(frames: readonly Buffer[]): void {
    if (!this.#hasSaidGoodbye) writeTogether(this.#socket, frames)
  }

  unsentBytes(): number {
    return this.#socket.writableLength
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  ping(): void {
    this.write([pingFrame])
  }

  close(code: number, reason: string): void {
    this.#sayGoodbye(code, reason)
    // A paused socket would never read the answer to its close frame.
    this.#socket.resume()
  }

  cut(): void {
    this.#socket.destroy()
  }

  /** The client's good-bye, or the end of what can be read: answer once, and end. */
  #end(code: number): void {
    this.#sayGoodbye(code, '')
    if (this.#socket.writable) this.#socket.end()
  }

  #sayGoodbye(code: number, reason: string): void {
    if (this.#hasSaidGoodbye) return
    this.#hasSaidGoodbye = true
    if (this.#socket.writable) this.#socket.write(closeFrame(code, reason))
    this.#farewell = setTimeout(() => this.#socket.destroy(), farewellMs)
    this.#farewell.unref()
  }
}
