/** Sessions: opaque tokens (256 bits) whose hash is stored; idle and absolute limits enforced on the server. */
import { createHash, randomBytes } from 'node:crypto'
import { adminDuties, type Instant, instant } from '@xiewen/shared/base'
import type { PersonId } from '@xiewen/shared/directory'
import type { Actor, CommandContext } from '../platform/context.ts'
import { type Database, type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { postsActedFor } from './delegations.ts'
import { findPerson, listPostsOfPerson } from './posts.ts'
import type { DirectoryTables } from './tables.ts'

type SessionRow = DirectoryTables['session']

const absoluteMs = 12 * 3_600_000
const idleMs = 30 * 60_000
const adminIdleMs = 10 * 60_000
const linkMs = 7 * 86_400_000
const seenEveryMs = 60_000

/** How long a step-up proof (二次认证) holds. */
export const proofMs = 5 * 60_000

/** The stored form of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Opens a session and puts its token into the answer's cookie. */
export async function openSession(ctx: CommandContext, personId: string, proven: boolean): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const id = ctx.newId<'SessionId'>()
  const row: SessionRow = {
    id,
    token_hash: tokenHash(token),
    person_id: personId,
    started_at: ctx.now,
    seen_at: ctx.now,
    expires_at: ctx.now + absoluteMs,
    proven_until: proven ? ctx.now + proofMs : null,
    address: '',
    ended_at: null,
  }
  await tables<DirectoryTables>(ctx.db).insertInto('session').values(row).execute()
  ctx.setSessionToken(token)
  return id
}

/** Ends sessions of a person, all or all but one; the sockets die after the commit. */
export async function endSessions(ctx: CommandContext, personId: string, except: string | null): Promise<void> {
  let ended = tables<DirectoryTables>(ctx.db).updateTable('session').set({ ended_at: ctx.now }).where('person_id', '=', personId).where('ended_at', 'is', null)
  if (except !== null) ended = ended.where('id', '!=', except)
  const rows = await ended.returning('id').execute()
  ctx.afterCommit(() => {
    for (const row of rows) ctx.services.sessions.dropSession(row.id)
  })
}

/** Ends one session. */
export async function endSession(ctx: CommandContext, sessionId: string): Promise<void> {
  await tables<DirectoryTables>(ctx.db).updateTable('session').set({ ended_at: ctx.now }).where('id', '=', sessionId).execute()
  ctx.afterCommit(() => ctx.services.sessions.dropSession(sessionId))
}

/** Makes a one-time sign-in link; older unused links of the person die. */
export async function makeLink(db: WriteDb, personId: string, now: Instant): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await tables<DirectoryTables>(db).deleteFrom('sign_in_link').where('person_id', '=', personId).where('used_at', 'is', null).execute()
  await tables<DirectoryTables>(db).insertInto('sign_in_link').values({ token_hash: tokenHash(token), person_id: personId, expires_at: now + linkMs, used_at: null }).execute()
  return token
}

/** Uses up a link; null if it is unknown, used or expired. */
export async function redeemLink(db: WriteDb, token: string, now: Instant): Promise<string | null> {
  const row = await tables<DirectoryTables>(db)
    .updateTable('sign_in_link')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** One use of a session. `isBackground`: a screen asked by itself, so nobody need be sitting in front of it. */
export interface SessionUse {
  readonly address: string
  readonly now: Instant
  readonly isBackground: boolean
}

/** Who stands behind a token now: null when the session has ended, timed out, or the person is disabled. Remembers (once a
 * minute) that the session is in use, unless in the background: an unattended screen must time out. */
export async function resolveActor(database: Database, token: string, { address, now, isBackground }: SessionUse): Promise<Actor | null> {
  const found = await database.read(async (db) => loadActor(db, token, address, now))
  if (found && !isBackground && now - found.seenAt > seenEveryMs) {
    await database.write(async (db) => {
      await tables<DirectoryTables>(db).updateTable('session').set({ seen_at: now, address }).where('id', '=', found.actor.sessionId).execute()
    })
  }
  return found?.actor ?? null
}

async function loadActor(db: ReadDb, token: string, address: string, now: Instant): Promise<{ readonly actor: Actor; readonly seenAt: number } | null> {
  const session = await tables<DirectoryTables>(db).selectFrom('session').selectAll().where('token_hash', '=', tokenHash(token)).where('ended_at', 'is', null).executeTakeFirst()
  if (!session || session.expires_at <= now) return null
  const person = await findPerson(db, session.person_id)
  if (!person || person.state === 'disabled') return null
  const posts = await listPostsOfPerson(db, person.id)
  const duties = new Set(posts.flatMap((post) => post.duties))
  const limit = adminDuties.some((duty) => duties.has(duty)) ? adminIdleMs : idleMs
  if (now - session.seen_at > limit) return null
  const actingFor = await postsActedFor(db, posts.map((post) => post.id), now)
  const actor: Actor = {
    // Safe because the id comes from `newId`.
    personId: person.id as PersonId,
    name: person.name,
    sessionId: session.id,
    address,
    posts,
    actingFor,
    duties,
    provenUntil: session.proven_until === null ? null : instant(session.proven_until),
  }
  return { actor, seenAt: session.seen_at }
}

/** One session that is known to exist. */
export async function getSession(db: ReadDb, sessionId: string): Promise<SessionRow> {
  return tables<DirectoryTables>(db).selectFrom('session').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow()
}

/** A person's live sessions, newest first. */
export async function listSessions(db: ReadDb, personId: string, now: Instant): Promise<readonly SessionRow[]> {
  return tables<DirectoryTables>(db).selectFrom('session').selectAll().where('person_id', '=', personId).where('ended_at', 'is', null).where('expires_at', '>', now).orderBy('seen_at', 'desc').limit(50).execute()
}
