/** Commands and queries of the supervision room. */
import { z } from 'zod'
import { forDuties, forStaff } from '../base/access.ts'
import { command, download, listOf, pageOf, pageRequest, query, upload } from '../base/contract.ts'
import { civilDateSchema } from '../base/instant.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, documentNumberSchema, documentStates, urgencies } from '../documents/index.ts'
import { assignmentIdSchema, assignmentNumberSchema, assignmentStates, evidenceIdSchema, feedbackPeriods, sourceKinds, sourceSchema } from './model.ts'
import { lampColours } from './rules/lamp.ts'
import { assignmentViewSchema, ledgerRowSchema, overviewSchema, proposalSchema } from './views.ts'

const supervisors = forDuties('supervisor')
const id = { assignmentId: assignmentIdSchema }
const needed = z.string().trim().min(1).max(2000)
const optional = z.string().trim().max(2000).default('')
const after = z.object({ ...id, state: z.enum(assignmentStates), version: z.number().int() })
const fileName = z.string().trim().min(1).max(200).refine((name) => !/[\\/\u0000-\u001f]/.test(name), 'not a file name')

/** Largest evidence file (bytes). */
export const largestEvidenceBytes = 32 * 1024 * 1024

const newAssignment = {
  source: sourceSchema,
  title: z.string().trim().min(1).max(200),
  task: z.string().trim().max(8000).default(''),
  standard: optional,
  urgency: z.enum(urgencies).default('none'),
  leaderPostId: postIdSchema.optional(),
}

/** An assignment yet to be made, as `assign` and `create` take it. */
export const newAssignmentSchema = z.strictObject(newAssignment)
/** An assignment yet to be made. */
export type NewAssignment = z.output<typeof newAssignmentSchema>

const order = {
  leadUnitId: unitIdSchema,
  supportUnitIds: z.array(unitIdSchema).max(60).default([]),
  dueOn: civilDateSchema,
  feedback: z.enum(feedbackPeriods).default('once'),
}

const words = {
  progress: z.string().trim().min(1).max(8000),
  problems: optional,
  nextSteps: optional,
  evidenceIds: z.array(evidenceIdSchema).max(20).default([]),
}

/** Supervision (督办): from the source to 销号. */
export const supervisionContract = {
  propose: query({
    name: 'supervision.propose',
    summary: 'Reads a signed or received document and proposes an assignment for each item that names its lead unit.',
    access: supervisors,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({
      document: z.object({ id: documentIdSchema, title: z.string(), state: z.enum(documentStates), number: documentNumberSchema.nullable() }),
      proposals: z.array(proposalSchema),
    }),
  }),
  create: command({
    name: 'supervision.create',
    summary: 'Puts a matter forward (拟立项): by hand, from a sentence of minutes, or from an instruction.',
    access: supervisors,
    input: newAssignmentSchema,
    output: after,
  }),
  assign: command({
    name: 'supervision.assign',
    summary: 'Assigns matters (交办) to lead and supporting units with due dates: all of the list, or none.',
    access: supervisors,
    input: z.strictObject({
      items: z
        .array(
          z.union([
            z.strictObject({ kind: z.literal('existing'), ...id, ...order }),
            z.strictObject({ kind: z.literal('new'), ...newAssignment, ...order }),
          ]),
        )
        .min(1)
        .max(200),
    }),
    output: z.object({ assigned: z.array(z.object({ ...id, number: assignmentNumberSchema })) }),
    bodyLimitBytes: 4 * 1024 * 1024,
  }),
  accept: command({
    name: 'supervision.accept',
    summary: 'Signs for an assignment (签收) on behalf of one’s unit.',
    access: forStaff,
    input: z.strictObject({ ...id, unitId: unitIdSchema.optional() }),
    output: after,
  }),
  uploadEvidence: upload({
    name: 'supervision.upload-evidence',
    summary: 'Stores a file that a coming report will cite as evidence (佐证材料).',
    access: forStaff,
    input: z.strictObject({ ...id, fileName }),
    output: z.object({ evidenceId: evidenceIdSchema }),
    bodyLimitBytes: largestEvidenceBytes,
  }),
  evidence: download({
    name: 'supervision.evidence',
    summary: 'The bytes of an evidence file.',
    access: forStaff,
    input: z.strictObject({ ...id, evidenceId: evidenceIdSchema }),
  }),
  report: command({
    name: 'supervision.report',
    summary: 'Reports progress (报送进展) for one’s unit.',
    access: forStaff,
    input: z.strictObject({ ...id, unitId: unitIdSchema.optional(), percent: z.number().int().min(0).max(100), ...words }),
    output: after,
  }),
  claimCompletion: command({
    name: 'supervision.claim-completion',
    summary: 'Declares the matter done and asks for its closing (申请办结); the lead unit’s head does.',
    access: forStaff,
    input: z.strictObject({ ...id, ...words }),
    output: after,
  }),
  review: command({
    name: 'supervision.review',
    summary: 'Accepts a report, or returns it with a reason (退回重报).',
    access: supervisors,
    input: z.strictObject({ ...id, serial: z.number().int().min(1), outcome: z.enum(['accepted', 'returned']), reason: optional }),
    output: after,
  }),
  close: command({
    name: 'supervision.close',
    summary: 'Confirms completion and strikes the matter off the ledger (销号).',
    access: supervisors,
    input: z.strictObject({ ...id, opinion: optional }),
    output: after,
  }),
  requestExtension: command({
    name: 'supervision.request-extension',
    summary: 'Asks for a later due date (申请延期), no later than the due date itself.',
    access: forStaff,
    input: z.strictObject({ ...id, dueOn: civilDateSchema, reason: needed }),
    output: after,
  }),
  decideExtension: command({
    name: 'supervision.decide-extension',
    summary: 'Approves or refuses a request for more time.',
    access: supervisors,
    input: z.strictObject({ ...id, approved: z.boolean(), opinion: optional }),
    output: after,
  }),
  urge: command({
    name: 'supervision.urge',
    summary: 'Urges the units that have to act (催办), at most once an hour.',
    access: supervisors,
    input: z.strictObject({ ...id, note: z.string().trim().max(200).default('') }),
    output: after,
  }),
  suspend: command({
    name: 'supervision.suspend',
    summary: 'Lets an assignment rest (暂停) with the reason; nobody is urged meanwhile.',
    access: supervisors,
    input: z.strictObject({ ...id, reason: needed }),
    output: after,
  }),
  resume: command({
    name: 'supervision.resume',
    summary: 'Takes a resting assignment up again, with a new due date if given.',
    access: supervisors,
    input: z.strictObject({ ...id, dueOn: civilDateSchema.optional() }),
    output: after,
  }),
  cancel: command({
    name: 'supervision.cancel',
    summary: 'Ends an assignment that need not be done any more (终止), with the reason.',
    access: supervisors,
    input: z.strictObject({ ...id, reason: needed }),
    output: after,
  }),
  ledger: query({
    name: 'supervision.ledger',
    summary: 'The ledger (台账) as far as the caller may see it: proposals first, then running ones by due date, ended ones last.',
    access: forStaff,
    input: z.strictObject({
      states: listOf(z.enum(assignmentStates)),
      lamps: listOf(z.enum(lampColours)),
      /** A unit with a part, lead or support. */
      unitId: unitIdSchema.optional(),
      role: z.enum(['lead', 'support']).optional(),
      sourceKind: z.enum(sourceKinds).optional(),
      sourceId: documentIdSchema.optional(),
      /** In number, title, task, source or unit names. */
      text: z.string().trim().max(60).optional(),
      ...pageRequest,
    }),
    output: pageOf(ledgerRowSchema),
  }),
  overview: query({
    name: 'supervision.overview',
    summary: 'Unit × state, lamps per unit, trend by month and indicators over the assignments of a year.',
    access: forDuties('supervisor', 'office-director', 'principal-leader', 'deputy-leader'),
    input: z.strictObject({ year: z.coerce.number().int().min(2000).max(2999).optional() }),
    output: overviewSchema,
  }),
  view: query({
    name: 'supervision.view',
    summary: 'One assignment: parts, source, reports, history, and what the caller may do with reasons.',
    access: forStaff,
    input: z.strictObject(id),
    output: assignmentViewSchema,
  }),
} as const

/** Kinds of fact this room records; their subject is `{ kind: 'assignment', id }`. */
export const supervisionFacts = [
  'supervision.proposed', 'supervision.assigned', 'supervision.accepted', 'supervision.reported', 'supervision.reviewed',
  'supervision.returned', 'supervision.completion-claimed', 'supervision.closed', 'supervision.extension-requested',
  'supervision.extension-decided', 'supervision.urged', 'supervision.suspended', 'supervision.resumed', 'supervision.cancelled',
  'supervision.evidence-stored',
] as const
