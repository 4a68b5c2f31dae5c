/** Which lists of outside authorities need a successor: not those whose place others take that end later, as where an authority publishes parts and a
 * whole list side by side, or went over from one to the other. */
import { allReasons, type Certificate, isScopeWithin, type ListScope, reasonsCovered } from '@xiewen/crypto'
import type { ReadDb } from '../../platform/database/index.ts'
import { listOutsideLists } from './outside-list-table.ts'
import { issuerKeyOf, issuerOf } from './outside-lists.ts'
import { readOutsideLists } from './read-lists.ts'

/** A list as far as its end is concerned: whose (as `issuerKeyOf` says, and by name), what it is about, and when a newer one is due (ms UTC). */
export interface EndingList {
  readonly id: string
  readonly issuer: string
  readonly issuerName: string
  readonly scope: ListScope | null
  readonly nextUpdate: number
}

/** The lists at hand. */
export async function listEndingLists(db: ReadDb): Promise<readonly EndingList[]> {
  const read = await readOutsideLists(db)
  return (await listOutsideLists(db)).flatMap((row) => {
    const list = read.get(row.issuer)
    return list === undefined ? [] : [{ id: row.id, issuer: issuerOf(row), issuerName: list.issuer.commonName || list.issuer.text, scope: list.scope, nextUpdate: list.nextUpdate }]
  })
}

const lasting = (one: EndingList, all: readonly EndingList[]): readonly EndingList[] => all.filter((other) => other.issuer === one.issuer && other.nextUpdate > one.nextUpdate)

/** Ids of the lists in whose place one stands that ends later and speaks for all they speak for. */
export function findReplaced(all: readonly EndingList[]): ReadonlySet<string> {
  return new Set(all.filter((one) => lasting(one, all).some((other) => isScopeWithin(one.scope, other.scope))).map(({ id }) => id))
}

/** Whether nobody could say of a certificate (SM2) that it stands once this list is out of date. */
export function isNeededFor(one: EndingList, certificate: Certificate, all: readonly EndingList[]): boolean {
  if (issuerKeyOf('sm2', certificate.issuer.raw) !== one.issuer || reasonsCovered([one], certificate) === 0) return false
  return reasonsCovered(lasting(one, all), certificate) !== allReasons
}
