/** Who serves which document. One node owns a document at a time, by a lease in PostgreSQL with a fencing number (epoch): each append to
 * the log checks the number in its own transaction, so a node that was thought dead and comes back can write nothing. Expiry only
 * decides when another may take over; safety never rests on a clock. */
import { sql } from 'kysely'
import type { WriteDb } from '../database/index.ts'
import { Fault } from '../log/fault.ts'
import type { Control } from './control.ts'

/** Another living process, and where it takes links: `host:port`. */
export interface Peer {
  readonly id: string
  readonly address: string
}

/** Where a document is served. */
export type Holder = { readonly kind: 'here' } | { readonly kind: 'there'; readonly peer: Peer }

/** The leases of this process. */
export interface Leases {
  /** Takes the document for this node, or says who has it.
   * @throws Error when PostgreSQL cannot be asked, or this node's own life has run out */
  acquire(documentId: string): Promise<Holder>
  /** Gives a document back. */
  release(documentId: string): void
  /** Throws unless every one of these documents is still this node's; call it inside the transaction that writes. */
  fence(db: WriteDb, documentIds: readonly string[]): Promise<void>
  /** Whether this node may count itself alive, by a clock that runs on while the process stands still. */
  isCurrent(): boolean
  readonly nodeId: () => string
}

/** Milliseconds of UTC by the database's clock: nodes' own clocks do not matter. */
export const databaseNow = `(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Makes the leases over what membership knows of this node. */
export function createLeases(control: Control, self: { readonly id: () => string; readonly isCurrent: () => boolean }): Leases & { forgetAll(): void } {
  const epochs = new Map<string, number>()
  const asking = new Map<string, Promise<Holder>>()

  async function take(documentId: string): Promise<Holder> {
    const me = self.id()
    for (let tries = 0; tries < 3; tries += 1) {
      const [held] = await control.ask(`select n.id, n.address from document_lease l join cluster_node n on n.id = l.node_id where l.document_id = $1 and n.id <> $2 and n.alive_until > ${databaseNow}`, [documentId, me])
      if (held !== undefined) return { kind: 'there', peer: { id: String(held['id']), address: String(held['address']) } }
      const [taken] = await control.ask(takeText, [documentId, me])
      if (taken === undefined) continue
      if (self.id() !== me) break
      epochs.set(documentId, Number(taken['epoch']))
      return { kind: 'here' }
    }
    throw new Error('the document changes hands just now')
  }

  return {
    nodeId: self.id,
    isCurrent: self.isCurrent,
    async acquire(documentId) {
      if (!self.isCurrent()) throw new Error('this node is not known to be alive')
      if (epochs.has(documentId)) return { kind: 'here' }
      let attempt = asking.get(documentId)
      if (attempt === undefined) {
        attempt = take(documentId).finally(() => asking.delete(documentId))
        asking.set(documentId, attempt)
      }
      return attempt
    },
    release(documentId) {
      const epoch = epochs.get(documentId)
      if (epoch === undefined) return
      epochs.delete(documentId)
      // Lost: it stays ours until our life ends, and the next opening takes it with a higher number.
      control.ask('update document_lease set node_id = null where document_id = $1 and node_id = $2 and epoch = $3', [documentId, self.id(), epoch]).catch(() => undefined)
    },
    async fence(db, documentIds) {
      const held = documentIds.map((id) => [id, epochs.get(id)] as const)
      if (held.some(([, epoch]) => epoch === undefined)) throw new Fault('updates for a document that this node does not own')
      const pairs = sql.join(held.map(([id, epoch]) => sql`(${id}, ${epoch}::bigint)`))
      // FOR SHARE: whoever would take the document over waits for our commit, or we see that it has been taken.
      const { rows } = await sql<{ document_id: string }>`select document_id from document_lease where node_id = ${self.id()} and (document_id, epoch) in (${pairs}) for share`.execute(db.kysely)
      if (rows.length < held.length) throw new Fault('updates for a document that another node has taken over')
    },
    forgetAll: () => epochs.clear(),
  }
}

/** Takes a lease that nobody alive holds; no row when somebody does. */
const takeText = `
insert into document_lease as l (document_id, node_id, epoch) values ($1, $2, 1)
on conflict (document_id) do update set node_id = excluded.node_id, epoch = l.epoch + 1
where l.node_id is null or l.node_id = excluded.node_id
   or not exists (select 1 from cluster_node n where n.id = l.node_id and n.alive_until > ${databaseNow})
returning epoch`
