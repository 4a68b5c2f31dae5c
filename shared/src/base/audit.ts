/** The audit administrator's view of the ledger of acts (审计). */
import { z } from 'zod'
import { forDuties } from './access.ts'
import { command, download, pageOf, pageRequest, query } from './contract.ts'
import { idSchema } from './ids.ts'

/** One act as the audit administrator reads it. */
export const auditRowSchema = z.object({
  seq: z.number(),
  at: z.number(),
  kind: z.string(),
  result: z.enum(['done', 'refused']),
  personName: z.string(),
  unitName: z.string(),
  onBehalfOf: z.string(),
  address: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  data: z.string(),
})
/** One act as the audit administrator reads it. */
export type AuditRow = z.output<typeof auditRowSchema>

/** Id of a file taken out of the ledger. */
export const auditExportIdSchema = idSchema<'AuditExportId'>()

const audits = forDuties('audit-admin')

/** Contracts of the ledger. There is none that deletes. */
export const auditContract = {
  list: query({
    name: 'audit.list',
    summary: 'Acts, newest first, filtered by kind, person, subject, time or text.',
    access: audits,
    input: z.strictObject({
      kind: z.string().max(60).optional(),
      personId: z.string().max(40).optional(),
      subjectId: z.string().max(80).optional(),
      text: z.string().max(60).optional(),
      from: z.coerce.number().int().optional(),
      until: z.coerce.number().int().optional(),
      ...pageRequest,
    }),
    output: pageOf(auditRowSchema),
  }),
  checkpoint: query({
    name: 'audit.checkpoint',
    summary: 'The newest signed head of the ledger and the audit key’s public half.',
    access: audits,
    input: z.strictObject({}),
    output: z.object({ size: z.number(), text: z.string(), publicKey: z.string() }),
  }),
  verify: command({
    name: 'audit.verify',
    summary: 'Recomputes the whole ledger and holds it against every signed head.',
    access: audits,
    input: z.strictObject({}),
    output: z.object({
      facts: z.number(),
      checkpoints: z.number(),
      root: z.string(),
      problems: z.array(z.object({ code: z.string(), seq: z.number() })),
    }),
  }),
  takeOut: command({
    name: 'audit.take-out',
    summary: 'Takes the ledger out as JSON lines with its signed heads, for keeping outside this server; the act is recorded (who, which records, how many, the digest of the file) before the file can be had.',
    access: audits,
    input: z.strictObject({ fromSeq: z.number().int().min(1).default(1) }),
    output: z.object({
      exportId: auditExportIdSchema,
      rows: z.number().int(),
      /** The last record in the file, 0 when there is none; the first one that did not fit, null when the file reaches the end. */
      untilSeq: z.number().int(),
      nextSeq: z.number().int().nullable(),
    }),
  }),
  export: download({
    name: 'audit.export',
    summary: 'The file that was taken out, for whoever took it: the same bytes each time.',
    access: audits,
    input: z.strictObject({ exportId: auditExportIdSchema }),
  }),
} as const
