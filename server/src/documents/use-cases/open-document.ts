/** Opening a document: what it is, what the caller may do, and the ticket to its live text. */
import { accept, refuse } from '@xiewen/shared/base'
import {
  abilitiesOf, type AttachmentId, documentsContract, type GrantView, type VersionId, type VersionView, ydocVersion,
} from '@xiewen/shared/documents'
import { findPerson, getPost, getUnit } from '../../directory/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import type { ReadDb } from '../../platform/database/index.ts'
import { onQuery } from '../../platform/slice.ts'
import { listAttachments } from '../attachments.ts'
import { listAuthors, listGrants, presentDocument } from '../repository.ts'
import { getIssuedPdf } from '../renditions.ts'
import { findScene } from '../scene.ts'
import { findTemplateCode } from '../template-store.ts'
import { listVersions } from '../versions.ts'

const open = onQuery(documentsContract.open, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row, scene } = found.value
  if (scene.right === 'none') return refuse('documents.not-found')
  const rendition = await getIssuedPdf(ctx.db, row.id)
  const organ = await getUnit(ctx.db, row.organ_id)
  return accept({
    document: presentDocument(row),
    abilities: abilitiesOf(scene),
    right: scene.right,
    versions: await presentVersions(ctx, row.id),
    grants: await presentGrants(ctx.db, row.id),
    // Safe because the id comes from `newId`.
    attachments: (await listAttachments(ctx.db, row.id)).map((file) => ({
      id: file.id as AttachmentId, name: file.name, mediaType: file.media_type, sizeBytes: Number(file.size_bytes), digest: file.blob, byName: file.person_name, at: Number(file.at),
    })),
    codes: [...(organ?.codes ?? [])],
    code: await findTemplateCode(ctx.db, row.id),
    rendition: rendition && { stage: rendition.stage, digest: rendition.blob, pages: rendition.pages, at: rendition.at, sealPlaces: rendition.sealAnchors.length },
  })
})

async function presentVersions(ctx: QueryContext, documentId: string): Promise<VersionView[]> {
  const names = new Map<string, string>()
  const views: VersionView[] = []
  for (const version of await listVersions(ctx.db, documentId)) {
    const authors = await listAuthors(ctx.db, documentId, Number(version.seq))
    for (const personId of authors) if (!names.has(personId)) names.set(personId, (await findPerson(ctx.db, personId))?.name ?? '')
    views.push({
      // Safe because the id comes from `newId`.
      id: version.id as VersionId,
      name: version.name,
      at: Number(version.at),
      byName: version.person_name,
      authors: authors.map((personId) => names.get(personId) ?? '').filter((name) => name !== ''),
      characters: version.characters,
      digest: version.digest,
      frozen: version.is_frozen === 1,
      seq: Number(version.seq),
    })
  }
  return views
}

/** Grants people gave or the workflow gave; the owner's own and the registry's go without saying. */
async function presentGrants(db: ReadDb, documentId: string): Promise<GrantView[]> {
  const views: GrantView[] = []
  for (const grant of await listGrants(db, documentId)) {
    if (grant.source === 'owner' || grant.source === 'registry') continue
    const [kind, holderId = ''] = grant.holder.split(':')
    const common = { holderId, right: grant.access, source: grant.source }
    if (kind === 'post') {
      const post = await getPost(db, holderId)
      views.push({ ...common, holderKind: 'post', holderName: post ? `${post.personName}（${post.unitName}${post.title}）` : '' })
    } else if (kind === 'unit') views.push({ ...common, holderKind: 'unit', holderName: (await getUnit(db, holderId))?.name ?? '' })
    else views.push({ ...common, holderKind: 'person', holderName: (await findPerson(db, holderId))?.name ?? '' })
  }
  return views
}

const ticket = onQuery(documentsContract.ticket, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { scene } = found.value
  if (scene.right === 'none') return refuse('documents.not-found')
  const [post] = ctx.actor.posts
  const issued = ctx.services.realtime.issueTicket({
    sessionId: ctx.actor.sessionId,
    personId: ctx.actor.personId,
    personName: ctx.actor.name,
    postTitle: post ? `${post.unitName}${post.title}` : '',
    documentId: input.documentId,
  })
  return accept({ ticket: issued, right: scene.right, ydocVersion })
})

/** Operations that open documents. */
export const openOperations = [open, ticket]
