/** What the room does when facts of others arrive. */
import { grantAccess } from '../documents/index.ts'
import type { Reaction } from '../platform/slice.ts'
import { granteesOf } from './materials.ts'
import { changeMeeting, findMeetingOfMinutes, listAttendees } from './repository.ts'

/** Issued minutes close the meeting and are opened to those who were invited. */
const onIssued: Reaction = {
  name: 'meetings.on-issued',
  on: ['documents.issued'],
  run: async (ctx, fact) => {
    const meeting = await findMeetingOfMinutes(ctx.db, fact.subject.id)
    if (meeting?.state !== 'ended') return
    await changeMeeting(ctx.db, meeting.id, { state: 'minutes-issued' })
    for (const grantee of (await listAttendees(ctx.db, meeting.id)).flatMap(granteesOf)) {
      await grantAccess(ctx, fact.subject.id, grantee, 'read', `meeting:${meeting.id}:minutes`)
    }
    await ctx.record({ kind: 'meetings.minutes-issued', subject: { kind: 'meeting', id: meeting.id }, data: { documentId: fact.subject.id } })
    ctx.touch('meetings')
    ctx.touch(`meeting:${meeting.id}`)
  },
}

/** Reactions of the room. */
export const meetingsReactions: readonly Reaction[] = [onIssued]
