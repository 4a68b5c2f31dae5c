/** What a document contains, by clocks only: how far each client has written, what is deleted, who owns which client id. */
import { addRange, containsRange, emptyIntervals, type Intervals } from './intervals.ts'
import type { UpdateScan } from './scan-update.ts'

/** Clock after the last struct of each client. */
export type StateVector = ReadonlyMap<number, number>

/** The verdict about an update against a ledger. */
export type Standing =
  | { readonly kind: 'new' }
  | { readonly kind: 'known' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'foreign-client'; readonly client: number }

/** Clocks, deletions and owners of one document; changed in place by `absorb`. */
export interface Ledger {
  readonly state: Map<number, number>
  readonly deleted: Map<number, Intervals>
  /** Person who first wrote under a client id. */
  readonly authors: Map<number, string>
}

/** The ledger of an empty document. */
export function emptyLedger(): Ledger {
  return { state: new Map(), deleted: new Map(), authors: new Map() }
}

/** An independent copy. */
export function copyLedger(ledger: Ledger): Ledger {
  const deleted = new Map<number, Intervals>()
  for (const [client, set] of ledger.deleted) deleted.set(client, { bounds: [...set.bounds] })
  return { state: new Map(ledger.state), deleted, authors: new Map(ledger.authors) }
}

/** Whether an update brings something, everything it builds on is here, and its author may write under its client ids.
 *
 * @param personId `null` for bytes read back from the log, whose author was checked when they came
 * @param ownerOf  who an id belongs to, where more is known than who has written under it
 */
export function judgeUpdate(
  ledger: Ledger,
  scan: UpdateScan,
  personId: string | null,
  ownerOf: (client: number) => string | undefined = (client) => ledger.authors.get(client),
): Standing {
  if (scan.hasSkip) return { kind: 'gap' }
  let brings = false
  for (const block of scan.blocks) {
    const known = ledger.state.get(block.client) ?? 0
    if (block.clock > known) return { kind: 'gap' }
    if (block.end <= known) continue
    brings = true
    const owner = ownerOf(block.client)
    if (personId !== null && owner !== undefined && owner !== personId)
      return { kind: 'foreign-client', client: block.client }
  }
  if (!dependenciesMet(ledger, scan)) return { kind: 'gap' }
  if (scan.deletes.length === 0) return brings ? { kind: 'new' } : { kind: 'known' }
  const ends = new Map(scan.blocks.map((block) => [block.client, block.end]))
  for (const range of scan.deletes) {
    if (range.end > Math.max(ledger.state.get(range.client) ?? 0, ends.get(range.client) ?? 0)) return { kind: 'gap' }
    const deleted = ledger.deleted.get(range.client)
    if (deleted === undefined || !containsRange(deleted, range.clock, range.end)) brings = true
  }
  return brings ? { kind: 'new' } : { kind: 'known' }
}

/** Walks the blocks in an order in which every struct finds what it refers to; a circle or a missing struct stops the walk. */
function dependenciesMet(ledger: Ledger, scan: UpdateScan): boolean {
  if (scan.dependencies.length === 0) return true
  const open = scan.dependencies.filter((each) => each.onClock >= (ledger.state.get(each.onClient) ?? 0))
  if (open.length === 0) return true
  const waiting = new Map(
    scan.blocks.map((block) => [block.client, { end: block.end, next: 0, needs: [] as typeof open }]),
  )
  for (const need of open) waiting.get(need.client)?.needs.push(need)
  const reached = new Map<number, number>()
  const reachedOf = (client: number): number => reached.get(client) ?? ledger.state.get(client) ?? 0
  for (let moved = true; moved; ) {
    moved = false
    for (const [client, block] of waiting) {
      let need = block.needs[block.next]
      while (need !== undefined && need.onClock < reachedOf(need.onClient)) {
        block.next += 1
        need = block.needs[block.next]
      }
      const upTo = need === undefined ? block.end : need.clock
      if (upTo > reachedOf(client)) {
        reached.set(client, upTo)
        moved = true
      }
    }
  }
  return [...waiting.values()].every((block) => block.next === block.needs.length)
}

/** How many client ids an update would bring in. */
export function countNewClients(ledger: Ledger, scan: UpdateScan): number {
  let count = 0
  for (const block of scan.blocks) if (!ledger.authors.has(block.client)) count += 1
  return count
}

/** Records a judged update. First come, first owner. */
export function absorbUpdate(ledger: Ledger, scan: UpdateScan, personId: string): void {
  for (const { client, end } of scan.blocks) {
    if (end > (ledger.state.get(client) ?? 0)) ledger.state.set(client, end)
    if (!ledger.authors.has(client)) ledger.authors.set(client, personId)
  }
  for (const { client, clock, end } of scan.deletes) {
    let deleted = ledger.deleted.get(client)
    if (deleted === undefined) ledger.deleted.set(client, (deleted = emptyIntervals()))
    addRange(deleted, clock, end)
  }
}

/** Whether `have` reaches everything in `need`. */
export function coversState(have: StateVector, need: StateVector): boolean {
  for (const [client, clock] of need) if ((have.get(client) ?? 0) < clock) return false
  return true
}

/** Whether two ledgers describe the same content (owners aside). */
export function sameContent(a: Ledger, b: Ledger): boolean {
  if (!coversState(a.state, b.state) || !coversState(b.state, a.state)) return false
  if (a.deleted.size !== b.deleted.size) return false
  for (const [client, set] of a.deleted) {
    const other = b.deleted.get(client)
    if (other === undefined || other.bounds.length !== set.bounds.length) return false
    if (set.bounds.some((bound, index) => bound !== other.bounds[index])) return false
  }
  return true
}
