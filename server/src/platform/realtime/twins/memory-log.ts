/** An update log in memory, with the behaviour of a real one: for tests and for the load generator. */
import type { LogRow, UpdateLog } from '../ports.ts'

/** A log whose documents must be created before use, as in a real store. */
export interface MemoryLog extends UpdateLog {
  create(documentId: string): void
  /** Every row ever appended, in order. */
  readonly rows: readonly (LogRow & { readonly seq: number })[]
  readonly snapshots: ReadonlyMap<string, { readonly seq: number; readonly bytes: Uint8Array }>
}

/** Makes an empty log. `beforeCommit` runs, and may wait or throw, before a batch becomes durable. */
export function createMemoryLog(beforeCommit: (rows: readonly LogRow[]) => Promise<void> = async () => {}): MemoryLog {
  const documents = new Map<string, number>()
  const rows: (LogRow & { readonly seq: number })[] = []
  const snapshots = new Map<string, { readonly seq: number; readonly bytes: Uint8Array }>()
  return {
    rows,
    snapshots,
    create(documentId) {
      documents.set(documentId, documents.get(documentId) ?? 0)
    },
    async load(documentId) {
      if (!documents.has(documentId)) return null
      const snapshot = snapshots.get(documentId)
      const snapshotSeq = snapshot?.seq ?? 0
      const tail = rows.filter((row) => row.documentId === documentId && row.seq > snapshotSeq)
      return { snapshot: snapshot?.bytes ?? null, snapshotSeq, tail: tail.map(({ seq, bytes }) => ({ seq, bytes })) }
    },
    async append(batch) {
      await beforeCommit(batch)
      return batch.map((row) => {
        const seq = (documents.get(row.documentId) ?? 0) + 1
        documents.set(row.documentId, seq)
        rows.push({ ...row, seq })
        return seq
      })
    },
    async saveSnapshot(documentId, seq, bytes) {
      snapshots.set(documentId, { seq, bytes })
    },
  }
}
