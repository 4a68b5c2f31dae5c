/** Evidence files (佐证材料). */
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import { type Assignment, supervisionContract as contract } from '@xiewen/shared/supervision'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onDownload, onUpload } from '../../platform/slice.ts'
import { relationOf } from '../relation.ts'
import { addEvidence, findAssignmentFor, findEvidence } from '../repository.ts'

/** Programs and scripts that a double click would run. */
const dangerous = /\.(?:exe|com|bat|cmd|scr|pif|msi|vbs?|vbe|jse?|wsf|wsh|ps1|hta|cpl|lnk|jar|reg|dll|sh|desktop|app|dmg|deb|rpm)$/i

async function findHandled(ctx: QueryContext, assignmentId: string): Promise<Result<{ readonly assignment: Assignment; readonly unitId: string }>> {
  const found = await findAssignmentFor(ctx.db, ctx.actor, assignmentId)
  if (!found) return refuse('supervision.not-found')
  const [unitId] = relationOf(ctx.actor, found.assignment).handles
  return unitId === undefined ? refuse('supervision.not-your-unit') : accept({ assignment: found.assignment, unitId })
}

const upload = onUpload(contract.uploadEvidence, {
  prepare: async (ctx, { input, body }) => {
    const found = await findHandled(ctx, input.assignmentId)
    if (!found.ok) return found
    if (body.length === 0) return refuse('supervision.evidence-empty')
    if (dangerous.test(input.fileName)) return refuse('supervision.evidence-type', { name: input.fileName })
    return accept(await ctx.services.blobs.put(body))
  },
  commit: async (ctx, { input, body }, blob) => {
    const found = await findHandled(ctx, input.assignmentId)
    if (!found.ok) return found
    const evidenceId = ctx.newId<'EvidenceId'>()
    await addEvidence(ctx.db, {
      id: evidenceId, assignment_id: input.assignmentId, unit_id: found.value.unitId, person_id: ctx.actor.personId, name: input.fileName, size_bytes: body.length, blob, at: ctx.now,
    })
    await ctx.record({ kind: 'supervision.evidence-stored', subject: { kind: 'assignment', id: input.assignmentId }, data: { evidenceId, name: input.fileName, digest: blob } })
    return accept({ evidenceId })
  },
})

/** Cited files are for everybody who sees the assignment, others for their uploader. */
const fetchFile = onDownload(contract.evidence, async (ctx, input) => {
  const found = await findAssignmentFor(ctx.db, ctx.actor, input.assignmentId)
  const row = found && (await findEvidence(ctx.db, input.assignmentId, input.evidenceId))
  if (!found || !row) return refuse('supervision.unknown-evidence')
  const cited = found.assignment.reports.some((report) => report.evidence.some((file) => file.id === row.id))
  if (!cited && row.person_id !== ctx.actor.personId) return refuse('supervision.unknown-evidence')
  // Safe because the blob store made the digest.
  return accept({ bytes: await ctx.services.blobs.get(row.blob as BlobDigest), mediaType: 'application/octet-stream', fileName: row.name })
})

/** Operations of this file. */
export const evidenceOperations: readonly Operation[] = [upload, fetchFile]
