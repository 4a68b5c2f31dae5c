/** Loads what a decision may look at: who may be asked at each step, which of the named posts still exist. */
import type { Duty } from '@xiewen/shared/base'
import type { PersonId, PostId, PostView } from '@xiewen/shared/directory'
import { type Choice, routeOf, type RouteStep, type Scene, type StepKey, type TemplateName } from '@xiewen/shared/workflow'
import { getPost, getPosts, getUnit, listPostsWithDuty } from '../directory/index.ts'
import type { Actor, ActorPost, DelegatedPost, QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'

/** The part of a case candidates depend on. */
export interface CaseFrame {
  readonly template: TemplateName
  readonly options: { readonly officeDirector: boolean }
  readonly starter: { readonly personId: PersonId; readonly postId: PostId }
}

/** A scene, with the views of the candidates for showing them. */
export interface LoadedScene extends Scene {
  readonly candidateViews: Readonly<Partial<Record<StepKey, readonly PostView[]>>>
}

/** Loads the scene for a case. `named` are posts the act, the plan and earlier tasks name. */
export async function loadScene(
  ctx: Pick<QueryContext, 'db' | 'now' | 'services'>,
  actor: Scene['actor'],
  frame: CaseFrame,
  named: readonly string[],
): Promise<LoadedScene> {
  const starter = await getPost(ctx.db, frame.starter.postId)
  const views: { [K in StepKey]?: readonly PostView[] } = {}
  const candidates: { -readonly [K in keyof Choice]: Choice[K] } = {}
  for (const step of routeOf(frame.template, frame.options)) {
    const found = starter ? await candidatesOf(ctx.db, step, starter) : null
    if (!found) continue
    views[step.key] = found
    candidates[step.key] = found.map((post) => post.id)
  }
  const posts = await getPosts(ctx.db, [...new Set(named)])
  const known = [...posts, ...Object.values(views).flat()]
  return {
    actor,
    now: ctx.now,
    calendar: ctx.services.calendar.current(),
    candidates,
    candidateViews: views,
    posts: new Map(known.map((post): [PostId, readonly Duty[]] => [post.id, post.duties])),
  }
}

/** The actor as decisions see them: own posts, and posts of others they act for. */
export function actorOf(actor: Actor): Scene['actor'] {
  return {
    personId: actor.personId,
    posts: [
      ...actor.posts.map((post) => ({ postId: post.id, onBehalfOf: null })),
      ...actor.actingFor.map((post) => ({ postId: post.id, onBehalfOf: post.principalName })),
    ],
  }
}

/** The actor's own or delegated post of that id: facts are recorded through it. */
export function postOf(actor: Actor, postId: string): ActorPost | DelegatedPost | undefined {
  return actor.posts.find((post) => post.id === postId) ?? actor.actingFor.find((post) => post.id === postId)
}

async function candidatesOf(db: ReadDb, step: RouteStep, starter: PostView): Promise<readonly PostView[] | null> {
  switch (step.selection.kind) {
    case 'unit-duty':
      return headsAbove(db, step.selection.duty, starter)
    case 'organ-duty': {
      const lists = await Promise.all(step.selection.duties.map((duty) => listPostsWithDuty(db, duty, starter.organId)))
      const inOrgan = lists.flat().filter((post) => post.organId === starter.organId)
      return [...new Map(inOrgan.map((post) => [post.id, post])).values()]
    }
    case 'starter':
    case 'any-duty':
    case 'did':
      return null
    default:
      return step.selection satisfies never
  }
}

/** Posts with the duty in the starter's unit, else in the nearest unit above it within the organ. A head who drafts checks
 * nobody else's work: when the starter is the head, the step has no candidates and is passed over. */
async function headsAbove(db: ReadDb, duty: Duty, starter: PostView): Promise<readonly PostView[]> {
  let unitId: string | null = starter.unitId
  while (unitId !== null) {
    const within = await listPostsWithDuty(db, duty, unitId)
    const here = within.filter((post) => post.unitId === unitId)
    if (here.length > 0) return here.some((post) => post.personId === starter.personId) ? [] : here
    unitId = unitId === starter.organId ? null : ((await getUnit(db, unitId))?.parentId ?? null)
  }
  return []
}
