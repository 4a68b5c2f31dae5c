/** Global set-up of the PostgreSQL run: one server for all test files; each office gets a database of its own. */
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the maintenance database, or empty when the run uses SQLite. */
    readonly postgresUrl: string
  }
}

/** Starts the server and tells the tests where it is. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  project.provide('postgresUrl', await postgres.createDatabase())
  return () => postgres.stop()
}
