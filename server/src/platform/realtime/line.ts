/** The line between a connection and its client: a WebSocket, or HTTP where WebSocket is blocked. Above it nobody knows which. */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Who listens to a line. */
export interface LineEar {
  /** One binary message. It may be a view into a larger buffer. */
  readonly message: (data: Uint8Array) => void
  /** Something that is no binary message. */
  readonly malformed: () => void
  /** A sign of life that is no message. */
  readonly alive: () => void
  readonly ended: (why: 'gone' | 'protocol-error') => void
}

/** A line. Nothing throws after its end; it is silent. */
export interface Line {
  /** Called once. */
  listen(ear: LineEar): void
  /** Sends frames in one write. */
  write(frames: readonly Buffer[]): void
  /** Bytes the reader has not taken yet. */
  unsentBytes(): number
  /** Stops taking what the client sends, so that it has to wait. */
  pause(): void
  resume(): void
  /** Asks for a sign of life. */
  ping(): void
  close(code: number, reason: string): void
  /** Ends the line without a word. */
  cut(): void
}

/** A WebSocket as a line. Frames are written past `ws`, which frames each message and for each socket anew. */
export function webSocketLine(socket: Duplex, ws: WebSocket): Line {
  let isPaused = false
  return {
    listen(ear) {
      ws.on('message', (data: Buffer, isBinary: boolean) => (isBinary ? ear.message(data) : ear.malformed()))
      ws.on('pong', ear.alive)
      // ws reports broken frames and oversized messages here and closes by itself with 1002, 1007 or 1009.
      ws.on('error', () => ear.ended('protocol-error'))
      ws.on('close', () => ear.ended('gone'))
    },
    write: (frames) => writeTogether(socket, frames),
    unsentBytes: () => socket.writableLength,
    pause() {
      isPaused = true
      ws.pause()
    },
    resume() {
      isPaused = false
      ws.resume()
    },
    ping() {
      if (ws.readyState === ws.OPEN) ws.ping()
    },
    close(code, reason) {
      // A paused socket would never read the answer to its close frame.
      if (isPaused) ws.resume()
      ws.close(code, reason)
    },
    cut: () => ws.terminate(),
  }
}

/** Writes frames so that they leave in one system call. */
export function writeTogether(stream: { readonly writable: boolean; write(bytes: Buffer): unknown; cork(): void; uncork(): void }, frames: readonly Buffer[]): void {
  if (!stream.writable) return
  const [only] = frames
  if (frames.length === 1 && only !== undefined) return void stream.write(only)
  stream.cork()
  for (const frame of frames) stream.write(frame)
  stream.uncork()
}
