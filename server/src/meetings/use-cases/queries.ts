/** Reading meetings. */
import { accept, refuse } from '@xiewen/shared/base'
import { meetingsContract as contract } from '@xiewen/shared/meetings'
import { onQuery } from '../../platform/slice.ts'
import { presentMeeting, presentRow } from '../present.ts'
import { attendeesOf } from '../repository.ts'
import { findSceneFor } from '../scene.ts'
import { listMeetings } from '../search.ts'

const view = onQuery(contract.view, async (ctx, { meetingId }) => {
  const scene = await findSceneFor(ctx, meetingId)
  return scene ? accept(await presentMeeting(ctx, scene)) : refuse('meetings.not-found')
})

const list = onQuery(contract.list, async (ctx, input) => {
  const offset = Number(input.cursor ?? 0)
  if (!Number.isSafeInteger(offset) || offset < 0) return refuse('base.invalid-input', { detail: 'cursor' })
  const found = await listMeetings(ctx.db, ctx.actor, { scope: input.scope, when: input.when, now: ctx.now, limit: input.limit + 1, offset })
  const shown = found.slice(0, input.limit)
  const attendees = await attendeesOf(ctx.db, shown.map((meeting) => meeting.id))
  return accept({
    rows: shown.map((meeting) => presentRow(ctx.actor, meeting, attendees.get(meeting.id) ?? [])),
    next: found.length > input.limit ? String(offset + input.limit) : null,
  })
})

/** Queries of the room. */
export const queryOperations = [view, list]
