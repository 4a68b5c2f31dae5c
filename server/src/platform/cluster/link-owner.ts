/** The owner's end of a link: clients of another node as lines of our own. Above the lines nobody knows that a node lies between. */
import type { TLSSocket } from 'node:tls'
import type { Line, LineEar } from '../realtime/line.ts'
import type { RelayedClient } from '../realtime/index.ts'
import { linkControls, linkEvents, linkFrame, linkHead, linkKinds, writeHead } from './link-frames.ts'
import { type LinkSocket, type LinkTimes, speakOver } from './link-socket.ts'

/** What an owner does with what comes over a link. */
export interface OwnerDoor {
  /** A client of the other node wants a document of ours. */
  readonly admit: (line: Line, client: RelayedClient) => void
  /** Answers a question of the other node. */
  readonly answer: (question: unknown) => Promise<unknown>
}

/** Frames on their way to several clients of one node: what is the same for all goes over the link once. */
interface Outgoing {
  readonly channels: number[]
  readonly frames: readonly Buffer[]
  readonly order: number
}

const mostChannels = 65_535

/** Serves one link until it ends. */
export function serveLink(socket: TLSSocket, times: LinkTimes, door: OwnerDoor): void {
  const lines = new Map<number, OwnerLine>()
  const link = speakOver(socket, times, {
    frame: ({ kind, body }) => {
      const number = body.length >= 4 ? body.readUInt32BE(0) : 0
      const rest = body.subarray(4)
      if (kind === linkKinds.message) return lines.get(number)?.ear?.message(rest)
      if (kind === linkKinds.open) return open(number, JSON.parse(rest.toString()))
      if (kind === linkKinds.event) return lines.get(number)?.happened(linkEvents[rest[0] ?? 0] ?? 'gone')
      if (kind === linkKinds.unsent) return lines.get(number)?.reported(rest.readUInt32BE(0))
      if (kind === linkKinds.ask) void answer(number, JSON.parse(rest.toString()))
    },
    ended: () => {
      for (const line of [...lines.values()]) line.happened('gone')
    },
  })
  const outbox = createOutbox(link)

  function open(channel: number, client: RelayedClient): void {
    const line = new OwnerLine(channel, link, outbox, () => lines.delete(channel))
    lines.set(channel, line)
    door.admit(line, client)
  }

  async function answer(number: number, question: unknown): Promise<void> {
    const said = await door.answer(question).catch(() => null)
    link.send([linkFrame(linkKinds.answer, [number], Buffer.from(JSON.stringify(said)))])
  }
}

/** Gathers what one turn sends, so that the same bytes for many clients of a node become one frame. */
interface Outbox {
  write(channel: number, frames: readonly Buffer[]): void
  /** Sends what has gathered: anything else about a client comes after its bytes. */
  flush(): void
}

function createOutbox(link: LinkSocket): Outbox {
  let waiting: Outgoing[] = []
  /** Order of the last frames of a channel: later ones must not overtake them. */
  const lastOf = new Map<number, number>()
  const byBytes = new Map<Buffer, Outgoing>()

  function flush(): void {
    if (waiting.length === 0) return
    const all = waiting
    waiting = []
    lastOf.clear()
    byBytes.clear()
    for (const { channels, frames } of all) link.send([writeHead(channels, frames.reduce((sum, frame) => sum + frame.length, 0)), ...frames])
  }

  return {
    flush,
    write(channel, frames) {
      const [only] = frames
      if (only === undefined) return
      if (waiting.length === 0) queueMicrotask(flush)
      const same = frames.length === 1 ? byBytes.get(only) : undefined
      if (same !== undefined && same.order > (lastOf.get(channel) ?? -1) && same.channels.length < mostChannels) {
        same.channels.push(channel)
        lastOf.set(channel, same.order)
        return
      }
      const fresh = { channels: [channel], frames: [...frames], order: waiting.length }
      waiting.push(fresh)
      lastOf.set(channel, fresh.order)
      if (frames.length === 1) byBytes.set(only, fresh)
    },
  }
}

class OwnerLine implements Line {
  readonly #channel: number
  readonly #link: LinkSocket
  readonly #outbox: Outbox
  readonly #forget: () => void
  #unsent = 0
  #isOver = false
  ear: LineEar | null = null

  constructor(channel: number, link: LinkSocket, outbox: Outbox, forget: () => void) {
    this.#channel = channel
    this.#link = link
    this.#outbox = outbox
    this.#forget = forget
  }

  listen(ear: LineEar): void {
    this.ear = ear
  }

  happened(event: (typeof linkEvents)[number]): void {
    if (event === 'malformed') return this.ear?.malformed()
    if (event === 'alive') return this.ear?.alive()
    this.#end()
    this.ear?.ended(event)
  }

  reported(bytes: number): void {
    this.#unsent = bytes
  }

  write(frames: readonly Buffer[]): void {
    if (!this.#isOver) this.#outbox.write(this.#channel, frames)
  }

  unsentBytes(): number {
    return this.#unsent
  }

  pause(): void {
    this.#control('pause')
  }

  resume(): void {
    this.#control('resume')
  }

  ping(): void {
    this.#control('ping')
  }

  close(code: number, reason: string): void {
    if (this.#isOver) return
    this.#end()
    const text = Buffer.from(reason)
    const head = linkHead(linkKinds.close, [this.#channel], 2 + text.length)
    this.#link.send([head, Buffer.of(code >> 8, code & 255), text])
  }

  cut(): void {
    this.#control('cut')
    this.#end()
  }

  #control(what: (typeof linkControls)[number]): void {
    if (this.#isOver) return
    this.#outbox.flush()
    this.#link.send([linkFrame(linkKinds.control, [this.#channel], Buffer.of(linkControls.indexOf(what)))])
  }

  #end(): void {
    if (this.#isOver) return
    this.#outbox.flush()
    this.#isOver = true
    this.#forget()
  }
}
