/** Moving documents through their states: the door for the rooms that act on documents. */
import { type DocumentState, decideTransition, isFrozenState } from '@xiewen/shared/documents'
import type { CommandContext } from '../platform/context.ts'
import { Refused } from '../platform/log/fault.ts'
import { refreshDocument } from './copies/refresh-text.ts'
import { changeDocument } from './repository.ts'
import { getDocument, rightsChanged } from './state.ts'
import type { DocumentRecord } from './tables.ts'
import { keepNamedVersion } from './versions.ts'

/** Puts a document into a state. Leaving `draft` marks it as submitted for good; going back from `signed` thaws the text and
 * forgets the digest; `issued` records `documents.issued`.
 *
 * @throws Refused `documents.not-found`, `documents.wrong-state`; `documents.not-signed` for `signed` without a frozen version
 */
export async function setDocumentState(ctx: CommandContext, documentId: string, state: DocumentState): Promise<void> {
  const row = await getDocument(ctx, documentId)
  const decision = decideTransition(row.state, state)
  if (!decision.ok) throw new Refused(decision.refusal.code, decision.refusal.params)
  if (row.state === state && state !== 'typeset') return
  if (isFrozenState(state) && row.frozen_version_id === null) throw new Refused('documents.not-signed')
  await refreshDocument(ctx.db, documentId)
  // What the reviewers were given is kept: the trace of a document begins at 送审.
  if (row.state === 'draft' && state === 'in-review') await keepNamedVersion(ctx, documentId, '送审稿')
  const thawed = isFrozenState(row.state) && !isFrozenState(state)
  await changeDocument(ctx.db, documentId, {
    state,
    changed_at: ctx.now,
    ...(row.state === 'draft' && state !== 'draft' ? { was_submitted: 1 } : {}),
    ...(thawed ? { frozen_version_id: null, frozen_digest: null } : {}),
  })
  if (thawed) await record(ctx, 'documents.reopened', row, { state, formerDigest: row.frozen_digest })
  if (state === 'issued') await record(ctx, 'documents.issued', row, { title: row.title, digest: row.frozen_digest })
  rightsChanged(ctx, row.id)
}

function record(ctx: CommandContext, kind: string, row: DocumentRecord, data: Readonly<Record<string, unknown>>): Promise<unknown> {
  return ctx.record({ kind, subject: { kind: 'document', id: row.id }, data })
}
