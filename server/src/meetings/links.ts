/** Marks and the assignments made of them: doors for the process between meetings and supervision. */
import type { Mark } from '@xiewen/shared/meetings'
import type { CommandContext } from '../platform/context.ts'
import { findMark, noteMarkState, tieMark } from './repository.ts'

function touch(ctx: CommandContext, mark: Mark): void {
  ctx.touch(`meeting:${mark.meetingId}`)
  ctx.touch(`document:${mark.documentId}`)
}

/** Ties a mark to the assignment made of it. */
export async function linkAssignment(ctx: CommandContext, markId: string, assignmentId: string, state: string): Promise<void> {
  await tieMark(ctx.db, markId, assignmentId, state)
  const mark = await findMark(ctx.db, markId)
  if (mark) touch(ctx, mark)
}

/** Notes the present state of an assignment at the sentence it came from; nothing happens for assignments from elsewhere. */
export async function noteAssignmentState(ctx: CommandContext, assignmentId: string, state: string): Promise<void> {
  const mark = await noteMarkState(ctx.db, assignmentId, state)
  if (mark) touch(ctx, mark)
}
