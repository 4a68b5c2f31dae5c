/** Joins runs of typing: `字` after `字` of one client in one flush becomes one struct, as Yjs itself would write it. A browser
 * then applies one update instead of sixteen. No document is needed: only updates that continue each other exactly are joined. */
import { ByteReader } from './byte-reader.ts'
import type { UpdateScan } from './scan-update.ts'
import { uintBytes } from './uint-bytes.ts'

/** One stretch of typing: an update of one struct of text, without deletions. */
interface Stretch {
  readonly client: number
  readonly clock: number
  /** Info byte and everything up to the text. */
  readonly place: Uint8Array
  /** Client and clock of the struct it follows; -1 when it follows none. */
  readonly afterClient: number
  readonly afterClock: number
  /** Bytes that name the struct on its right; empty when there is none. */
  readonly right: Uint8Array
  readonly textBytes: Uint8Array
}

interface Run {
  readonly update: Uint8Array
  readonly first: Stretch
  end: number
  readonly texts: Uint8Array[]
}

/** An update to send, and how many it was made of. */
export interface Joined {
  readonly update: Uint8Array
  readonly count: number
}

/** Joins what continues, in the order of the first parts: what follows needs nothing of what it overtakes.
 *
 * @param items scanned updates of one author, in order
 */
export function joinRuns(items: readonly { readonly update: Uint8Array; readonly scan: UpdateScan }[]): readonly Joined[] {
  if (items.length === 1) return items.map(({ update }) => ({ update, count: 1 }))
  const out: (Run | Joined)[] = []
  const open = new Map<number, Run>()
  for (const { update, scan } of items) {
    const stretch = readStretch(update)
    if (stretch === null) {
      // It may delete or split what runs are made of: nothing is joined across it.
      open.clear()
      out.push({ update, count: 1 })
      continue
    }
    const end = scan.blocks[0]?.end ?? 0
    const run = open.get(stretch.client)
    if (run !== undefined && continues(run, stretch)) {
      run.texts.push(stretch.textBytes)
      run.end = end
      continue
    }
    const started = { update, first: stretch, end, texts: [stretch.textBytes] }
    open.set(stretch.client, started)
    out.push(started)
  }
  return out.map((each) => ('texts' in each ? { update: writeRun(each), count: each.texts.length } : each))
}

function continues(run: Run, next: Stretch): boolean {
  return (
    next.clock === run.end &&
    next.afterClient === next.client &&
    next.afterClock === next.clock - 1 &&
    Buffer.compare(run.first.right, next.right) === 0
  )
}

/** `null`: more than one stretch of typing. The update has been scanned, so its grammar is sound. */
function readStretch(update: Uint8Array): Stretch | null {
  if (update[0] !== 1 || update[1] !== 1 || update[update.length - 1] !== 0) return null
  const reader = new ByteReader(update, 2)
  const client = reader.uint()
  const clock = reader.uint()
  const start = reader.at
  const info = reader.byte()
  // Text (4) that follows something of its own parent; 32 would name a map key.
  if ((info & 63) !== 4) return null
  const hasOrigin = (info & 128) !== 0
  const [afterClient, afterClock] = hasOrigin ? [reader.uint(), reader.uint()] : [-1, -1]
  const rightStart = reader.at
  if ((info & 64) !== 0) {
    reader.uint()
    reader.uint()
  }
  const right = update.subarray(rightStart, reader.at)
  if ((info & 192) === 0) {
    if (reader.uint() === 1) reader.block()
    else {
      reader.uint()
      reader.uint()
    }
  }
  const place = update.subarray(start, reader.at)
  const textBytes = reader.block()
  return reader.at === update.length - 1 ? { client, clock, place, afterClient, afterClock, right, textBytes } : null
}

function writeRun({ update, first, texts }: Run): Uint8Array {
  if (texts.length === 1) return update
  const length = texts.reduce((sum, bytes) => sum + bytes.length, 0)
  const head = [1, 1, ...uintBytes(first.client), ...uintBytes(first.clock)]
  return Buffer.concat([Uint8Array.from(head), first.place, Uint8Array.from(uintBytes(length)), ...texts, Uint8Array.of(0)])
}
