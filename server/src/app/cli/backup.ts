/** `backup`, `restore`: a consistent copy of an installation, checked when made and again before it is put back. */
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { sm3, toHex } from '@xiewen/crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { readConfig } from '../../platform/config/config.ts'
import { openDatabase } from '../../platform/database/index.ts'
import { verifyAuditOffline } from './audit-verify.ts'
import { type RunCommand, exitCodes, InputError, UsageError } from './command.ts'
import { assertInstallation } from './installation.ts'

const manifestName = 'manifest.json'
const copiedFolders = ['blobs', 'keys', 'audit', 'fonts', 'trust'] as const

const manifestSchema = z.object({ version: z.literal(1), files: z.record(z.string(), z.string()) })
type Manifest = Readonly<z.output<typeof manifestSchema>>

/** `backup DIR`: works while the server runs. The database is copied by its own engine in one snapshot. */
export const runBackup: RunCommand = async (args, terminal) => {
  const target = namedDirectory(args.words[0])
  const config = readConfig(args.all, process.env)
  if (config.database.kind === 'postgres') throw new InputError('PostgreSQL 请用它自己的工具（pg_dump）备份 is backed up with its own tools (pg_dump)')
  await assertInstallation(config)
  await mkdir(target, { recursive: true, mode: 0o700 })
  if ((await readdir(target)).length > 0) throw new InputError(`${target}：目录不是空的，请备份到新目录 is not empty, back up into a new directory`)
  const database = await openDatabase(config)
  // VACUUM INTO takes one snapshot; blobs are copied after it, so every blob the snapshot names is there.
  await database.read((db) => sql.raw(`VACUUM INTO '${join(target, 'xiewen.db').replaceAll("'", "''")}'`).execute(db.kysely)).finally(() => database.close())
  for (const folder of copiedFolders) await cp(join(config.dataDir, folder), join(target, folder), { recursive: true }).catch(ignoreAbsent)
  // Checked before the digests are taken: opening a SQLite file may touch its header.
  const verdict = await verifyAuditOffline({ dataDir: target, database: { kind: 'sqlite' } })
  const files = await digestsOf(target)
  await writeFile(join(target, manifestName), JSON.stringify({ version: 1, files } satisfies Manifest, null, 1), { mode: 0o600 })
  const summary = { directory: target, files: Object.keys(files).length, facts: verdict.facts, problems: verdict.problems.length }
  terminal.out(args.json ? JSON.stringify(summary) : `已备份 backed up to ${target}: ${summary.files} files, ${summary.facts} records, ${summary.problems} problems`)
  return verdict.problems.length === 0 ? exitCodes.ok : exitCodes.found
}

/** `restore DIR`: only into a data directory that does not exist yet. */
export const runRestore: RunCommand = async (args, terminal) => {
  const source = namedDirectory(args.words[0])
  const config = readConfig(args.all, process.env)
  const existing = await readdir(config.dataDir).catch(ignoreAbsent)
  if (existing && existing.length > 0) throw new InputError(`${config.dataDir}：已有数据，请用 --data 指明新目录 is in use, name a new directory with --data`)
  const manifest = await readManifest(source)
  const damaged = Object.entries(await digestsOf(source)).filter(([file, digest]) => manifest.files[file] !== digest).map(([file]) => file)
  const absent = await absentFiles(source, manifest)
  if (damaged.length + absent.length > 0) {
    terminal.err(`备份已损坏 the backup is damaged: ${[...damaged, ...absent].slice(0, 5).join(', ')}`)
    return exitCodes.found
  }
  const staging = `${config.dataDir}.restoring`
  // What a restore that was cut off left behind must not mix with this one.
  await rm(staging, { recursive: true, force: true })
  await cp(source, staging, { recursive: true })
  await rename(staging, config.dataDir)
  const verdict = await verifyAuditOffline({ dataDir: config.dataDir, database: { kind: 'sqlite' } })
  terminal.out(args.json ? JSON.stringify({ facts: verdict.facts, problems: verdict.problems.length }) : `已恢复 restored ${verdict.facts} records, ${verdict.problems.length} problems`)
  return verdict.problems.length === 0 ? exitCodes.ok : exitCodes.found
}

function namedDirectory(word: string | undefined): string {
  if (word === undefined) throw new UsageError('请写备份目录 name the directory of the backup')
  return resolve(word)
}

async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, manifestName), 'utf8').catch(ignoreAbsent)
  if (text === null) throw new InputError(`${source}：不是协文的备份，没有 ${manifestName} is no backup of Xiewen`)
  const manifest = manifestSchema.safeParse(parseJson(text))
  if (!manifest.success) throw new InputError(`${join(source, manifestName)}：已损坏，不能从这份备份恢复 is damaged, this backup cannot be restored`)
  return manifest.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // What does not parse is no manifest: the schema says so to the caller.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function absentFiles(source: string, manifest: Manifest): Promise<readonly string[]> {
  const present = await digestsOf(source)
  return Object.keys(manifest.files).filter((file) => !(file in present))
}

async function digestsOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const digests: Record<string, string> = {}
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(root, path)
    // SQLite makes these beside a database that is opened for checking; they carry nothing of their own.
    if (!entry.isFile() || name === manifestName || name.endsWith('-wal') || name.endsWith('-shm')) continue
    digests[name] = toHex(sm3(await readFile(path)))
  }
  return digests
}

function ignoreAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
