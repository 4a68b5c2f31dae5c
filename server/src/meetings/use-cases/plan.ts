/** Planning a meeting, telling everybody, changing and cancelling it. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import {
  type AgendaItem, type Attendee, decideMeetingState, meetingsContract as contract, type MeetingId, type MeetingState, type NewMeeting, organiserDuties,
} from '@xiewen/shared/meetings'
import type { ActorPost, CommandContext } from '../../platform/context.ts'
import { assert } from '../../platform/log/fault.ts'
import { onCommand } from '../../platform/slice.ts'
import { askAfresh, hostNameOf, readInvitations } from '../invitations.ts'
import { openMaterials, readAgenda } from '../materials.ts'
import { askForReply, tell, withdrawAll } from '../notices.ts'
import { cancelReminders, planReminders } from '../reminders.ts'
import { changeMeeting, findMeeting, listAgenda, saveAgenda, saveAttendees, saveMeeting } from '../repository.ts'
import { bookRoom, findBooking, findRoom, releaseBooking } from '../rooms.ts'
import { sceneToAct, throughPost } from '../scene.ts'
import { newCodeKey } from '../sign-in-code.ts'
import type { MeetingRecord } from '../tables.ts'

function answer(id: string, state: MeetingState) {
  // Safe because ids come from `newId`.
  return accept({ meetingId: id as MeetingId, state })
}

/** A plan read against directory and documents. */
interface ReadPlan {
  readonly attendees: readonly Attendee[]
  readonly agenda: readonly AgendaItem[]
  readonly hostName: string
  readonly place: string
}

async function readPlan(ctx: CommandContext, plan: NewMeeting, former: { readonly attendees: readonly Attendee[]; readonly agenda: readonly AgendaItem[] }): Promise<Result<ReadPlan>> {
  if (plan.to <= plan.from) return refuse('meetings.span-invalid')
  if (plan.from < ctx.now) return refuse('meetings.in-the-past')
  if (plan.roomId === null && plan.place === '') return refuse('meetings.place-needed')
  if (plan.replyBy !== null && plan.replyBy > plan.from) return refuse('meetings.reply-by-invalid')
  const room = plan.roomId === null ? null : await findRoom(ctx.db, plan.roomId)
  if (plan.roomId !== null && !room) return refuse('meetings.room-not-found')
  const attendees = await readInvitations(ctx, plan.attendees, former.attendees)
  if (!attendees.ok) return attendees
  const agenda = await readAgenda(ctx, plan, former.agenda)
  if (!agenda.ok) return agenda
  const host = await hostNameOf(ctx, plan.hostPostId)
  if (!host.ok) return host
  const place = room ? [room.name, room.floor].filter((part) => part !== '').join('，') : plan.place
  return accept({ attendees: attendees.value, agenda: agenda.value, hostName: host.value, place })
}

/** Books the room of a plan in place of the one held so far. */
async function moveRoom(ctx: CommandContext, meetingId: string, plan: NewMeeting, former: MeetingRecord | null, post: ActorPost): Promise<Result<string | null>> {
  const held = former?.booking_id ? await findBooking(ctx.db, former.booking_id) : null
  if (plan.roomId === null) {
    if (held) await releaseBooking(ctx, held)
    return accept(null)
  }
  const isSame = held !== null && former?.room_id === plan.roomId && Number(held.from_at) === plan.from && Number(held.to_at) === plan.to
  if (isSame && held.title === plan.title) return accept(held.id)
  const seats = Math.max(1, plan.attendees.length)
  const wanted = { roomId: plan.roomId, from: plan.from, to: plan.to, title: plan.title, seats, meetingId, ...(held ? { replaces: held.id } : {}) }
  return bookRoom(ctx, wanted, post)
}

function fieldsOf(plan: NewMeeting, read: ReadPlan, bookingId: string | null) {
  return {
    title: plan.title,
    kind: plan.kind,
    from_at: plan.from,
    to_at: plan.to,
    room_id: plan.roomId,
    booking_id: bookingId,
    place: read.place,
    host_post_id: plan.hostPostId,
    host_name: read.hostName,
    notes: plan.notes,
    contact: plan.contact,
    reply_by: plan.replyBy,
  }
}

const create = onCommand(contract.create, async (ctx, plan) => {
  const post = ctx.actor.posts.find((own) => own.duties.some((duty) => organiserDuties.some((needed) => needed === duty)))
  if (!post) return refuse('base.not-allowed')
  const read = await readPlan(ctx, plan, { attendees: [], agenda: [] })
  if (!read.ok) return read
  const id = ctx.newId<'MeetingId'>()
  const booking = await moveRoom(ctx, id, plan, null, post)
  if (!booking.ok) return booking
  await saveMeeting(ctx.db, {
    id, state: 'planned', ...fieldsOf(plan, read.value, booking.value), ...organiserOf(ctx, post), round: 0, change_note: '', minutes_id: null,
    code_key: newCodeKey(ctx.services.keys), created_at: ctx.now,
  })
  await saveAttendees(ctx.db, id, read.value.attendees)
  await saveAgenda(ctx.db, id, read.value.agenda)
  await ctx.record({ kind: 'meetings.created', subject: { kind: 'meeting', id }, data: factData(plan, read.value) }, post)
  touch(ctx, id)
  return answer(id, 'planned')
})

function organiserOf(ctx: CommandContext, post: ActorPost) {
  return { post_id: post.id, person_name: ctx.actor.name, unit_id: post.unitId, unit_name: post.unitName, organ_id: post.organId, organ_name: post.organName }
}

function factData(plan: NewMeeting, read: ReadPlan): Readonly<Record<string, unknown>> {
  return { title: plan.title, kind: plan.kind, from: plan.from, to: plan.to, place: read.place, invited: read.attendees.length, documents: read.agenda.flatMap((item) => item.documentId ?? []) }
}

function touch(ctx: CommandContext, meetingId: string): void {
  ctx.touch('meetings')
  ctx.touch(`meeting:${meetingId}`)
}

const notify = onCommand(contract.notify, async (ctx, { meetingId }) => {
  const scene = await sceneToAct(ctx, meetingId, 'notify')
  if (!scene.ok) return scene
  const { meeting, attendees } = scene.value
  if (meeting.from_at < ctx.now) return refuse('meetings.in-the-past')
  const next = decideMeetingState(meeting.state, 'notified')
  if (!next.ok) return next
  await changeMeeting(ctx.db, meetingId, { state: 'notified', round: 1 })
  for (const attendee of attendees) await askForReply(ctx, meeting, attendee, false)
  const agenda = await listAgenda(ctx.db, meetingId)
  await openMaterials(ctx, meetingId, agenda, [], attendees)
  await planReminders(ctx, meeting)
  await ctx.record(
    { kind: 'meetings.invited', subject: { kind: 'meeting', id: meetingId }, data: { round: 1, invited: attendees.map((each) => each.personName || each.unitName) } },
    throughPost(ctx.actor, meeting),
  )
  touch(ctx, meetingId)
  return answer(meetingId, 'notified')
})

const change = onCommand(contract.change, async (ctx, { meetingId, note, ...plan }) => {
  const scene = await sceneToAct(ctx, meetingId, 'change')
  if (!scene.ok) return scene
  const { meeting, attendees: former } = scene.value
  const post = throughPost(ctx.actor, meeting)
  assert(post !== undefined, 'an organiser has a post')
  const formerAgenda = await listAgenda(ctx.db, meetingId)
  const read = await readPlan(ctx, plan, { attendees: former, agenda: formerAgenda })
  if (!read.ok) return read
  const booking = await moveRoom(ctx, meetingId, plan, meeting, post)
  if (!booking.ok) return booking
  const wasTold = meeting.state === 'notified'
  const moved = wasTold && (plan.from !== meeting.from_at || plan.to !== meeting.to_at || read.value.place !== meeting.place)
  const attendees = moved ? askAfresh(read.value.attendees) : read.value.attendees
  const round = meeting.round + (moved ? 1 : 0)
  await changeMeeting(ctx.db, meetingId, { ...fieldsOf(plan, read.value, booking.value), round, change_note: note })
  await saveAttendees(ctx.db, meetingId, attendees)
  await saveAgenda(ctx.db, meetingId, read.value.agenda)
  await ctx.record({ kind: 'meetings.changed', subject: { kind: 'meeting', id: meetingId }, data: { ...factData(plan, read.value), round, note, asksAgain: moved } }, post)
  const fresh = await findMeeting(ctx.db, meetingId)
  if (wasTold && fresh) {
    await openMaterials(ctx, meetingId, read.value.agenda, formerAgenda, attendees)
    await tellOfChange(ctx, fresh, { former, attendees, moved })
  }
  touch(ctx, meetingId)
  return answer(meetingId, meeting.state)
})

/** Another time or place: everybody is asked again. Otherwise only those added are asked, the others told. */
async function tellOfChange(ctx: CommandContext, meeting: MeetingRecord, list: { readonly former: readonly Attendee[]; readonly attendees: readonly Attendee[]; readonly moved: boolean }): Promise<void> {
  const { former, attendees, moved } = list
  for (const attendee of former) {
    if (moved || !attendees.some((each) => each.id === attendee.id)) await withdrawAll(ctx, attendee)
    if (!attendees.some((each) => each.id === attendee.id)) await tell(ctx, meeting, attendee, 'meetings.step.dropped')
  }
  for (const attendee of attendees) {
    const isNew = !former.some((each) => each.id === attendee.id)
    if (moved || isNew) await askForReply(ctx, meeting, attendee, !isNew)
    else await tell(ctx, meeting, attendee, 'meetings.step.changed')
  }
  await planReminders(ctx, meeting)
}

const cancel = onCommand(contract.cancel, async (ctx, { meetingId, reason }) => {
  const scene = await sceneToAct(ctx, meetingId, 'cancel')
  if (!scene.ok) return scene
  const { meeting, attendees } = scene.value
  const held = meeting.booking_id === null ? null : await findBooking(ctx.db, meeting.booking_id)
  if (held) await releaseBooking(ctx, held)
  await changeMeeting(ctx.db, meetingId, { state: 'cancelled', booking_id: null, change_note: reason })
  await cancelReminders(ctx, meetingId)
  for (const attendee of meeting.state === 'notified' ? attendees : []) {
    await withdrawAll(ctx, attendee)
    await tell(ctx, meeting, attendee, 'meetings.step.cancelled')
  }
  const agenda = await listAgenda(ctx.db, meetingId)
  await openMaterials(ctx, meetingId, [], agenda, [])
  await ctx.record({ kind: 'meetings.cancelled', subject: { kind: 'meeting', id: meetingId }, data: { title: meeting.title, reason } }, throughPost(ctx.actor, meeting))
  touch(ctx, meetingId)
  return answer(meetingId, 'cancelled')
})

/** Operations of planning. */
export const planOperations = [create, change, notify, cancel]
