/** `doc inspect|verify|compact|export`: the stored log of live texts, looked into and mended without the server. */
import { writeFile } from 'node:fs/promises'
import { compactDocument, exportDocument, inspectDocument, verifyDocuments } from '../../documents/index.ts'
import { readConfig } from '../../platform/config/config.ts'
import { type Database, openDatabase } from '../../platform/database/index.ts'
import type { LogDamage } from '../../platform/realtime/index.ts'
import { type CliArguments, type RunCommand, exitCodes, UsageError } from './command.ts'
import { assertInstallation } from './installation.ts'

/** Runs work on the installation the flags name; the server may be running or not. */
async function withDatabase<T>(args: CliArguments, work: (database: Database) => Promise<T>): Promise<T> {
  const config = readConfig(args.all, process.env)
  await assertInstallation(config)
  const database = await openDatabase(config)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

function documentIn(args: CliArguments): string {
  const id = args.words[0]
  if (id === undefined) throw new UsageError('name a document id 请写公文编号')
  return id
}

function found<T>(value: T | null, id: string): T {
  if (value === null) throw new Error(`no document ${id} 没有这件公文`)
  return value
}

/** `doc inspect`. */
export const runDocInspect: RunCommand = async (args, terminal) => {
  const id = documentIn(args)
  const stored = found(await withDatabase(args, (database) => inspectDocument(database, id)), id)
  if (args.json) terminal.out(JSON.stringify(stored))
  else {
    const { figures } = stored
    terminal.out(`${stored.title || '（无标题）'} · ${stored.state}`)
    terminal.out(`记录 rows ${stored.rows}, ${stored.rowBytes} bytes; 最新 newest #${figures.newestSeq}`)
    for (const snapshot of stored.snapshots) terminal.out(`快照 snapshot #${snapshot.seq}, ${snapshot.bytes} bytes`)
    terminal.out(`打开时读取 loaded ${figures.loadedBytes} bytes, 快照后 after the snapshot ${stored.tailRows} rows`)
    terminal.out(`写入 written ${figures.written}, 删除 deleted ${figures.deleted}, 客户端 clients ${figures.clients}, 人员 people ${figures.people.length}`)
  }
  return exitCodes.ok
}

/** `doc verify`. */
export const runDocVerify: RunCommand = async (args, terminal) => {
  const damaged: { readonly documentId: string; readonly damage: readonly LogDamage[] }[] = []
  let documents = 0
  await withDatabase(args, (database) =>
    verifyDocuments(database, args.words[0] ?? null, (documentId, damage) => {
      documents += 1
      if (damage.length > 0) damaged.push({ documentId, damage })
    }),
  )
  if (args.json) terminal.out(JSON.stringify({ documents, damaged }))
  else {
    for (const { documentId, damage } of damaged) for (const each of damage) terminal.out(`${documentId}\t${each.what} #${each.seq}\t${each.detail}`)
    terminal.out(damaged.length === 0 ? `${documents} 件 documents, 完好 WHOLE` : `${damaged.length} / ${documents} 件 documents 损坏 DAMAGED`)
  }
  return damaged.length === 0 ? exitCodes.ok : exitCodes.found
}

/** `doc compact`. */
export const runDocCompact: RunCommand = async (args, terminal) => {
  const id = documentIn(args)
  const folded = await withDatabase(args, async (database) => {
    found(await inspectDocument(database, id), id)
    return compactDocument(database, id)
  })
  if (args.json) terminal.out(JSON.stringify({ folded }))
  else terminal.out(folded === null ? '无需整理 nothing to fold' : `快照 snapshot #${folded.seq}, ${folded.bytes} bytes`)
  return exitCodes.ok
}

/** `doc export`. */
export const runDocExport: RunCommand = async (args, terminal) => {
  const [id, out] = [documentIn(args), args.flag('out')]
  if (out === undefined) throw new UsageError('请用 --out 写输出文件 name the file with --out')
  const live = found(await withDatabase(args, (database) => exportDocument(database, id)), id)
  await writeFile(out, out.endsWith('.json') ? JSON.stringify(live.document, null, 1) : live.state)
  terminal.out(args.json ? JSON.stringify({ out, seq: live.seq }) : `${out}: #${live.seq}`)
  return exitCodes.ok
}
