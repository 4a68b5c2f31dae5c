/** Who may do what with seals. Proposing and keeping, approving, making, and auditing belong to different people. */
import { allowed, denied, type Duty, type Verdict } from '../base/access.ts'
import type { disclosures } from '../documents/index.ts'

type Disclosure = (typeof disclosures)[number]

/** A post as these rules need it. */
export interface PostOfSeals {
  readonly organId: string
  readonly organName: string
  readonly duties: readonly Duty[]
}

/** Whether a post's organ may keep the seal of an organ: its own, or that of the government the office (办公室、办公厅) serves. */
export function mayKeepSealOf(keeper: Pick<PostOfSeals, 'organId' | 'organName'>, organ: { readonly id: string; readonly name: string }): boolean {
  return keeper.organId === organ.id || keeper.organName === `${organ.name}办公室` || keeper.organName === `${organ.name}办公厅`
}

/** Whether one of the caller's posts approves for the organ that keeps the seal (用印审批人). */
export function canApproveFor(posts: readonly PostOfSeals[], custodianId: string): Verdict {
  return posts.some((post) => post.organId === custodianId && post.duties.includes('seal-approver')) ? allowed : denied('seals.not-approver')
}

/** Whether one of the caller's posts may ask for an organ's seal on its document: its registrar (文书). */
export function canApplyFor(posts: readonly PostOfSeals[], organId: string): Verdict {
  return posts.some((post) => post.organId === organId && post.duties.includes('registrar')) ? allowed : denied('seals.not-registrar')
}

/** What anyone who holds a printed copy is told of its document (公开属性): everything on its face when it is open to the public; without the title when
 * it is given on request; otherwise only that it exists and whether a file is the true one. */
export function whatCopyTells(disclosure: Disclosure): 'all' | 'no-title' | 'existence' {
  if (disclosure === 'open') return 'all'
  return disclosure === 'on-request' ? 'no-title' : 'existence'
}
