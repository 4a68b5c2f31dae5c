/** What leaves the server about cases. */
import { z } from 'zod'
import { postIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'
import { caseIdSchema, decisiveActs, stepKeys, taskIdSchema, taskStates, templateNames } from './model.ts'
import { opinionViewSchema } from './opinion.ts'

const status = z.enum(['running', 'signed', 'finished', 'cancelled'])

/** A post as named beside a task. `deputyName` is who acts for it now (甲 代 乙), if anybody. */
export const holderSchema = z.object({
  postId: postIdSchema,
  personName: z.string(),
  postTitle: z.string(),
  unitName: z.string(),
  deputyName: z.string().nullable(),
})
/** A post as named beside a task. */
export type HolderView = z.output<typeof holderSchema>

/** A task as shown in the panel 流程. */
export const taskViewSchema = z.object({
  id: taskIdSchema,
  step: z.enum(stepKeys),
  visit: z.number().int(),
  state: z.enum(taskStates),
  role: z.enum(['main', 'added', 'lead', 'support']),
  holder: holderSchema,
  openedAt: z.number(),
  doneAt: z.number().nullable(),
  dueAt: z.number().nullable(),
  /** Who acted, where a deputy did: 甲 代 乙. */
  actedBy: z.object({ personName: z.string(), onBehalfOf: z.string().nullable() }).nullable(),
})
/** A task as shown. */
export type TaskView = z.output<typeof taskViewSchema>

/** One place of the steps strip. */
export const placeViewSchema = z.object({
  step: z.enum(stepKeys),
  state: z.enum(['passed', 'current', 'suspended', 'ahead', 'skipped']),
  /** Who did it, has it, or is planned for it. */
  holders: z.array(holderSchema),
  enteredAt: z.number().nullable(),
  leftAt: z.number().nullable(),
  dueAt: z.number().nullable(),
})
/** One place of the steps strip. */
export type PlaceView = z.output<typeof placeViewSchema>

/** What the caller may do; for the plain ones null means allowed, otherwise a refusal code as the reason. */
export const abilitiesViewSchema = z.object({
  task: z.object({ id: taskIdSchema, step: z.enum(stepKeys), role: z.enum(['main', 'added', 'lead', 'support']), acts: z.array(z.enum(decisiveActs)), onBehalfOf: z.string().nullable(), postTitle: z.string() }).nullable(),
  returnTo: z.array(z.object({ step: z.enum(stepKeys), holders: z.array(holderSchema) })),
  forward: z.string().nullable(),
  addSigner: z.string().nullable(),
  withdraw: z.array(taskIdSchema),
  urge: z.string().nullable(),
  circulate: z.string().nullable(),
  cancel: z.string().nullable(),
  /** The caller's own unread circulation entry. */
  read: z.object({ postId: postIdSchema, purpose: z.string() }).nullable(),
})
/** What the caller may do. */
export type AbilitiesView = z.output<typeof abilitiesViewSchema>

/** One reader (传阅). */
export const readingViewSchema = z.object({
  holder: holderSchema,
  fromName: z.string(),
  purpose: z.string(),
  at: z.number(),
  readAt: z.number().nullable(),
  readBy: z.string().nullable(),
  opinion: z.string(),
})
/** One reader. */
export type ReadingView = z.output<typeof readingViewSchema>

/** An earlier case of the same document, ended before the one shown: what was said in it, and by whom. */
export const formerCaseSchema = z.object({
  id: caseIdSchema,
  status,
  startedAt: z.number(),
  closedAt: z.number().nullable(),
  tasks: z.array(taskViewSchema),
  opinions: z.array(opinionViewSchema),
})
/** An earlier case. */
export type FormerCase = z.output<typeof formerCaseSchema>

/** A whole case for the document page. */
export const caseViewSchema = z.object({
  id: caseIdSchema,
  documentId: documentIdSchema,
  template: z.enum(templateNames),
  title: z.string(),
  status,
  version: z.number().int(),
  starter: holderSchema,
  startedAt: z.number(),
  closedAt: z.number().nullable(),
  places: z.array(placeViewSchema),
  tasks: z.array(taskViewSchema),
  opinions: z.array(opinionViewSchema),
  readings: z.array(readingViewSchema),
  /** Earlier cases of the document, newest first. */
  former: z.array(formerCaseSchema),
  abilities: abilitiesViewSchema,
})
/** A whole case. */
export type CaseView = z.output<typeof caseViewSchema>

/** What pressing a button leads to. `refusal` says why it cannot be pressed yet; `pick` who must be chosen first. */
export const previewViewSchema = z.object({
  next: z.array(z.object({ step: z.enum(stepKeys), holders: z.array(holderSchema.extend({ role: z.enum(['main', 'added', 'lead', 'support']), dueAt: z.number().nullable() })) })),
  waitsFor: z.array(holderSchema),
  closes: status.nullable(),
  canWithdraw: z.enum(['until-next-acts', 'never']),
  /** A 成文日期 written in the text that 签发 replaces with its own day. */
  replacesDate: z.string().optional(),
  refusal: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }).nullable(),
  /** Steps the caller may choose people for now; `required` ones must be chosen before acting. */
  picks: z.array(
    z.object({
      step: z.enum(stepKeys),
      required: z.boolean(),
      many: z.boolean(),
      /** Posts to choose from; null: any post with one of `duties`, to be searched in the directory. */
      candidates: z.array(holderSchema).nullable(),
      duties: z.array(z.string()),
      chosen: z.array(holderSchema),
    }),
  ),
})
/** What pressing a button leads to. */
export type PreviewView = z.output<typeof previewViewSchema>

/** A case in a list. */
export const caseRowSchema = z.object({
  id: caseIdSchema,
  documentId: documentIdSchema,
  template: z.enum(templateNames),
  title: z.string(),
  status,
  step: z.enum(stepKeys).nullable(),
  waitsFor: z.array(z.string()),
  dueAt: z.number().nullable(),
  startedAt: z.number(),
  /** Last act in it (ms). */
  changedAt: z.number(),
  reading: z.object({ read: z.number(), total: z.number() }),
})
/** A case in a list. */
export type CaseRow = z.output<typeof caseRowSchema>
