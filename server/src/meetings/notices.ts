/** What meetings put into and take out of inboxes. */
import type { PostId } from '@xiewen/shared/directory'
import { type Attendee, dayAndTime } from '@xiewen/shared/meetings'
import { listPostsWithDuty } from '../directory/index.ts'
import type { CommandContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import type { MeetingRecord } from './tables.ts'

const room = 'meetings'

/** Posts that are told about an invitation: the invited, or whoever receives for the unit; and who was named to come. */
export async function postsToTell(db: ReadDb, attendee: Attendee): Promise<readonly PostId[]> {
  const named = attendee.comesPostId === null ? [] : [attendee.comesPostId]
  if (attendee.postId !== null) return [...new Set([attendee.postId, ...named])]
  for (const duty of ['receiver', 'office-director', 'section-head', 'principal-leader'] as const) {
    const posts = await listPostsWithDuty(db, duty, attendee.unitId)
    if (posts.length > 0) return [...new Set([...posts.map((post) => post.id), ...named])]
  }
  return named
}

interface Entry {
  readonly kind: 'todo' | 'to-read'
  readonly taskId: string
  readonly postId: PostId
  readonly step: `meetings.step.${string}`
  readonly dueAt: number | null
}

async function put(ctx: CommandContext, meeting: MeetingRecord, entry: Entry): Promise<void> {
  await ctx.inbox.put({
    room,
    subject: { kind: 'meeting', id: meeting.id },
    title: meeting.title,
    detail: [dayAndTime(meeting.from_at), meeting.place].filter((part) => part !== '').join(' '),
    fromName: meeting.person_name,
    urgency: 'none',
    ...entry,
  })
}

/** Asks for a receipt. */
export async function askForReply(ctx: CommandContext, meeting: MeetingRecord, attendee: Attendee, again: boolean): Promise<void> {
  for (const postId of await postsToTell(ctx.db, attendee)) {
    await put(ctx, meeting, {
      kind: 'todo',
      taskId: `${attendee.id}.reply`,
      postId,
      step: again ? 'meetings.step.reply-again' : 'meetings.step.reply',
      dueAt: meeting.reply_by ?? meeting.from_at,
    })
  }
}

/** Tells those behind an invitation something they only have to read. A newer notice takes the place of an older one. */
export async function tell(ctx: CommandContext, meeting: MeetingRecord, attendee: Attendee, step: `meetings.step.${string}`): Promise<void> {
  for (const postId of await postsToTell(ctx.db, attendee)) {
    await put(ctx, meeting, { kind: 'to-read', taskId: `${meeting.id}.notice`, postId, step, dueAt: null })
  }
}

/** Lays a task on the organiser's desk. */
export async function askOrganiser(ctx: CommandContext, meeting: MeetingRecord, taskId: string, step: 'meetings.step.decide-leave' | 'meetings.step.minutes'): Promise<void> {
  // Safe because the column was filled with the id of a post.
  const postId = meeting.post_id as PostId
  await put(ctx, meeting, { kind: 'todo', taskId, postId, step, dueAt: step === 'meetings.step.decide-leave' ? meeting.from_at : null })
}

/** A receipt has come: nobody needs to ask for it any more. */
export async function replied(ctx: CommandContext, attendee: Attendee): Promise<void> {
  await ctx.inbox.complete(room, `${attendee.id}.reply`)
}

/** Takes away what waits for an invitation that no longer stands. */
export async function withdrawAll(ctx: CommandContext, attendee: Attendee): Promise<void> {
  await ctx.inbox.withdraw(room, `${attendee.id}.reply`)
  await ctx.inbox.withdraw(room, `${attendee.id}.leave`)
}

/** The caller's posts have read the notices of a meeting. */
export async function noticeRead(ctx: CommandContext, meetingId: string): Promise<void> {
  for (const post of [...ctx.actor.posts, ...ctx.actor.actingFor]) await ctx.inbox.complete(room, `${meetingId}.notice`, post.id)
}

/** A task on the organiser's desk is done. */
export async function organiserDone(ctx: CommandContext, taskId: string): Promise<void> {
  await ctx.inbox.complete(room, taskId)
}
