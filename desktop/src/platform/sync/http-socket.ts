/** A WebSocket in shape, plain HTTPS in fact, for networks that let no WebSocket through. Source: server/PROTOCOL.md, "Over HTTP" */

type Listener<E> = ((event: E) => void) | null

/** What a session uses of a WebSocket. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  onopen: Listener<unknown>
  onmessage: Listener<{ readonly data: unknown }>
  onclose: Listener<{ readonly code: number; readonly reason: string }>
  onerror: Listener<unknown>
  send(message: Uint8Array<ArrayBuffer>): void
  close(): void
}

/** Figures of a line over HTTP. Bytes and milliseconds. */
export interface HttpFigures {
  /** Larger messages go up in pieces. */
  readonly largestRequestBytes: number
  readonly aliveEveryMs: number
  readonly attempts: number
}

const ordinary: HttpFigures = { largestRequestBytes: 512 << 10, aliveEveryMs: 15_000, attempts: 6 }

/** Opens a line.
 *
 * @param address `/sync/<documentId>?…` with or without an origin before it
 * @param fetchIt the page's `fetch`, or a test's
 */
export function openHttpSocket(address: string, fetchIt: typeof fetch = (input, init) => fetch(input, init), figures: HttpFigures = ordinary): SocketLike {
  const at = address.indexOf('?')
  const [path, query] = [address.slice(0, at), address.slice(at)]
  const abort = new AbortController()
  let key = ''
  let sent = 0
  let queue: Uint8Array[] = []
  let isSending = false
  let alive: ReturnType<typeof setInterval> | undefined
  let state = 0

  const socket: SocketLike = {
    binaryType: 'arraybuffer',
    get readyState() {
      return state
    },
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send(message) {
      if (state !== 1) return
      queue.push(uintBytes(message.length), message)
      void pump()
    },
    close: () => end(1000, ''),
  }
  download().catch(() => end(1006, ''))
  return socket

  async function download(): Promise<void> {
    const response = await fetchIt(`${path}/open${query}`, { method: 'POST', credentials: 'same-origin', cache: 'no-store', signal: abort.signal })
    if (response.status !== 200 || response.body === null) return end(1006, `${response.status}`)
    key = response.headers.get('x-sync-key') ?? ''
    if (state !== 0) return
    state = 1
    alive = setInterval(() => void pump(true), figures.aliveEveryMs)
    socket.onopen?.({})
    await readAll(response.body.getReader())
    end(1006, '')
  }

  async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    let rest: Uint8Array<ArrayBuffer> = new Uint8Array()
    for (;;) {
      const { done, value } = await reader.read()
      if (done || state !== 1) return
      rest = takeFrames(joined([rest, value]))
    }
  }

  /** Messages that wait together go up together. `even` sends an empty request as a sign of life. */
  async function pump(even = false): Promise<void> {
    if (isSending || state !== 1) return
    isSending = true
    try {
      let body = takeQueue()
      for (let isFirst = even; (isFirst || body.length > 0) && state === 1; isFirst = false) {
        await post(body.subarray(0, figures.largestRequestBytes))
        body = joined([body.subarray(figures.largestRequestBytes), takeQueue()])
      }
    } catch {
      end(1006, '')
    } finally {
      isSending = false
    }
  }

  function takeQueue(): Uint8Array<ArrayBuffer> {
    const parts = queue
    queue = []
    return joined(parts)
  }

  /** A request whose answer is lost is sent again under its number; the server takes it once. */
  async function post(body: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let attempt = 0; state === 1; attempt += 1) {
      const status = await fetchIt(`${path}/send?key=${key}&n=${sent}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/octet-stream' },
        body,
        signal: abort.signal,
      }).then(
        (response) => response.status,
        () => 0,
      )
      if (status === 204) {
        sent += 1
        return
      }
      if ((status !== 0 && status !== 409) || attempt + 1 >= figures.attempts) throw new Error(`send answered ${status}`)
      await new Promise((resolve) => setTimeout(resolve, 20 << attempt))
    }
  }

  /** Whole frames off the front; answers what is left. Source: RFC 6455 5.2, unmasked */
  function takeFrames(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let from = 0
    while (bytes.length - from >= 2) {
      const short = view.getUint8(from + 1) & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length - from < head) break
      const length = head === 2 ? short : head === 4 ? view.getUint16(from + 2) : Number(view.getBigUint64(from + 2))
      if (bytes.length - from < head + length) break
      const body = bytes.slice(from + head, from + head + length)
      const isClose = (view.getUint8(from) & 15) === 8
      from += head + length
      if (!isClose) socket.onmessage?.({ data: body.buffer })
      else if (length >= 2) end(new DataView(body.buffer).getUint16(0), new TextDecoder().decode(body.subarray(2)))
    }
    return bytes.slice(from)
  }

  function end(code: number, reason: string): void {
    if (state === 3) return
    state = 3
    clearInterval(alive)
    abort.abort()
    socket.onclose?.({ code, reason })
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function uintBytes(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
