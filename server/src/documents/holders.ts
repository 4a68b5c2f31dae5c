/** Who a person is to grants: the person, their posts and the posts they act for, the units of those, and the registry of an
 * organ for its 文书. */
import { adminDuties } from '@xiewen/shared/base'
import { listPostsOfPeople, listPostsOfPerson, postsActedFor, postsActedForByEach } from '../directory/index.ts'
import type { Actor } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'

interface HeldPost {
  readonly id: string
  readonly unitId: string
  readonly organId: string
  readonly duties: readonly string[]
}

/** Holders of grants that apply to a person. `isAdministrator`: one of the three (三员), to whom none apply. */
export interface Holders {
  readonly keys: readonly string[]
  readonly isAdministrator: boolean
}

/** Holders an actor answers to. */
export function holdersOf(actor: Actor): Holders {
  return holdersFrom(actor.personId, [...actor.posts, ...actor.actingFor])
}

/** The same for a person known by id only: the sync server asks while a socket lives. */
export async function findHolders(db: ReadDb, personId: string, now: number): Promise<Holders> {
  const own = await listPostsOfPerson(db, personId)
  const acting = await postsActedFor(db, own.map((post) => post.id), now)
  return holdersFrom(personId, [...own, ...acting])
}

/** The same for many people in a handful of queries: the sync server asks again every few seconds about all who are connected. */
export async function findHoldersOfPeople(db: ReadDb, personIds: readonly string[], now: number): Promise<ReadonlyMap<string, Holders>> {
  const posts = await listPostsOfPeople(db, personIds)
  const acting = await postsActedForByEach(db, [...posts.values()].flat().map((post) => post.id), now)
  return new Map(
    personIds.map((personId) => {
      const own = posts.get(personId) ?? []
      return [personId, holdersFrom(personId, [...own, ...own.flatMap((post) => acting.get(post.id) ?? [])])]
    }),
  )
}

function holdersFrom(personId: string, posts: readonly HeldPost[]): Holders {
  const keys = new Set([`person:${personId}`])
  for (const post of posts) {
    keys.add(`post:${post.id}`)
    keys.add(`unit:${post.unitId}`)
    keys.add(`unit:${post.organId}`)
    if (post.duties.includes('registrar')) keys.add(registryOf(post.organId))
  }
  const isAdministrator = posts.some((post) => adminDuties.some((duty) => post.duties.includes(duty)))
  return { keys: [...keys], isAdministrator }
}

/** Holder key of an organ's registry (文书). */
export function registryOf(organId: string): string {
  return `registry:${organId}`
}
