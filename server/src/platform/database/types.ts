/** What rooms see of the database. */
import type { Kysely } from 'kysely'

/** Tables are declared by each room; `tables<RoomTables>(db)` gives the typed view. */
// Safe because every room narrows with its own table types before it asks anything.
export type AnyTables = Record<string, never>

declare const readMark: unique symbol
declare const writeMark: unique symbol

/** A connection that may only be read from. */
export interface ReadDb {
  readonly [readMark]?: true
  readonly dialect: Dialect
  readonly kysely: Kysely<AnyTables>
}

/** The single writer's connection inside one transaction. A `WriteDb` can do all a `ReadDb` can. */
export interface WriteDb extends ReadDb {
  readonly [writeMark]: true
}

/** Which engine runs below. */
export type Dialect = 'sqlite' | 'postgres'

/** The typed view of a room's own tables. Inserts, updates and deletes need a `WriteDb` by house rule: repositories take
 * `WriteDb` wherever they change rows. */
export function tables<T>(db: ReadDb): Kysely<T> {
  // Safe because the type parameter only describes tables that migrations of the same room have created.
  return db.kysely as unknown as Kysely<T>
}

/** One statement: its text is compiled once and kept, so what differs goes into the parameters. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** The database as the platform offers it. */
export interface Database {
  readonly dialect: Dialect
  /** Runs reads; never sees uncommitted rows. */
  read<T>(work: (db: ReadDb) => Promise<T>): Promise<T>
  /** Runs one unit of work in the single writer. Resolves only after its commit is on disk; an exception undoes it alone,
   * whatever shares its group commit. The work must not wait for anything but the database. */
  write<T>(work: (db: WriteDb) => Promise<T>): Promise<T>
  /** The same for work that is one statement of this engine, made when its turn in the writer comes. Alone, SQLite runs it in a
   * single call, as a transaction of its own: for what is written hundreds of times a second. */
  writeStatement(statement: () => Statement): Promise<void>
  close(): Promise<void>
}
