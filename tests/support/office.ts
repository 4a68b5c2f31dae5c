/** A whole office for tests: a real server on port 0 with a fresh data directory, the demonstration's people, and a client for
 * each of them. Public doors only. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { directoryContract } from '@xiewen/shared/directory'
import { ApiClient, buildDirectory, type Config, type RunningServer, type SignInTokens, startServer, type StartOptions } from '@xiewen/server'

/** A running office. */
export interface TestOffice {
  readonly server: RunningServer
  readonly dataDir: string
  /** One-time tokens of the people nobody has signed in as yet. */
  readonly tokens: SignInTokens
  /** The client of a person of the demonstration, by login name; signs in on first use. */
  as(login: string): Promise<ApiClient>
  /** Waits until reactions and due jobs have run. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** What a test may choose. */
export interface OfficeOptions extends StartOptions {
  /** `postgres://…` of an empty database; SQLite in the data directory when absent. */
  readonly databaseUrl?: string
  readonly dataDir?: string
  /** Under which address the office is reached; nobody has said so when absent. */
  readonly publicUrl?: string
}

/** Starts an office. Faults on the server fail the test that caused them: they are collected and thrown at close. */
export async function anOffice(options: OfficeOptions = {}): Promise<TestOffice> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'xiewen-office-')))
  const databaseUrl = options.databaseUrl ?? (await engineDatabase())
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    database: databaseUrl === null ? { kind: 'sqlite' } : { kind: 'postgres', url: databaseUrl },
    publicUrl: options.publicUrl ?? null,
    officeName: '云州市',
  }
  const faults: unknown[] = []
  const server = await startServer(config, { report: (error) => faults.push(error), commandRate: { perSecond: 1000, burst: 5000 }, ...options })
  const tokens = await buildDirectory(server)
  const clients = new Map<string, Promise<ApiClient>>()
  return {
    server,
    dataDir,
    tokens: tokens ?? new Map(),
    as: (login) => {
      const known = clients.get(login)
      if (known) return known
      const token = tokens?.get(login)
      if (token === undefined) throw new Error(`nobody signs in as ${login}`)
      const client = ApiClient.signIn(server.url, token)
      clients.set(login, client)
      return client
    },
    settle: () => server.settle(),
    close: async () => {
      await server.close()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
      if (faults.length > 0) throw new AggregateError(faults, 'the server reported faults')
    },
  }
}

/** A fresh database on the engine this run is for: null stands for SQLite. */
async function engineDatabase(): Promise<string | null> {
  if (process.env['XIEWEN_TEST_ENGINE'] !== 'postgres') return null
  const url = new URL(inject('postgresUrl'))
  const name = `office_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  url.pathname = `/${name}`
  return url.href
}

/** A post of a person by login, found through the directory as anybody would. */
export async function postOf(client: ApiClient, name: string) {
  const { posts } = await client.call(directoryContract.listPosts, { text: name })
  const post = posts.find((candidate) => candidate.personName === name)
  if (!post) throw new Error(`no post of ${name}`)
  return post
}

/** A fresh name, for things that must differ between tests sharing an office. */
export function freshName(prefix: string): string {
  return `${prefix}${randomBytes(4).toString('hex')}`
}
