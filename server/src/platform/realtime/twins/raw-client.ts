/** A client that says exactly what it is told to, for protocol and attack tests. */
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import { ByteReader } from '../byte-reader.ts'
import type { Harness } from './harness.ts'

/** One message from the server, taken apart. */
export interface Heard {
  readonly type: number
  readonly step: number | null
  readonly body: Uint8Array
}

/** A raw socket. */
export interface RawClient {
  readonly ws: WebSocket
  readonly heard: readonly Heard[]
  /** Bytes of document content heard (sync updates and step 2). */
  contentBytes(): number
  send(bytes: Uint8Array): void
  sendUpdate(update: Uint8Array): void
  sendStep2(update: Uint8Array): void
  sendStep1(stateVector?: Uint8Array): void
  acks(): readonly { readonly seq: number; readonly frame: number }[]
  notices(): readonly unknown[]
  /** Close code and reason, once closed. */
  closed(): { readonly code: number; readonly reason: string } | null
  stop(): void
}

/** What an upgrade came to: an HTTP status, or an open socket. */
export type Upgrade =
  | { readonly status: number; readonly bytes: number }
  | { readonly status: 101; readonly client: RawClient }

/** Tries to open `path` (with query) as it stands. */
export function tryUpgrade(
  harness: Pick<Harness, 'url' | 'origin'>,
  path: string,
  headers: Readonly<Record<string, string>> = { origin: harness.origin },
): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${harness.url}${path}`, { headers })
    // Before 'open': frames may arrive in the same packet as the handshake.
    const client = listen(ws)
    ws.on('unexpected-response', (_request, response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }))
    })
    ws.on('open', () => resolve({ status: 101, client }))
    ws.on('error', (error) => (ws.readyState === ws.CLOSING ? undefined : reject(error)))
  })
}

/** Opens a document for a person; fails if the upgrade does. */
export async function openRaw(
  harness: Harness,
  documentId: string,
  personId: string,
  query = 'x=1',
): Promise<RawClient> {
  const upgrade = await tryUpgrade(
    harness,
    `/sync/${documentId}?${query}&ticket=${harness.ticket(documentId, personId)}`,
  )
  if (!('client' in upgrade)) throw new Error(`upgrade refused with ${upgrade.status}`)
  return upgrade.client
}

function listen(ws: WebSocket): RawClient {
  const heard: Heard[] = []
  let closed: { readonly code: number; readonly reason: string } | null = null
  ws.on('message', (data: Buffer) => heard.push(readHeard(data)))
  ws.on('close', (code, reason) => {
    closed = { code, reason: reason.toString() }
  })
  const send = (bytes: Uint8Array): void => {
    if (ws.readyState === ws.OPEN) ws.send(bytes)
  }
  return {
    ws,
    heard,
    contentBytes: () =>
      heard.filter((each) => each.type === 0 && each.step !== 0).reduce((sum, each) => sum + each.body.length, 0),
    send,
    sendUpdate: (update) => send(syncMessage(2, update)),
    sendStep2: (update) => send(syncMessage(1, update)),
    sendStep1: (stateVector = Uint8Array.of(0)) => send(syncMessage(0, stateVector)),
    acks: () =>
      heard
        .filter((each) => each.type === 101)
        .map((each) => {
          const reader = new ByteReader(each.body)
          return { seq: reader.uint(), frame: reader.uint() }
        }),
    notices: () =>
      heard.filter((each) => each.type === 102).map((each) => JSON.parse(new ByteReader(each.body).text())),
    closed: () => closed,
    stop: () => ws.terminate(),
  }
}

function readHeard(data: Buffer): Heard {
  const reader = new ByteReader(data)
  const type = reader.uint()
  if (type !== 0) return { type, step: null, body: data.subarray(reader.at) }
  return { type, step: reader.uint(), body: reader.block() }
}

/** A sync message with any step. */
export function syncMessage(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, step)
  encoding.writeVarUint8Array(encoder, body)
  return encoding.toUint8Array(encoder)
}

/** An awareness message with any entries. */
export function awarenessMessage(
  entries: readonly { readonly client: number; readonly clock: number; readonly state: string }[],
): Uint8Array {
  const body = encoding.createEncoder()
  encoding.writeVarUint(body, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(body, client)
    encoding.writeVarUint(body, clock)
    encoding.writeVarString(body, state)
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body))
  return encoding.toUint8Array(encoder)
}

/** A repeatable source of numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
