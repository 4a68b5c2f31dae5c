/** Units, people and posts: what administrators set up and everyone looks up. */
import { accept, adminDuties, type Duty, refuse } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { pinyin } from 'pinyin-pro'
import { type ReadDb, tables } from '../../platform/database/index.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { loginKey } from '../login-key.ts'
import { findPerson, getPost, listPeople, listPostsOfPerson, listPostsWithDuty } from '../posts.ts'
import { endSessions, makeLink } from '../sessions.ts'
import { getUnit, insertUnit, listUnits } from '../units.ts'
import type { DirectoryTables } from '../tables.ts'

const units = onQuery(directoryContract.listUnits, async (ctx) => accept({ units: [...(await listUnits(ctx.db))] }))

const people = onQuery(directoryContract.listPeople, async (ctx, input) => {
  const offset = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(offset) || offset < 0) return refuse('base.invalid-input', { detail: 'cursor' })
  const rows = await listPeople(ctx.db, { unitId: input.unitId, text: input.text, limit: input.limit + 1, offset })
  return accept({ rows: rows.slice(0, input.limit), next: rows.length > input.limit ? String(offset + input.limit) : null })
})

const posts = onQuery(directoryContract.listPosts, async (ctx, input) => accept({ posts: await listPostsWithDuty(ctx.db, input.duty ?? null, input.withinUnitId, input.text) }))

const addUnit = onCommand(directoryContract.addUnit, async (ctx, input) => {
  if (input.parentId !== null && !(await getUnit(ctx.db, input.parentId))) return refuse('directory.unknown-unit')
  const id = ctx.newId<'UnitId'>()
  await insertUnit(ctx.db, { id, ...input })
  await ctx.record({ kind: 'directory.unit-added', subject: { kind: 'unit', id }, data: { name: input.name, parentId: input.parentId } })
  return accept({ id })
})

const addPerson = onCommand(directoryContract.addPerson, async (ctx, input) => {
  const key = loginKey(input.login)
  const taken = await tables<DirectoryTables>(ctx.db).selectFrom('person').select('id').where('login_key', '=', key).executeTakeFirst()
  if (taken) return refuse('directory.login-taken', { login: input.login })
  const id = ctx.newId<'PersonId'>()
  const initials = pinyin(input.name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
  await tables<DirectoryTables>(ctx.db)
    .insertInto('person')
    .values({ id, name: input.name, login: input.login, login_key: key, initials, phone: input.phone, state: 'invited', locale: 'zh-CN', display: 'standard' })
    .execute()
  await ctx.record({ kind: 'directory.person-added', subject: { kind: 'person', id }, data: { name: input.name, login: input.login } })
  return accept({ id, invitation: await makeLink(ctx.db, id, ctx.now) })
})

const invite = onCommand(directoryContract.invite, async (ctx, input) => {
  const person = await findPerson(ctx.db, input.personId)
  if (!person || person.state === 'disabled') return refuse('directory.unknown-person')
  await ctx.record({ kind: 'directory.person-invited', subject: { kind: 'person', id: person.id }, data: {} })
  return accept({ invitation: await makeLink(ctx.db, person.id, ctx.now) })
})

const setPersonState = onCommand(directoryContract.setPersonState, async (ctx, input) => {
  if (input.personId === ctx.actor.personId) return refuse('directory.cannot-act-on-self')
  const person = await findPerson(ctx.db, input.personId)
  if (!person) return refuse('directory.unknown-person')
  await tables<DirectoryTables>(ctx.db).updateTable('person').set({ state: input.state }).where('id', '=', person.id).execute()
  if (input.state === 'disabled') {
    await endSessions(ctx, person.id, null)
    ctx.afterCommit(() => ctx.services.sessions.dropPerson(person.id))
  }
  await ctx.record({ kind: input.state === 'disabled' ? 'directory.person-disabled' : 'directory.person-enabled', subject: { kind: 'person', id: person.id }, data: { reason: input.reason } })
  return accept({})
})

const grantPost = onCommand(directoryContract.grantPost, async (ctx, input) => {
  if (input.personId === ctx.actor.personId) return refuse('directory.cannot-act-on-self')
  if (!(await findPerson(ctx.db, input.personId))) return refuse('directory.unknown-person')
  if (!(await getUnit(ctx.db, input.unitId))) return refuse('directory.unknown-unit')
  if (!(await isExclusive(ctx.db, input.personId, input.duties))) return refuse('directory.admin-exclusive')
  const id = ctx.newId<'PostId'>()
  const held = await listPostsOfPerson(ctx.db, input.personId)
  await tables<DirectoryTables>(ctx.db)
    .insertInto('post')
    .values({ id, person_id: input.personId, unit_id: input.unitId, title: input.title, is_primary: input.primary || held.length === 0 ? 1 : 0, ended_at: null })
    .execute()
  const duties = [...new Set(input.duties)]
  if (duties.length > 0) await tables<DirectoryTables>(ctx.db).insertInto('post_duty').values(duties.map((duty) => ({ post_id: id, duty }))).execute()
  await ctx.record({ kind: 'directory.post-granted', subject: { kind: 'post', id }, data: { personId: input.personId, unitId: input.unitId, title: input.title, duties } })
  return accept({ id })
})

/** Whether a person may hold these duties beside the ones held: an administrator holds exactly one duty and nothing else. */
async function isExclusive(db: ReadDb, personId: string, added: readonly Duty[]): Promise<boolean> {
  const held = (await listPostsOfPerson(db, personId)).flatMap((post) => post.duties)
  const all = new Set([...held, ...added])
  const isAdmin = adminDuties.some((duty) => all.has(duty))
  return !isAdmin || all.size === 1
}

const endPost = onCommand(directoryContract.endPost, async (ctx, input) => {
  const post = await getPost(ctx.db, input.postId)
  const successor = await getPost(ctx.db, input.successorPostId)
  if (!post || !successor || post.id === successor.id) return refuse('directory.unknown-post')
  if (post.personId === ctx.actor.personId) return refuse('directory.cannot-act-on-self')
  await tables<DirectoryTables>(ctx.db).updateTable('post').set({ ended_at: ctx.now }).where('id', '=', post.id).execute()
  await ctx.record({ kind: 'directory.post-ended', subject: { kind: 'post', id: post.id }, data: { personId: post.personId, successorPostId: successor.id } })
  return accept({})
})

/** All operations on units, people and posts. */
export const peopleOperations = [units, people, posts, addUnit, addPerson, invite, setPersonState, grantPost, endPost]
