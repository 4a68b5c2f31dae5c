/** Reading people and posts. */
import { sql } from 'kysely'
import { adminDuties, type Duty } from '@xiewen/shared/base'
import type { PersonId, PersonView, PostId, PostView, UnitId } from '@xiewen/shared/directory'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { unitIdsWithin } from './units.ts'
import type { DirectoryTables } from './tables.ts'

interface PostJoin {
  id: string
  person_id: string
  unit_id: string
  title: string
  is_primary: number
  person_name: string
  unit_name: string
}

function selectPosts(db: ReadDb) {
  return tables<DirectoryTables>(db)
    .selectFrom('post')
    .innerJoin('person', 'person.id', 'post.person_id')
    .innerJoin('unit', 'unit.id', 'post.unit_id')
    .select(['post.id', 'post.person_id', 'post.unit_id', 'post.title', 'post.is_primary', 'person.name as person_name', 'unit.name as unit_name'])
    .where('post.ended_at', 'is', null)
}

async function presentPosts(db: ReadDb, rows: readonly PostJoin[]): Promise<PostView[]> {
  if (rows.length === 0) return []
  const duties = await tables<DirectoryTables>(db).selectFrom('post_duty').selectAll().where('post_id', 'in', rows.map((row) => row.id)).execute()
  const organs = await organsOf(db, [...new Set(rows.map((row) => row.unit_id))])
  return rows.map((row) => {
    const organ = organs.get(row.unit_id) ?? { id: row.unit_id, name: row.unit_name }
    return {
      // Safe because ids come from `newId` and duties from the contract's enum.
      id: row.id as PostId,
      personId: row.person_id as PersonId,
      unitId: row.unit_id as UnitId,
      title: row.title,
      duties: duties.filter((duty) => duty.post_id === row.id).map((duty) => duty.duty as Duty),
      primary: row.is_primary === 1,
      personName: row.person_name,
      unitName: row.unit_name,
      organId: organ.id as UnitId,
      organName: organ.name,
    }
  })
}

/** The nearest organ of each unit, found through the ancestors named in its path. */
async function organsOf(db: ReadDb, unitIds: readonly string[]): Promise<ReadonlyMap<string, { id: string; name: string }>> {
  const rows = await tables<DirectoryTables>(db).selectFrom('unit').select(['id', 'path']).where('id', 'in', unitIds).execute()
  const ancestors = new Map(rows.map((row) => [row.id, idsInPath(row.path)]))
  const all = [...new Set([...ancestors.values()].flat())]
  const organs = await tables<DirectoryTables>(db).selectFrom('unit').select(['id', 'name']).where('id', 'in', all).where('kind', '=', 'organ').execute()
  const byId = new Map(organs.map((organ) => [organ.id, organ]))
  const found = new Map<string, { id: string; name: string }>()
  for (const [unitId, ids] of ancestors) {
    const organ = ids.toReversed().map((id) => byId.get(id)).find((candidate) => candidate !== undefined)
    if (organ) found.set(unitId, organ)
  }
  return found
}

function idsInPath(path: string): string[] {
  return path.split('/').filter((part) => part !== '').map((part) => part.slice(part.indexOf('.') + 1))
}

/** One post in force, or null. */
export async function getPost(db: ReadDb, postId: string): Promise<PostView | null> {
  const row = await selectPosts(db).where('post.id', '=', postId).executeTakeFirst()
  return row ? ((await presentPosts(db, [row]))[0] ?? null) : null
}

/** Several posts in force, in no particular order. */
export async function getPosts(db: ReadDb, postIds: readonly string[]): Promise<PostView[]> {
  if (postIds.length === 0) return []
  return presentPosts(db, await selectPosts(db).where('post.id', 'in', postIds).execute())
}

/** A person's posts in force, the primary one first. */
export async function listPostsOfPerson(db: ReadDb, personId: string): Promise<PostView[]> {
  const rows = await selectPosts(db).where('post.person_id', '=', personId).orderBy('post.is_primary', 'desc').orderBy('post.id').execute()
  return presentPosts(db, rows)
}

/** The posts in force of several people, by person; who has none is missing. */
export async function listPostsOfPeople(db: ReadDb, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly PostView[]>> {
  if (personIds.length === 0) return new Map()
  const posts = await presentPosts(db, await selectPosts(db).where('post.person_id', 'in', personIds).execute())
  const byPerson = new Map<string, PostView[]>()
  for (const post of posts) byPerson.set(post.personId, [...(byPerson.get(post.personId) ?? []), post])
  return byPerson
}

/** 1 where the post is one of the three administrators' (三员), who stand outside the office's precedence. */
const postAdministers = sql<number>`case when exists (select 1 from post_duty where post_duty.post_id = post.id and post_duty.duty in (${sql.join(adminDuties)})) then 1 else 0 end`

/** The same for the person, whatever posts they hold. */
const personAdministers = sql<number>`case when exists (select 1 from post join post_duty on post_duty.post_id = post.id where post.person_id = person.id and post.ended_at is null and post_duty.duty in (${sql.join(adminDuties)})) then 1 else 0 end`

/** Path of the unit of the person's first post; null without a post. */
const placeOfPerson = sql<string | null>`(select min(unit.path) from post join unit on unit.id = post.unit_id where post.person_id = person.id and post.ended_at is null and post.is_primary = 1)`

/** Posts that carry a duty and whose holder's account is not disabled, by precedence of their unit. */
export async function listPostsWithDuty(db: ReadDb, duty: Duty | null, withinUnitId?: string, text?: string): Promise<PostView[]> {
  let query = selectPosts(db).where('person.state', '!=', 'disabled').orderBy(postAdministers).orderBy('unit.path').orderBy('post.id').limit(200)
  if (duty !== null) query = query.where('post.id', 'in', tables<DirectoryTables>(db).selectFrom('post_duty').select('post_id').where('duty', '=', duty))
  if (withinUnitId !== undefined) {
    const ids = await unitIdsWithin(db, withinUnitId)
    if (ids.length === 0) return []
    query = query.where('post.unit_id', 'in', ids)
  }
  if (text) {
    const like = `%${text.replaceAll(/[%_]/g, '')}%`
    query = query.where((eb) => eb.or([eb('person.name', 'like', like), eb('unit.name', 'like', like), eb('post.title', 'like', like), eb('person.initials', 'like', like.toLowerCase())]))
  }
  return presentPosts(db, await query.execute())
}

/** People of a unit and below, or by text, as an office lists them (按机构名次): by the place of the unit of their first post, then
 * in the order of joining; the three administrators (三员) last. Pages of `limit` after `offset`. */
export async function listPeople(db: ReadDb, filter: { readonly unitId?: string | undefined; readonly text?: string | undefined; readonly limit: number; readonly offset: number }): Promise<PersonView[]> {
  let query = tables<DirectoryTables>(db).selectFrom('person').selectAll().orderBy(personAdministers).orderBy(placeOfPerson, (order) => order.asc().nullsLast()).orderBy('person.id').limit(filter.limit).offset(filter.offset)
  if (filter.text) {
    const like = `%${filter.text.replaceAll(/[%_]/g, '')}%`
    query = query.where((eb) => eb.or([eb('name', 'like', like), eb('login', 'like', like), eb('initials', 'like', like.toLowerCase())]))
  }
  if (filter.unitId !== undefined) {
    const ids = await unitIdsWithin(db, filter.unitId)
    if (ids.length === 0) return []
    query = query.where('id', 'in', tables<DirectoryTables>(db).selectFrom('post').select('person_id').where('unit_id', 'in', ids).where('ended_at', 'is', null))
  }
  const people = await query.execute()
  const ids = people.map((person) => person.id)
  const posts = ids.length === 0 ? [] : await presentPosts(db, await selectPosts(db).where('post.person_id', 'in', ids).orderBy('post.is_primary', 'desc').execute())
  return people.map((person) => ({
    // Safe because the id comes from `newId`.
    id: person.id as PersonId,
    name: person.name,
    login: person.login,
    phone: maskPhone(person.phone),
    state: person.state,
    posts: posts.filter((post) => post.personId === person.id),
  }))
}

/** 13812345678 → 138****5678: personal data is shown masked. Source: GB/T 22239-2019 8.1.4.11 */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? phone : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/** The person behind a post in force, or null. */
export async function personOfPost(db: ReadDb, postId: string): Promise<{ readonly personId: string; readonly name: string } | null> {
  const row = await selectPosts(db).where('post.id', '=', postId).executeTakeFirst()
  return row ? { personId: row.person_id, name: row.person_name } : null
}

/** The people behind posts in force, by post; a post without one is missing. */
export async function peopleOfPosts(db: ReadDb, postIds: readonly string[]): Promise<ReadonlyMap<string, { readonly personId: string; readonly name: string }>> {
  if (postIds.length === 0) return new Map()
  const rows = await selectPosts(db).where('post.id', 'in', postIds).execute()
  return new Map(rows.map((row) => [row.id, { personId: row.person_id, name: row.person_name }]))
}

/** A person's name and state, or null. */
export async function findPerson(db: ReadDb, personId: string): Promise<DirectoryTables['person'] | null> {
  return (await tables<DirectoryTables>(db).selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirst()) ?? null
}
