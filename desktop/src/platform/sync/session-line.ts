/** One connection of a session, over either kind of line, watched for silence. */
import { openHttpSocket, type SocketLike } from './http-socket.ts'
import type { LineKind } from './line-choice.ts'

/** What a session hears of its line. After `closed` nothing more comes. */
export interface LineEar {
  readonly opened: () => void
  readonly message: (bytes: Uint8Array) => void
  /** `heard` tells whether anything had come through; `code` is a WebSocket close code. */
  readonly closed: (end: { readonly code: number; readonly reason: string; readonly heard: boolean }) => void
}

/** How to open it. Milliseconds. */
export interface LineOptions {
  readonly kind: LineKind
  /** `/sync/<documentId>?…` */
  readonly path: string
  readonly socketBase: string
  readonly httpBase: string
  readonly WebSocketClass: typeof WebSocket
  readonly fetchIt: typeof fetch | undefined
  /** The longest wait for the first message, and later for any. */
  readonly firstMessageMs: number
  readonly silenceMs: number
}

/** A line. */
export interface SessionLine {
  readonly kind: LineKind
  send(message: Uint8Array<ArrayBuffer>): void
  /** Ends it; the ear hears `closed` with 1006. */
  drop(): void
  /** Ends it without a word. */
  end(): void
}

/** Opens a line to the server. */
export function openSessionLine(options: LineOptions, ear: LineEar): SessionLine {
  const socket = openSocket(options)
  let heard = false
  let isEnded = false
  let timer = setTimeout(drop, options.firstMessageMs)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    if (!isEnded) ear.opened()
  }
  socket.onmessage = (event) => {
    if (isEnded || !(event.data instanceof ArrayBuffer)) return
    heard = true
    clearTimeout(timer)
    timer = setTimeout(drop, options.silenceMs)
    ear.message(new Uint8Array(event.data))
  }
  socket.onerror = () => {}
  socket.onclose = (event) => close(event.code, event.reason)

  function close(code: number, reason: string): void {
    if (isEnded) return
    end()
    ear.closed({ code, reason, heard })
  }

  function drop(): void {
    close(1006, '')
  }

  function end(): void {
    isEnded = true
    clearTimeout(timer)
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }

  return {
    kind: options.kind,
    send(message) {
      if (!isEnded && socket.readyState === 1) socket.send(message)
    },
    drop,
    end,
  }
}

function openSocket(options: LineOptions): SocketLike {
  if (options.kind === 'http') return openHttpSocket(`${options.httpBase}${options.path}`, options.fetchIt)
  // Safe because a browser's WebSocket has every member of `SocketLike`, with wider event types.
  return new options.WebSocketClass(`${options.socketBase}${options.path}`) as unknown as SocketLike
}
