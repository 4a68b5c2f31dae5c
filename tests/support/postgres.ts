/** A PostgreSQL of our own for tests: Debian's server on a random port in a temporary directory, stopped when the run ends. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ensureDebianPackage } from './debian-packages.ts'
import { freePort } from './free-port.ts'

/** A running server that makes fresh databases. */
export interface TestPostgres {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>
  /** Process numbers of the server's workers: of every connection, and of whoever writes the log for them. */
  workers(): Promise<readonly number[]>
  /** Ends it as a crash does: without a checkpoint, connections cut. */
  crash(): Promise<void>
  /** Starts it again on the same port, and waits until it answers. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts PostgreSQL. It refuses to run as root, so as root it runs as the package's own user. */
export async function startPostgres(): Promise<TestPostgres> {
  await ensureDebianPackage('postgresql', '/usr/lib/postgresql')
  const version = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))[0] ?? ''
  const bin = (name: string): string => join('/usr/lib/postgresql', version, 'bin', name)
  const dir = mkdtempSync(join(tmpdir(), 'xiewen-postgres-'))
  const account = process.getuid?.() === 0 ? idsOf('postgres') : null
  if (account) {
    chownSync(dir, account.uid, account.gid)
    chmodSync(dir, 0o700)
  }
  const data = join(dir, 'data')
  const port = await freePort()
  const as = account ?? {}
  execFileSync(bin('initdb'), ['-D', data, '-U', 'xiewen', '--auth=trust', '-E', 'UTF8', '--no-locale', '--no-instructions'], { ...as, cwd: dir, stdio: 'ignore' })
  const spawnServer = (): ChildProcess => spawn(bin('postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', dir, '-c', 'max_connections=60'], { ...as, cwd: dir, stdio: 'ignore' })
  let server = spawnServer()
  const url = (database: string): string => `postgres://xiewen@127.0.0.1:${port}/${database}`
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill(signal)
    await ended
  }
  await untilReady(url('postgres'))
  return {
    crash: () => end('SIGQUIT'),
    start: async () => {
      server = spawnServer()
      await untilReady(url('postgres'))
    },
    createDatabase: async () => {
      const name = `office_${randomBytes(6).toString('hex')}`
      await withClient(url('postgres'), (client) => client.query(`CREATE DATABASE ${name}`))
      return url(name)
    },
    workers: () => withClient(url('postgres'), async (client) => (await client.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()')).rows.map((row) => row.pid)),
    stop: async () => {
      await end('SIGINT')
      if (existsSync(dir)) rmSync(dir, { recursive: true, force: true })
    },
  }
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }).trim())
  return { uid: id('-u'), gid: id('-g') }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      await withClient(url, (client) => client.query('select 1'))
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
