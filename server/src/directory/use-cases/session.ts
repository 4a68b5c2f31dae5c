/** Signing in and out, proving identity again, and one's own settings. */
import { accept, type ActorStamp, refuse, type Result } from '@xiewen/shared/base'
import { type sessionViewSchema, sessionContract } from '@xiewen/shared/directory'
import type { z } from 'zod'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { tables } from '../../platform/database/index.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { afterFailure, afterSuccess, getCredential, putCredential } from '../credentials.ts'
import { loginKey } from '../login-key.ts'
import { matchOneTimeCode, newOneTimeSecret } from '../one-time-codes.ts'
import { fitsPassword, hashPassword, isStrongPassword } from '../passwords.ts'
import { postsActedFor } from '../delegations.ts'
import { findPerson, listPostsOfPerson } from '../posts.ts'
import { listUnits } from '../units.ts'
import { endSession, endSessions, getSession, listSessions, openSession, proofMs, redeemLink } from '../sessions.ts'
import type { DirectoryTables } from '../tables.ts'

type SessionView = z.output<typeof sessionViewSchema>
const passwordsRemembered = 5

async function presentSession(ctx: QueryContext, personId: string, sessionId: string): Promise<SessionView> {
  const session = await getSession(ctx.db, sessionId)
  const person = await findPerson(ctx.db, personId)
  if (!person) throw new Error('Bug: a session without a person')
  const posts = await listPostsOfPerson(ctx.db, personId)
  const credential = await getCredential(ctx.db, personId)
  return {
    // Safe because the id comes from `newId`.
    personId: person.id as SessionView['personId'],
    name: person.name,
    login: person.login,
    posts,
    actingFor: await postsActedFor(ctx.db, posts.map((post) => post.id), ctx.now),
    duties: [...new Set(posts.flatMap((post) => post.duties))],
    officeName: ctx.services.config.officeName || ((await listUnits(ctx.db))[0]?.name ?? ''),
    locale: person.locale === 'en' ? 'en' : 'zh-CN',
    display: person.display === 'large' || person.display === 'contrast' ? person.display : 'standard',
    hasPassword: credential.password !== null,
    hasOneTimeCode: credential.otp_secret !== null,
    provenUntil: session.proven_until,
    expiresAt: session.expires_at,
  }
}

const current = onQuery(sessionContract.current, async (ctx) =>
  accept({ session: ctx.actorOrNull ? await presentSession(ctx, ctx.actorOrNull.personId, ctx.actorOrNull.sessionId) : null }),
)

/** Names the person in the record of a sign-in, which happens before anybody is signed in. */
async function stampOfPerson(ctx: CommandContext, personId: string): Promise<ActorStamp> {
  const person = await findPerson(ctx.db, personId)
  const post = (await listPostsOfPerson(ctx.db, personId))[0]
  return { personId, personName: person?.name ?? '', postId: post?.id ?? null, unitName: post?.unitName ?? null }
}

const signIn = onCommand(sessionContract.signIn, {
  // Hashing takes a good part of a second on purpose; it must not hold the writer.
  prepare: async (ctx, input) => {
    const person = await tables<DirectoryTables>(ctx.db).selectFrom('person').selectAll().where('login_key', '=', loginKey(input.login)).executeTakeFirst()
    const credential = person ? await getCredential(ctx.db, person.id) : null
    const fits = await fitsPassword(input.password, credential?.password ?? null)
    return accept({ personId: person && person.state !== 'disabled' ? person.id : null, fits, hash: credential?.password ?? null })
  },
  commit: async (ctx, input, prepared) => {
    if (prepared.personId === null) return refuse('session.wrong-credentials')
    const credential = await getCredential(ctx.db, prepared.personId)
    if (credential.locked_until > ctx.now) return refuse('session.locked', { minutes: Math.ceil((credential.locked_until - ctx.now) / 60_000) })
    const refusal = await checkFactors(ctx, prepared.personId, { fits: prepared.fits && credential.password === prepared.hash, code: input.code })
    if (refusal) return refusal
    const sessionId = await openSession(ctx, prepared.personId, true)
    await ctx.record({ kind: 'session.opened', subject: { kind: 'person', id: prepared.personId }, data: { by: 'password' } }, undefined, await stampOfPerson(ctx, prepared.personId))
    return accept({ session: await presentSession(ctx, prepared.personId, sessionId) })
  },
})

/** Checks password outcome and one-time code; failures are counted and kept. Null when all fits. */
async function checkFactors(ctx: CommandContext, personId: string, given: { readonly fits: boolean; readonly code: string | undefined }): Promise<Result<never> | null> {
  const credential = await getCredential(ctx.db, personId)
  const secret = credential.otp_secret === null ? null : ctx.services.keys.reveal(`otp:${personId}`, credential.otp_secret)
  if (given.fits && secret !== null && given.code === undefined) return refuse('session.code-needed')
  const step = secret !== null && given.code !== undefined ? matchOneTimeCode(secret, given.code, ctx.now, credential.otp_last_step) : null
  if (given.fits && (secret === null || step !== null)) {
    await putCredential(ctx.db, { ...afterSuccess(credential), otp_last_step: step ?? credential.otp_last_step })
    return null
  }
  const failed = afterFailure(credential, ctx.now)
  await putCredential(ctx.db, failed)
  await ctx.record({ kind: 'session.sign-in-failed', subject: { kind: 'person', id: personId }, data: { locked: failed.locked_until > ctx.now } })
  ctx.commitEvenIfRefused()
  return refuse('session.wrong-credentials')
}

const redeem = onCommand(sessionContract.redeemLink, async (ctx, input) => {
  const personId = await redeemLink(ctx.db, input.token, ctx.now)
  const person = personId === null ? null : await findPerson(ctx.db, personId)
  if (!person || person.state === 'disabled') return refuse('session.link-used')
  if (person.state === 'invited') await tables<DirectoryTables>(ctx.db).updateTable('person').set({ state: 'active' }).where('id', '=', person.id).execute()
  // A link proves possession of a secret just handed over, so step-up acts work for their five minutes.
  const sessionId = await openSession(ctx, person.id, true)
  await ctx.record({ kind: 'session.opened', subject: { kind: 'person', id: person.id }, data: { by: 'link' } }, undefined, await stampOfPerson(ctx, person.id))
  return accept({ session: await presentSession(ctx, person.id, sessionId) })
})

const signOut = onCommand(sessionContract.signOut, async (ctx) => {
  await endSession(ctx, ctx.actor.sessionId)
  ctx.setSessionToken(null)
  await ctx.record({ kind: 'session.closed', subject: { kind: 'person', id: ctx.actor.personId }, data: {} })
  return accept({})
})

const stepUp = onCommand(sessionContract.stepUp, {
  prepare: async (ctx, input) => {
    const credential = await getCredential(ctx.db, ctx.actor.personId)
    if (credential.password === null && credential.otp_secret === null) return refuse('session.nothing-to-prove')
    const fits = credential.password === null || (await fitsPassword(input.password ?? '', credential.password))
    return accept({ fits, hash: credential.password })
  },
  commit: async (ctx, input, prepared) => {
    const credential = await getCredential(ctx.db, ctx.actor.personId)
    if (credential.locked_until > ctx.now) return refuse('session.locked', { minutes: Math.ceil((credential.locked_until - ctx.now) / 60_000) })
    const refusal = await checkFactors(ctx, ctx.actor.personId, { fits: prepared.fits && prepared.hash === credential.password, code: input.code })
    if (refusal) return refusal
    const provenUntil = ctx.now + proofMs
    await tables<DirectoryTables>(ctx.db).updateTable('session').set({ proven_until: provenUntil }).where('id', '=', ctx.actor.sessionId).execute()
    await ctx.record({ kind: 'session.proven', subject: { kind: 'person', id: ctx.actor.personId }, data: {} })
    return accept({ provenUntil })
  },
})

const setPassword = onCommand(sessionContract.setPassword, {
  prepare: async (ctx, input) => {
    const person = await findPerson(ctx.db, ctx.actor.personId)
    const credential = await getCredential(ctx.db, ctx.actor.personId)
    if (credential.password !== null && !(await fitsPassword(input.current ?? '', credential.password))) return refuse('session.wrong-credentials')
    if (!isStrongPassword(input.next, person?.login ?? '')) return refuse('session.password-weak')
    // Safe because `commit` below is the only writer of this column.
    const former = JSON.parse(credential.former) as readonly string[]
    for (const hash of former) if (await fitsPassword(input.next, hash)) return refuse('session.password-reused')
    return accept({ hash: await hashPassword(input.next), before: credential.password })
  },
  commit: async (ctx, _input, prepared) => {
    const credential = await getCredential(ctx.db, ctx.actor.personId)
    if (credential.password !== prepared.before) return refuse('base.conflict')
    const former = [prepared.hash, ...(JSON.parse(credential.former) as readonly string[])].slice(0, passwordsRemembered)
    await putCredential(ctx.db, { ...credential, password: prepared.hash, former: JSON.stringify(former) })
    await endSessions(ctx, ctx.actor.personId, ctx.actor.sessionId)
    await ctx.record({ kind: 'session.password-set', subject: { kind: 'person', id: ctx.actor.personId }, data: {} })
    return accept({})
  },
})

const beginOneTimeCode = onCommand(sessionContract.beginOneTimeCode, async (ctx) => {
  const secret = newOneTimeSecret()
  const credential = await getCredential(ctx.db, ctx.actor.personId)
  await putCredential(ctx.db, { ...credential, otp_pending: ctx.services.keys.protect(`otp:${ctx.actor.personId}`, secret) })
  const label = encodeURIComponent(`协文:${ctx.actor.name}`)
  return accept({ secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent('协文')}` })
})

const confirmOneTimeCode = onCommand(sessionContract.confirmOneTimeCode, async (ctx, input) => {
  const credential = await getCredential(ctx.db, ctx.actor.personId)
  if (credential.otp_pending === null) return refuse('base.conflict')
  const secret = ctx.services.keys.reveal(`otp:${ctx.actor.personId}`, credential.otp_pending)
  const step = matchOneTimeCode(secret, input.code, ctx.now, 0)
  if (step === null) return refuse('session.wrong-credentials')
  await putCredential(ctx.db, { ...credential, otp_secret: credential.otp_pending, otp_pending: null, otp_last_step: step })
  await ctx.record({ kind: 'session.one-time-code-enrolled', subject: { kind: 'person', id: ctx.actor.personId }, data: {} })
  return accept({})
})

const setPreferences = onCommand(sessionContract.setPreferences, async (ctx, input) => {
  const set = { ...(input.locale ? { locale: input.locale } : {}), ...(input.display ? { display: input.display } : {}) }
  if (Object.keys(set).length > 0) await tables<DirectoryTables>(ctx.db).updateTable('person').set(set).where('id', '=', ctx.actor.personId).execute()
  return accept({})
})

const listMine = onQuery(sessionContract.listMine, async (ctx) => {
  const rows = await listSessions(ctx.db, ctx.actor.personId, ctx.now)
  return accept({ sessions: rows.map((row) => ({ id: row.id, startedAt: row.started_at, seenAt: row.seen_at, address: row.address, here: row.id === ctx.actor.sessionId })) })
})

const endMine = onCommand(sessionContract.endMine, async (ctx, input) => {
  const rows = await listSessions(ctx.db, ctx.actor.personId, ctx.now)
  if (!rows.some((row) => row.id === input.id)) return refuse('base.not-found')
  await endSession(ctx, input.id)
  await ctx.record({ kind: 'session.closed', subject: { kind: 'person', id: ctx.actor.personId }, data: { session: input.id } })
  return accept({})
})

/** All session operations. */
export const sessionOperations = [current, signIn, redeem, signOut, stepUp, setPassword, beginOneTimeCode, confirmOneTimeCode, setPreferences, listMine, endMine]
