/** How a caller stands to an assignment, by the posts held and acted for. */
import type { Duty } from '@xiewen/shared/base'
import type { PersonId, UnitId } from '@xiewen/shared/directory'
import type { Assignment, By, Order, Relation } from '@xiewen/shared/supervision'
import { type Actor, type ActorPost, type DelegatedPost, isDelegated } from '../platform/context.ts'

/** Duties that let a post sign and report for its unit. */
const handling: readonly Duty[] = ['receiver', 'registrar', 'drafter', 'section-head', 'office-checker', 'office-director', 'deputy-leader', 'principal-leader']
/** Duties that speak for a unit. */
const heading: readonly Duty[] = ['section-head', 'office-director', 'deputy-leader', 'principal-leader']

type AnyPost = ActorPost | DelegatedPost

const holds = (post: AnyPost, duties: readonly Duty[]): boolean => post.duties.some((duty) => duties.includes(duty))
const belongsTo = (post: AnyPost, unitId: string): boolean => post.unitId === unitId || post.organId === unitId

/** Own posts first, then those acted for. */
export function postsOf(actor: Actor): readonly AnyPost[] {
  return [...actor.posts, ...actor.actingFor]
}

/** The caller's relation to an assignment. */
export function relationOf(actor: Actor, assignment: Assignment): Relation {
  const posts = postsOf(actor)
  const unitsFor = (duties: readonly Duty[]): readonly UnitId[] =>
    assignment.parts.filter((part) => posts.some((post) => belongsTo(post, part.unitId) && holds(post, duties))).map((part) => part.unitId)
  return {
    isSupervisor: posts.some((post) => post.organId === assignment.organId && holds(post, ['supervisor'])),
    isWatcher: posts.some((post) => post.id === assignment.leaderPostId || (post.organId === assignment.organId && holds(post, ['office-director']))),
    handles: unitsFor(handling),
    heads: unitsFor(heading),
  }
}

/** What the ledger's filter of sight needs: the same rules as `relationOf` and `mayView`, over all assignments. */
export interface Sight {
  readonly supervises: readonly string[]
  readonly watches: readonly string[]
  readonly posts: readonly string[]
  readonly units: readonly string[]
}

/** The caller's sight over the ledger. */
export function sightOf(actor: Actor): Sight {
  const posts = postsOf(actor)
  const organs = (duty: Duty): string[] => posts.filter((post) => holds(post, [duty])).map((post) => post.organId)
  return {
    supervises: organs('supervisor'),
    watches: organs('office-director'),
    posts: posts.map((post) => post.id),
    units: posts.filter((post) => holds(post, handling)).flatMap((post) => [post.unitId, post.organId]),
  }
}

/** The post as supervisor the caller acts through, or null. */
export function supervisorPost(actor: Actor, organId?: string): AnyPost | null {
  return postsOf(actor).find((post) => holds(post, ['supervisor']) && (organId === undefined || post.organId === organId)) ?? null
}

/** The post an order is acted through. */
export function throughOf(actor: Actor, assignment: Assignment, order: Order): AnyPost | undefined {
  const lead = assignment.parts.find((part) => part.role === 'lead')?.unitId ?? ''
  switch (order.kind) {
    case 'accept':
    case 'report':
      return postsOf(actor).find((post) => belongsTo(post, order.unitId) && holds(post, handling))
    case 'claimCompletion':
    case 'requestExtension':
      return postsOf(actor).find((post) => belongsTo(post, lead) && holds(post, heading))
    default:
      return supervisorPost(actor, assignment.organId) ?? undefined
  }
}

/** The stamp events carry. */
export function byOf(actor: Actor, through: AnyPost | undefined): By {
  // Safe because person ids come from the directory.
  return { personId: actor.personId as PersonId, name: actor.name, onBehalfOf: through && isDelegated(through) ? through.principalName : null }
}
