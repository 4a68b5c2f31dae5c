/** Giving and taking access: doors for the rooms that act on documents. */
import type { CommandContext } from '../platform/context.ts'
import { assert, Refused } from '../platform/log/fault.ts'
import { closeDesk, openDesk } from './desks.ts'
import { registryOf } from './holders.ts'
import { dropGrants, findDocument, putGrant } from './repository.ts'
import type { DocumentRecord } from './tables.ts'

/** The document, or a refusal that undoes the transaction. */
export async function getDocument(ctx: CommandContext, documentId: string): Promise<DocumentRecord> {
  const row = await findDocument(ctx.db, documentId)
  if (!row) throw new Refused('documents.not-found')
  return row
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
 * @param step string key of the step of work it is given for; changes and comments made meanwhile are shown under it
 * @param source names why, e.g. `task:<id>`, and is what `revokeAccess` takes back. `owner` and `share:…` are this room's own
 */
export async function grantAccess(
  ctx: CommandContext,
  documentId: string,
  grantee: Grantee,
  right: 'read' | 'suggest' | 'edit',
  source: string,
  step?: string,
): Promise<void> {
  const holder = holderKey(grantee)
  await putGrant(ctx.db, { document_id: documentId, holder, source, access: right })
  if (step !== undefined) await openDesk(ctx, { documentId, source, holder, step })
  rightsChanged(ctx, documentId)
}

/** Takes back everything a source gave in a document. */
export async function revokeAccess(ctx: CommandContext, documentId: string, source: string): Promise<void> {
  await dropGrants(ctx.db, documentId, source)
  await closeDesk(ctx, documentId, source)
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
