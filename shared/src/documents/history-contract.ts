/** Queries about what became of a text: its trace (痕迹), its moments for the playback, who made pending revisions. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import { query } from '../base/contract.ts'
import { personIdSchema } from '../directory/index.ts'
import { blockKinds } from './model.ts'
import { shapeChangeCodes } from './rules/compare-shapes.ts'
import { documentIdSchema, versionIdSchema } from './views.ts'

/** Somebody at a moment: name and post from the directory, step (a string key or empty) from the desks the text lay on. */
export const whoSchema = z.object({ personId: z.string(), name: z.string(), post: z.string(), step: z.string(), at: z.number() })
/** Somebody at a moment. */
export type Who = z.output<typeof whoSchema>

/** What an imported Word file says of a revision: who made it and when, in the file's own words. Proves nothing. */
export const foreignAuthorSchema = z.object({
  author: z.string(),
  /** ISO 8601 as the file writes it; empty when it says nothing. */
  saidAt: z.string(),
})
/** What an imported Word file says of a revision. */
export type ForeignAuthor = z.output<typeof foreignAuthorSchema>
/** Who made a pending revision: the account by the log, and beside it what a Word file says, if it came from one. */
export const changeMakerSchema = whoSchema.extend({ id: z.string(), foreign: foreignAuthorSchema.nullable() })
/** Who made a pending revision. */
export type ChangeMakerView = z.output<typeof changeMakerSchema>

/** A row of the log, or 0: before anything was written. */
const seq = z.coerce.number().int().min(0)
const shape = z.object({ kind: z.enum(blockKinds), level: z.number() })

const traceOps = z.enum(['same', 'added', 'removed'])
const tracePart = z.object({
  op: traceOps,
  text: z.string(),
  by: z.number(),
  bold: z.boolean(),
  /** What stayed and became bold or plain. */
  format: z.object({ to: z.enum(['bold', 'plain']), by: z.number() }).nullable(),
})
const traceRow = z.object({
  op: traceOps,
  /** `parts` counts how many of the block's parts are the cell's own, in order. */
  cells: z.array(z.object({ op: traceOps, isHeader: z.boolean(), columns: z.number(), rows: z.number(), parts: z.number() })),
})

const tracePicture = z.object({ op: traceOps, digest: z.string(), widthPx: z.number(), heightPx: z.number(), widthMm: z.number(), by: z.number() })

/** The trace between two rows of the log. `by` is an index into `who`. */
export const traceSchema = z.object({
  who: z.array(whoSchema),
  blocks: z.array(
    shape.extend({
      label: z.string(),
      op: traceOps,
      before: shape.extend({ by: z.number() }).nullable(),
      shapes: z.array(z.object({ code: z.enum(shapeChangeCodes), params: z.record(z.string(), z.union([z.string(), z.number()])), by: z.number() })),
      parts: z.array(tracePart),
      rows: z.array(traceRow),
      /** Of a figure: its picture, after the one it stands in place of. */
      pictures: z.array(tracePicture),
    }),
  ),
  added: z.number(),
  removed: z.number(),
})
/** The trace between two rows of the log. */
export type TraceView = z.output<typeof traceSchema>

/** One stretch of work of one person, a step of the playback. */
export const momentSchema = whoSchema.extend({ seq: z.number(), before: z.number(), until: z.number() })
/** One stretch of work of one person. */
export type Moment = z.output<typeof momentSchema>

const id = { documentId: documentIdSchema }

/** Queries about the history of a text. */
export const historyContract = {
  trace: query({
    name: 'documents.trace',
    summary: 'What was added, removed and formatted between two rows of the log and by which account (花脸稿); from 0 it names the author of every character.',
    access: forStaff,
    input: z.strictObject({ ...id, from: seq.default(0), to: seq.optional(), personId: personIdSchema.optional(), step: z.string().max(80).optional() }),
    output: traceSchema,
  }),
  moments: query({
    name: 'documents.moments',
    summary: 'The stretches of work a text came from, oldest first, for playing them back (回放).',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ moments: z.array(momentSchema) }),
  }),
  changes: query({
    name: 'documents.changes',
    summary: 'Who made the revisions pending in the text: by the server’s log, whatever the text claims; `foreign` is what an imported Word file says.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ changes: z.array(changeMakerSchema) }),
  }),
  versionText: query({
    name: 'documents.version-text',
    summary: 'The text kept in a version, for looking at it and for restoring it.',
    access: forStaff,
    input: z.strictObject({ ...id, versionId: versionIdSchema }),
    output: z.object({ name: z.string(), at: z.number(), document: z.unknown() }),
  }),
} as const
