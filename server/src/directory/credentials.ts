/** Credentials: passwords, one-time codes, and the lock after repeated failures. */
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DirectoryTables } from './tables.ts'

/** One person's credentials. */
export type CredentialRow = DirectoryTables['credential']

const windowMs = 15 * 60_000
const lockMs = 15 * 60_000
const failuresAllowed = 5

/** Credentials of a person; a person without any has an empty row. */
export async function getCredential(db: ReadDb, personId: string): Promise<CredentialRow> {
  const row = await tables<DirectoryTables>(db).selectFrom('credential').selectAll().where('person_id', '=', personId).executeTakeFirst()
  return row ?? { person_id: personId, password: null, former: '[]', otp_secret: null, otp_pending: null, otp_last_step: 0, failures: 0, first_failure_at: 0, locked_until: 0 }
}

/** Stores credentials. */
export async function putCredential(db: WriteDb, row: CredentialRow): Promise<void> {
  await tables<DirectoryTables>(db).insertInto('credential').values(row).onConflict((c) => c.column('person_id').doUpdateSet(row)).execute()
}

/** Credentials after a failed try: five within 15 minutes lock for 15 minutes. Source: GB/T 22239-2019 8.1.4.1 b */
export function afterFailure(row: CredentialRow, now: number): CredentialRow {
  const within = now - row.first_failure_at < windowMs
  const failures = within ? row.failures + 1 : 1
  const locked = failures >= failuresAllowed
  return { ...row, failures: locked ? 0 : failures, first_failure_at: within ? row.first_failure_at : now, locked_until: locked ? now + lockMs : row.locked_until }
}

/** Credentials after success. */
export function afterSuccess(row: CredentialRow): CredentialRow {
  return { ...row, failures: 0, first_failure_at: 0, locked_until: 0 }
}
