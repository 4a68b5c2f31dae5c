/** The system administrator's view of live editing: how much, never what. Documents are named by their ids; titles and texts are none of
 * an administrator's business. */
import { z } from 'zod'
import { forDuties } from './access.ts'
import { query } from './contract.ts'

/** One document in the server's memory. Times in UTC milliseconds, sizes in bytes. */
export const liveDocumentSchema = z.object({
  documentId: z.string(),
  /** Sockets and people; one person may have two windows open. */
  connections: z.number(),
  people: z.number(),
  /** Updates a second over the last half minute, and since the document was loaded. */
  updatesPerSecond: z.number(),
  updates: z.number(),
  /** Bytes held in memory for it: snapshot and tail. */
  bytes: z.number(),
  /** Newest stored row. */
  seq: z.number(),
  openedAt: z.number(),
})
/** One document in the server's memory. */
export type LiveDocumentRow = z.output<typeof liveDocumentSchema>

/** Contracts of live editing for administrators. */
export const liveContract = {
  documents: query({
    name: 'live.documents',
    summary: 'Documents being edited now, busiest first: people, rate and memory, without titles or text.',
    access: forDuties('system-admin'),
    input: z.strictObject({}),
    output: z.object({
      documents: z.array(liveDocumentSchema).max(200),
      totals: z.object({
        documents: z.number(),
        connections: z.number(),
        updates: z.number(),
        deliveries: z.number(),
        commitP50Ms: z.number(),
        commitP95Ms: z.number(),
        documentBytes: z.number(),
        unsentBytes: z.number(),
        /** Resident memory of the whole server. */
        processBytes: z.number(),
        closed: z.record(z.string(), z.number()),
      }),
    }),
  }),
}
