/** The line between a connection and its client: a WebSocket, or HTTP where WebSocket is blocked. Above it nobody knows which. */

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

/** Writes frames so that they leave in one system call. */
export function writeTogether(stream: { readonly writable: boolean; write(bytes: Buffer): unknown; cork(): void; uncork(): void }, frames: readonly Buffer[]): void {
  if (!stream.writable) return
  const [only] = frames
  if (frames.length === 1 && only !== undefined) return void stream.write(only)
  stream.cork()
  for (const frame of frames) stream.write(frame)
  stream.uncork()
}
