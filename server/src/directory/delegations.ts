/** Deputies: who acts for which post, when. */
import type { DelegationId, DelegationView, PostView } from '@xiewen/shared/directory'
import type { DelegatedPost } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { getPosts } from './posts.ts'
import type { DirectoryTables } from './tables.ts'

type DelegationRow = DirectoryTables['delegation']

/** Somebody else's post with all its names, and the delegation it is acted for by. */
export type ActedForPost = PostView & DelegatedPost

/** Posts these deputies may act for at `now`. */
export async function postsActedFor(db: ReadDb, deputyPostIds: readonly string[], now: number): Promise<ActedForPost[]> {
  if (deputyPostIds.length === 0) return []
  const rows = await inForce(db, now).where('deputy_post_id', 'in', deputyPostIds).execute()
  const posts = await getPosts(db, rows.map((row) => row.principal_post_id))
  return rows.flatMap((row) => {
    const post = posts.find((candidate) => candidate.id === row.principal_post_id)
    // Safe because the id comes from `newId`.
    return post ? [{ ...post, principalName: post.personName, delegationId: row.id as DelegationId }] : []
  })
}

/** The same for several deputies at once, by the deputy's post; who acts for nobody is missing. */
export async function postsActedForByEach(db: ReadDb, deputyPostIds: readonly string[], now: number): Promise<ReadonlyMap<string, readonly PostView[]>> {
  if (deputyPostIds.length === 0) return new Map()
  const rows = await inForce(db, now).where('deputy_post_id', 'in', deputyPostIds).execute()
  const posts = new Map((await getPosts(db, rows.map((row) => row.principal_post_id))).map((post) => [post.id as string, post]))
  const byDeputy = new Map<string, PostView[]>()
  for (const row of rows) {
    const post = posts.get(row.principal_post_id)
    if (post) byDeputy.set(row.deputy_post_id, [...(byDeputy.get(row.deputy_post_id) ?? []), post])
  }
  return byDeputy
}

/** The delegation in force for a post, or null: whoever sends something there is told who acts. */
export async function findDeputyOf(db: ReadDb, principalPostId: string, now: number): Promise<{ readonly deputyPostId: string; readonly untilAt: number } | null> {
  const row = await inForce(db, now).where('principal_post_id', '=', principalPostId).executeTakeFirst()
  return row ? { deputyPostId: row.deputy_post_id, untilAt: row.until_at } : null
}

function inForce(db: ReadDb, now: number) {
  return tables<DirectoryTables>(db).selectFrom('delegation').selectAll().where('from_at', '<=', now).where('until_at', '>', now).where('revoked_at', 'is', null)
}

/** A delegation of that principal overlapping a period, or null. */
export async function findOverlap(db: ReadDb, principalPostId: string, from: number, until: number): Promise<DelegationRow | null> {
  const row = await tables<DirectoryTables>(db)
    .selectFrom('delegation')
    .selectAll()
    .where('principal_post_id', '=', principalPostId)
    .where('from_at', '<', until)
    .where('until_at', '>', from)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Delegations given by or to any of these posts, newest first. */
export async function listDelegationsOf(db: ReadDb, postIds: readonly string[]): Promise<DelegationView[]> {
  if (postIds.length === 0) return []
  const rows = await tables<DirectoryTables>(db)
    .selectFrom('delegation')
    .selectAll()
    .where((eb) => eb.or([eb('principal_post_id', 'in', postIds), eb('deputy_post_id', 'in', postIds)]))
    .orderBy('from_at', 'desc')
    .limit(100)
    .execute()
  const posts = await getPosts(db, rows.flatMap((row) => [row.principal_post_id, row.deputy_post_id]))
  return rows.flatMap((row) => {
    const principalPost = posts.find((post) => post.id === row.principal_post_id)
    const deputyPost = posts.find((post) => post.id === row.deputy_post_id)
    if (!principalPost || !deputyPost) return []
    // Safe because the id comes from `newId`.
    const id = row.id as DelegationId
    return [{ id, principalPost, deputyPost, from: row.from_at, until: row.until_at, reason: row.reason, revokedAt: row.revoked_at }]
  })
}
