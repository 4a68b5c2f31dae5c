/** Cases (办理流程): the way of one document through posts. Every type here is plain data; the engine in `rules/` is pure. */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'
import type { PersonId, PostId } from '../directory/index.ts'

/** One document's way through the office. */
export type CaseId = Brand<string, 'CaseId'>
/** Schema of a `CaseId`. */
export const caseIdSchema = idSchema<'CaseId'>()

/** One piece of work for one post: `<CaseId>.<serial>`, so that ids need no randomness in the kernel. */
export type TaskId = Brand<string, 'TaskId'>
/** Schema of a `TaskId`. */
export const taskIdSchema: z.ZodType<TaskId> =
  // Safe because the pattern is the whole meaning of the brand.
  z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}\.[1-9][0-9]{0,5}$/) as unknown as z.ZodType<TaskId>

/** outgoing 发文: from the draft to 签发. incoming 收文: from 拟办 to 办结. */
export const templateNames = ['outgoing', 'incoming'] as const
/** One of `templateNames`. */
export type TemplateName = (typeof templateNames)[number]

/** Steps of all templates. outgoing: draft 拟稿 · check 核稿 · countersign 会签 · office-check 办公室核稿 · office-director
 * 办公室主任审核 · deputy-leader 分管领导审批 · sign 签发. incoming: propose 拟办 · instruct 批示 · assign 交办 · handle 承办 ·
 * finish 办结. */
export const stepKeys = [
  'draft', 'check', 'countersign', 'office-check', 'office-director', 'deputy-leader', 'sign',
  'propose', 'instruct', 'assign', 'handle', 'finish',
] as const
/** One of `stepKeys`. */
export type StepKey = (typeof stepKeys)[number]

/** What ends a task regularly. */
export const decisiveActs = ['submit', 'approve', 'countersign', 'sign', 'propose', 'instruct', 'assign', 'handle', 'finish'] as const
/** What ends a task regularly: 送审、同意、会签、签发、拟办、批示、交办、承办、办结. */
export type DecisiveAct = (typeof decisiveActs)[number]

/** Everything that can be done in a running case. */
export const actKinds = [...decisiveActs, 'return', 'forward', 'add-signer', 'withdraw', 'urge', 'circulate', 'cancel'] as const
/** Everything that can be done in a running case; beside the decisive acts 退回、转办、加签、撤回、催办、传阅、终止. */
export type ActKind = (typeof actKinds)[number]

/** What an opinion (意见) means. AGREE 同意 · AGREE_WITH 附意见同意 · OBJECT 不同意 · SIGN 签发 · CIRCLE 圈阅 · REJECT 退回 ·
 * SUBMIT 送请 · PROPOSE 拟办 · INSTRUCT 批示 · ASSIGN 交办 · HANDLE 承办结果 · FINISH 办结 · READ 已阅 · NOTE 说明.
 * Source: 党政机关公文处理工作条例 2012 第22条: 圈阅 or a bare signature counts as consent. */
export const opinionCodes = [
  'AGREE', 'AGREE_WITH', 'OBJECT', 'SIGN', 'CIRCLE', 'REJECT', 'SUBMIT', 'PROPOSE', 'INSTRUCT', 'ASSIGN', 'HANDLE', 'FINISH', 'READ', 'NOTE',
] as const
/** One of `opinionCodes`. */
export type OpinionCode = (typeof opinionCodes)[number]

/** open 待办 · waiting 等待 (another task of the visit comes first) · suspended 挂起 (sent back with 直接回到我) · done 已办 ·
 * returned 已退回 · void 已收回 (the step was left, the sender took it back, or the case ended). */
export const taskStates = ['open', 'waiting', 'suspended', 'done', 'returned', 'void'] as const
/** One of `taskStates`. */
export type TaskState = (typeof taskStates)[number]

/** Who acted and through which post; `onBehalfOf` names the principal when a deputy acted (甲 代 乙). */
export interface ActedBy {
  readonly personId: PersonId
  readonly postId: PostId
  readonly onBehalfOf: string | null
}

/** How a task came to be what it is: what 撤回 can take back. `version` is the case version of the act. */
export type TaskMove =
  | { readonly kind: 'done'; readonly act: DecisiveAct; readonly by: ActedBy; readonly version: number; readonly at: number }
  | { readonly kind: 'returned'; readonly by: ActedBy; readonly version: number; readonly at: number }
  | { readonly kind: 'forwarded'; readonly by: ActedBy; readonly from: PostId; readonly to: PostId; readonly version: number; readonly at: number }
  | {
      readonly kind: 'signers-added'
      readonly by: ActedBy
      readonly place: 'before' | 'after'
      readonly tasks: readonly TaskId[]
      readonly version: number
      readonly at: number
    }

/** One piece of work for one post. */
export interface Task {
  readonly id: TaskId
  readonly step: StepKey
  /** The visit (a step may be passed several times). */
  readonly visit: number
  readonly postId: PostId
  readonly state: TaskState
  /** main: named by the route. added: 加签. lead and support: 主办 and 协办 of 承办. */
  readonly role: 'main' | 'added' | 'lead' | 'support'
  /** Tasks of the same visit that must be done first. */
  readonly waitsFor: readonly TaskId[]
  readonly openedAt: number
  readonly dueAt: number | null
  /** Case version at which this task last changed: an act on an older view of the task is refused. */
  readonly changedAt: number
  readonly moves: readonly TaskMove[]
}

/** How a visit began, which decides how it can be taken back. */
export type Entry =
  | { readonly kind: 'start' }
  | { readonly kind: 'advance'; readonly from: number }
  | {
      readonly kind: 'return'
      readonly from: number
      readonly task: TaskId
      readonly then: 'run-again' | 'back-to-me'
      /** Tasks the return put aside, with what they were, so that taking it back restores them. */
      readonly displaced: readonly { readonly task: TaskId; readonly was: TaskState }[]
    }

/** One stay of the case at one step. */
export interface Visit {
  readonly no: number
  readonly step: StepKey
  readonly entry: Entry
  /** Case version at which the visit began or was last resumed: acts after it bar taking back what led here. */
  readonly sinceVersion: number
  readonly enteredAt: number
  readonly leftAt: number | null
  /** Set when the visit ends by going back to this suspended visit instead of on (直接回到我). */
  readonly resumes: number | null
  /** The visit whose end resumed this one, while nobody has acted on it since. */
  readonly resumedBy: number | null
  readonly withdrawn: boolean
}

/** Who is chosen for which step. For `handle` the first is the lead (主办). */
export type Choice = Readonly<Partial<Record<StepKey, readonly PostId[]>>>

/** How urgent the document is (紧急程度); it decides deadlines. */
export type CaseUrgency = 'none' | 'urgent' | 'extra-urgent'

/** running 办理中 · signed 已签发 · finished 已办结 · cancelled 已终止. Only `running` can change. */
export type CaseStatus = 'running' | 'signed' | 'finished' | 'cancelled'

/** The whole state of a case. `version` counts acts. */
export interface CaseState {
  readonly id: CaseId
  readonly template: TemplateName
  readonly starter: { readonly personId: PersonId; readonly postId: PostId }
  readonly urgency: CaseUrgency
  /** Optional steps switched on. */
  readonly options: { readonly officeDirector: boolean }
  readonly status: CaseStatus
  readonly version: number
  readonly current: number
  readonly plan: Choice
  readonly visits: readonly Visit[]
  readonly tasks: readonly Task[]
  readonly startedAt: number
  readonly closedAt: number | null
}

/** What happened inside a case; folding them gives the state. */
export type CaseEvent =
  | { readonly kind: 'started'; readonly state: CaseState }
  | { readonly kind: 'acted'; readonly act: ActKind | 'hand-over'; readonly at: number }
  | { readonly kind: 'plan-set'; readonly plan: Choice }
  | { readonly kind: 'visit-entered'; readonly visit: Visit }
  | { readonly kind: 'visit-changed'; readonly no: number; readonly change: Partial<Omit<Visit, 'no' | 'step' | 'entry'>> }
  | { readonly kind: 'moved-to'; readonly visit: number }
  | { readonly kind: 'task-opened'; readonly task: Task }
  | { readonly kind: 'task-changed'; readonly task: TaskId; readonly change: Partial<Pick<Task, 'state' | 'postId' | 'waitsFor' | 'dueAt' | 'openedAt' | 'moves'>> }
  /** A post has ended; its successor takes over what is alive, what is planned, and what was started. */
  | { readonly kind: 'post-replaced'; readonly from: PostId; readonly to: PostId }
  | { readonly kind: 'closed'; readonly status: Exclude<CaseStatus, 'running'>; readonly at: number }
