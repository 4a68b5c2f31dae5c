/** Reading several entries (待阅) in one act. Each is confirmed by the room that put it in, as if it had been read alone. */
import { accept, inboxContract, type InboxEntryId, type Refusal, type Result, refuse } from '@xiewen/shared/base'
import type { CommandContext, QueryContext } from '../context.ts'
import { tables } from '../database/index.ts'
import { type EntryReading, type EntryToRead, type Operation, onCommand, type Slice } from '../slice.ts'
import { postIdsOf } from './sight.ts'
import type { InboxRow, InboxTables } from './tables.ts'

/** The operation that reads several entries, by the ways the rooms declare. */
export function readTogether(rooms: readonly Slice[]): Operation {
  const ways = new Map(rooms.flatMap((room) => (room.reading === undefined ? [] : [[room.name, room.reading] as const])))
  return onCommand(inboxContract.readTogether, {
    prepare: async (ctx, input) => {
      const prepared = new Map<string, unknown>()
      for (const row of await findMine(ctx, input.ids)) {
        const way = ways.get(row.room)
        if (row.done_at === null && way !== undefined && way !== 'notice') prepared.set(row.id, await way.prepare(ctx, entryOf(row)))
      }
      return accept(prepared)
    },
    commit: async (ctx, input, prepared) => {
      const rows = new Map((await findMine(ctx, input.ids)).map((row) => [row.id, row]))
      const results: { id: InboxEntryId; refusal: { code: string; params: Record<string, string | number> } | null }[] = []
      for (const id of new Set(input.ids)) {
        const row = rows.get(id)
        const done = row ? await confirm(ctx, row, ways.get(row.room), prepared.get(id)) : refuse('base.not-found')
        results.push({ id, refusal: done.ok ? null : presentRefusal(done.refusal) })
      }
      const refused = results.flatMap(({ id, refusal }) => (refusal ? [{ id, code: refusal.code }] : []))
      if (refused.length > 0) await ctx.record({ kind: 'inbox.together-refused', subject: { kind: 'contract', id: inboxContract.readTogether.name }, data: { refused } })
      return accept({ results })
    },
  })
}

function findMine(ctx: QueryContext, ids: readonly InboxEntryId[]): Promise<InboxRow[]> {
  return tables<InboxTables>(ctx.db).selectFrom('inbox_entry').selectAll().where('id', 'in', ids).where('post_id', 'in', postIdsOf(ctx.actor)).execute()
}

/** Reads one entry. One that is done already is no refusal: whoever reads it twice has read it. */
async function confirm(ctx: CommandContext, row: InboxRow, way: EntryReading | 'notice' | undefined, prepared: unknown): Promise<Result<unknown>> {
  if (row.kind !== 'to-read' || way === undefined) return refuse('base.not-to-read')
  if (row.done_at !== null) return accept({})
  if (way !== 'notice') return way.confirm(ctx, entryOf(row), prepared)
  await ctx.inbox.complete(row.room, row.task_id, row.post_id)
  const through = [...ctx.actor.posts, ...ctx.actor.actingFor].find((post) => post.id === row.post_id)
  await ctx.record({ kind: 'inbox.notice-read', subject: { kind: row.subject_kind, id: row.subject_id }, data: { task: row.task_id, room: row.room } }, through)
  return accept({})
}

function entryOf(row: InboxRow): EntryToRead {
  return { taskId: row.task_id, postId: row.post_id, subject: { kind: row.subject_kind, id: row.subject_id } }
}

function presentRefusal(refusal: Refusal): { code: string; params: Record<string, string | number> } {
  return { code: refusal.code, params: { ...refusal.params } }
}
