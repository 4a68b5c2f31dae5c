/** Receipts (回执), leave and substitutes (请假、替会), and sign-in (签到). */
import { accept, refuse } from '@xiewen/shared/base'
import { type Attendee, decideLeave, decideReply, decideSignIn, meetingsContract as contract, type MeetingId } from '@xiewen/shared/meetings'
import { grantAccess } from '../../documents/index.ts'
import { getPost } from '../../directory/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { askOrganiser, noticeRead, organiserDone, replied, tell } from '../notices.ts'
import { listAgenda, saveAnswer } from '../repository.ts'
import { answeringPost, comingPost, findSceneFor, sceneToAct, throughPost } from '../scene.ts'
import { isCodeGood, makeCode } from '../sign-in-code.ts'
import type { MeetingRecord } from '../tables.ts'

function touch(ctx: CommandContext, meetingId: string): void {
  ctx.touch('meetings')
  ctx.touch(`meeting:${meetingId}`)
}

const reply = onCommand(contract.reply, async (ctx, input) => {
  const scene = await findSceneFor(ctx, input.meetingId)
  const attendee = scene?.attendees.find((each) => each.id === input.attendeeId)
  if (!scene || !attendee) return refuse('meetings.not-found')
  const post = answeringPost(ctx.actor, attendee)
  if (!post) return refuse('meetings.not-invited')
  const named = input.postId === null ? null : await getPost(ctx.db, input.postId)
  if (input.postId !== null && !named) return refuse('meetings.unknown-invited')
  const name = named?.personName ?? input.name
  const decided = decideReply(attendee, scene.meeting, { kind: input.reply, reason: input.reason, name, title: named?.title ?? input.title, postId: input.postId })
  if (!decided.ok) return decided
  const next: Attendee = { ...attendee, ...decided.value, repliedAt: ctx.now }
  await saveAnswer(ctx.db, next)
  await replied(ctx, attendee)
  if (next.decision === 'pending') await askOrganiser(ctx, scene.meeting, `${attendee.id}.leave`, 'meetings.step.decide-leave')
  else await ctx.inbox.withdraw('meetings', `${attendee.id}.leave`)
  if (next.decision === null) await letComerRead(ctx, scene.meeting, next)
  await ctx.record(
    {
      kind: 'meetings.replied',
      subject: { kind: 'meeting', id: input.meetingId },
      data: { attendeeId: attendee.id, for: attendee.personName || attendee.unitName, reply: input.reply, comes: next.comesName, reason: next.reason },
    },
    post,
  )
  touch(ctx, input.meetingId)
  return accept({ meetingId: input.meetingId, state: scene.meeting.state })
})

/** Who comes in somebody's place reads the papers too. */
async function letComerRead(ctx: CommandContext, meeting: MeetingRecord, attendee: Attendee): Promise<void> {
  if (attendee.comesPostId === null) return
  for (const item of await listAgenda(ctx.db, meeting.id)) {
    if (item.documentId !== null) await grantAccess(ctx, item.documentId, { postId: attendee.comesPostId }, 'read', `meeting:${meeting.id}`)
  }
}

const decide = onCommand(contract.decideLeave, async (ctx, { meetingId, attendeeId, approved }) => {
  const scene = await sceneToAct(ctx, meetingId, 'decideLeave')
  if (!scene.ok) return scene
  const { meeting, attendees } = scene.value
  const attendee = attendees.find((each) => each.id === attendeeId)
  if (!attendee) return refuse('meetings.not-found')
  const decided = decideLeave(attendee, meeting)
  if (!decided.ok) return decided
  const next: Attendee = { ...attendee, decision: approved ? 'approved' : 'refused' }
  await saveAnswer(ctx.db, next)
  await organiserDone(ctx, `${attendeeId}.leave`)
  await tell(ctx, meeting, next, approved ? 'meetings.step.leave-granted' : 'meetings.step.leave-refused')
  if (approved && next.reply === 'substitute') await letComerRead(ctx, meeting, next)
  await ctx.record(
    { kind: 'meetings.leave-decided', subject: { kind: 'meeting', id: meetingId }, data: { attendeeId, for: attendee.personName || attendee.unitName, reply: attendee.reply, approved } },
    throughPost(ctx.actor, meeting),
  )
  touch(ctx, meetingId)
  return accept({ meetingId, state: meeting.state })
})

const readNotice = onCommand(contract.readNotice, async (ctx, { meetingId }) => {
  await noticeRead(ctx, meetingId)
  return accept({})
})

const signInCode = onQuery(contract.signInCode, async (ctx, { meetingId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'showCode')
  if (!scene.ok) return scene
  const made = makeCode(ctx.services.keys, scene.value.meeting.code_key, meetingId, ctx.now)
  return accept({ ...made, path: `/meetings/${meetingId}/sign-in?code=${made.code}` })
})

/** Signs one invitation in. */
async function signInAs(ctx: CommandContext, meeting: MeetingRecord, attendee: Attendee, who: { readonly name: string; readonly desk: boolean }) {
  const decided = decideSignIn(attendee, { state: meeting.state, from: meeting.from_at }, ctx.now)
  if (!decided.ok) return decided
  await saveAnswer(ctx.db, { ...attendee, signedInAt: ctx.now, signedInName: who.name })
  await replied(ctx, attendee)
  const late = ctx.now > meeting.from_at
  const post = who.desk ? throughPost(ctx.actor, meeting) : (comingPost(ctx.actor, attendee) ?? undefined)
  await ctx.record(
    { kind: 'meetings.signed-in', subject: { kind: 'meeting', id: meeting.id }, data: { attendeeId: attendee.id, name: who.name, unit: attendee.unitName, late, atDesk: who.desk } },
    post,
  )
  touch(ctx, meeting.id)
  // Safe because ids come from `newId`.
  return accept({ meetingId: meeting.id as MeetingId, attendeeId: attendee.id, at: ctx.now, late })
}

const signIn = onCommand(contract.signIn, async (ctx, { meetingId, code }) => {
  const scene = await findSceneFor(ctx, meetingId)
  if (!scene) return refuse('meetings.not-found')
  const { meeting, attendees } = scene
  if (!isCodeGood(ctx.services.keys, meeting.code_key, meetingId, code, ctx.now)) return refuse('meetings.code-stale')
  const mine = attendees.filter((attendee) => comingPost(ctx.actor, attendee) !== null)
  const attendee = mine.find((each) => each.signedInAt === null && each.kind === 'post') ?? mine.find((each) => each.signedInAt === null) ?? mine[0]
  if (!attendee) return refuse('meetings.not-invited')
  return signInAs(ctx, meeting, attendee, { name: ctx.actor.name, desk: false })
})

const signInFor = onCommand(contract.signInFor, async (ctx, { meetingId, attendeeId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'signInFor')
  if (!scene.ok) return scene
  const attendee = scene.value.attendees.find((each) => each.id === attendeeId)
  if (!attendee) return refuse('meetings.not-found')
  return signInAs(ctx, scene.value.meeting, attendee, { name: attendee.comesName || attendee.personName, desk: true })
})

/** Operations of receipts and sign-in. */
export const receiptOperations = [reply, decide, readNotice, signInCode, signIn, signInFor]
