/** A WebSocket in shape, plain HTTP in fact: what a client needs to speak the protocol where WebSocket is blocked. It is written
 * from PROTOCOL.md alone, and an unmodified y-websocket provider runs over it. */

type Listener = ((event: never) => void) | null

/** Makes the class for an origin; `url` is what a WebSocket would be given. `largestRequestBytes` cuts large messages up. */
export function httpSocket(origin: string, largestRequestBytes = 256 << 10): typeof globalThis.WebSocket {
  class HttpSocket {
    readonly CONNECTING = 0
    readonly OPEN = 1
    readonly CLOSING = 2
    readonly CLOSED = 3
    binaryType = 'arraybuffer'
    readyState = 0
    onopen: Listener = null
    onmessage: Listener = null
    onclose: Listener = null
    onerror: Listener = null
    readonly #base: string
    readonly #abort = new AbortController()
    #key = ''
    #sent = 0
    #queue: Uint8Array[] = []
    #isSending = false
    #alive: ReturnType<typeof setInterval> | null = null

    constructor(url: string | URL) {
      const target = new URL(url)
      this.#base = `http://${target.host}${target.pathname}`
      this.#open(target.search).catch(() => this.#end(1006, ''))
    }

    send(message: Uint8Array | ArrayBuffer): void {
      if (this.readyState !== 1) return
      const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : Uint8Array.from(message)
      this.#queue.push(Uint8Array.from(uintBytes(bytes.length)), bytes)
      this.#pump().catch(() => this.#end(1006, ''))
    }

    close(): void {
      this.#abort.abort()
      this.#end(1000, '')
    }

    async #open(query: string): Promise<void> {
      const response = await fetch(`${this.#base}/open${query}`, { method: 'POST', headers: { origin }, signal: this.#abort.signal })
      if (response.status !== 200 || response.body === null) throw new Error(`open answered ${response.status}`)
      this.#key = response.headers.get('x-sync-key') ?? ''
      this.readyState = 1
      this.#alive = setInterval(() => void this.#pump(true).catch(() => this.#end(1006, '')), 15_000)
      this.#tell(this.onopen, {})
      let rest = Buffer.alloc(0)
      for await (const chunk of response.body) rest = this.#readFrames(Buffer.concat([rest, chunk as Uint8Array]))
      this.#end(1006, '')
    }

    /** Messages that wait together go up together; a request whose answer is lost is sent again under its number. */
    async #pump(even = false): Promise<void> {
      if (this.#isSending || this.readyState !== 1) return
      this.#isSending = true
      try {
        let body = Buffer.concat(this.#queue.splice(0))
        for (let isFirst = even; (isFirst || body.length > 0) && this.readyState === 1; isFirst = false) {
          await this.#post(body.subarray(0, largestRequestBytes))
          body = Buffer.concat([body.subarray(largestRequestBytes), ...this.#queue.splice(0)])
        }
      } finally {
        this.#isSending = false
      }
    }

    async #post(body: Buffer): Promise<void> {
      const address = `${this.#base}/send?key=${this.#key}&n=${this.#sent}`
      for (let attempt = 0; ; attempt += 1) {
        const status = await fetch(address, { method: 'POST', headers: { origin, 'content-type': 'application/octet-stream' }, body: Uint8Array.from(body), signal: this.#abort.signal }).then(
          (response) => response.status,
          () => 0,
        )
        if (status === 204) break
        // 0: the answer was lost; 409: the server still holds the first attempt.
        if ((status !== 0 && status !== 409) || attempt === 5) throw new Error(`send answered ${status}`)
        await new Promise((resolve) => setTimeout(resolve, 10 << attempt))
      }
      this.#sent += 1
    }

    #readFrames(bytes: Buffer): Buffer<ArrayBuffer> {
      let at = 0
      while (bytes.length - at >= 2) {
        const short = (bytes[at + 1] ?? 0) & 127
        const head = short < 126 ? 2 : short === 126 ? 4 : 10
        if (bytes.length - at < head) break
        const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
        if (bytes.length - at < head + length) break
        const body = bytes.subarray(at + head, at + head + length)
        at += head + length
        if (((bytes[at - head - length] ?? 0) & 15) === 8) this.#end(body.readUInt16BE(0), body.toString('utf8', 2))
        else this.#tell(this.onmessage, { data: Uint8Array.from(body).buffer })
      }
      return Buffer.from(bytes.subarray(at))
    }

    #end(code: number, reason: string): void {
      if (this.readyState === 3) return
      const wasOpen = this.readyState === 1
      this.readyState = 3
      if (this.#alive !== null) clearInterval(this.#alive)
      if (!wasOpen) this.#tell(this.onerror, { type: 'error' })
      this.#tell(this.onclose, { code, reason, wasClean: code !== 1006 })
    }

    #tell(listener: Listener, event: object): void {
      // Safe because each listener is given the fields of its kind of event.
      ;(listener as ((event: object) => void) | null)?.(event)
    }
  }
  // Safe because it has what Yjs providers use of a WebSocket.
  return HttpSocket as unknown as typeof globalThis.WebSocket
}

function uintBytes(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  bytes.push(rest)
  return bytes
}
