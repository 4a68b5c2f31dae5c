/** Moving documents through their states, and giving and taking access: doors for the rooms that act on documents. */
import { type DocumentState, decideTransition, isFrozenState } from '@xiewen/shared/documents'
import type { CommandContext } from '../platform/context.ts'
import { assert, Refused } from '../platform/log/fault.ts'
import { registryOf } from './holders.ts'
import { refreshDocument } from './refresh-text.ts'
import { changeDocument, dropGrants, findDocument, putGrant } from './repository.ts'
import type { DocumentRecord } from './tables.ts'

/** The document, or a refusal that undoes the transaction. */
export async function getDocument(ctx: CommandContext, documentId: string): Promise<DocumentRecord> {
  const row = await findDocument(ctx.db, documentId)
  if (!row) throw new Refused('documents.not-found')
  return row
}

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

/** Who is given access: a person, everybody in a unit or organ, or a post with whoever acts for it. Exactly one. */
export interface Grantee {
  readonly personId?: string
  readonly unitId?: string
  readonly postId?: string
}

/** Holder key of a grantee. */
export function holderKey(grantee: Grantee): string {
  const keys = [
    ...(grantee.personId === undefined ? [] : [`person:${grantee.personId}`]),
    ...(grantee.unitId === undefined ? [] : [`unit:${grantee.unitId}`]),
    ...(grantee.postId === undefined ? [] : [`post:${grantee.postId}`]),
  ]
  const [key] = keys
  assert(keys.length === 1 && key !== undefined, 'a grant names exactly one person, unit or post')
  return key
}

/** Gives access. Several sources may give at once, the strongest counts; the same source and grantee replace each other.
 *
 * @param source names why, e.g. `task:<id>`, and is what `revokeAccess` takes back. `owner` and `share:…` are this room's own
 */
export async function grantAccess(
  ctx: CommandContext,
  documentId: string,
  grantee: Grantee,
  right: 'read' | 'suggest' | 'edit',
  source: string,
): Promise<void> {
  await putGrant(ctx.db, { document_id: documentId, holder: holderKey(grantee), source, access: right })
  rightsChanged(ctx, documentId)
}

/** Takes back everything a source gave in a document. */
export async function revokeAccess(ctx: CommandContext, documentId: string, source: string): Promise<void> {
  await dropGrants(ctx.db, documentId, source)
  rightsChanged(ctx, documentId)
}

/** Lets the organ's 文书 see a document from now on: it has been signed and waits to be registered. */
export async function openToRegistry(ctx: CommandContext, row: DocumentRecord): Promise<void> {
  await putGrant(ctx.db, { document_id: row.id, holder: registryOf(row.organ_id), source: 'registry', access: 'read' })
}

/** Open sockets must learn of it at once, open screens too. */
export function rightsChanged(ctx: CommandContext, documentId: string): void {
  ctx.touch('documents')
  ctx.touch(`document:${documentId}`)
  ctx.afterCommit(() => ctx.services.realtime.refreshRights(documentId))
}
