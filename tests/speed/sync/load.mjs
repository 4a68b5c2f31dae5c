// The load generator: a process of its own that plays people, counts what reaches them, and times it. It knows the grammar only.
import { keystroke, messages, Reader, readRuns } from './grammar.mjs'
import { openLine } from './line.mjs'
import { longTyping } from './typing.mjs'

const lines = []
/** Typists by their client id. */
const typists = new Map()
let isMeasuring = false
let deliveries = 0
let frames = 0
let latencies = []
let isTiming = true
let nextClient = 1000

const jobs = { type, join, intake, idle, small }

process.on('message', async (job) => {
  if (job.kind === undefined) return
  try {
    process.send({ result: await jobs[job.kind](job) })
  } catch (error) {
    process.send({ failed: String(error?.stack ?? error) })
  }
})
process.on('disconnect', () => process.exit())
process.send({ ready: {} })

/** Tells the parent that a moment has come and waits until it has read the server's clocks. */
function moment(name) {
  return new Promise((resolve) => {
    const go = (message) => {
      if (message.go !== name) return
      process.off('message', go)
      resolve()
    }
    process.on('message', go)
    process.send({ moment: name })
  })
}

/** A person with a socket: greets, and completes when everything has come. */
async function connect(port, opening) {
  const person = { prefix: opening.prefix, isComplete: false, onComplete: () => undefined, handle: receive, onPresence: null, onText: null }
  let isOver = () => undefined
  const complete = new Promise((resolve, reject) => {
    person.onComplete = resolve
    isOver = () => reject(new Error('the server closed a line before its document was complete'))
  })
  complete.catch(() => undefined)
  await openLine({
    port,
    path: opening.path,
    headers: opening.headers,
    // Messages may come with the answer to the upgrade.
    onOpen: (line) => (person.line = line),
    onMessage: (bytes, start, end) => person.handle(person, bytes, start, end),
    onClose: () => isOver(),
  })
  lines.push(person.line)
  if (opening.first.length > 0) person.line.write(Buffer.concat([frameOf(opening.first)]))
  person.line.write(messages.step1(opening.prefix))
  await complete
  return person
}

const frameOf = (bytes) => {
  const frame = Buffer.alloc(6 + bytes.length)
  frame[0] = 0x82
  frame[1] = 128 | bytes.length
  frame.set(bytes, 6)
  return frame
}

function receive(person, bytes, start, end) {
  let at = start
  if (person.prefix.length > 0) at += person.prefix.length
  const type = bytes[at]
  if (type === 0 || type === 4) {
    const step = bytes[at + 1]
    if (step === 0) return void person.line.write(messages.emptyStep2(person.prefix))
    const reader = new Reader(bytes, at + 2)
    reader.uint()
    if (person.isComplete) {
      // A whole document that is sent a second time: its first bytes are all there is of it here.
      if (isWholeDocument(bytes, at + 2, end)) return
      if (isMeasuring) frames += 1
      readRuns(reader, (client, clock, length) => arrived(person, client, clock, length))
      return
    }
    if (step === 1) {
      person.isComplete = true
      person.onComplete()
    }
    return
  }
  if (type === 1 && person.onPresence !== null) person.onPresence(person, bytes, at + 1, end)
}

/** Whether the update at `at` reaches beyond the bytes that are here. */
function isWholeDocument(bytes, at, end) {
  const reader = new Reader(bytes, at)
  const length = reader.uint()
  return reader.at + length > end
}

function arrived(person, client, clock, length) {
  const typist = typists.get(client)
  if (typist === undefined || typist.person === person) return
  const upTo = clock + length
  if (isMeasuring) {
    deliveries += length
    if (isTiming) {
      const now = performance.now()
      for (let at = clock; at < upTo; at += 1) latencies.push(now - typist.sentAt[at])
    }
  }
  if (typist.witness === person && upTo > typist.seen) {
    typist.seen = upTo
    typist.onSeen?.(typist)
  }
}

function addTypist(person, witness) {
  const client = (nextClient += 1)
  const typist = { client, person, witness, clock: 0, seen: 0, sentAt: [], onSeen: null }
  typists.set(client, typist)
  return typist
}

function press(typist) {
  const { client, clock, person } = typist
  if (isTiming) typist.sentAt[clock] = performance.now()
  typist.clock += 1
  person.line.write(messages.update(person.prefix, keystroke(client, clock)))
}

/** People in documents: `writers` of each type, or show cursors, at a rate or as fast as the server takes it. */
async function type({ port, documents, writers, keysPerSecond, inFlight, cursorsPerSecond, seconds, warmSeconds }) {
  reset()
  isTiming = inFlight === undefined
  const all = []
  const typing = []
  for (const openings of documents) {
    const people = await Promise.all(openings.map((opening) => connect(port, opening)))
    all.push(...people)
    for (let n = 0; n < writers; n += 1) typing.push(addTypist(people[n], people[(n + 1) % people.length]))
  }
  const stop = inFlight !== undefined ? flood(typing, inFlight) : cursorsPerSecond !== undefined ? showCursors(all, cursorsPerSecond) : pace(typing, keysPerSecond)
  await wait(warmSeconds * 1000)
  await moment('begin')
  isMeasuring = true
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await wait(seconds * 1000)
  isMeasuring = false
  const tookMs = performance.now() - begun
  const { user, system } = process.cpuUsage(cpu)
  await moment('end')
  stop()
  const result = { deliveries, frames, tookMs, latencyMs: spread(latencies), generatorBusy: round((user + system) / 1000 / tookMs) }
  for (const line of lines.splice(0)) line.close()
  return result
}

function reset() {
  typists.clear()
  latencies = []
  deliveries = 0
  frames = 0
}

function flood(typing, inFlight) {
  let isOn = true
  for (const typist of typing) {
    typist.onSeen = () => {
      while (isOn && typist.clock - typist.seen < inFlight) press(typist)
    }
    typist.onSeen()
  }
  return () => (isOn = false)
}

/** Keys at a steady rate over all typists; behind time it catches up. */
function pace(typing, keysPerSecond) {
  const begun = performance.now()
  let pressed = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) * keysPerSecond) / 1000
    for (; pressed < due; pressed += 1) press(typing[pressed % typing.length])
  }, 1)
  return () => clearInterval(timer)
}

/** Cursors as y-websocket sends them: one awareness entry under a client id of one's own. */
function showCursors(people, perSecond) {
  const shownAt = new Map()
  const clocks = people.map(() => 0)
  const first = (nextClient += people.length) - people.length
  const own = new Map(people.map((person, n) => [first + n, person]))
  for (const person of people) {
    person.onPresence = (_person, bytes, start) => {
      const reader = new Reader(bytes, start)
      reader.uint()
      const now = performance.now()
      for (let left = reader.uint(); left > 0; left -= 1) {
        const client = reader.uint()
        reader.uint()
        const length = reader.uint()
        reader.at += length
        if (!isMeasuring || own.get(client) === person || !own.has(client)) continue
        deliveries += 1
        latencies.push(now - shownAt.get(client))
      }
    }
  }
  const begun = performance.now()
  let shown = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) * perSecond * people.length) / 1000
    for (; shown < due; shown += 1) {
      const n = shown % people.length
      clocks[n] += 1
      shownAt.set(first + n, performance.now())
      const cursor = { anchor: { type: null, tname: 't', item: { client: first + n, clock: clocks[n] }, assoc: 0 }, head: { type: null, tname: 't', item: { client: first + n, clock: clocks[n] }, assoc: 0 } }
      people[n].line.write(messages.presence(people[n].prefix, first + n, clocks[n], { cursor, user: { name: `人员${n}`, color: '#1677c7' } }))
    }
  }, 1)
  return () => clearInterval(timer)
}

/** Empty clients that open a document at once. `isNew`: the first one is timed alone before. */
async function join({ port, openings }) {
  await moment('begin')
  const begun = performance.now()
  const times = []
  const people = await Promise.all(
    openings.map(async (opening) => {
      const person = await connect(port, opening)
      times.push(performance.now() - begun)
      return person
    }),
  )
  const tookMs = performance.now() - begun
  await moment('end')
  const bytes = people.reduce((sum, person) => sum + person.line.bytes, 0)
  for (const line of lines.splice(0)) line.close()
  return { tookMs, joinMs: spread(times), bytesEach: Math.round(bytes / people.length) }
}

/** One person's long typing, at most `window` edits ahead of what a second person has seen. */
async function intake({ port, openings, edits, window }) {
  reset()
  isTiming = false
  const { updates } = longTyping(edits)
  const [writer, reader] = await Promise.all(openings.map((opening) => connect(port, opening)))
  const client = 7
  const typist = { client, person: writer, witness: reader, clock: 0, seen: 0, sentAt: [], onSeen: null }
  typists.set(client, typist)
  const ends = updates.map((update) => endOf(update))
  await moment('begin')
  const begun = performance.now()
  await new Promise((resolve) => {
    let next = 0
    let upTo = 0
    typist.onSeen = () => {
      while (next < updates.length && upTo - typist.seen < window) {
        writer.line.write(messages.update(writer.prefix, updates[next]))
        upTo = Math.max(upTo, ends[next])
        next += 1
      }
      if (next === updates.length && typist.seen >= upTo) resolve()
    }
    typist.onSeen()
  })
  const tookMs = performance.now() - begun
  await moment('end')
  for (const line of lines.splice(0)) line.close()
  return { edits, tookMs }
}

function endOf(update) {
  let end = 0
  readRuns(new Reader(update), (_client, clock, length) => (end = clock + length))
  return end
}

/** Sockets that say nothing. */
async function idle({ port, openings }) {
  await moment('begin')
  for (let at = 0; at < openings.length; at += 50) await Promise.all(openings.slice(at, at + 50).map((opening) => connect(port, opening)))
  await moment('end')
  for (const line of lines.splice(0)) line.close()
  return { connections: openings.length }
}

/** One person each in many documents, who has typed a little. */
async function small({ port, openings, keys }) {
  reset()
  isTiming = false
  const people = []
  for (let at = 0; at < openings.length; at += 50) people.push(...(await Promise.all(openings.slice(at, at + 50).map((opening) => connect(port, opening)))))
  await moment('begin')
  const typing = people.map((person) => addTypist(person, null))
  for (let n = 0; n < keys; n += 1) {
    for (const typist of typing) press(typist)
    await wait(8)
  }
  await wait(1500)
  await moment('end')
  for (const line of lines.splice(0)) line.close()
  return { documents: openings.length, keys }
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function spread(values) {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))])
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

function round(value) {
  return Math.round(value * 100) / 100
}
