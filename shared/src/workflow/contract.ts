/** Commands and queries of the workflow room: one contract per act. Every act names the version of the case it was decided on. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import { itemRefusalSchema } from '../base/inbox.ts'
import { command, download, flag, listOf, pageOf, pageRequest, query } from '../base/contract.ts'
import { type PostId, postIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'
import { actKinds, type Choice, caseIdSchema, type OpinionCode, opinionCodes, stepKeys, taskIdSchema } from './model.ts'
import { caseRowSchema, caseViewSchema, previewViewSchema } from './views.ts'

const text = z.string().trim().max(2000).default('')
const needed = z.string().trim().min(1).max(2000)
const posts = z.array(postIdSchema).max(60)

/** People for the steps to come, by step. For `handle` the first post is the lead (主办). */
export const choiceSchema: z.ZodType<Choice, Partial<Record<(typeof stepKeys)[number], readonly string[]>>> =
  // Safe because a partial record of lists of post ids is what `Choice` says.
  z.partialRecord(z.enum(stepKeys), posts) as unknown as z.ZodType<Choice, Partial<Record<(typeof stepKeys)[number], readonly PostId[]>>>

const flatChoice = z.string().regex(/^[a-z-]{3,20}:([0-9a-hjkmnp-tv-z]{26})?$/)

const onCase = { caseId: caseIdSchema, expectedVersion: z.number().int().min(0) }
const onTask = { taskId: taskIdSchema, ...onCase }
const afterAct = z.object({ caseId: caseIdSchema, version: z.number().int(), status: z.enum(['running', 'signed', 'finished', 'cancelled']) })

function decisive<N extends string, const C extends readonly [OpinionCode, ...OpinionCode[]]>(name: N, summary: string, codes: C) {
  const usual: C[number] = codes[0]
  return command({
    name: `workflow.${name}`,
    summary,
    access: forStaff,
    input: z.strictObject({ ...onTask, code: z.enum(opinionCodes).refine((code) => codes.includes(code), 'not an opinion of this act').default(usual), opinion: text, choice: choiceSchema.default({}) }),
    output: afterAct,
  })
}

/** The workflow room's contracts. */
export const workflowContract = {
  start: command({
    name: 'workflow.start',
    summary: 'Submits a draft for review (送审): starts its case. Errors found by the checker block it.',
    access: forStaff,
    input: z.strictObject({
      documentId: documentIdSchema,
      postId: postIdSchema.optional(),
      opinion: text,
      choice: choiceSchema.default({}),
      officeDirector: z.boolean().default(false),
    }),
    output: afterAct,
  }),
  submit: decisive('submit', 'Submits a returned draft again (送审).', ['SUBMIT']),
  approve: decisive('approve', 'Agrees and passes on (同意并送下一步): 核稿、审核、审批.', ['AGREE', 'AGREE_WITH', 'CIRCLE']),
  countersign: decisive('countersign', 'Countersigns (会签): agrees, agrees with remarks, or disagrees.', ['AGREE', 'AGREE_WITH', 'OBJECT']),
  approveTogether: command({
    name: 'workflow.approve-together',
    summary: 'Agrees to several tasks in one act (批量同意) where their steps allow it (`canApproveTogether`): each gets its own signed opinion and its own facts; what is refused is named, the rest is done.',
    access: forStaff,
    input: z.strictObject({ taskIds: z.array(taskIdSchema).min(1).max(50), opinion: text }),
    output: z.object({ results: z.array(z.object({ taskId: taskIdSchema, refusal: itemRefusalSchema.nullable() })) }),
  }),
  sign: command({
    name: 'workflow.sign',
    summary: 'Signs for issue (签发): freezes the text and signs version, digest and opinion with the signer’s SM2 key.',
    access: forStaff,
    input: z.strictObject({
      ...onTask,
      code: z.enum(['SIGN', 'CIRCLE']).default('SIGN'),
      opinion: text,
      /** The explicit yes that 圈阅 needs where it means 签发. */
      confirmed: z.boolean().default(false),
      /** Signs although comments (批注) in the text are not settled. */
      leaveComments: z.boolean().default(false),
    }),
    output: afterAct,
  }),
  propose: decisive('propose', 'Proposes how to handle a received document (拟办).', ['PROPOSE']),
  instruct: decisive('instruct', 'Gives the leader’s instruction (批示).', ['INSTRUCT', 'CIRCLE']),
  assign: decisive('assign', 'Assigns handling to a lead and supporting posts (交办).', ['ASSIGN']),
  handle: decisive('handle', 'Reports the result of handling (承办).', ['HANDLE']),
  finish: decisive('finish', 'Closes a received document as handled (办结).', ['FINISH']),
  return: command({
    name: 'workflow.return',
    summary: 'Returns to a passed step (退回), then the normal way again or straight back to the returner.',
    access: forStaff,
    input: z.strictObject({ ...onTask, to: z.enum(stepKeys), then: z.enum(['run-again', 'back-to-me']).default('run-again'), opinion: needed }),
    output: afterAct,
  }),
  forward: command({
    name: 'workflow.forward',
    summary: 'Hands the task to another post (转办).',
    access: forStaff,
    input: z.strictObject({ ...onTask, toPostId: postIdSchema, opinion: text }),
    output: afterAct,
  }),
  addSigner: command({
    name: 'workflow.add-signer',
    summary: 'Asks others for their opinion before or after the caller (加签), in parallel with each other.',
    access: forStaff,
    input: z.strictObject({ ...onTask, place: z.enum(['before', 'after']), postIds: posts.min(1), opinion: text }),
    output: afterAct,
  }),
  withdraw: command({
    name: 'workflow.withdraw',
    summary: 'Takes back the caller’s last move on a task while whoever got it next has not acted (撤回).',
    access: forStaff,
    input: z.strictObject(onTask),
    output: afterAct,
  }),
  cancel: command({
    name: 'workflow.cancel',
    summary: 'Ends the case while nobody has signed (终止); the document is a draft again.',
    access: forStaff,
    input: z.strictObject({ ...onCase, opinion: needed }),
    output: afterAct,
  }),
  urge: command({
    name: 'workflow.urge',
    summary: 'Urges everybody the case waits for (催办), at most once an hour each.',
    access: forStaff,
    input: z.strictObject({ caseId: caseIdSchema, note: z.string().trim().max(200).default('') }),
    output: z.object({ urged: z.array(postIdSchema) }),
  }),
  circulate: command({
    name: 'workflow.circulate',
    summary: 'Sends the document to posts for reading (传阅) with the purpose in one line.',
    access: forStaff,
    input: z.strictObject({ caseId: caseIdSchema, postIds: posts.min(1), purpose: z.string().trim().min(1).max(200) }),
    output: z.object({ readings: z.number().int() }),
  }),
  urgeReading: command({
    name: 'workflow.urge-reading',
    summary: 'Urges readers who have not read yet (催阅).',
    access: forStaff,
    input: z.strictObject({ caseId: caseIdSchema }),
    output: z.object({ urged: z.array(postIdSchema) }),
  }),
  read: command({
    name: 'workflow.read',
    summary: 'Confirms reading (已阅), with an opinion if there is one.',
    access: forStaff,
    input: z.strictObject({ caseId: caseIdSchema, postId: postIdSchema.optional(), code: z.enum(['READ', 'CIRCLE']).default('READ'), opinion: text }),
    output: z.object({}),
  }),
  case: query({
    name: 'workflow.case',
    summary: 'A case: steps with places and times, tasks, the stream of opinions, readers, and what the caller may do with reasons.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema.optional(), caseId: caseIdSchema.optional(), taskId: taskIdSchema.optional() }),
    output: z.object({ case: caseViewSchema.nullable() }),
  }),
  preview: query({
    name: 'workflow.preview',
    summary: 'Says what an act would lead to: who gets it next, which deadline starts, until when it can be taken back.',
    access: forStaff,
    input: z.strictObject({
      caseId: caseIdSchema.optional(),
      /** For a draft that has no case yet: 送审. */
      documentId: documentIdSchema.optional(),
      postId: postIdSchema.optional(),
      officeDirector: flag.default(false),
      taskId: taskIdSchema.optional(),
      act: z.enum(actKinds),
      /** The choice, flat: `<step>:<postId>`, or `<step>:` for nobody at that step. */
      choose: listOf(flatChoice),
      to: z.enum(stepKeys).optional(),
      then: z.enum(['run-again', 'back-to-me']).default('run-again'),
      place: z.enum(['before', 'after']).default('before'),
      postIds: listOf(postIdSchema),
    }),
    output: previewViewSchema,
  }),
  listMine: query({
    name: 'workflow.list-mine',
    summary: 'Cases the caller started (我发起), newest first, with where they are and whom they wait for.',
    access: forStaff,
    input: z.strictObject({ running: z.enum(['true', 'false']).optional(), ...pageRequest }),
    output: pageOf(caseRowSchema),
  }),
  done: query({
    name: 'workflow.done',
    summary: 'Cases the caller has acted in (已办), last act first.',
    access: forStaff,
    input: z.strictObject(pageRequest),
    output: pageOf(caseRowSchema),
  }),
  sheet: query({
    name: 'workflow.sheet',
    summary: 'The pages of 发文稿纸 or 收文处理单 with every opinion so far, as SVG.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ pages: z.array(z.string()), missing: z.string() }),
  }),
  sheetFile: download({
    name: 'workflow.sheet-file',
    summary: 'The same as a file to print or keep.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema, format: z.enum(['pdf', 'ofd']) }),
  }),
} as const

/** Kinds of fact this room records. */
export const workflowFacts = [
  'workflow.started', 'workflow.task-opened', 'workflow.task-done', 'workflow.forwarded', 'workflow.signer-added', 'workflow.returned',
  'workflow.withdrawn', 'workflow.urged', 'workflow.circulated', 'workflow.read', 'workflow.signed', 'workflow.finished', 'workflow.cancelled',
  'workflow.handed-over', 'workflow.reminded', 'workflow.overdue', 'workflow.together-refused',
] as const

/** Reads a flat choice (`<step>:<postId>`) into a `Choice`; unknown steps are left out. */
export function choiceOf(flat: readonly string[]): Choice {
  const choice: { -readonly [K in keyof Choice]: Choice[K] } = {}
  for (const item of flat) {
    const [name, id] = item.split(':')
    const step = stepKeys.find((key) => key === name)
    if (!step) continue
    // Safe because the contract has checked the form of the id.
    choice[step] = id ? [...(choice[step] ?? []), id as PostId] : (choice[step] ?? [])
  }
  return choice
}
