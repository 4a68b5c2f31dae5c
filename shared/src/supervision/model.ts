/** Assignments (督办事项) as plain data. */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { blobDigestSchema, idSchema } from '../base/ids.ts'
import { civilDateSchema } from '../base/instant.ts'
import { personIdSchema, postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, urgencies } from '../documents/index.ts'

/** One supervised matter. */
export type AssignmentId = Brand<string, 'AssignmentId'>
/** A file that proves a report. */
export type EvidenceId = Brand<string, 'EvidenceId'>
/** Schema of an `AssignmentId`. */
export const assignmentIdSchema = idSchema<'AssignmentId'>()
/** Schema of an `EvidenceId`. */
export const evidenceIdSchema = idSchema<'EvidenceId'>()

/** proposed 拟立项 · assigned 已交办 · accepted 已签收 · reporting 办理中 · returned 退回重报 · completion-claimed 申请办结 ·
 * closed 办结销号 · suspended 暂停 · cancelled 终止. */
export const assignmentStates = [
  'proposed', 'assigned', 'accepted', 'reporting', 'returned', 'completion-claimed', 'closed', 'suspended', 'cancelled',
] as const
/** One of `assignmentStates`. */
export type AssignmentState = (typeof assignmentStates)[number]

/** How often the lead reports (反馈周期): 一次 · 每周 · 每月 · 每季度 · 每半年. */
export const feedbackPeriods = ['once', 'weekly', 'monthly', 'quarterly', 'half-yearly'] as const
/** One of `feedbackPeriods`. */
export type FeedbackPeriod = (typeof feedbackPeriods)[number]

/** Where a matter comes from (立项来源): 文件 · 会议纪要 · 领导批示. */
export const sourceKinds = ['document', 'minutes', 'instruction'] as const

/** The source with its words. */
export const sourceSchema = z.strictObject({
  kind: z.enum(sourceKinds),
  /** The document or the minutes it stands in; null for an instruction given elsewhere. */
  documentId: documentIdSchema.nullable(),
  /** Index of the block in the document's text, or null. */
  block: z.number().int().min(0).nullable(),
  /** Its numbers, e.g. `三、（九）1.`, or the instructing leader. */
  label: z.string().trim().max(200),
  /** The words themselves, never changed afterwards. */
  quote: z.string().trim().max(8000),
})
/** The source with its words. */
export type Source = z.output<typeof sourceSchema>

/** Who acted; `onBehalfOf` names the principal when a deputy acted (甲 代 乙). */
export const bySchema = z.object({ personId: personIdSchema, name: z.string(), onBehalfOf: z.string().nullable() })
/** Who acted. */
export type By = z.output<typeof bySchema>

/** One unit's share of the work. */
export const partSchema = z.object({
  unitId: unitIdSchema,
  unitName: z.string(),
  role: z.enum(['lead', 'support']),
  acceptedAt: z.number().nullable(),
  acceptedBy: bySchema.nullable(),
})
/** One unit's share of the work. */
export type Part = z.output<typeof partSchema>

/** A file that proves a report (佐证材料). */
export const evidenceSchema = z.object({ id: evidenceIdSchema, name: z.string(), sizeBytes: z.number(), digest: blobDigestSchema })
/** A file that proves a report. */
export type Evidence = z.output<typeof evidenceSchema>

/** One report of a unit. Serials count all reports of the assignment from 1; `round` (期次) counts those of the unit. */
export const reportSchema = z.object({
  serial: z.number().int(),
  kind: z.enum(['progress', 'completion']),
  unitId: unitIdSchema,
  unitName: z.string(),
  round: z.number().int(),
  at: z.number(),
  by: bySchema,
  /** 进展情况 */
  progress: z.string(),
  /** 完成百分比 */
  percent: z.number().int().min(0).max(100),
  /** 存在问题 */
  problems: z.string(),
  /** 下一步措施 */
  nextSteps: z.string(),
  evidence: z.array(evidenceSchema),
  review: z.object({ outcome: z.enum(['accepted', 'returned']), reason: z.string(), at: z.number(), by: bySchema }).nullable(),
})
/** One report of a unit. */
export type Report = z.output<typeof reportSchema>

/** One request for more time (延期). */
export const extensionSchema = z.object({
  serial: z.number().int(),
  from: civilDateSchema,
  to: civilDateSchema,
  reason: z.string(),
  at: z.number(),
  by: bySchema,
  decision: z.object({ approved: z.boolean(), opinion: z.string(), at: z.number(), by: bySchema }).nullable(),
})
/** One request for more time. */
export type Extension = z.output<typeof extensionSchema>

/** One urging (催办); `by` is null when the calendar did it. `daysLeft` counts working days, negative when overdue. */
export const urgeSchema = z.object({ at: z.number(), by: bySchema.nullable(), note: z.string(), daysLeft: z.number() })
/** One urging. */
export type Urge = z.output<typeof urgeSchema>

/** 督〔2026〕12号 in its parts; counts within one organ and year. */
export const assignmentNumberSchema = z.object({ year: z.number().int(), serial: z.number().int().min(1) })
/** 督〔2026〕12号 in its parts. */
export type AssignmentNumber = z.output<typeof assignmentNumberSchema>

/** The printed form of a number. */
export function formatAssignmentNumber(number: AssignmentNumber): string {
  return `督〔${number.year}〕${number.serial}号`
}

/** The whole of one assignment. `version` counts its events. */
export const assignmentSchema = z.object({
  id: assignmentIdSchema,
  version: z.number().int(),
  state: z.enum(assignmentStates),
  /** What `resume` goes back to; null unless suspended. */
  resumesTo: z.enum(assignmentStates).nullable(),
  number: assignmentNumberSchema.nullable(),
  /** The supervising organ. */
  organId: unitIdSchema,
  organName: z.string(),
  /** 事项名称 */
  title: z.string(),
  /** 任务内容 */
  task: z.string(),
  /** 完成标准 */
  standard: z.string(),
  urgency: z.enum(urgencies),
  source: sourceSchema,
  /** 分管领导 or the instructing leader, who may follow the matter. */
  leaderPostId: postIdSchema.nullable(),
  feedback: z.enum(feedbackPeriods),
  parts: z.array(partSchema),
  createdAt: z.number(),
  createdBy: bySchema.nullable(),
  assignedAt: z.number().nullable(),
  assignedOn: civilDateSchema.nullable(),
  /** Parts are to be accepted by the end of this day. */
  signBy: civilDateSchema.nullable(),
  dueOn: civilDateSchema.nullable(),
  reports: z.array(reportSchema),
  extensions: z.array(extensionSchema),
  urges: z.array(urgeSchema),
  /** Day of the claim that was confirmed by closing. */
  finishedOn: civilDateSchema.nullable(),
  /** How it ended or why it rests: opinion of closing, reason of suspending or cancelling. */
  remark: z.string(),
  endedAt: z.number().nullable(),
})
/** The whole of one assignment. */
export type Assignment = Readonly<z.output<typeof assignmentSchema>>
