/** Reads a whole stored log as a server would after a restart, for inspection, verification and repair. */
import { foldRoom, type FoldedRoom } from './fold-room.ts'
import { createFolder } from './folding.ts'
import { absorbUpdate, emptyLedger, sameContent } from './ledger.ts'
import { DamagedFrame, openSnapshot } from './log-frames.ts'
import type { StoredLog } from './ports.ts'
import { openRoom, type Room } from './room.ts'
import { scanUpdate } from './scan-update.ts'

/** One stored row or snapshot. */
export interface StoredRow {
  readonly seq: number
  readonly bytes: Uint8Array
}

/** What a stored log holds. Bytes and counts. */
export interface LogFigures {
  readonly newestSeq: number
  /** Size of the document as it is loaded: newest snapshot and later rows. */
  readonly loadedBytes: number
  /** Client ids that ever wrote, and the people behind them. */
  readonly clients: number
  readonly people: readonly string[]
  /** Clock ticks written and deleted: characters and marks, roughly. */
  readonly written: number
  readonly deleted: number
}

/** Damage: which row or snapshot, and what is wrong with it. */
export interface LogDamage {
  readonly seq: number
  readonly what: 'row' | 'snapshot'
  readonly detail: string
}

const foldDeadlineMs = 60_000
const at = (documentId: string, stored: StoredLog): Room => openRoom(documentId, stored, 0, () => 0)

/** Figures of a log. @throws DamagedFrame when it cannot be read */
export function measureLog(documentId: string, stored: StoredLog): LogFigures {
  const { committed, seq, snapshot, tail } = at(documentId, stored)
  const deleted = [...committed.deleted.values()].flatMap(({ bounds }) => bounds.map((bound, index) => (index % 2 === 0 ? -bound : bound)))
  return {
    newestSeq: seq,
    loadedBytes: (snapshot?.update.length ?? 0) + tail.length,
    clients: committed.state.size,
    people: [...new Set(committed.authors.values())].sort(),
    written: [...committed.state.values()].reduce((sum, clock) => sum + clock, 0),
    deleted: deleted.reduce((sum, bound) => sum + bound, 0),
  }
}

/** Checks every row from the first on, and every snapshot against the rows it stands for. */
export function checkLog(documentId: string, rows: readonly StoredRow[], snapshots: readonly StoredRow[]): readonly LogDamage[] {
  const damage: LogDamage[] = []
  const readable = readableRows(documentId, rows, damage)
  for (const snapshot of snapshots) {
    const detail = compareSnapshot(documentId, snapshot, readable.filter((row) => row.seq <= snapshot.seq))
    if (detail !== null) damage.push({ seq: snapshot.seq, what: 'snapshot', detail })
  }
  return damage
}

/** The rows up to the first damaged one; what follows a damaged row cannot be judged. */
function readableRows(documentId: string, rows: readonly StoredRow[], damage: LogDamage[]): readonly StoredRow[] {
  try {
    at(documentId, { snapshot: null, snapshotSeq: 0, tail: rows })
    return rows
  } catch (cause) {
    if (!(cause instanceof DamagedFrame)) throw cause
  }
  // Halving finds the row: a log is readable up to it and not beyond.
  let [good, bad] = [0, rows.length]
  let detail = ''
  while (bad - good > 1 || detail === '') {
    const middle = bad - good > 1 ? (good + bad) >>> 1 : bad
    const found = failureOf(documentId, rows.slice(0, middle))
    if (found === null) good = middle
    else [bad, detail] = [middle, found]
  }
  damage.push({ seq: rows[bad - 1]?.seq ?? 0, what: 'row', detail })
  return rows.slice(0, good)
}

function failureOf(documentId: string, tail: readonly StoredRow[]): string | null {
  try {
    at(documentId, { snapshot: null, snapshotSeq: 0, tail })
    return null
  } catch (cause) {
    if (cause instanceof DamagedFrame) return cause.message
    throw cause
  }
}

function compareSnapshot(documentId: string, snapshot: StoredRow, rows: readonly StoredRow[]): string | null {
  try {
    const held = emptyLedger()
    const { update, authors, clocks } = openSnapshot(documentId, snapshot.bytes)
    absorbUpdate(held, scanUpdate(update), '')
    if (clocks !== null && !sameContent(held, { ...clocks, authors: new Map(authors) })) return 'its clocks are not those of its text'
    const replayed = at(documentId, { snapshot: null, snapshotSeq: 0, tail: rows })
    if (replayed.seq !== snapshot.seq) return 'the rows it stands for cannot be read'
    return sameContent(held, replayed.committed) ? null : 'says something else than its rows'
  } catch (cause) {
    if (cause instanceof DamagedFrame) return cause.message
    throw cause
  }
}

/** Folds a stored log into a new snapshot, verified. `null`: there is nothing to fold. */
export async function foldLog(documentId: string, stored: StoredLog): Promise<FoldedRoom | null> {
  if (stored.tail.length === 0) return null
  const folder = createFolder()
  try {
    return await foldRoom(at(documentId, stored), folder, foldDeadlineMs)
  } finally {
    await folder.close()
  }
}
