/** The relay's end of a link: hands what our clients say to the owner of their document, and back. It judges nothing; the owner does. */
import type { Line, LineEar } from '../realtime/line.ts'
import type { RelayedClient } from '../realtime/index.ts'
import { linkControls, linkEvents, linkFrame, linkHead, linkKinds } from './link-frames.ts'
import { connectLink, type LinkSocket, type LinkTimes, speakOver } from './link-socket.ts'
import { createQuestions } from './link-questions.ts'

/** A link to one other node. */
export interface RelayLink {
  /** Hands a client over; `lost` is called when the link ends before the client does. */
  attach(line: Line, client: RelayedClient, ended: (why: string) => void): void
  /** Asks the other node. Rejects when there is no answer. */
  ask(question: unknown): Promise<unknown>
  /** Ends the link, and its clients with it. */
  close(): void
}

interface Attached {
  readonly line: Line
  readonly ended: (why: string) => void
  reported: number
}

/** A reader that has taken less than this is worth telling the owner about. */
const tellFromBytes = 64 << 10
const lookEveryMs = 100
/** What clients are told when the owner of their document is lost: 45xx, so they come again with jitter. */
const lost = { code: 4512, reason: 'server-closing' } as const

/** Opens a link to a node. `ended` is called once, when it is over. */
export function openRelay(address: string, secret: Buffer, times: LinkTimes, ended: () => void): RelayLink {
  const clients = new Map<number, Attached>()
  const watched = new Set<number>()
  let nextChannel = 1
  const socket = connectLink(address, secret)
  const link: LinkSocket = speakOver(socket, times, {
    frame: ({ kind, body }) => {
      if (kind === linkKinds.write) return deliver(body)
      const channel = body.readUInt32BE(0)
      if (kind === linkKinds.answer) return questions.answered(channel, JSON.parse(body.subarray(4).toString()))
      const client = clients.get(channel)
      if (client === undefined) return
      if (kind === linkKinds.close) client.line.close(body.readUInt16BE(4), body.subarray(6).toString())
      else if (kind === linkKinds.control) control(client.line, linkControls[body[4] ?? 0] ?? 'cut')
      if (kind === linkKinds.close || linkControls[body[4] ?? 0] === 'cut') finish(channel, 'closed by the owner')
    },
    ended: () => {
      clearInterval(timer)
      questions.close()
      for (const [channel, { line }] of [...clients]) {
        finish(channel, lost.reason)
        line.close(lost.code, lost.reason)
      }
      ended()
    },
  })
  const questions = createQuestions((number, question) => link.send([linkFrame(linkKinds.ask, [number], Buffer.from(JSON.stringify(question)))]))
  const timer = setInterval(() => {
    for (const channel of watched) tell(channel)
  }, lookEveryMs)
  timer.unref()

  function deliver(body: Buffer): void {
    const count = body.readUInt16BE(0)
    const frames = [body.subarray(2 + count * 4)]
    for (let at = 0; at < count; at += 1) {
      const channel = body.readUInt32BE(2 + at * 4)
      const client = clients.get(channel)
      if (client === undefined) continue
      client.line.write(frames)
      if (client.line.unsentBytes() > tellFromBytes) watched.add(channel)
    }
  }

  /** Tells the owner how far a slow reader is behind, so that it can be dropped by the owner's rules. */
  function tell(channel: number): void {
    const client = clients.get(channel)
    const unsent = client?.line.unsentBytes() ?? 0
    if (client === undefined || unsent <= tellFromBytes) watched.delete(channel)
    const said = unsent <= tellFromBytes ? 0 : unsent
    if (client === undefined || client.reported === said) return
    client.reported = said
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(Math.min(said, 0xffffffff))
    link.send([linkFrame(linkKinds.unsent, [channel], bytes)])
  }

  function finish(channel: number, why: string): void {
    const client = clients.get(channel)
    if (!clients.delete(channel)) return
    watched.delete(channel)
    client?.ended(why)
  }

  function earOf(channel: number): LineEar {
    const event = (what: (typeof linkEvents)[number]): void => link.send([linkFrame(linkKinds.event, [channel], Buffer.of(linkEvents.indexOf(what)))])
    return {
      message: (data) => {
        // A copy: the client's bytes lie in a network buffer that its reader goes on unmasking.
        if (clients.has(channel)) link.send([linkHead(linkKinds.message, [channel], data.length), Buffer.from(data)])
      },
      malformed: () => event('malformed'),
      alive: () => event('alive'),
      ended: (why) => {
        if (!clients.has(channel)) return
        event(why)
        finish(channel, why)
      },
    }
  }

  return {
    attach(line, client, ended_) {
      const channel = nextChannel
      nextChannel = (nextChannel % 0xfffffffe) + 1
      clients.set(channel, { line, ended: ended_, reported: 0 })
      link.send([linkFrame(linkKinds.open, [channel], Buffer.from(JSON.stringify(client)))])
      line.listen(earOf(channel))
      // A socket that was torn down before the owner knew of it would stay open for ever.
      if (socket.destroyed) {
        finish(channel, lost.reason)
        line.close(lost.code, lost.reason)
      }
    },
    ask: (question) => questions.ask(question),
    close: () => link.cut(),
  }
}

function control(line: Line, what: (typeof linkControls)[number]): void {
  if (what === 'pause') line.pause()
  else if (what === 'resume') line.resume()
  else if (what === 'ping') line.ping()
  else line.cut()
}
