/** The inbox (待办、待阅): writing entries inside transactions, and the queries people see. */
import { accept, inboxContract, type InboxEntry, refuse } from '@xiewen/shared/base'
import type { Actor, CommandContext } from '../context.ts'
import { newId } from '../clock/new-id.ts'
import { type ReadDb, tables, type WriteDb } from '../database/index.ts'
import { defineSlice, onCommand, onQuery, type Slice } from '../slice.ts'
import type { InboxWriter, NewInboxEntry } from './inbox-writer.ts'
import { postIdsOf } from './sight.ts'
import { readTogether } from './read-together.ts'
import { inboxMigrations, type InboxRow, type InboxTables } from './tables.ts'

/** Inbox acts bound to one transaction; `touch` tells the open screens of the people concerned. */
export function inboxWriter(db: WriteDb, now: CommandContext['now'], touch: (topic: string) => void): InboxWriter {
  const open = (room: string, taskId: string) =>
    tables<InboxTables>(db).updateTable('inbox_entry').where('room', '=', room).where('task_id', '=', taskId).where('done_at', 'is', null)
  const changed = (): void => touch('inbox')
  return {
    put: async (entry) => {
      await tables<InboxTables>(db)
        .deleteFrom('inbox_entry')
        .where('room', '=', entry.room)
        .where('task_id', '=', entry.taskId)
        .where('post_id', '=', entry.postId)
        .where('done_at', 'is', null)
        .execute()
      await tables<InboxTables>(db).insertInto('inbox_entry').values(rowOf(entry, newId(now), now)).execute()
      changed()
    },
    complete: async (room, taskId, postId) => {
      const entries = open(room, taskId)
      await (postId === undefined ? entries : entries.where('post_id', '=', postId)).set({ done_at: now }).execute()
      changed()
    },
    withdraw: async (room, taskId) => {
      await tables<InboxTables>(db).deleteFrom('inbox_entry').where('room', '=', room).where('task_id', '=', taskId).where('done_at', 'is', null).execute()
      changed()
    },
    reassign: async (room, taskId, fromPostId, toPostId) => {
      await open(room, taskId).where('post_id', '=', fromPostId).set({ post_id: toPostId, read_at: null }).execute()
      changed()
    },
    handOver: async (room, fromPostId, toPostId) => {
      const rows = await tables<InboxTables>(db)
        .selectFrom('inbox_entry')
        .select(['task_id', 'post_id'])
        .where('room', '=', room)
        .where('post_id', 'in', [fromPostId, toPostId])
        .where('done_at', 'is', null)
        .execute()
      const kept = new Set(rows.filter((row) => row.post_id === toPostId).map((row) => row.task_id))
      for (const { task_id } of rows.filter((row) => row.post_id === fromPostId)) {
        const former = open(room, task_id).where('post_id', '=', fromPostId)
        await (kept.has(task_id) ? former.set({ done_at: now }) : former.set({ post_id: toPostId, read_at: null })).execute()
      }
      changed()
    },
    update: async (room, taskId, change) => {
      const set = {
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.detail === undefined ? {} : { detail: change.detail }),
        ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
        ...(change.urgency === undefined ? {} : { urgency: change.urgency }),
      }
      if (Object.keys(set).length > 0) await open(room, taskId).set(set).execute()
      changed()
    },
  }
}

function rowOf(entry: NewInboxEntry, id: string, now: number): InboxRow {
  return {
    id,
    kind: entry.kind,
    room: entry.room,
    task_id: entry.taskId,
    post_id: entry.postId,
    subject_kind: entry.subject.kind,
    subject_id: entry.subject.id,
    title: entry.title,
    detail: entry.detail,
    step: entry.step,
    from_name: entry.fromName,
    urgency: entry.urgency,
    due_at: entry.dueAt,
    created_at: now,
    done_at: null,
    read_at: null,
  }
}

async function countEntries(db: ReadDb, actor: Actor, now: number) {
  const rows = await tables<InboxTables>(db)
    .selectFrom('inbox_entry')
    .select((eb) => ['kind', 'room', eb.fn.countAll<number>().as('count'), eb.fn.sum<number>(eb.case().when('due_at', '<', now).then(1).else(0).end()).as('late')])
    .where('post_id', 'in', postIdsOf(actor))
    .where('done_at', 'is', null)
    .groupBy(['kind', 'room'])
    .execute()
  const sum = (kind: string): number => rows.filter((row) => row.kind === kind).reduce((total, row) => total + Number(row.count), 0)
  const byRoom: Record<string, number> = {}
  for (const row of rows) if (row.kind === 'todo') byRoom[row.room] = (byRoom[row.room] ?? 0) + Number(row.count)
  return { todo: sum('todo'), toRead: sum('to-read'), overdue: rows.reduce((total, row) => total + Number(row.late), 0), byRoom }
}

const list = onQuery(inboxContract.list, async (ctx, input) => {
  const offset = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(offset) || offset < 0) return refuse('base.invalid-input', { detail: 'cursor' })
  let query = tables<InboxTables>(ctx.db).selectFrom('inbox_entry').selectAll().where('post_id', 'in', postIdsOf(ctx.actor))
  query = input.done ? query.where('done_at', 'is not', null).orderBy('done_at', 'desc') : query.where('done_at', 'is', null)
  if (!input.done) query = query.orderBy((eb) => eb.case().when('due_at', 'is', null).then(1).else(0).end()).orderBy('due_at').orderBy('created_at', 'desc')
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.room) query = query.where('room', '=', input.room)
  if (input.text) query = query.where('title', 'like', `%${input.text.replaceAll(/[%_]/g, '')}%`)
  const rows = await query.orderBy('id').limit(input.limit + 1).offset(offset).execute()
  const shown = rows.slice(0, input.limit).map((row) => presentRow(row, ctx.actor))
  return accept({ rows: shown, next: rows.length > input.limit ? String(offset + input.limit) : null })
})

function presentRow(row: InboxRow, actor: Actor): InboxEntry {
  const post = [...actor.posts, ...actor.actingFor].find((candidate) => candidate.id === row.post_id)
  const title = post && 'principalName' in post ? `${post.title}（代${post.principalName}）` : (post?.title ?? '')
  return {
    // Safe because only `rowOf` writes ids and they come from `newId`.
    id: row.id as InboxEntry['id'],
    kind: row.kind,
    room: row.room,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    taskId: row.task_id,
    title: row.title,
    detail: row.detail,
    step: row.step,
    postTitle: title,
    fromName: row.from_name,
    urgency: row.urgency,
    dueAt: row.due_at,
    createdAt: row.created_at,
    doneAt: row.done_at,
    readAt: row.read_at,
  }
}

const counts = onQuery(inboxContract.counts, async (ctx) => accept(await countEntries(ctx.db, ctx.actor, ctx.now)))

const markRead = onCommand(inboxContract.markRead, async (ctx, input) => {
  const row = await tables<InboxTables>(ctx.db)
    .selectFrom('inbox_entry')
    .selectAll()
    .where('id', '=', input.id)
    .where('post_id', 'in', postIdsOf(ctx.actor))
    .executeTakeFirst()
  if (!row) return refuse('base.not-found')
  if (row.read_at === null) {
    await tables<InboxTables>(ctx.db).updateTable('inbox_entry').set({ read_at: ctx.now }).where('id', '=', input.id).execute()
    await ctx.record({ kind: 'inbox.opened', subject: { kind: row.subject_kind, id: row.subject_id }, data: { task: row.task_id, room: row.room } })
  }
  return accept({})
})

/** The inbox as a slice of the platform. `rooms` say how reading is confirmed. */
export function makeInboxSlice(rooms: readonly Slice[]): Slice {
  return defineSlice({ name: 'inbox', migrations: inboxMigrations, operations: [list, counts, markRead, readTogether(rooms)], refusals: {} })
}
