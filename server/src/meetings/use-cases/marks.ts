/** Sentences of minutes: reading what they say, and marking one as a task. */
import { accept, civilDateAt, instant, refuse } from '@xiewen/shared/base'
import type { Unit } from '@xiewen/shared/directory'
import { blockText } from '@xiewen/shared/documents'
import { type Mark, mayActOnMeeting, meetingsContract as contract, type MeetingId, parseCommitment, sentencesOf } from '@xiewen/shared/meetings'
import { findUnitByName, getUnit } from '../../directory/index.ts'
import { getDocumentFor, readLiveDocument } from '../../documents/index.ts'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { addMark, findMeetingOfMinutes, listAttendees, listMarks } from '../repository.ts'
import { policySceneOf, relationTo, throughPost } from '../scene.ts'

/** Minutes the caller may read, with their meeting. */
async function minutesFor(ctx: QueryContext, documentId: string) {
  const meeting = await findMeetingOfMinutes(ctx.db, documentId)
  const document = meeting && (await getDocumentFor(ctx.db, ctx.actor, documentId))
  if (!meeting || !document) return null
  const attendees = await listAttendees(ctx.db, meeting.id)
  const relation = relationTo(ctx.actor, meeting, attendees)
  const verdict = mayActOnMeeting('mark', policySceneOf({ meeting, attendees, relation }))
  return { meeting, document, verdict }
}

const sentences = onQuery(contract.sentences, async (ctx, { documentId }) => {
  const found = await minutesFor(ctx, documentId)
  if (!found) return refuse('meetings.no-minutes')
  const { meeting, document, verdict } = found
  const marks = await listMarks(ctx.db, meeting.id)
  const on = civilDateAt(instant(meeting.from_at))
  const shown = sentencesOf(await readLiveDocument(ctx.db, documentId)).map((sentence) => {
    const { leads, supports, dueOn } = parseCommitment(sentence.text, on)
    return { ...sentence, leads: [...leads], supports: [...supports], dueOn, mark: marks.find((mark) => mark.quote === sentence.text) ?? null }
  })
  // Safe because ids come from `newId`.
  return accept({ meetingId: meeting.id as MeetingId, title: document.title, sentences: shown, mark: verdict })
})

/** The unit given, or the first lead the sentence names that the directory knows. */
async function leadOf(ctx: QueryContext, leadUnitId: string | undefined, leads: readonly string[]): Promise<Unit | null> {
  if (leadUnitId !== undefined) return getUnit(ctx.db, leadUnitId)
  for (const name of leads) {
    const unit = await findUnitByName(ctx.db, name)
    if (unit) return unit
  }
  return null
}

const markSentence = onCommand(contract.markSentence, async (ctx, input) => {
  const found = await minutesFor(ctx, input.documentId)
  if (!found) return refuse('meetings.no-minutes')
  const { meeting, verdict } = found
  if (!verdict.allowed) return refuse(verdict.because)
  const text = await readLiveDocument(ctx.db, input.documentId)
  const block = text.blocks.findIndex((each) => blockText(each).includes(input.quote))
  if (block < 0) return refuse('meetings.sentence-not-in-minutes')
  const marks = await listMarks(ctx.db, meeting.id)
  if (marks.some((mark) => mark.quote === input.quote)) return refuse('meetings.already-marked')
  const said = parseCommitment(input.quote, civilDateAt(instant(meeting.from_at)))
  const lead = await leadOf(ctx, input.leadUnitId, said.leads)
  if (input.leadUnitId !== undefined && !lead) return refuse('meetings.unknown-unit')
  const mark: Mark = {
    id: ctx.newId<'MarkId'>(),
    // Safe because ids come from `newId`.
    meetingId: meeting.id as MeetingId,
    documentId: input.documentId,
    block,
    quote: input.quote,
    leadUnitId: lead?.id ?? null,
    leadUnitName: lead?.name ?? said.leads[0] ?? '',
    supportNames: [...said.supports],
    dueOn: input.dueOn ?? said.dueOn,
    markedBy: ctx.actor.name,
    at: ctx.now,
    assignmentId: null,
    assignmentState: null,
  }
  await addMark(ctx.db, mark)
  await recordMark(ctx, mark, meeting)
  return accept({ markId: mark.id, leadUnitName: mark.leadUnitName, dueOn: mark.dueOn })
})

async function recordMark(ctx: CommandContext, mark: Mark, meeting: Parameters<typeof throughPost>[1]): Promise<void> {
  await ctx.record(
    {
      kind: 'meetings.sentence-marked',
      subject: { kind: 'meeting', id: meeting.id },
      data: { markId: mark.id, documentId: mark.documentId, block: mark.block, quote: mark.quote, leadUnitId: mark.leadUnitId, leadUnitName: mark.leadUnitName, dueOn: mark.dueOn, organId: meeting.organ_id },
    },
    throughPost(ctx.actor, meeting),
  )
  ctx.touch(`meeting:${meeting.id}`)
  ctx.touch(`document:${mark.documentId}`)
}

/** Operations on sentences. */
export const markOperations = [sentences, markSentence]
