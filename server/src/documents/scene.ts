/** Loading a document together with what its policy needs to know. */
import { type DocumentAbility, documentPolicy, type DocumentScene } from '@xiewen/shared/documents'
import { refuse, type Result, accept } from '@xiewen/shared/base'
import type { Actor, ActorPost, QueryContext } from '../platform/context.ts'
import { holdersOf } from './holders.ts'
import { findDocumentFor } from './repository.ts'
import type { DocumentRecord } from './tables.ts'

/** A document found for the actor. */
export interface FoundDocument {
  readonly row: DocumentRecord
  readonly scene: DocumentScene
}

/** The document and the scene, or `documents.not-found` when it is not the actor's to see. */
export async function findScene(ctx: QueryContext, documentId: string): Promise<Result<FoundDocument>> {
  const seen = await findDocumentFor(ctx.db, holdersOf(ctx.actor), documentId)
  if (!seen) return refuse('documents.not-found')
  const { row, right } = seen
  const scene = {
    state: row.state,
    right,
    isOwner: row.owner_person_id === ctx.actor.personId,
    isRegistrar: registrarPost(ctx.actor, row.organ_id) !== null,
    wasSubmitted: row.was_submitted === 1,
  }
  return accept({ row, scene })
}

/** The same for an act: refused with the policy's reason when it may not be done. */
export async function findForAct(ctx: QueryContext, documentId: string, act: DocumentAbility): Promise<Result<FoundDocument>> {
  const found = await findScene(ctx, documentId)
  if (!found.ok) return found
  const verdict = documentPolicy[act](found.value.scene)
  return verdict.allowed ? found : refuse(verdict.because, { from: found.value.row.state, to: '' })
}

/** The post through which the actor is 文书 of an organ, own or acted for, or null. */
export function registrarPost(actor: Actor, organId: string): ActorPost | null {
  return [...actor.posts, ...actor.actingFor].find((post) => post.organId === organId && post.duties.includes('registrar')) ?? null
}

/** The post of the actor named by id, or the first one that is not an administrator's; null when there is none. */
export function draftingPost(actor: Actor, postId: string | undefined): ActorPost | null {
  return (postId === undefined ? actor.posts[0] : actor.posts.find((post) => post.id === postId)) ?? null
}
