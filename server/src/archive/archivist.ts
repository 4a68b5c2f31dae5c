/** Who keeps whose archive: the one door to candidates and pieces. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { listPostsWithDuty } from '../directory/index.ts'
import type { ActorPost, DelegatedPost, QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findCandidate, findPiece } from './repository.ts'
import type { CandidateRecord, PieceRecord } from './tables.ts'

/** A post through which the caller keeps an archive. */
export type ArchivistPost = ActorPost | DelegatedPost

/** Posts of the caller with the duty archivist (档案员), own before delegated. */
export function archivistPosts(ctx: Pick<QueryContext, 'actor'>): readonly ArchivistPost[] {
  return [...ctx.actor.posts, ...ctx.actor.actingFor].filter((post) => post.duties.includes('archivist'))
}

/** Organs whose archive the caller keeps; refuses `archive.not-archivist` when there are none. */
export function archivedOrgans(ctx: Pick<QueryContext, 'actor'>): Result<readonly string[]> {
  const organs = [...new Set(archivistPosts(ctx).map((post) => post.organId))]
  return organs.length > 0 ? accept(organs) : refuse('archive.not-archivist')
}

/** The caller's post as archivist of an organ. */
export function archivistOf(ctx: Pick<QueryContext, 'actor'>, organId: string): ArchivistPost | undefined {
  return archivistPosts(ctx).find((post) => post.organId === organId)
}

/** A document of an organ whose archive the caller keeps. Others learn nothing, not even that it exists. */
export async function findCandidateFor(ctx: QueryContext, documentId: string): Promise<Result<{ readonly candidate: CandidateRecord; readonly post: ArchivistPost }>> {
  const organs = archivedOrgans(ctx)
  if (!organs.ok) return organs
  const candidate = await findCandidate(ctx.db, documentId)
  const post = candidate ? archivistOf(ctx, candidate.organ_id) : undefined
  return candidate && post ? accept({ candidate, post }) : refuse('archive.not-found')
}

/** A piece of an organ whose archive the caller keeps. */
export async function findPieceFor(ctx: QueryContext, pieceId: string): Promise<Result<PieceRecord>> {
  const organs = archivedOrgans(ctx)
  if (!organs.ok) return organs
  const piece = await findPiece(ctx.db, pieceId)
  return piece && archivistOf(ctx, piece.organ_id) ? accept(piece) : refuse('archive.not-found')
}

/** Archivists of an organ itself, not of organs below it. */
export async function listArchivists(db: ReadDb, organId: string) {
  return (await listPostsWithDuty(db, 'archivist', organId)).filter((post) => post.organId === organId)
}
