/** Commands and queries of the directory and of sessions (sign-in). */
import { z } from 'zod'
import { duties, forAnyone, forDuties, forSignedIn, forStaff } from '../base/access.ts'
import { command, pageOf, pageRequest, query } from '../base/contract.ts'
import {
  delegationIdSchema, delegationViewSchema, personIdSchema, personViewSchema, postIdSchema, postViewSchema, unitIdSchema,
  unitKinds, unitSchema,
} from './model.ts'

const name = z.string().trim().min(1).max(60)
const secret = z.string().min(1).max(200)

/** What a signed-in person is told about themselves. */
export const sessionViewSchema = z.object({
  personId: personIdSchema,
  name: z.string(),
  login: z.string(),
  posts: z.array(postViewSchema),
  /** Posts of others this person may act for now (代). */
  actingFor: z.array(postViewSchema),
  duties: z.array(z.enum(duties)),
  officeName: z.string(),
  locale: z.enum(['zh-CN', 'en']),
  display: z.enum(['standard', 'large', 'contrast']),
  hasPassword: z.boolean(),
  hasOneTimeCode: z.boolean(),
  /** Until when step-up acts need no new proof (ms), or null. */
  provenUntil: z.number().nullable(),
  expiresAt: z.number(),
})

/** Sign-in and sessions (登录与会话). */
export const sessionContract = {
  current: query({
    name: 'session.current',
    summary: 'Who is signed in here, their posts and preferences; null when nobody is.',
    access: forAnyone,
    input: z.strictObject({}),
    output: z.object({ session: sessionViewSchema.nullable() }),
  }),
  signIn: command({
    name: 'session.sign-in',
    summary: 'Opens a session with login name, password and, where enrolled, a one-time code.',
    access: forAnyone,
    input: z.strictObject({ login: z.string().min(1).max(60), password: secret, code: z.string().max(10).optional() }),
    output: z.object({ session: sessionViewSchema }),
  }),
  redeemLink: command({
    name: 'session.redeem-link',
    summary: 'Opens a session with a one-time sign-in link (invitation or demonstration).',
    access: forAnyone,
    input: z.strictObject({ token: z.string().min(20).max(100) }),
    output: z.object({ session: sessionViewSchema }),
  }),
  signOut: command({
    name: 'session.sign-out',
    summary: 'Ends this session and its sockets.',
    access: forSignedIn,
    input: z.strictObject({}),
    output: z.object({}),
  }),
  stepUp: command({
    name: 'session.step-up',
    summary: 'Proves identity again for acts that demand it (二次认证): password, one-time code, or both as enrolled.',
    access: forSignedIn,
    input: z.strictObject({ password: secret.optional(), code: z.string().max(10).optional() }),
    output: z.object({ provenUntil: z.number() }),
  }),
  setPassword: command({
    name: 'session.set-password',
    summary: 'Sets or changes the caller’s password; ends the caller’s other sessions.',
    access: forSignedIn,
    input: z.strictObject({ current: secret.optional(), next: secret }),
    output: z.object({}),
  }),
  beginOneTimeCode: command({
    name: 'session.begin-one-time-code',
    summary: 'Begins enrolling a one-time code generator (动态口令): answers with the key to enter there.',
    access: forSignedIn,
    input: z.strictObject({}),
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmOneTimeCode: command({
    name: 'session.confirm-one-time-code',
    summary: 'Finishes enrolling with a code from the generator.',
    access: forSignedIn,
    input: z.strictObject({ code: z.string().max(10) }),
    output: z.object({}),
  }),
  setPreferences: command({
    name: 'session.set-preferences',
    summary: 'Keeps the caller’s language and display (standard, large type 大字, high contrast).',
    access: forSignedIn,
    input: z.strictObject({
      locale: z.enum(['zh-CN', 'en']).optional(),
      display: z.enum(['standard', 'large', 'contrast']).optional(),
    }),
    output: z.object({}),
  }),
  listMine: query({
    name: 'session.list-mine',
    summary: 'The caller’s live sessions.',
    access: forSignedIn,
    input: z.strictObject({}),
    output: z.object({
      sessions: z.array(
        z.object({ id: z.string(), startedAt: z.number(), seenAt: z.number(), address: z.string(), here: z.boolean() }),
      ),
    }),
  }),
  endMine: command({
    name: 'session.end-mine',
    summary: 'Ends one of the caller’s sessions.',
    access: forSignedIn,
    input: z.strictObject({ id: z.string().max(64) }),
    output: z.object({}),
  }),
} as const

/** Units, people, posts and deputies (通讯录). */
export const directoryContract = {
  listUnits: query({
    name: 'directory.list-units',
    summary: 'All units, parents before children, in order of precedence.',
    access: forSignedIn,
    input: z.strictObject({}),
    output: z.object({ units: z.array(unitSchema) }),
  }),
  listPeople: query({
    name: 'directory.list-people',
    summary: 'People of a unit and everything below it, or found by name, login or pinyin initials.',
    access: forSignedIn,
    input: z.strictObject({ unitId: unitIdSchema.optional(), text: z.string().max(60).optional(), ...pageRequest }),
    output: pageOf(personViewSchema),
  }),
  listPosts: query({
    name: 'directory.list-posts',
    summary: 'Posts that carry a duty, optionally within one organ or unit: the choices for a next handler.',
    access: forSignedIn,
    input: z.strictObject({ duty: z.enum(duties).optional(), withinUnitId: unitIdSchema.optional(), text: z.string().max(60).optional() }),
    output: z.object({ posts: z.array(postViewSchema) }),
  }),
  addUnit: command({
    name: 'directory.add-unit',
    summary: 'Adds a unit under a parent.',
    access: forDuties('system-admin'),
    input: z.strictObject({
      parentId: unitIdSchema.nullable(),
      kind: z.enum(unitKinds),
      name,
      shortName: name,
      codes: z.array(z.string().min(1).max(30)).max(20).default([]),
      order: z.number().int().min(0).max(9999),
    }),
    output: z.object({ id: unitIdSchema }),
  }),
  addPerson: command({
    name: 'directory.add-person',
    summary: 'Adds a person and answers with a one-time invitation link token; the account has no password yet.',
    access: forDuties('system-admin'),
    input: z.strictObject({ name, login: z.string().trim().regex(/^[\p{L}\p{N}._-]{2,40}$/u), phone: z.string().max(20).default('') }),
    output: z.object({ id: personIdSchema, invitation: z.string() }),
  }),
  invite: command({
    name: 'directory.invite',
    summary: 'Makes a new one-time link for a person who lost theirs; older links die.',
    access: forDuties('system-admin'),
    input: z.strictObject({ personId: personIdSchema }),
    output: z.object({ invitation: z.string() }),
  }),
  setPersonState: command({
    name: 'directory.set-person-state',
    summary: 'Disables or re-enables an account; disabling ends every session and socket at once.',
    access: forDuties('system-admin'),
    input: z.strictObject({ personId: personIdSchema, state: z.enum(['active', 'disabled']), reason: z.string().trim().min(1).max(200) }),
    output: z.object({}),
  }),
  grantPost: command({
    name: 'directory.grant-post',
    summary: 'Gives a person a post with duties.',
    access: forDuties('security-admin'),
    input: z.strictObject({
      personId: personIdSchema,
      unitId: unitIdSchema,
      title: name,
      duties: z.array(z.enum(duties)).max(duties.length),
      primary: z.boolean().default(false),
    }),
    output: z.object({ id: postIdSchema }),
  }),
  endPost: command({
    name: 'directory.end-post',
    summary: 'Ends a post; open tasks of it must be handed to another post in the same act.',
    access: forDuties('security-admin'),
    input: z.strictObject({ postId: postIdSchema, successorPostId: postIdSchema }),
    output: z.object({}),
  }),
  delegate: command({
    name: 'directory.delegate',
    summary: 'Lets a deputy act for one of the caller’s posts for a time (委托).',
    access: forStaff,
    input: z.strictObject({
      principalPostId: postIdSchema,
      deputyPostId: postIdSchema,
      from: z.number().int().nonnegative(),
      until: z.number().int().nonnegative(),
      reason: z.string().trim().min(1).max(200),
    }),
    output: z.object({ id: delegationIdSchema }),
  }),
  revokeDelegation: command({
    name: 'directory.revoke-delegation',
    summary: 'Ends a delegation the caller gave.',
    access: forStaff,
    input: z.strictObject({ id: delegationIdSchema }),
    output: z.object({}),
  }),
  listDelegations: query({
    name: 'directory.list-delegations',
    summary: 'Delegations the caller has given or received.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ delegations: z.array(delegationViewSchema) }),
  }),
} as const
