/** Presence of one room: one state per socket, identity written by the server, the newest state per window, no echo. */
import { ByteReader, Malformed } from './byte-reader.ts'
import type { TicketGrant } from './ports.ts'
import { encodePresence, presenceFrame } from './wire.ts'

/** Who can be present. */
export interface PresenceMember {
  readonly grant: TicketGrant
  readonly isJoined: () => boolean
  readonly send: (frames: readonly Buffer[]) => void
}

/** What a socket said about itself. Entries about others (stock clients repeat them) are left out. */
export type PresenceVerdict = 'taken' | 'ignored' | 'too-large'

/** The presences of one room. */
export interface Presence {
  /** Takes the body of an awareness message.
   *
   * @param isReader a reader shows who it is, but no cursor
   * @throws Malformed if the bytes break the grammar
   */
  receive(member: PresenceMember, body: Uint8Array, maxBytes: number, isReader: boolean): PresenceVerdict
  /** One frame with everybody but `member`. */
  frameFor(member: PresenceMember): Buffer
  /** Takes the cursor of a member away whose rights fell. */
  demote(member: PresenceMember): void
  leave(member: PresenceMember): void
  /** Number of sockets that are shown. */
  size(): number
}

interface Shown {
  readonly client: number
  readonly entry: Uint8Array
}

interface Own {
  readonly client: number
  readonly text: string
  readonly sizeBytes: number
}

const maxEntries = 1000
const fields = ['cursor', 'selection', 'field'] as const
/** Twelve colours that read well on white. None is red: red is for red heads, seals, urgency and errors. */
const palette = [
  '#1677c7',
  '#6b4e16',
  '#15803d',
  '#7e22ce',
  '#0e7490',
  '#0f766e',
  '#a16207',
  '#be185d',
  '#4338ca',
  '#4d7c0f',
  '#0369a1',
  '#9333ea',
] as const

/** The colour of a person: the same everywhere, by their id. */
export function colourOf(personId: string): string {
  let sum = 0
  for (let at = 0; at < personId.length; at += 1) sum = (sum * 31 + personId.charCodeAt(at)) >>> 0
  return palette[sum % palette.length] ?? palette[0]
}

/** How long cursors of a room gather (ms): a crowd makes a write per person and window, and nobody follows fifty cursors at once. */
function presenceWindowMs(members: number, longestMs: number): number {
  return Math.min(longestMs, 30 + members / 2)
}

/** Creates the presences of a room. `now` gives UTC milliseconds; `mayShow` takes an id for a person unless it is somebody else's. */
export function createPresence<Each extends PresenceMember>(deps: {
  readonly members: ReadonlySet<Each>
  /** The longest time a change waits for others. */
  readonly windowMs: number
  readonly now: () => number
  readonly mayShow: (client: number, personId: string) => boolean
}): Presence {
  const shown = new Map<PresenceMember, Shown>()
  const clientOf = new Map<PresenceMember, number>()
  const ownerOf = new Map<number, PresenceMember>()
  const changed = new Map<PresenceMember, Uint8Array>()
  const gone: Uint8Array[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastClock = 0

  /** Rises over restarts too: a client that comes back with an old clock of its own would otherwise stay invisible. */
  function nextClock(): number {
    lastClock = Math.max(lastClock + 1, Math.floor(deps.now() / 16))
    return lastClock
  }

  function plan(): void {
    timer ??= setTimeout(flush, presenceWindowMs(deps.members.size, deps.windowMs))
  }

  function flush(): void {
    timer = null
    const entries = [...changed.values(), ...gone]
    if (entries.length === 0) return
    const all = Buffer.concat(entries)
    const shared = presenceFrame(entries.length, [all])
    let at = 0
    // Everybody is told about everybody else: the entry of one's own is cut out of what all others get.
    const startOf = new Map([...changed].map(([member, entry]) => [member, (at += entry.length) - entry.length]))
    for (const member of deps.members) {
      if (!member.isJoined()) continue
      const start = startOf.get(member)
      if (start === undefined) member.send([shared])
      else if (entries.length > 1) member.send([presenceFrame(entries.length - 1, [all.subarray(0, start), all.subarray(start + (changed.get(member)?.length ?? 0))])])
    }
    changed.clear()
    gone.length = 0
  }

  function show(member: PresenceMember, client: number, state: string | null): void {
    if (state === null) return hide(member, client)
    const entry = encodePresence(client, nextClock(), state)
    shown.set(member, { client, entry })
    changed.set(member, entry)
    plan()
  }

  function hide(member: PresenceMember, client: number): void {
    changed.delete(member)
    if (!shown.delete(member)) return
    gone.push(encodePresence(client, nextClock(), null))
    plan()
  }

  function leave(member: PresenceMember): void {
    const client = clientOf.get(member)
    clientOf.delete(member)
    if (client === undefined || ownerOf.get(client) !== member) return
    ownerOf.delete(client)
    hide(member, client)
  }

  /** The one awareness id of a socket. An id somebody else shows can be taken over only by the same person's next socket. */
  function claim(member: PresenceMember, client: number): boolean {
    const own = clientOf.get(member)
    if (own !== undefined) return own === client
    const owner = ownerOf.get(client)
    if (owner !== undefined && owner.grant.personId !== member.grant.personId) return false
    if (!deps.mayShow(client, member.grant.personId)) return false
    if (owner !== undefined) leave(owner)
    clientOf.set(member, client)
    ownerOf.set(client, member)
    return true
  }

  return {
    receive(member, body, maxBytes, isReader) {
      const own = findOwn(body, (client) => isOwn(member, client))
      if (own === null) return 'ignored'
      if (own.sizeBytes > maxBytes) return 'too-large'
      const state = parseState(own.text)
      // A stock client repeats the departure of others; that must not make their id its own.
      if (state === null && !clientOf.has(member)) return 'ignored'
      if (!claim(member, own.client)) return 'ignored'
      show(member, own.client, state === null ? null : JSON.stringify(presentState(member.grant, state, isReader)))
      return 'taken'
    },
    frameFor(member) {
      const entries = [...shown].filter(([each]) => each !== member).map(([, { entry }]) => entry)
      return presenceFrame(entries.length, entries)
    },
    demote(member) {
      const own = shown.get(member)
      if (own !== undefined) show(member, own.client, JSON.stringify(presentState(member.grant, {}, true)))
    },
    leave,
    size: () => shown.size,
  }

  function isOwn(member: PresenceMember, client: number): boolean {
    const own = clientOf.get(member)
    if (own !== undefined) return own === client
    const owner = ownerOf.get(client)
    return owner === undefined || owner.grant.personId === member.grant.personId
  }
}

/** The first entry of an awareness update that `isOwn` accepts; the others are walked over unread. */
function findOwn(body: Uint8Array, isOwn: (client: number) => boolean): Own | null {
  const reader = new ByteReader(body)
  const count = reader.uint()
  if (count > maxEntries) throw new Malformed('presence entries')
  let own: Own | null = null
  for (let left = count; left > 0; left -= 1) {
    const client = reader.uint()
    reader.uint()
    const start = reader.at
    if (own === null && isOwn(client)) own = { client, text: reader.text(), sizeBytes: reader.at - start }
    else reader.block()
  }
  reader.assertDone()
  return own
}

function parseState(text: string): Readonly<Record<string, unknown>> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Malformed('presence state')
  }
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw new Malformed('presence state')
  return { ...value }
}

function presentState(grant: TicketGrant, state: Readonly<Record<string, unknown>>, isReader: boolean): object {
  const kept = isReader
    ? []
    : fields.filter((field) => state[field] !== undefined).map((field) => [field, state[field]] as const)
  const colour = colourOf(grant.personId)
  // `color` beside `colour`: the caret extensions of editors read that spelling.
  const user = { name: grant.personName, post: grant.postTitle, personId: grant.personId, colour, color: colour }
  return { ...Object.fromEntries(kept), user }
}
