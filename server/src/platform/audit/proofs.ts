/** Proofs that acts stand in the ledger, for somebody who has neither the ledger nor a server. Source: RFC 9162 section 2.1.3 */
import { frontierRoot, fromHex, type KeyHandle, merkleNodeHash, proveInclusion, type ReadMerkleNode, signCheckpoint, toBase64 } from '@xiewen/crypto'
import { type ReadDb, tables } from '../database/index.ts'
import { ledgerOrigin } from './checkpoints.ts'
import { loadFrontier } from './ledger.ts'
import type { AuditTables } from './tables.ts'

/** One act as recorded, with its way to the root: hashes in base64, nearest sibling first. `index` counts from 0. */
export interface ProvenAct {
  readonly record: string
  readonly index: number
  readonly path: readonly string[]
}

/** Acts with the signed head (checkpoint) they are proven against. */
export interface LedgerProof {
  readonly checkpoint: string
  /** 65 bytes 04‖x‖y of the ledger's key, base64. */
  readonly publicKey: string
  readonly acts: readonly ProvenAct[]
}

const mostActs = 5000
const pageSize = 5000

/** Proves every act on some subjects, oldest first. The head is signed for the occasion, so that the newest act is in it. */
export async function proveActs(db: ReadDb, subjectIds: readonly string[], key: KeyHandle): Promise<LedgerProof> {
  const frontier = await loadFrontier(db)
  const rows = await tables<AuditTables>(db)
    .selectFrom('fact')
    .select(['seq', 'record'])
    .where('subject_id', 'in', [...subjectIds])
    .where('seq', '<=', frontier.size)
    .orderBy('seq')
    .limit(mostActs)
    .execute()
  const indexes = rows.map((row) => Number(row.seq) - 1)
  const readNode = await readNeeded(db, frontier.size, indexes)
  const acts = await Promise.all(
    rows.map(async ({ record }, at): Promise<ProvenAct> => {
      const index = indexes[at] ?? 0
      return { record, index, path: (await proveInclusion(index, frontier.size, readNode)).map((hash) => toBase64(hash)) }
    }),
  )
  return { checkpoint: await signCheckpoint({ origin: ledgerOrigin, size: frontier.size, root: frontierRoot(frontier) }, key), publicKey: toBase64(key.publicKey), acts }
}

const keyOf = (level: number, index: number): string => `${level}.${index}`

/** The nodes these proofs need, found by one walk over the leaves: a county's ledger has millions, a proof some twenty hashes. */
async function readNeeded(db: ReadDb, size: number, indexes: readonly number[]): Promise<ReadMerkleNode> {
  const needed = new Set<string>()
  const note: ReadMerkleNode = (level, index) => {
    needed.add(keyOf(level, index))
    return Promise.resolve(new Uint8Array(32))
  }
  for (const index of indexes) await proveInclusion(index, size, note)
  const found = new Map<string, Uint8Array>()
  const open: (Uint8Array | undefined)[] = []
  await eachLeaf(db, size, (leaf, seq) => {
    let [hash, index] = [leaf, seq]
    for (let level = 0; ; level += 1) {
      if (needed.has(keyOf(level, index))) found.set(keyOf(level, index), hash)
      const left = open[level]
      if (index % 2 === 0 || left === undefined) {
        open[level] = hash
        return
      }
      open[level] = undefined
      hash = merkleNodeHash(left, hash)
      index = (index - 1) / 2
    }
  })
  return (level, index) => {
    const hash = found.get(keyOf(level, index))
    return hash ? Promise.resolve(hash) : Promise.reject(new Error(`Bug: node ${keyOf(level, index)} was not asked for`))
  }
}

async function eachLeaf(db: ReadDb, size: number, take: (leaf: Uint8Array, index: number) => void): Promise<void> {
  for (let after = 0; after < size; ) {
    const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'leaf']).where('seq', '>', after).where('seq', '<=', size).orderBy('seq').limit(pageSize).execute()
    for (const row of rows) take(fromHex(row.leaf), Number(row.seq) - 1)
    const last = rows.at(-1)
    if (!last) return
    after = Number(last.seq)
  }
}
