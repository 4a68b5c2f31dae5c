/** Reading the ledger of acts back for rooms that hold their own books against it. */
import { merkleLeafHash, toHex } from '@xiewen/crypto'
import { instant, type RecordedFact, type Refusal } from '@xiewen/shared/base'
import { z } from 'zod'
import { type ReadDb, tables } from '../database/index.ts'
import { parseFactRow } from './ledger.ts'
import type { AuditTables, FactRow } from './tables.ts'

/** An act with whether its record is still the one its hash was taken of. The hash is not keyed: who changes record and hash together is
 * found by the check of the whole ledger only, which holds it against the signed heads. */
export interface CheckedAct {
  readonly fact: RecordedFact
  readonly isSound: boolean
}

const checkedColumns = ['seq', 'record', 'leaf', 'subject_id', 'kind'] as const

function checkAct(row: Pick<FactRow, (typeof checkedColumns)[number]>): CheckedAct {
  const fact = parseOrNull(row)
  // A record that no longer parses is one that was changed: whoever reads the books is told so, not sent away.
  if (fact === null) return { fact: gone(row), isSound: false }
  const isOwn = fact.subject.id === row.subject_id && fact.kind === row.kind
  return { fact, isSound: isOwn && toHex(merkleLeafHash(new TextEncoder().encode(row.record))) === row.leaf }
}

function parseOrNull(row: Pick<FactRow, 'seq' | 'record'>): RecordedFact | null {
  try {
    return parseFactRow(row)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** What the columns beside an unreadable record still say. */
function gone({ seq, subject_id: id, kind }: Pick<FactRow, 'seq' | 'subject_id' | 'kind'>): RecordedFact {
  // Safe because an act without its record has no id either, and nobody asks for one.
  return { id: '' as RecordedFact['id'], seq, at: instant(0), actor: null, kind, subject: { kind: '', id }, data: {} }
}

/** Every act of these kinds, oldest first, each checked. */
export async function listCheckedActs(db: ReadDb, kinds: readonly string[]): Promise<readonly CheckedAct[]> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(checkedColumns).where('kind', 'in', [...kinds]).orderBy('seq').execute()
  return rows.map(checkAct)
}

/** Acts of one kind on these subjects, each checked. */
export async function listCheckedActsOn(db: ReadDb, kind: string, subjectIds: readonly string[]): Promise<readonly CheckedAct[]> {
  const found: CheckedAct[] = []
  for (let from = 0; from < subjectIds.length; from += subjectsAtOnce) {
    const some = subjectIds.slice(from, from + subjectsAtOnce)
    // Asked by subject alone and sorted here: a planner that is given the kind or the order as well walks every act of that kind.
    const rows = await tables<AuditTables>(db).selectFrom('fact').select(checkedColumns).where('subject_id', 'in', some).execute()
    found.push(...rows.filter((row) => row.kind === kind).toSorted((a, b) => a.seq - b.seq).map(checkAct))
  }
  return found
}

const subjectsAtOnce = 500

/** How many acts of each of these kinds there are; kinds without any are absent. */
export async function countActs(db: ReadDb, kinds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select((eb) => ['kind', eb.fn.countAll().as('count')]).where('kind', 'in', [...kinds]).groupBy('kind').execute()
  return new Map(rows.map((row) => [row.kind, Number(row.count)]))
}

/** Every act on these subjects, oldest first. */
export async function listActsOn(db: ReadDb, subjectIds: readonly string[]): Promise<readonly RecordedFact[]> {
  if (subjectIds.length === 0) return []
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('subject_id', 'in', [...subjectIds]).orderBy('seq').execute()
  return rows.map(parseFactRow)
}

/** Acts of one kind after a place in the ledger and before a moment (ms UTC), oldest first. */
export async function listActsAfter(db: ReadDb, kind: string, { afterSeq, before, limit }: { readonly afterSeq: number; readonly before: number; readonly limit: number }): Promise<readonly RecordedFact[]> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('kind', '=', kind).where('seq', '>', afterSeq).where('at', '<', before).orderBy('seq').limit(limit).execute()
  return rows.map(parseFactRow)
}

/** An act that the rules turned down: the contract that was called, and the code of the refusal with what its words are filled with. */
export interface RefusedAct {
  readonly at: number
  readonly contract: string
  readonly code: string
  readonly params: NonNullable<Refusal['params']>
  readonly personId: string
  readonly personName: string
}

/** Refusals recorded before their words were kept have none. */
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()])).default({})

/** Refused acts on contracts of a room since a moment (ms UTC), newest first. */
export async function listRefused(db: ReadDb, room: string, since: number): Promise<readonly RefusedAct[]> {
  const rows = await tables<AuditTables>(db)
    .selectFrom('fact')
    .select(['seq', 'record'])
    .where('subject_kind', '=', 'contract')
    .where('kind', 'like', `${room}.%`)
    .where('at', '>=', since)
    .orderBy('seq', 'desc')
    .limit(5000)
    .execute()
  return rows.map(parseFactRow).map(({ at, subject, data, actor }) => ({ at, contract: subject.id, code: String(data['code'] ?? ''), params: paramsSchema.parse(data['params']), personId: actor?.personId ?? '', personName: actor?.personName ?? '' }))
}
