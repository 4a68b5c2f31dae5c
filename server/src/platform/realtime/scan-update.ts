/** Reads what a Yjs update (version 1) adds and deletes without building a document: 0.5 µs for a keystroke. */
import { ByteReader, Malformed } from './byte-reader.ts'

/** Clock ticks `clock` (inclusive) to `end` (exclusive) of one client. */
export interface ClockRange {
  readonly client: number
  readonly clock: number
  readonly end: number
}

/** The struct of `client` at `clock` needs the one of `onClient` at `onClock`. */
export interface Dependency {
  readonly client: number
  readonly clock: number
  readonly onClient: number
  readonly onClock: number
}

/** What one update says. `blocks` has at most one entry per client; `dependencies` only those across clients. */
export interface UpdateScan {
  readonly blocks: readonly ClockRange[]
  readonly deletes: readonly ClockRange[]
  readonly dependencies: readonly Dependency[]
  /** A hole inside a block: the sender itself lacks something. */
  readonly hasSkip: boolean
}

const maxClock = 2 ** 31
const maxDepth = 64

/** Scans an update.
 *
 * @param bytes a version 1 update, the whole array
 * @throws Malformed for anything a Yjs client would stumble over: truncation, unknown content, empty structs, a client listed
 *   twice, references to later structs of the same client, sub-documents, nesting deeper than 64, trailing bytes
 * Source: yjs 13.6.33 readClientsStructRefs, readDeleteSet
 */
export function scanUpdate(bytes: Uint8Array): UpdateScan {
  const reader = new ByteReader(bytes)
  const blocks: ClockRange[] = []
  const dependencies: Dependency[] = []
  let seen: Set<number> | null = null
  let hasSkip = false
  for (let left = reader.uint(); left > 0; left -= 1) {
    const structs = reader.uint()
    const client = reader.uint()
    const clock = reader.uint()
    // Yjs keeps only the last of two blocks of one client: what we read would not be what clients apply.
    if (structs === 0 || seen?.has(client)) throw new Malformed('client listed twice or without structs')
    // A keystroke has one block: it needs no set.
    if (left > 1) seen ??= new Set()
    seen?.add(client)
    let end = clock
    for (let n = 0; n < structs; n += 1) {
      const length = scanStruct(reader, client, end, dependencies)
      if (length < 0) hasSkip = true
      end += Math.abs(length)
      if (length === 0 || end > maxClock) throw new Malformed('struct length')
    }
    blocks.push({ client, clock, end })
  }
  const deletes = scanDeletes(reader)
  reader.assertDone()
  return { blocks, deletes, dependencies, hasSkip }
}

/** Length of the next struct; negative for a hole. */
function scanStruct(reader: ByteReader, client: number, clock: number, dependencies: Dependency[]): number {
  const info = reader.byte()
  const kind = info & 31
  if (kind === 0) return reader.uint()
  if (kind === 10) return -reader.uint()
  const hasOrigin = (info & 128) !== 0
  const hasRightOrigin = (info & 64) !== 0
  if (hasOrigin) readReference(reader, client, clock, dependencies)
  if (hasRightOrigin) readReference(reader, client, clock, dependencies)
  if (!hasOrigin && !hasRightOrigin) {
    if (reader.uint() === 1) reader.text()
    else readReference(reader, client, clock, dependencies)
    if ((info & 32) !== 0) reader.text()
  }
  return scanContent(reader, kind)
}

function readReference(reader: ByteReader, client: number, clock: number, dependencies: Dependency[]): void {
  const onClient = reader.uint()
  const onClock = reader.uint()
  if (onClient !== client) dependencies.push({ client, clock, onClient, onClock })
  // Yjs does not check this and throws in every client that applies it.
  else if (onClock >= clock) throw new Malformed('reference to a later struct')
}

function scanContent(reader: ByteReader, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return reader.uint()
    case 2: {
      const count = reader.uint()
      for (let n = 0; n < count; n += 1) scanJson(reader, true)
      return count
    }
    case 3: // binary
      reader.block()
      return 1
    case 4: // string, counted in UTF-16 units
      return reader.textLength()
    case 5: // embed
      scanJson(reader, false)
      return 1
    case 6: // format: key and value
      reader.text()
      scanJson(reader, false)
      return 1
    case 7:
      scanType(reader)
      return 1
    case 8: {
      const count = reader.uint()
      for (let n = 0; n < count; n += 1) scanAny(reader, 0)
      return count
    }
    default: // 9 is a sub-document, which our documents do not have
      throw new Malformed('content kind')
  }
}

function scanType(reader: ByteReader): void {
  const type = reader.uint()
  if (type > 6) throw new Malformed('type')
  if (type === 3 || type === 5) reader.text()
}

function scanJson(reader: ByteReader, mayBeUndefined: boolean): void {
  const text = reader.text()
  if (mayBeUndefined && text === 'undefined') return
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (inString) {
      if (char === 92) at += 1
      else if (char === 34) inString = false
    } else if (char === 34) inString = true
    else if (char === 91 || char === 123) depth += 1
    else if (char === 93 || char === 125) depth -= 1
    if (depth > maxDepth) throw new Malformed('nesting')
  }
  try {
    JSON.parse(text)
  } catch {
    throw new Malformed('not JSON')
  }
}

function scanAny(reader: ByteReader, depth: number): void {
  if (depth > maxDepth) throw new Malformed('nesting')
  switch (reader.byte()) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      return reader.skipInt()
    case 124:
      return reader.skip(4)
    case 123:
    case 122:
      return reader.skip(8)
    case 119:
      reader.text()
      return
    case 118:
      for (let left = reader.uint(); left > 0; left -= 1) {
        if (reader.text() === '__proto__') throw new Malformed('key')
        scanAny(reader, depth + 1)
      }
      return
    case 117:
      for (let left = reader.uint(); left > 0; left -= 1) scanAny(reader, depth + 1)
      return
    case 116:
      reader.block()
      return
    default:
      throw new Malformed('value kind')
  }
}

const nothing: readonly ClockRange[] = []

function scanDeletes(reader: ByteReader): readonly ClockRange[] {
  let left = reader.uint()
  if (left === 0) return nothing
  const deletes: ClockRange[] = []
  for (; left > 0; left -= 1) {
    const client = reader.uint()
    for (let ranges = reader.uint(); ranges > 0; ranges -= 1) {
      const clock = reader.uint()
      const length = reader.uint()
      if (length === 0 || clock + length > maxClock) throw new Malformed('delete length')
      deletes.push({ client, clock, end: clock + length })
    }
  }
  return deletes
}
