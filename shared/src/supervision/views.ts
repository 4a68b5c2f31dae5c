/** What leaves the server about assignments. */
import { z } from 'zod'
import { civilDateSchema } from '../base/instant.ts'
import { unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, urgencies } from '../documents/index.ts'
import { assignmentIdSchema, assignmentNumberSchema, assignmentSchema, assignmentStates, bySchema, sourceKinds } from './model.ts'
import { assignmentAbilities } from './policy.ts'
import { lampColours } from './rules/lamp.ts'

/** A lamp as sent. */
export const lampSchema = z.object({
  colour: z.enum(lampColours),
  reasons: z.array(
    z.union([
      z.object({ kind: z.enum(['due-in', 'overdue', 'overdue-closed']), days: z.number() }),
      z.object({ kind: z.literal('lag'), percent: z.number() }),
      z.object({ kind: z.literal('feedback-missed'), on: civilDateSchema }),
      z.object({ kind: z.literal('returned-often'), times: z.number() }),
      z.object({ kind: z.enum(['waiting-review', 'on-course', 'closed-on-time', 'suspended', 'cancelled', 'not-assigned']) }),
    ]),
  ),
  daysLeft: z.number().nullable(),
})

const unitRef = z.object({ unitId: unitIdSchema, unitName: z.string() })

/** One line of the ledger (台账). */
export const ledgerRowSchema = z.object({
  id: assignmentIdSchema,
  number: assignmentNumberSchema.nullable(),
  title: z.string(),
  state: z.enum(assignmentStates),
  urgency: z.enum(urgencies),
  sourceKind: z.enum(sourceKinds),
  sourceId: documentIdSchema.nullable(),
  /** Title of the source document, or the label of an instruction. */
  sourceTitle: z.string(),
  sourceLabel: z.string(),
  lead: unitRef.nullable(),
  supports: z.array(unitRef),
  assignedOn: civilDateSchema.nullable(),
  dueOn: civilDateSchema.nullable(),
  percent: z.number(),
  lastReport: z.object({ at: z.number(), unitName: z.string(), progress: z.string() }).nullable(),
  lamp: lampSchema,
})
/** One line of the ledger. */
export type LedgerRow = z.output<typeof ledgerRowSchema>

const verdict = z.object({ allowed: z.boolean(), because: z.string().optional() })

/** One thing that happened to an assignment, for its stream. `data` depends on `kind`. */
export const streamEntrySchema = z.object({
  seq: z.number(),
  kind: z.string(),
  at: z.number(),
  by: bySchema.nullable(),
  unitName: z.string(),
  text: z.string(),
})
/** One thing that happened. */
export type StreamEntry = z.output<typeof streamEntrySchema>

/** One assignment with everything its page shows. */
export const assignmentViewSchema = z.object({
  assignment: assignmentSchema,
  lamp: lampSchema,
  percent: z.number(),
  planned: z.number(),
  feedbackDates: z.array(z.object({ dueOn: civilDateSchema, givenOn: civilDateSchema.nullable() })),
  nextFeedbackOn: civilDateSchema.nullable(),
  source: z.object({ title: z.string(), number: z.string(), mayOpen: z.boolean() }),
  leaderName: z.string(),
  stream: z.array(streamEntrySchema),
  abilities: z.record(z.enum(assignmentAbilities), verdict),
  /** Units the caller may sign and report for. */
  handles: z.array(unitRef.extend({ role: z.enum(['lead', 'support']), accepted: z.boolean() })),
  isSupervisor: z.boolean(),
})
/** One assignment with everything its page shows. */
export type AssignmentView = z.output<typeof assignmentViewSchema>

const proposedUnit = z.object({
  /** As written in the document. */
  name: z.string(),
  role: z.enum(['lead', 'support']),
  /** Units of the directory it names; several for 各县（市、区）; empty when none was found. */
  units: z.array(unitRef),
})

/** One item of a document that can become an assignment. */
export const proposalSchema = z.object({
  block: z.number(),
  label: z.string(),
  title: z.string(),
  task: z.string(),
  quote: z.string(),
  units: z.array(proposedUnit),
  leadUnitId: unitIdSchema.nullable(),
  supportUnitIds: z.array(unitIdSchema),
  /** The assignment already made from it, or null. */
  existing: z.object({ id: assignmentIdSchema, number: assignmentNumberSchema.nullable(), state: z.enum(assignmentStates) }).nullable(),
})
/** One item of a document that can become an assignment. */
export type Proposal = z.output<typeof proposalSchema>

const rate = z.object({ count: z.number(), of: z.number(), percent: z.number().nullable() })
/** Indicators as sent, see `indicatorsOf`. */
export const indicatorsSchema = z.object({
  assigned: z.number(),
  signedOnTime: rate,
  reportedOnTime: rate,
  finishedOnTime: rate,
  overdue: rate,
  averageDaysOverdue: z.number(),
  acceptedAtOnce: rate,
  extended: rate,
  score: z.number().nullable(),
})

const lamps = z.record(z.enum(lampColours), z.number())
/** The overview: unit × state, lamps per unit, trend by month, indicators. */
export const overviewSchema = z.object({
  total: z.number(),
  states: z.record(z.enum(assignmentStates), z.number()),
  lamps,
  units: z.array(unitRef.extend({ states: z.record(z.enum(assignmentStates), z.number()), lamps, total: z.number(), indicators: indicatorsSchema })),
  /** The last twelve months, oldest first, `YYYY-MM`. */
  months: z.array(z.object({ month: z.string(), assigned: z.number(), closed: z.number() })),
  indicators: indicatorsSchema,
})
/** The overview. */
export type Overview = z.output<typeof overviewSchema>
