/** Giving and taking back a deputy's authority (委托). */
import { accept, refuse } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { tables } from '../../platform/database/index.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { findOverlap, listDelegationsOf } from '../delegations.ts'
import { getPost } from '../posts.ts'
import type { DirectoryTables } from '../tables.ts'

const longestMs = 366 * 86_400_000

const delegate = onCommand(directoryContract.delegate, async (ctx, input) => {
  const own = ctx.actor.posts.find((post) => post.id === input.principalPostId)
  if (!own) return refuse('directory.delegation-not-own')
  const deputy = await getPost(ctx.db, input.deputyPostId)
  if (!deputy) return refuse('directory.unknown-post')
  if (deputy.personId === ctx.actor.personId) return refuse('directory.delegation-to-self')
  if (input.until <= Math.max(input.from, ctx.now) || input.until - input.from > longestMs) return refuse('directory.delegation-period')
  const other = await findOverlap(ctx.db, own.id, input.from, input.until)
  if (other) return refuse('directory.delegation-overlap', { deputy: (await getPost(ctx.db, other.deputy_post_id))?.personName ?? '' })
  const id = ctx.newId<'DelegationId'>()
  await tables<DirectoryTables>(ctx.db)
    .insertInto('delegation')
    .values({ id, principal_post_id: own.id, deputy_post_id: deputy.id, from_at: input.from, until_at: input.until, reason: input.reason, revoked_at: null })
    .execute()
  ctx.touch('inbox')
  await ctx.record(
    { kind: 'directory.delegated', subject: { kind: 'delegation', id }, data: { deputy: deputy.personName, deputyPostId: deputy.id, from: input.from, until: input.until, reason: input.reason } },
    own,
  )
  return accept({ id })
})

const revoke = onCommand(directoryContract.revokeDelegation, async (ctx, input) => {
  const row = await tables<DirectoryTables>(ctx.db).selectFrom('delegation').selectAll().where('id', '=', input.id).where('revoked_at', 'is', null).executeTakeFirst()
  if (!row) return refuse('base.not-found')
  const own = ctx.actor.posts.find((post) => post.id === row.principal_post_id)
  if (!own) return refuse('directory.delegation-not-own')
  await tables<DirectoryTables>(ctx.db).updateTable('delegation').set({ revoked_at: ctx.now }).where('id', '=', row.id).execute()
  ctx.touch('inbox')
  await ctx.record({ kind: 'directory.delegation-revoked', subject: { kind: 'delegation', id: row.id }, data: {} }, own)
  return accept({})
})

const list = onQuery(directoryContract.listDelegations, async (ctx) => accept({ delegations: await listDelegationsOf(ctx.db, ctx.actor.posts.map((post) => post.id)) }))

/** All operations on delegations. */
export const delegationOperations = [delegate, revoke, list]
