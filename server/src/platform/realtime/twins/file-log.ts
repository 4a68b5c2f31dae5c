/** An update log in one append-only file, fsynced per batch: the smallest store that keeps the promise. */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { LogRow, UpdateLog } from '../ports.ts'

/** The log and how to stop it. */
export interface FileLog extends UpdateLog {
  create(documentId: string): Promise<void>
  close(): Promise<void>
}

type Record = { readonly kind: 'row' | 'snapshot' | 'document'; readonly documentId: string; readonly seq: number }
type Stored = Record & { readonly bytes: Uint8Array }

/** Opens or creates the file; a torn record at its end, left by a kill, was never acknowledged and is cut off. */
export async function openFileLog(path: string): Promise<FileLog> {
  const file = await open(path, 'a+')
  const { records, length } = parseRecords(await readFile(path))
  await file.truncate(length)
  const newest = new Map<string, number>()
  for (const { documentId, seq } of records) newest.set(documentId, Math.max(newest.get(documentId) ?? 0, seq))

  async function write(added: readonly Stored[]): Promise<void> {
    await writeAll(file, Buffer.concat(added.map(encodeRecord)))
    await file.datasync()
    records.push(...added)
  }

  return {
    async create(documentId) {
      if (newest.has(documentId)) return
      newest.set(documentId, 0)
      await write([{ kind: 'document', documentId, seq: 0, bytes: new Uint8Array() }])
    },
    async load(documentId) {
      if (!newest.has(documentId)) return null
      const own = records.filter((record) => record.documentId === documentId)
      const snapshot = own.filter((record) => record.kind === 'snapshot').at(-1)
      const snapshotSeq = snapshot?.seq ?? 0
      const tail = own.filter((record) => record.kind === 'row' && record.seq > snapshotSeq)
      return { snapshot: snapshot?.bytes ?? null, snapshotSeq, tail: tail.map(({ seq, bytes }) => ({ seq, bytes })) }
    },
    async append(rows: readonly LogRow[]) {
      const added = rows.map(({ documentId, bytes }): Stored => {
        const seq = (newest.get(documentId) ?? 0) + 1
        newest.set(documentId, seq)
        return { kind: 'row', documentId, seq, bytes }
      })
      await write(added)
      return added.map((record) => record.seq)
    },
    saveSnapshot: (documentId, seq, bytes) => write([{ kind: 'snapshot', documentId, seq, bytes }]),
    close: () => file.close(),
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

function encodeRecord({ bytes, ...record }: Stored): Buffer {
  const head = Buffer.from(JSON.stringify(record))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(head.length, 0)
  lengths.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([lengths, head, bytes])
}

function parseRecords(file: Buffer): { readonly records: Stored[]; readonly length: number } {
  const records: Stored[] = []
  let at = 0
  while (at + 8 <= file.length) {
    const head = file.readUInt32LE(at)
    const end = at + 8 + head + file.readUInt32LE(at + 4)
    if (end > file.length) break
    // Safe because only `encodeRecord` writes here.
    const record = JSON.parse(file.toString('utf8', at + 8, at + 8 + head)) as Record
    records.push({ ...record, bytes: Uint8Array.from(file.subarray(at + 8 + head, end)) })
    at = end
  }
  return { records, length: at }
}
