/** Whose entries a person sees: those of the own posts and of the posts acted for (代). */
import type { Actor } from '../context.ts'

/** Ids of the posts whose entries the actor sees. */
export function postIdsOf(actor: Actor): readonly string[] {
  return [...actor.posts, ...actor.actingFor].map((post) => post.id)
}
