/** Kysely drivers over connections that the platform already owns. */
import {
  type DatabaseConnection, type Driver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, SqliteAdapter,
  SqliteIntrospector, SqliteQueryCompiler,
} from 'kysely'
import type { AnyTables, Dialect } from './types.ts'

/** A Kysely that sends every query to whatever `next` hands out; transactions are the platform's business. */
export function kyselyOver(dialect: Dialect, next: () => DatabaseConnection): Kysely<AnyTables> {
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => next(),
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
  return new Kysely<AnyTables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => (dialect === 'sqlite' ? new SqliteAdapter() : new PostgresAdapter()),
      createQueryCompiler: () => (dialect === 'sqlite' ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
      createIntrospector: (db) => (dialect === 'sqlite' ? new SqliteIntrospector(db) : new PostgresIntrospector(db)),
    },
  })
}

async function refuseTransaction(): Promise<void> {
  throw new Error('Bug: rooms get a transaction from the platform and never begin one')
}
