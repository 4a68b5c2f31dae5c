/** Duties (职责) a post carries, and what a contract demands of the caller before its use case runs. */

/** Every duty a post may carry. A person acts through posts; the duty names what the post is for.
 * The three administrators (三员) are exclusive of each other and of every business duty. */
export const duties = [
  'drafter', // 拟稿人
  'section-head', // 处室负责人（核稿）
  'office-checker', // 办公室核稿
  'office-director', // 办公室主任
  'deputy-leader', // 分管领导
  'principal-leader', // 主要领导（签发人）
  'registrar', // 文书
  'seal-keeper', // 印章管理员
  'seal-approver', // 用印审批人
  'receiver', // 收文员
  'supervisor', // 督查员
  'meeting-clerk', // 会务员
  'archivist', // 档案员
  'system-admin', // 系统管理员
  'security-admin', // 安全保密管理员
  'audit-admin', // 审计管理员
] as const

/** One of `duties`. */
export type Duty = (typeof duties)[number]

/** The three administrators (三员): mutually exclusive, none may read business documents. Source: GB/T 22239-2019 8.1.4.2 d */
export const adminDuties = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies readonly Duty[]

/** What a route demands before anything else is looked at. Finer rules follow in the room's policy.
 * `public`: anyone. `session`: any signed-in person who is not one of the three administrators, for business routes.
 * `any-session`: any signed-in person, administrators included. `duties`: holds at least one post with one of them. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'session' }
  | { readonly kind: 'any-session' }
  | { readonly kind: 'duties'; readonly anyOf: readonly Duty[] }

/** Anyone, signed in or not. */
export const forAnyone: Access = { kind: 'public' }
/** Any signed-in person who works with documents (not one of the three administrators). */
export const forStaff: Access = { kind: 'session' }
/** Any signed-in person, administrators included. */
export const forSignedIn: Access = { kind: 'any-session' }
/** Holders of at least one post with one of these duties. */
export function forDuties(...anyOf: readonly Duty[]): Access {
  return { kind: 'duties', anyOf }
}

/** A policy's answer; `because` is a refusal code and goes to the audit record and to the button's hint. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly because: string }

/** Allowed. */
export const allowed: Verdict = { allowed: true }
/** Not allowed, with the refusal code the user will read. */
export function denied(because: string): Verdict {
  return { allowed: false, because }
}
