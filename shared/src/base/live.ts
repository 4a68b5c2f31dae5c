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

/** The most documents one node tells of, the busiest. */
export const mostLiveDocuments = 200

/** How much one server process (节点) has to do. Rates are events a second over the last half minute. */
export const nodeFiguresSchema = z.object({
  documents: z.number(),
  /** Clients of the documents it serves, wherever they are connected; and clients connected to it whose documents another node serves. */
  connections: z.number(),
  relayed: z.number(),
  updatesPerSecond: z.number(),
  /** Acts of people it has been asked for, done or refused. */
  commandsPerSecond: z.number(),
  updates: z.number(),
  deliveries: z.number(),
  commitP50Ms: z.number(),
  commitP95Ms: z.number(),
  documentBytes: z.number(),
  unsentBytes: z.number(),
  /** Resident memory of the whole server. */
  processBytes: z.number(),
  closed: z.record(z.string(), z.number()),
})
/** How much one server process has to do. */
export type NodeFigures = z.output<typeof nodeFiguresSchema>

/** What one node says of itself to another. */
export const nodeLookSchema = z.object({ documents: z.array(liveDocumentSchema).max(mostLiveDocuments), figures: nodeFiguresSchema })
/** What one node says of itself. */
export type NodeLook = z.output<typeof nodeLookSchema>

/** Contracts of live editing for administrators. */
export const liveContract = {
  documents: query({
    name: 'live.documents',
    summary: 'Documents being edited now on all server processes, busiest first: people, rate and memory, without titles or text; and how much each process has to do. One that does not answer within a second is named.',
    access: forDuties('system-admin'),
    input: z.strictObject({}),
    output: z.object({
      /** `node` names the process that serves it. */
      documents: z.array(liveDocumentSchema.extend({ node: z.string() })).max(mostLiveDocuments),
      /** This process first. `figures` is null for one that did not answer. */
      nodes: z.array(z.object({ name: z.string(), isThis: z.boolean(), figures: nodeFiguresSchema.nullable() })),
    }),
  }),
}
/** A document being edited, with the node that serves it. */
export type LiveDocumentOnNode = z.output<typeof liveContract.documents.output>['documents'][number]
/** A node as shown. */
export type LiveNode = z.output<typeof liveContract.documents.output>['nodes'][number]
