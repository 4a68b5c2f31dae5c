/** The evidence package of an issued document. */
import { archiveContract as contract } from '@xiewen/shared/archive'
import { accept, type Duty, refuse } from '@xiewen/shared/base'
import type { DocumentView } from '@xiewen/shared/documents'
import { getDocumentFor } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onDownload } from '../../platform/slice.ts'
import { makeEvidence } from '../evidence/collect-evidence.ts'

/** Opinions are internal: only those who keep an organ's documents take them out. */
const mayTake: readonly Duty[] = ['archivist', 'registrar', 'office-director']

/** The document, where the caller may take its evidence and its original out of the system; null otherwise. */
export async function findTakable(ctx: QueryContext, documentId: string): Promise<DocumentView | null> {
  const document = await getDocumentFor(ctx.db, ctx.actor, documentId)
  const posts = [...ctx.actor.posts, ...ctx.actor.actingFor]
  return document && posts.some((post) => post.organId === document.organId && post.duties.some((duty) => mayTake.includes(duty))) ? document : null
}

const evidence = onDownload(contract.evidence, async (ctx, input) => {
  const document = await findTakable(ctx, input.documentId)
  if (!document) return refuse('archive.not-found')
  const made = await makeEvidence(ctx, input.documentId)
  return made.ok ? accept({ bytes: made.value, mediaType: 'application/zip', fileName: `${document.title.slice(0, 60)}（证据包）.zip` }) : made
})

/** Operations on evidence. */
export const evidenceOperations: readonly Operation[] = [evidence]
