/** The list of those invited: from the plan's posts and units to places with names. */
import { type Result, accept, refuse } from '@xiewen/shared/base'
import type { PostId } from '@xiewen/shared/directory'
import type { Attendee, Invitation } from '@xiewen/shared/meetings'
import { getPosts, listUnits } from '../directory/index.ts'
import type { CommandContext } from '../platform/context.ts'

const unanswered = {
  reply: null, decision: null, reason: '', comesName: '', comesTitle: '', comesPostId: null, repliedAt: null, signedInAt: null, signedInName: '',
} as const

/** Places of a list; those that were on it before keep their ids and answers.
 *
 * @returns refuses `meetings.unknown-invited`, `meetings.invited-twice`
 */
export async function readInvitations(ctx: CommandContext, invitations: readonly Invitation[], former: readonly Attendee[]): Promise<Result<readonly Attendee[]>> {
  const posts = await getPosts(ctx.db, invitations.flatMap((each) => (each.kind === 'post' ? [each.postId] : [])))
  const units = invitations.some((each) => each.kind === 'unit') ? await listUnits(ctx.db) : []
  const found: Attendee[] = []
  for (const invitation of invitations) {
    const isSame = (each: Attendee): boolean => (invitation.kind === 'post' ? each.postId === invitation.postId : each.kind === 'unit' && each.unitId === invitation.unitId)
    if (found.some(isSame)) return refuse('meetings.invited-twice')
    const known = former.find(isSame)
    if (known) {
      found.push({ ...known, role: invitation.role })
      continue
    }
    const id = ctx.newId<'AttendeeId'>()
    if (invitation.kind === 'post') {
      const post = posts.find((each) => each.id === invitation.postId)
      if (!post) return refuse('meetings.unknown-invited')
      found.push({ id, kind: 'post', role: invitation.role, postId: post.id, unitId: post.organId, unitName: post.organName, personName: post.personName, personTitle: post.title, ...unanswered })
    } else {
      const unit = units.find((each) => each.id === invitation.unitId)
      if (!unit) return refuse('meetings.unknown-invited')
      found.push({ id, kind: 'unit', role: invitation.role, postId: null, unitId: unit.id, unitName: unit.name, personName: '', personTitle: '', ...unanswered })
    }
  }
  return accept(found)
}

/** The same places, unanswered: another time or place asks everybody again. */
export function askAfresh(attendees: readonly Attendee[]): readonly Attendee[] {
  return attendees.map((attendee) => ({ ...attendee, ...unanswered }))
}

/** Name with title in front, as minutes write it: 市长周文博. */
export async function hostNameOf(ctx: CommandContext, postId: PostId | null): Promise<Result<string>> {
  if (postId === null) return accept('')
  const post = (await getPosts(ctx.db, [postId]))[0]
  return post ? accept(`${post.title}${post.personName}`) : refuse('meetings.unknown-invited')
}
