/** Custody in the database: which right each person holds in a seal, and every certificate a seal has had. */
import { fromHex, parseCertificate } from '@xiewen/crypto'
import { sql } from 'kysely'
import { type Migration, type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'

/** Rights in one seal: keep 保管, approve 审批, make 制作. Auditing belongs to the audit administrator, who can hold no other duty. */
export type SealRight = 'keep' | 'approve' | 'make'

/** Who holds a right in a seal. The unique index on seal and person is what keeps rights apart. */
export interface HolderRecord {
  id: string
  seal_id: string
  person_id: string
  right_held: SealRight
}

/** One certificate of a seal; `id` is its serial. `revoked_at` is ms UTC, null while it stands. */
export interface CertificateRecord {
  id: string
  seal_id: string
  generation: number
  certificate: string
  valid_until: number
  made_at: number
  revoked_at: number | null
}

interface CustodyTables {
  seal_holder: HolderRecord
  seal_certificate: CertificateRecord
  seal: { id: string; name: string }
}

/** Adds renewals, endings, holders of rights and certificates; existing seals are carried over. */
export const custodyMigration: Migration = {
  name: '20261128T0110-seals-custody',
  up: async ({ schema }) => {
    const create = schema.schema
    for (const column of ['ender_id', 'renewal_asker_id', 'renewal_approver_id']) await create.alterTable('seal').addColumn(column, 'text').execute()
    for (const column of ['ender_name', 'renewal_state', 'renewal_reason', 'renewal_asker_name', 'renewal_approver_name']) {
      await create.alterTable('seal').addColumn(column, 'text', (c) => c.notNull().defaultTo('')).execute()
    }
    await create.alterTable('seal').addColumn('generation', 'integer', (c) => c.notNull().defaultTo(1)).execute()
    await create
      .createTable('seal_holder')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('seal_id', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('right_held', 'text', (c) => c.notNull())
      .execute()
    await create.createIndex('seal_holder_person').on('seal_holder').columns(['seal_id', 'person_id']).unique().execute()
    await create
      .createTable('seal_certificate')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('seal_id', 'text', (c) => c.notNull())
      .addColumn('generation', 'integer', (c) => c.notNull())
      .addColumn('certificate', 'text', (c) => c.notNull())
      .addColumn('valid_until', 'bigint', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute()
    await create.createIndex('seal_certificate_seal').on('seal_certificate').columns(['seal_id', 'generation']).unique().execute()
    await sql`insert into seal_certificate (id, seal_id, generation, certificate, valid_until, made_at, revoked_at)
      select certificate_serial, id, 1, certificate, valid_until, changed_at, revoked_at from seal where certificate is not null`.execute(schema)
    for (const [right, column] of [['keep', 'proposer_id'], ['approve', 'approver_id'], ['make', 'maker_id']] as const) {
      const from = sql.ref(column)
      await sql`insert into seal_holder (id, seal_id, person_id, right_held)
        select seal.id || ':' || ${from}, seal.id, ${from}, ${right} from seal where ${from} is not null on conflict do nothing`.execute(schema)
    }
  },
}

/** Takes a right in a seal, inside the transaction of the act that needs it.
 *
 * @returns false when the person holds another right in the same seal
 */
export async function takeRight(db: WriteDb, sealId: string, personId: string, right: SealRight): Promise<boolean> {
  const held = await rightOf(db, sealId, personId)
  if (held !== null) return held === right
  await tables<CustodyTables>(db).insertInto('seal_holder').values({ id: `${sealId}:${personId}`, seal_id: sealId, person_id: personId, right_held: right }).execute()
  return true
}

/** The right a person holds in a seal, or null. */
export async function rightOf(db: ReadDb, sealId: string, personId: string): Promise<SealRight | null> {
  const row = await tables<CustodyTables>(db).selectFrom('seal_holder').select('right_held').where('seal_id', '=', sealId).where('person_id', '=', personId).executeTakeFirst()
  return row?.right_held ?? null
}

/** Whoever kept the seal gives it out of hand (移交): they may do other work on it from now on. */
export async function leaveKeeping(db: WriteDb, sealId: string): Promise<void> {
  await tables<CustodyTables>(db).deleteFrom('seal_holder').where('seal_id', '=', sealId).where('right_held', '=', 'keep').execute()
}

/** Enters a certificate in the register. */
export async function insertCertificate(db: WriteDb, row: CertificateRecord): Promise<void> {
  await tables<CustodyTables>(db).insertInto('seal_certificate').values(row).execute()
}

/** Revokes every certificate of a seal. */
export async function revokeCertificates(db: WriteDb, sealId: string, at: number): Promise<void> {
  await tables<CustodyTables>(db).updateTable('seal_certificate').set({ revoked_at: at }).where('seal_id', '=', sealId).where('revoked_at', 'is', null).execute()
}

/** A certificate by its serial, or null. */
export async function findCertificate(db: ReadDb, serial: string): Promise<CertificateRecord | null> {
  return (await tables<CustodyTables>(db).selectFrom('seal_certificate').selectAll().where('id', '=', serial).executeTakeFirst()) ?? null
}

/** The seal a certificate belongs or belonged to, or null. */
export async function findSealIdBySerial(db: ReadDb, serial: string): Promise<string | null> {
  return (await findCertificate(db, serial))?.seal_id ?? null
}

/** A revoked certificate with the name of its seal. */
export interface RevokedCertificate {
  readonly serial: string
  readonly revokedAt: number
  readonly sealName: string
  /** Exact name of its issuer, DER. */
  readonly issuer: Uint8Array
}

/** Every revoked certificate, the earliest first. */
export async function listRevoked(db: ReadDb): Promise<readonly RevokedCertificate[]> {
  const rows = await tables<CustodyTables>(db)
    .selectFrom('seal_certificate')
    .innerJoin('seal', 'seal.id', 'seal_certificate.seal_id')
    .select(['seal_certificate.id as serial', 'seal_certificate.revoked_at as revoked_at', 'seal_certificate.certificate as certificate', 'seal.name as name'])
    .where('seal_certificate.revoked_at', 'is not', null)
    .orderBy('seal_certificate.revoked_at')
    .execute()
  return rows.map((row) => ({ serial: row.serial, revokedAt: Number(row.revoked_at), sealName: row.name, issuer: parseCertificate(fromHex(row.certificate)).issuer.raw }))
}
