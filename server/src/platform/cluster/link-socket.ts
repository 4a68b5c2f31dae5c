/** The socket between two nodes: TLS with a shared key (RFC 4279, ephemeral keys), so that both ends prove that they read the same
 * database and nobody between them reads or writes. No certificates to renew. */
import { connect, createServer, type Server, type TLSSocket } from 'node:tls'
import { type LinkFrame, linkFrame, linkKinds, LinkReader } from './link-frames.ts'

const identity = 'xiewen-node'
const suite = { ciphers: 'ECDHE-PSK-CHACHA20-POLY1305', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const
const connectWithinMs = 3_000

/** Times of a link. A link that has been silent for `deadAfterMs` is cut: its other end may stand still. */
export interface LinkTimes {
  readonly pulseMs: number
  readonly deadAfterMs: number
}

/** What comes over a link. `ended` is called once. */
export interface LinkEar {
  readonly frame: (frame: LinkFrame) => void
  readonly ended: () => void
}

/** A link to another node. */
export interface LinkSocket {
  /** Pieces leave together at the end of the turn. */
  send(pieces: readonly Buffer[]): void
  cut(): void
}

/** More than this unsent means that the other end takes nothing. */
const mostUnsentBytes = 128 << 20

/** Speaks over a socket that is (being) connected. */
export function speakOver(socket: TLSSocket, times: LinkTimes, ear: LinkEar): LinkSocket {
  const reader = new LinkReader()
  let heardAt = performance.now()
  let isCorked = false
  let isOver = false
  socket.setNoDelay(true)
  const timer = setInterval(() => {
    if (performance.now() - heardAt > times.deadAfterMs || socket.writableLength > mostUnsentBytes) return socket.destroy()
    send([linkFrame(linkKinds.pulse, [])])
  }, times.pulseMs)
  timer.unref()
  socket.on('data', (chunk: Buffer) => {
    heardAt = performance.now()
    try {
      for (const frame of reader.push(chunk)) if (frame.kind !== linkKinds.pulse) ear.frame(frame)
    } catch {
      // Broken words end the link; its clients come back.
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    clearInterval(timer)
    if (isOver) return
    isOver = true
    ear.ended()
  })

  function send(pieces: readonly Buffer[]): void {
    if (!socket.writable) return
    if (!isCorked) {
      isCorked = true
      socket.cork()
      queueMicrotask(() => {
        isCorked = false
        socket.uncork()
      })
    }
    for (const piece of pieces) socket.write(piece)
  }

  return { send, cut: () => void socket.destroy() }
}

/** Takes links on `host:port`. Whoever does not know the secret gets no further than the handshake. */
export async function listenForLinks(at: { readonly host: string; readonly port: number }, secret: Buffer, linked: (socket: TLSSocket) => void): Promise<Server> {
  const server = createServer({ ...suite, handshakeTimeout: connectWithinMs, pskCallback: (_socket, who) => (who === identity ? secret : null) }, linked)
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return server
}

/** Connects to a node. */
export function connectLink(address: string, secret: Buffer): TLSSocket {
  const cut = address.lastIndexOf(':')
  const host = address.slice(0, cut).replace(/^\[(.*)\]$/, '$1')
  // The shared key is the proof; there is no certificate whose name could be compared.
  const socket = connect({ ...suite, host, port: Number(address.slice(cut + 1)), pskCallback: () => ({ psk: secret, identity }), checkServerIdentity: () => undefined })
  const timer = setTimeout(() => socket.destroy(), connectWithinMs)
  socket.once('secureConnect', () => clearTimeout(timer))
  socket.once('close', () => clearTimeout(timer))
  return socket
}
