/** What a person may do with the text now: the strongest of their grants, within what the state allows. */
import { type DocumentState, isFrozenState } from './states.ts'

/** none; read 阅; suggest 修订 (every change stays marked); edit 起草. */
export const documentRights = ['none', 'read', 'suggest', 'edit'] as const
/** One of the rights, weakest first. */
export type DocumentRight = (typeof documentRights)[number]

/** A grant that applies to the person. `source` says where it comes from: `owner`, `share:<personId>`, or another room's name
 * for it, e.g. a task. */
export interface AppliedGrant {
  readonly right: Exclude<DocumentRight, 'none'>
  readonly source: string
}

/** The right in force.
 *
 * In a draft every grant counts in full. Under review (送审中) only those on whose desk the document lies may write: grants
 * by ownership or sharing shrink to reading. Once signed nobody writes.
 * @param isAdministrator one of the three administrators (三员), who read no business documents
 */
export function effectiveRight(state: DocumentState, grants: readonly AppliedGrant[], isAdministrator: boolean): DocumentRight {
  if (isAdministrator || grants.length === 0) return 'none'
  if (isFrozenState(state)) return 'read'
  const inForce = grants.map((grant) => (state === 'in-review' && isPersonal(grant.source) ? 'read' : grant.right))
  return documentRights.toSorted((a, b) => rank(b) - rank(a)).find((right) => inForce.some((each) => each === right)) ?? 'none'
}

function isPersonal(source: string): boolean {
  return source === 'owner' || source.startsWith('share:')
}

function rank(right: DocumentRight): number {
  return documentRights.indexOf(right)
}
