/** The client's half of server/PROTOCOL.md: y-websocket's messages and our extensions. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const types = { sync: 0, awareness: 1, auth: 2, hello: 100, ack: 101, notice: 102 } as const
const steps = { step1: 0, step2: 1, update: 2 } as const

/** What a person may do here, as the server says. */
export type SessionRights = 'read' | 'suggest' | 'edit'

/** A message from the server. */
export type ServerMessage =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'hello'; readonly rights: SessionRights; readonly seq: number; readonly maxFrameBytes: number; readonly client: number | null }
  | { readonly kind: 'ack'; readonly seq: number; readonly frame: number }
  | { readonly kind: 'rights'; readonly rights: SessionRights }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Something this client does not need. */
  | { readonly kind: 'other' }

/** Reads one message. Throws if the bytes break the grammar: the connection is then closed and made anew. */
export function parseServerMessage(bytes: Uint8Array): ServerMessage {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case types.sync:
      return parseSync(decoder)
    case types.awareness:
      return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case types.hello: {
      decoding.readVarUint(decoder)
      const facts = parseRecord(decoding.readVarString(decoder))
      return {
        kind: 'hello',
        rights: parseRights(facts['rights']),
        seq: Number(facts['seq'] ?? 0),
        maxFrameBytes: Number(facts['maxFrameBytes'] ?? 1 << 20),
        client: typeof facts['client'] === 'number' ? facts['client'] : null,
      }
    }
    case types.ack:
      return { kind: 'ack', seq: decoding.readVarUint(decoder), frame: decoding.readVarUint(decoder) }
    case types.notice:
      return parseNotice(parseRecord(decoding.readVarString(decoder)))
    default:
      return { kind: 'other' }
  }
}

function parseSync(decoder: decoding.Decoder): ServerMessage {
  const step = decoding.readVarUint(decoder)
  const body = decoding.readVarUint8Array(decoder)
  if (step === steps.step1) return { kind: 'step1', stateVector: body }
  if (step === steps.step2) return { kind: 'step2', update: body }
  if (step === steps.update) return { kind: 'update', update: body }
  throw new Error('unknown sync step')
}

function parseNotice(notice: Readonly<Record<string, unknown>>): ServerMessage {
  if (notice['kind'] === 'rights') return { kind: 'rights', rights: parseRights(notice['rights']) }
  if (notice['kind'] === 'refused') return { kind: 'refused', reason: String(notice['reason'] ?? '') }
  return { kind: 'other' }
}

function parseRights(value: unknown): SessionRights {
  // An unknown word gives the least.
  return value === 'edit' || value === 'suggest' ? value : 'read'
}

function parseRecord(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new Error('not an object')
  return { ...value }
}

function encode(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  write(encoder)
  return Uint8Array.from(encoding.toUint8Array(encoder))
}

function encodeSync(step: number, body: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, types.sync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** "This is what I have." */
export function encodeStep1(stateVector: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(steps.step1, stateVector)
}

/** "This is what you lack." */
export function encodeStep2(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(steps.step2, update)
}

/** "This is new." */
export function encodeUpdate(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeSync(steps.update, update)
}

/** Own presence, as made by `encodeAwarenessUpdate`. */
export function encodeAwareness(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, types.awareness)
    encoding.writeVarUint8Array(encoder, update)
  })
}
