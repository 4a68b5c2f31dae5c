/** Papers of a meeting: they are opened to those invited, and closed to those dropped. */
import { type Result, accept, refuse } from '@xiewen/shared/base'
import type { AgendaItem, Attendee, NewMeeting } from '@xiewen/shared/meetings'
import { type Grantee, getDocumentFor, grantAccess, revokeAccess } from '../documents/index.ts'
import type { CommandContext } from '../platform/context.ts'

/** Reads the agenda of a plan. A document may be attached by who owns it, or by who sees it once it is signed or received: a
 * meeting must not be a way to hand round other people's drafts.
 *
 * @returns items with the documents' titles, or `meetings.document-not-shareable`
 */
export async function readAgenda(ctx: CommandContext, plan: Pick<NewMeeting, 'agenda'>, former: readonly AgendaItem[]): Promise<Result<readonly AgendaItem[]>> {
  const items: AgendaItem[] = []
  for (const item of plan.agenda) {
    const known = item.documentId === null ? undefined : former.find((each) => each.documentId === item.documentId)
    const document = item.documentId === null || known ? null : await getDocumentFor(ctx.db, ctx.actor, item.documentId)
    if (item.documentId !== null && !known) {
      const isDraft = document?.state === 'draft' || document?.state === 'in-review'
      if (!document || (isDraft && document.ownerPersonId !== ctx.actor.personId)) return refuse('meetings.document-not-shareable')
    }
    items.push({ id: ctx.newId<'AgendaItemId'>(), title: item.title, presenter: item.presenter, minutes: item.minutes, documentId: item.documentId, documentTitle: known?.documentTitle ?? document?.title ?? '' })
  }
  return accept(items)
}

/** Grantees of an invitation. */
export function granteesOf(attendee: Attendee): readonly Grantee[] {
  const named = attendee.comesPostId === null ? [] : [{ postId: attendee.comesPostId }]
  return attendee.postId === null ? [{ unitId: attendee.unitId }, ...named] : [{ postId: attendee.postId }, ...named]
}

/** Lets exactly those invited read the papers on the agenda; papers taken off it are closed again. */
export async function openMaterials(ctx: CommandContext, meetingId: string, agenda: readonly AgendaItem[], former: readonly AgendaItem[], attendees: readonly Attendee[]): Promise<void> {
  const source = `meeting:${meetingId}`
  const ids = (items: readonly AgendaItem[]) => new Set(items.flatMap((item) => item.documentId ?? []))
  for (const documentId of new Set([...ids(former), ...ids(agenda)])) await revokeAccess(ctx, documentId, source)
  for (const documentId of ids(agenda)) {
    for (const grantee of attendees.flatMap(granteesOf)) await grantAccess(ctx, documentId, grantee, 'read', source)
  }
}
