/** Opening and ending a meeting, and beginning its minutes. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { countAttendance, decideMeetingState, draftMinutes, meetingsContract as contract } from '@xiewen/shared/meetings'
import { listPostsWithDuty } from '../../directory/index.ts'
import { createDocument, grantAccess } from '../../documents/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { assert } from '../../platform/log/fault.ts'
import { onCommand } from '../../platform/slice.ts'
import { askOrganiser, organiserDone, replied } from '../notices.ts'
import { cancelReminders } from '../reminders.ts'
import { changeMeeting, listAgenda } from '../repository.ts'
import { sceneToAct, type Scene, throughPost } from '../scene.ts'

function touch(ctx: CommandContext, meetingId: string): void {
  ctx.touch('meetings')
  ctx.touch(`meeting:${meetingId}`)
}

const start = onCommand(contract.start, async (ctx, { meetingId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'start')
  if (!scene.ok) return scene
  const { meeting } = scene.value
  const next = decideMeetingState(meeting.state, 'under-way')
  if (!next.ok) return next
  await changeMeeting(ctx.db, meetingId, { state: next.value })
  await cancelReminders(ctx, meetingId)
  await ctx.record({ kind: 'meetings.started', subject: { kind: 'meeting', id: meetingId }, data: { title: meeting.title } }, throughPost(ctx.actor, meeting))
  touch(ctx, meetingId)
  return accept({ meetingId, state: next.value })
})

const end = onCommand(contract.end, async (ctx, { meetingId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'end')
  if (!scene.ok) return scene
  const { meeting, attendees } = scene.value
  const next = decideMeetingState(meeting.state, 'ended')
  if (!next.ok) return next
  await changeMeeting(ctx.db, meetingId, { state: next.value })
  for (const attendee of attendees) {
    await replied(ctx, attendee)
    await ctx.inbox.withdraw('meetings', `${attendee.id}.leave`)
  }
  if (meeting.minutes_id === null) await askOrganiser(ctx, meeting, `${meetingId}.minutes`, 'meetings.step.minutes')
  const { invited, expected, present } = countAttendance(attendees, { state: next.value, from: meeting.from_at })
  await ctx.record({ kind: 'meetings.ended', subject: { kind: 'meeting', id: meetingId }, data: { title: meeting.title, invited, expected, present } }, throughPost(ctx.actor, meeting))
  touch(ctx, meetingId)
  return accept({ meetingId, state: next.value })
})

const startMinutes = onCommand(contract.startMinutes, async (ctx, { meetingId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'startMinutes')
  if (!scene.ok) return scene
  const { meeting } = scene.value
  const post = throughPost(ctx.actor, meeting)
  assert(post !== undefined, 'an organiser has a post')
  const text = await minutesOf(ctx, scene.value)
  if (!text.ok) return text
  const documentId = await createDocument(ctx, { document: text.value, ownerPost: post, origin: 'minutes' })
  await changeMeeting(ctx.db, meetingId, { minutes_id: documentId })
  for (const postId of await editorsOf(ctx, scene.value)) await grantAccess(ctx, documentId, { postId }, 'edit', `meeting:${meetingId}`)
  await organiserDone(ctx, `${meetingId}.minutes`)
  await ctx.record({ kind: 'meetings.minutes-started', subject: { kind: 'meeting', id: meetingId }, data: { documentId, title: meeting.title } }, post)
  touch(ctx, meetingId)
  return accept({ documentId })
})

async function minutesOf(ctx: CommandContext, scene: Scene): Promise<Result<ReturnType<typeof draftMinutes>>> {
  const { meeting, attendees } = scene
  if (meeting.state !== 'under-way' && meeting.state !== 'ended') return refuse('meetings.not-begun')
  return accept(
    draftMinutes({
      title: meeting.title,
      from: meeting.from_at,
      state: meeting.state,
      place: meeting.place,
      host: meeting.host_name,
      organName: meeting.organ_name,
      agenda: await listAgenda(ctx.db, meeting.id),
      attendees,
    }),
  )
}

/** Minutes are written together by the organiser, the host and the organ's clerks. */
async function editorsOf(ctx: CommandContext, scene: Scene): Promise<readonly string[]> {
  const { meeting } = scene
  const clerks = (await listPostsWithDuty(ctx.db, 'meeting-clerk', meeting.organ_id)).filter((post) => post.organId === meeting.organ_id)
  return [...new Set([meeting.post_id, ...(meeting.host_post_id === null ? [] : [meeting.host_post_id]), ...clerks.map((post) => post.id)])]
}

/** Operations of holding a meeting. */
export const runOperations = [start, end, startMinutes]
