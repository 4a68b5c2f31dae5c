/** Creating a document: the row, its first text, its first grants and its search words, in one transaction. */
import type { DocumentId, DocumentOrigin, OfficialDocument } from '@xiewen/shared/documents'
import { personOfPost } from '../directory/index.ts'
import type { ActorPost, CommandContext } from '../platform/context.ts'
import { assert } from '../platform/log/fault.ts'
import { sealUpdates } from '../platform/realtime/log-frames.ts'
import { registryOf } from './holders.ts'
import { firstUpdate } from './live-text.ts'
import { copiesOf, titleOf } from './copies/copies.ts'
import { storeCopies } from './copies/refresh-text.ts'
import { addDocument, putGrant } from './repository.ts'
import { insertRows } from './update-log.ts'

/** A document to be made. `ownerPost` is the post that drafts it or, for incoming ones, that registered it. */
export interface NewDocument {
  readonly document: OfficialDocument
  readonly ownerPost: ActorPost
  readonly origin: DocumentOrigin
}

/** Makes a document in state `draft` (`incoming` for received ones) and records `documents.created`. */
export async function createDocument(ctx: CommandContext, given: NewDocument): Promise<DocumentId> {
  const id = ctx.newId<'DocumentId'>()
  const { ownerPost: post, document } = given
  const owner = await ownerOf(ctx, post)
  const row = await addDocument(ctx.db, {
    id,
    origin: given.origin,
    state: given.origin === 'incoming' ? 'incoming' : 'draft',
    title: '',
    kind: document.elements.kind,
    urgency: document.elements.urgency,
    owner_person_id: owner.personId,
    owner_name: owner.name,
    owner_post_id: post.id,
    unit_id: post.unitId,
    unit_name: post.unitName,
    organ_id: post.organId,
    organ_name: post.organName,
    created_at: ctx.now,
    changed_at: ctx.now,
    version: 0,
    is_stale: 0,
    was_submitted: 0,
    frozen_version_id: null,
    frozen_digest: null,
    number_code: null,
    number_year: null,
    number_serial: null,
  })
  const bytes = sealUpdates(id, { personId: owner.personId, updates: [firstUpdate(document)] })
  await insertRows(ctx.db, [{ documentId: id, bytes, personId: owner.personId, sessionId: ctx.actorOrNull?.sessionId ?? '', at: ctx.now }])
  await storeCopies(ctx.db, row, copiesOf(document))
  await putGrant(ctx.db, { document_id: id, holder: `person:${owner.personId}`, source: 'owner', access: 'edit' })
  await putGrant(ctx.db, { document_id: id, holder: `post:${post.id}`, source: 'owner', access: 'edit' })
  if (given.origin === 'incoming') {
    await putGrant(ctx.db, { document_id: id, holder: registryOf(post.organId), source: 'registry', access: 'read' })
  }
  await ctx.record(
    {
      kind: 'documents.created',
      subject: { kind: 'document', id },
      data: { title: titleOf(document), kind: document.elements.kind, origin: given.origin, organId: post.organId },
    },
    ctx.actorOrNull ? post : undefined,
  )
  ctx.touch('documents')
  return id
}

/** Who owns it: the caller, or, where the system acts (a received document, minutes), whoever holds the post. */
async function ownerOf(ctx: CommandContext, post: ActorPost): Promise<{ readonly personId: string; readonly name: string }> {
  const caller = ctx.actorOrNull
  if (caller && [...caller.posts, ...caller.actingFor].some((own) => own.id === post.id)) return { personId: caller.personId, name: caller.name }
  const holder = await personOfPost(ctx.db, post.id)
  assert(holder !== null, `nobody holds the post ${post.id}`)
  return holder
}
