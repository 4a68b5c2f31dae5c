/** The evidence package of an issued document. */
import { archiveContract as contract } from '@xiewen/shared/archive'
import { accept, type Duty, refuse } from '@xiewen/shared/base'
import { getDocumentFor } from '../../documents/index.ts'
import { type Operation, onDownload } from '../../platform/slice.ts'
import { makeEvidence } from '../evidence/collect-evidence.ts'

/** Opinions are internal: only those who keep an organ's documents take them out. */
const mayTake: readonly Duty[] = ['archivist', 'registrar', 'office-director']

const evidence = onDownload(contract.evidence, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  const posts = [...ctx.actor.posts, ...ctx.actor.actingFor]
  if (!document || !posts.some((post) => post.organId === document.organId && post.duties.some((duty) => mayTake.includes(duty)))) return refuse('archive.not-found')
  const made = await makeEvidence(ctx, input.documentId)
  return made.ok ? accept({ bytes: made.value, mediaType: 'application/zip', fileName: `${document.title.slice(0, 60)}（证据包）.zip` }) : made
})

/** Operations on evidence. */
export const evidenceOperations: readonly Operation[] = [evidence]
