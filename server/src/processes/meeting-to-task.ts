/** 议定事项转督办: a sentence marked in minutes is put forward to the supervisors of the organ that held the meeting, and the minutes
 * show what becomes of it. */
import { chineseDate } from '@xiewen/shared/base'
import { documentIdSchema } from '@xiewen/shared/documents'
import type { Mark } from '@xiewen/shared/meetings'
import { supervisionFacts, supervisionZh } from '@xiewen/shared/supervision'
import { z } from 'zod'
import { listPostsWithDuty } from '../directory/index.ts'
import { findDocument, grantAccess } from '../documents/index.ts'
import { findMark, findMeeting, linkAssignment, noteAssignmentState } from '../meetings/index.ts'
import type { CommandContext } from '../platform/context.ts'
import { Fault } from '../platform/log/fault.ts'
import type { Reaction } from '../platform/slice.ts'
import { findAssignment, proposeAssignment } from '../supervision/index.ts'

const marked = z.object({ markId: z.string() })
const longestTitle = 60

/** The sentence as the name of a matter: without opening words, lead, date and stop. */
function titleOf(quote: string): string {
  const bare = quote.replace(/^(?:会议)?(?:议定|决定|要求|强调|明确|指出)[，,：:]?/, '').replace(/[。；;！!]$/, '')
  return bare.length > longestTitle ? `${bare.slice(0, longestTitle - 1)}…` : bare
}

/** What the sentence says about its doing, for whoever assigns it. */
function standardOf(mark: Mark): string {
  const parts = [
    ...(mark.leadUnitName === '' ? [] : [`${supervisionZh['supervision.role.lead']}：${mark.leadUnitName}`]),
    ...(mark.supportNames.length === 0 ? [] : [`${supervisionZh['supervision.role.support']}：${mark.supportNames.join('、')}`]),
    ...(mark.dueOn === null ? [] : [`${chineseDate(mark.dueOn)}前完成`]),
  ]
  return parts.join('；')
}

async function propose(ctx: CommandContext, mark: Mark): Promise<void> {
  const meeting = await findMeeting(ctx.db, mark.meetingId)
  const minutes = await findDocument(ctx.db, mark.documentId)
  if (!meeting || !minutes) throw new Fault(`no meeting or minutes for the mark ${mark.id}`)
  const { assignment } = await proposeAssignment(
    ctx,
    {
      source: { kind: 'minutes', documentId: documentIdSchema.parse(mark.documentId), block: mark.block, label: meeting.title, quote: mark.quote },
      title: titleOf(mark.quote),
      task: mark.quote,
      standard: standardOf(mark),
      urgency: 'none',
    },
    { organ: { id: meeting.organ_id, name: meeting.organ_name }, sourceTitle: minutes.title, by: null },
  )
  await linkAssignment(ctx, mark.id, assignment.id, assignment.state)
  for (const post of (await listPostsWithDuty(ctx.db, 'supervisor', meeting.organ_id)).filter((each) => each.organId === meeting.organ_id)) {
    await grantAccess(ctx, mark.documentId, { postId: post.id }, 'read', `meeting:${meeting.id}:supervision`)
    await ctx.inbox.put({
      kind: 'todo',
      room: 'supervision',
      taskId: taskOf(assignment.id),
      postId: post.id,
      subject: { kind: 'assignment', id: assignment.id },
      title: assignment.title,
      detail: meeting.title,
      step: 'meetings.step.assign',
      fromName: mark.markedBy,
      urgency: 'none',
      dueAt: null,
    })
  }
}

function taskOf(assignmentId: string): string {
  return `${assignmentId}.proposed`
}

/** The reactions that make up the journey. */
export const meetingToTask: readonly Reaction[] = [
  {
    name: 'meeting-to-task.on-marked',
    on: ['meetings.sentence-marked'],
    run: async (ctx, fact) => {
      const mark = await findMark(ctx.db, marked.parse(fact.data).markId)
      if (mark?.assignmentId === null) await propose(ctx, mark)
    },
  },
  {
    name: 'meeting-to-task.on-assignment',
    on: [...supervisionFacts],
    run: async (ctx, fact) => {
      if (fact.subject.kind !== 'assignment') return
      const stored = await findAssignment(ctx.db, fact.subject.id)
      if (!stored || stored.assignment.source.kind !== 'minutes') return
      await noteAssignmentState(ctx, fact.subject.id, stored.assignment.state)
      if (stored.assignment.state !== 'proposed') await ctx.inbox.complete('supervision', taskOf(fact.subject.id))
    },
  },
]
