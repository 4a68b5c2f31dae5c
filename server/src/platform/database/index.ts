/** The database: one writer, many readers, on SQLite or PostgreSQL. */
import type { Config } from '../config/config.ts'
import { openSqlite } from './sqlite.ts'
import type { Database } from './types.ts'

export { findMentions } from './mentions.ts'
export { type Migration, type MigrationStep, migrate } from './migrate.ts'
export { type AnyTables, type Database, type Dialect, type ReadDb, type Statement, tables, type WriteDb } from './types.ts'

/** Opens the database the configuration names. */
export async function openDatabase(config: Pick<Config, 'database' | 'dataDir'>): Promise<Database> {
  if (config.database.kind === 'sqlite') return openSqlite(config.dataDir)
  // Loaded only where it is used: the driver takes memory.
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(config.database.url)
}
