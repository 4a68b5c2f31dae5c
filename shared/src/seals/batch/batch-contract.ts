/** 批量用印: several permits used in one act after one review, kept as a batch whose lines say at any moment what was done, what was refused and
 * what was not tried. Facts: `seals.batch-started`, `seals.batch-retried`, `seals.batch-closed`, and of the work `seals.together-refused`. */
import { z } from 'zod'
import { forStaff } from '../../base/access.ts'
import { command, download, pageOf, pageRequest, query } from '../../base/contract.ts'
import { idSchema } from '../../base/ids.ts'
import { itemRefusalSchema } from '../../base/inbox.ts'
import { sealApplicationIdSchema } from '../model.ts'
import { registerLocales } from '../register/register-contract.ts'
import { verdicts } from '../verdicts.ts'
import { batchSteps } from './next-step.ts'

/** The most files impressed in one act (批量用印): as many as one person can look at before it. */
export const mostTogether = 30

/** What became of one file: not tried yet (未办), impressed (已加盖), refused (未盖成). */
export const batchLineStates = ['waiting', 'done', 'refused'] as const

/** Which permit to use, and how far the seal is moved from its lawful place, mm. */
export const impressionOrderSchema = {
  applicationId: sealApplicationIdSchema,
  nudgeX: z.number().min(-50).max(50).default(0),
  nudgeY: z.number().min(-50).max(50).default(0),
}

/** Id of a batch. */
export const batchIdSchema = idSchema<'SealBatchId'>()

/** One file of a batch. */
export const batchLineSchema = z.object({
  applicationId: sealApplicationIdSchema,
  title: z.string(),
  number: z.string(),
  sealName: z.string(),
  state: z.enum(batchLineStates),
  /** When it was last tried, ms UTC. */
  triedAt: z.number().nullable(),
  /** SM3 of the sealed file and what verifying it said; empty and null unless done. */
  digest: z.string(),
  verdict: z.enum(verdicts).nullable(),
  /** Why it was refused when it was tried. */
  refusal: itemRefusalSchema.nullable(),
  /** What to do about it, as things stand now. */
  next: z.enum(batchSteps),
  /** Whether the rules would allow it now: a refused file that may be tried again. */
  mayRetry: z.boolean(),
})
/** One file of a batch. */
export type BatchLine = z.output<typeof batchLineSchema>

/** A batch, its files in their order. */
export const batchSchema = z.object({ id: batchIdSchema, startedAt: z.number(), closedAt: z.number().nullable(), lines: z.array(batchLineSchema) })
/** A batch. */
export type BatchView = z.output<typeof batchSchema>

const count = z.number().int()

/** A batch in the list of earlier ones. `title` is that of its first file. */
export const batchEntrySchema = z.object({ id: batchIdSchema, startedAt: z.number(), closedAt: z.number().nullable(), title: z.string(), files: count, done: count, refused: count, waiting: count })
/** A batch in the list of earlier ones. */
export type BatchEntry = z.output<typeof batchEntrySchema>

const oneBatch = { batchId: batchIdSchema }

/** Impressing several files. A batch belongs to who started it; nobody else sees or works it. */
export const sealBatches = {
  startBatch: command({
    name: 'seals.start-batch',
    summary: 'Notes which permits the caller will use together (批量用印), after looking at every file; nothing is impressed yet. An earlier batch of the caller is closed.',
    access: forStaff,
    input: z.strictObject({ orders: z.array(z.strictObject(impressionOrderSchema)).min(1).max(mostTogether) }),
    output: z.object(oneBatch),
  }),
  impressTogether: command({
    name: 'seals.impress-together',
    summary: 'Impresses the next files of a batch that were not tried, at most `most` and one of each document: each by its own permit, verified and stored by itself. Called until none waits; what was interrupted goes on where it stopped.',
    access: forStaff,
    stepUp: true,
    input: z.strictObject({ ...oneBatch, most: z.number().int().min(1).max(mostTogether).default(mostTogether) }),
    output: z.object({ done: count, refused: count, waiting: count }),
  }),
  retryBatch: command({
    name: 'seals.retry-batch',
    summary: 'Takes the refused files of a batch that the rules would allow now back among those to be tried.',
    access: forStaff,
    input: z.strictObject(oneBatch),
    output: z.object({ count }),
  }),
  closeBatch: command({
    name: 'seals.close-batch',
    summary: 'Puts a batch away. What was not impressed keeps its permit.',
    access: forStaff,
    input: z.strictObject(oneBatch),
    output: z.object({}),
  }),
  batch: query({
    name: 'seals.batch',
    summary: 'A batch of the caller’s; without an id the one that is open, null when there is none.',
    access: forStaff,
    input: z.strictObject({ batchId: batchIdSchema.optional() }),
    output: z.object({ batch: batchSchema.nullable() }),
  }),
  batches: query({
    name: 'seals.batches',
    summary: 'The caller’s batches, the newest first, with how many files each had and what became of them.',
    access: forStaff,
    input: z.strictObject(pageRequest),
    output: pageOf(batchEntrySchema),
  }),
  batchTable: download({
    name: 'seals.batch-table',
    summary: 'What became of each file of the caller’s batch, as a table (CSV).',
    access: forStaff,
    input: z.strictObject({ ...oneBatch, locale: z.enum(registerLocales).default('zh-CN') }),
  }),
} as const
