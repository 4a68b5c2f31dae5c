/** Finding meetings: the caller's list, and who is expected in two places at once. */
import type { Attendee } from '@xiewen/shared/meetings'
import type { Actor } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { MeetingRecord, MeetingsTables } from './tables.ts'

/** What the list asks for. */
export interface ListFilter {
  readonly scope: 'invited' | 'organised' | 'all'
  readonly when: 'upcoming' | 'past'
  readonly now: number
  readonly limit: number
  readonly offset: number
}

/** Meetings the actor organises, hosts, or is told of through a post, a unit, or by being named to come. */
export async function listMeetings(db: ReadDb, actor: Actor, filter: ListFilter): Promise<readonly MeetingRecord[]> {
  const posts = [...actor.posts, ...actor.actingFor]
  const postIds: readonly string[] = posts.map((post) => post.id)
  if (postIds.length === 0) return []
  const answers = posts.filter((post) => post.duties.some((duty) => duty === 'receiver' || duty === 'office-director' || duty === 'section-head'))
  const unitIds: readonly string[] = [...new Set(answers.flatMap((post) => [post.unitId, ...(post.duties.some((duty) => duty !== 'section-head') ? [post.organId] : [])]))]
  const clerkOrgans: readonly string[] = posts.filter((post) => post.duties.includes('meeting-clerk')).map((post) => post.organId)
  const invited = tables<MeetingsTables>(db)
    .selectFrom('meeting_attendee')
    .select('meeting_id')
    .where((eb) =>
      eb.or([
        eb('post_id', 'in', postIds),
        eb('comes_post_id', 'in', postIds),
        ...(unitIds.length > 0 ? [eb.and([eb('kind', '=', 'unit'), eb('unit_id', 'in', unitIds)])] : []),
      ]),
    )
  let query = tables<MeetingsTables>(db).selectFrom('meeting').selectAll()
  query = filter.when === 'upcoming' ? query.where('to_at', '>=', filter.now).orderBy('from_at') : query.where('to_at', '<', filter.now).orderBy('from_at', 'desc')
  query = query.where((eb) => {
    const organised = [eb('post_id', 'in', postIds), ...(clerkOrgans.length > 0 ? [eb('organ_id', 'in', clerkOrgans)] : [])]
    const asked = [eb('host_post_id', 'in', postIds), eb.and([eb('round', '>', 0), eb('id', 'in', invited)])]
    return eb.or(filter.scope === 'organised' ? organised : filter.scope === 'invited' ? asked : [...organised, ...asked])
  })
  const rows = await query.orderBy('id').limit(filter.limit).offset(filter.offset).execute()
  return rows.map((row) => ({ ...row, from_at: Number(row.from_at), to_at: Number(row.to_at) }))
}

/** Where the host and invited posts of a meeting are expected at the same time. */
export async function listClashes(
  db: ReadDb,
  meeting: MeetingRecord,
  attendees: readonly Attendee[],
): Promise<readonly { readonly personName: string; readonly title: string; readonly from: number; readonly to: number }[]> {
  const postIds: readonly string[] = [...attendees.flatMap((attendee) => attendee.postId ?? []), ...(meeting.host_post_id === null ? [] : [meeting.host_post_id])]
  if (postIds.length === 0 || meeting.state === 'cancelled') return []
  const rows = await tables<MeetingsTables>(db)
    .selectFrom('meeting_attendee')
    .innerJoin('meeting', 'meeting.id', 'meeting_attendee.meeting_id')
    .select(['meeting_attendee.person_name', 'meeting.title', 'meeting.from_at', 'meeting.to_at'])
    .where('meeting_attendee.post_id', 'in', postIds)
    .where('meeting.id', '!=', meeting.id)
    .where('meeting.state', 'in', ['planned', 'notified', 'under-way'])
    .where('meeting.from_at', '<', meeting.to_at)
    .where('meeting.to_at', '>', meeting.from_at)
    .where((eb) => eb.or([eb('meeting_attendee.reply', 'is', null), eb('meeting_attendee.reply', '!=', 'leave')]))
    .orderBy('meeting.from_at')
    .limit(50)
    .execute()
  return rows.map((row) => ({ personName: row.person_name, title: row.title, from: Number(row.from_at), to: Number(row.to_at) }))
}
