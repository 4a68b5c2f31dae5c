/** The database: one writer, many readers, on SQLite or PostgreSQL. */
import type { Config } from '../config/config.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Database } from './types.ts'

export { type Migration, type MigrationStep, migrate } from './migrate.ts'
export { type AnyTables, type Database, type Dialect, type ReadDb, tables, type WriteDb } from './types.ts'

/** Opens the database the configuration names. */
export function openDatabase(config: Pick<Config, 'database' | 'dataDir'>): Promise<Database> {
  return config.database.kind === 'postgres' ? openPostgres(config.database.url) : openSqlite(config.dataDir)
}
