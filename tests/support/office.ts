/** A whole office for tests: a real server on port 0 with a fresh data directory, the demonstration's people, and a client for
 * each of them. Public doors only. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { directoryContract } from '@xiewen/shared/directory'
import { ApiClient, buildDirectory, type Config, type RunningServer, startServer, type StartOptions } from '@xiewen/server'

/** A running office. */
export interface TestOffice {
  readonly server: RunningServer
  readonly dataDir: string
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
}

/** Starts an office. Faults on the server fail the test that caused them: they are collected and thrown at close. */
export async function anOffice(options: OfficeOptions = {}): Promise<TestOffice> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'xiewen-office-')))
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    database: options.databaseUrl === undefined ? { kind: 'sqlite' } : { kind: 'postgres', url: options.databaseUrl },
    publicUrl: null,
    officeName: '云州市',
  }
  const faults: unknown[] = []
  const server = await startServer(config, { report: (error) => faults.push(error), commandRate: { perSecond: 1000, burst: 5000 }, ...options })
  const tokens = await buildDirectory(server)
  const clients = new Map<string, Promise<ApiClient>>()
  return {
    server,
    dataDir,
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
