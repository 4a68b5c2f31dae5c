/** Who may do what, asked by other rooms and by the sync server. */
import { type DocumentRight, type DocumentView, effectiveRight } from '@xiewen/shared/documents'
import type { Actor } from '../platform/context.ts'
import type { Database, ReadDb } from '../platform/database/index.ts'
import type { Rights } from '../platform/realtime/ports.ts'
import { findHolders, findHoldersOfPeople, holdersOf } from './holders.ts'
import { findDocument, findDocumentFor, findRight, listGrants, presentDocument } from './repository.ts'

/** A document as the actor sees it, or null when it is not theirs to see. */
export async function getDocumentFor(db: ReadDb, actor: Actor, documentId: string): Promise<DocumentView | null> {
  const seen = await findDocumentFor(db, holdersOf(actor), documentId)
  return seen ? presentDocument(seen.row) : null
}

/** The right a person has in a document now: state and grants; the three administrators have none.
 *
 * @param now UTC ms, decides which delegations are in force
 */
export async function rightsOf(db: ReadDb, documentId: string, personId: string, now: number): Promise<DocumentRight> {
  const row = await findDocument(db, documentId)
  return row ? findRight(db, await findHolders(db, personId, now), row) : 'none'
}

/** The rights of several people in one document now.
 *
 * @returns one entry per person asked about
 */
export async function rightsOfPeople(db: ReadDb, documentId: string, personIds: readonly string[], now: number): Promise<ReadonlyMap<string, DocumentRight>> {
  const row = await findDocument(db, documentId)
  if (!row) return new Map(personIds.map((personId) => [personId, 'none']))
  const [holders, grants] = [await findHoldersOfPeople(db, personIds, now), await listGrants(db, documentId)]
  return new Map(
    [...holders].map(([personId, { keys, isAdministrator }]) => {
      const applied = grants.filter((grant) => keys.includes(grant.holder)).map((grant) => ({ right: grant.access, source: grant.source }))
      return [personId, effectiveRight(row.state, applied, isAdministrator)]
    }),
  )
}

/** The sync server's port over a database. */
export function documentRights(database: Database, clock: { now(): number }): Rights {
  return {
    rightsOfPeople: (documentId, personIds) => database.read((db) => rightsOfPeople(db, documentId, personIds, clock.now())),
  }
}
