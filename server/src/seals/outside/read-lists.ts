/** The lists of outside authorities as read: a list of tens of thousands of entries takes longer to read than the file to verify. */
import { fromHex, parseRevocationList, type RevocationList } from '@xiewen/crypto'
import type { ReadDb } from '../../platform/database/index.ts'
import { listOutsideListBytes, listOutsideLists } from './outside-list-table.ts'

/** Lists read so far, by digest. */
const kept = new Map<string, RevocationList>()

/** The lists at hand by `issuer` of their record. What was read stays for the next time, up to `mostBytes` of lists together; what is in the table no more goes. */
export async function readOutsideLists(db: ReadDb, mostBytes = 32 * 1024 * 1024): Promise<ReadonlyMap<string, RevocationList>> {
  const rows = await listOutsideLists(db)
  const fresh = rows.filter(({ digest }) => !kept.has(digest))
  const found = new Map<string, RevocationList>()
  for (const { issuer, digest } of rows) {
    const list = kept.get(digest)
    if (list !== undefined) found.set(issuer, list)
  }
  const read = (fresh.length === 0 ? [] : await listOutsideListBytes(db, fresh.map(({ issuer }) => issuer))).map(({ issuer, digest, der }) => {
    const list = parseRevocationList(fromHex(der))
    found.set(issuer, list)
    return { digest, list }
  })
  forgetAllBut(new Set(rows.map(({ digest }) => digest)))
  keep(read, mostBytes)
  return found
}

function forgetAllBut(current: ReadonlySet<string>): void {
  for (const digest of kept.keys()) if (!current.has(digest)) kept.delete(digest)
}

function keep(read: readonly { readonly digest: string; readonly list: RevocationList }[], mostBytes: number): void {
  let room = [...kept.values()].reduce((left, { raw }) => left - raw.length, mostBytes)
  for (const { digest, list } of read) {
    if (list.raw.length > room) continue
    room -= list.raw.length
    kept.set(digest, list)
  }
}
