/** Reminders before a list of an outside authority is due or an outside certificate ends: on the desks of those whose outside seals would stop, and on
 * the pages of the seals. They go once a successor is there. */
import { type Certificate, fromHex, parseCertificate, sm3, toHex, verifyChain } from '@xiewen/crypto'
import { certificateLeadMs, type EndingCertificate, endingOf, isReplaced, listLeadMs, type SealsOverview } from '@xiewen/shared/seals'
import { z } from 'zod'
import { listPostsWithDuty } from '../../directory/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import type { ReadDb } from '../../platform/database/index.ts'
import type { JobKind } from '../../platform/slice.ts'
import { listSeals, nameOfSeal } from '../repository.ts'
import type { SealRecord } from '../tables.ts'
import { listOutsideLists, type OutsideListRecord } from './outside-list-table.ts'
import { findReplaced, isNeededFor, listEndingLists } from './needed-lists.ts'
import { issuerKeyOf, issuerOf } from './outside-lists.ts'
import { listOutsideTrust, type OutsideTrustRecord } from './outside-tables.ts'
import { certificateOf, findOutsideTrusted, listOutsideAuthorities } from './trusted-outside.ts'

const listJob = 'seals.outside-list-due'
const trustJob = 'seals.outside-certificate-ending'
const payloadSchema = z.object({ id: z.string() })

/** Names of issuers are long: the key of their job and desk entry is a digest. */
const keyOfIssuer = (issuer: string): string => toHex(sm3(new TextEncoder().encode(issuer))).slice(0, 32)
const listTask = (issuer: string): string => `outside-list.${keyOfIssuer(issuer)}`
const trustTask = (id: string): string => `outside-trust.${id}`

/** Plans the reminder of a list that was brought in, and takes those of its predecessor, and of lists nothing hangs on any more beside it, from the desks. */
export async function watchList(ctx: CommandContext, row: WatchedList): Promise<void> {
  await ctx.inbox.withdraw('seals', listTask(row.issuer))
  await ctx.jobs.plan(listReminder(row))
  const others = (await listOutsideLists(ctx.db)).filter((each) => each.id !== row.id && issuerOf(each) === issuerOf(row))
  for (const other of others) if ((await listSealsOn(ctx.db, other)).length === 0) await ctx.inbox.withdraw('seals', listTask(other.issuer))
}

/** The outside seals that would stop once a list is out of date: no other says of their certificate, or their maker's, that it stands. */
async function listSealsOn(db: ReadDb, { id }: Pick<OutsideListRecord, 'id'>): Promise<readonly OutsideSeal[]> {
  const lists = await listEndingLists(db)
  const own = lists.find((each) => each.id === id)
  return own === undefined ? [] : (await listOutsideSeals(db)).filter(({ certificate, makers }) => [certificate, ...makers].some((each) => isNeededFor(own, each, lists)))
}

type WatchedList = Pick<OutsideListRecord, 'id' | 'issuer' | 'this_update' | 'next_update'>

function listReminder(row: WatchedList): Parameters<CommandContext['jobs']['plan']>[0] {
  const [thisUpdate, nextUpdate] = [Number(row.this_update), Number(row.next_update)]
  return { name: listJob, key: keyOfIssuer(row.issuer), dueAt: nextUpdate - listLeadMs({ thisUpdate, nextUpdate }), payload: { id: row.id } }
}

const trustReminder = ({ id, validUntil }: Pick<TrustedCertificate, 'id' | 'validUntil'>): Parameters<CommandContext['jobs']['plan']>[0] => ({ name: trustJob, key: id, dueAt: validUntil - certificateLeadMs, payload: { id } })

/** Every night: plans the reminders of lists and certificates that were brought in before there were any. */
export const watchOutside: JobKind = {
  name: 'seals.watch-outside',
  misfire: 'run-late',
  dailyAtMinute: 85,
  run: async (ctx) => {
    for (const row of await listOutsideLists(ctx.db)) await ctx.jobs.planFirst(listReminder(row))
    const trusted = await listTrusted(ctx.db)
    for (const each of trusted) if (!isReplaced(each, trusted)) await ctx.jobs.planFirst(trustReminder(each))
  },
}

/** Plans the reminder of a certificate that is trusted from now on, and takes those of the certificates it succeeds from the desks. */
export async function watchCertificate(ctx: CommandContext, { id }: Pick<OutsideTrustRecord, 'id'>): Promise<void> {
  const trusted = await listTrusted(ctx.db)
  const own = trusted.find((each) => each.id === id)
  if (own === undefined) return
  for (const each of trusted) if (isReplaced(each, [own])) await forgetCertificate(ctx, each.id)
  if (!isReplaced(own, trusted)) await ctx.jobs.plan(trustReminder(own))
}

/** Takes the reminders of a certificate that is trusted no more from the desks, and those of the list nobody signs for any more. */
export async function forgetOutside(ctx: CommandContext, row: OutsideTrustRecord): Promise<void> {
  await forgetCertificate(ctx, row.id)
  const { kind, certificate } = certificateOf(row)
  const issuer = issuerKeyOf(kind, certificate.subject.raw)
  if ((await listIssuers(ctx.db)).has(issuer)) return
  for (const list of await listOutsideLists(ctx.db)) if (issuerOf(list) === issuer) await ctx.inbox.withdraw('seals', listTask(list.issuer))
}

async function forgetCertificate(ctx: CommandContext, id: string): Promise<void> {
  await ctx.jobs.cancel(trustJob, id)
  await ctx.inbox.withdraw('seals', trustTask(id))
}

interface TrustedCertificate extends EndingCertificate {
  readonly id: string
  readonly raw: Uint8Array
  readonly commonName: string
}

async function listTrusted(db: ReadDb): Promise<readonly TrustedCertificate[]> {
  return (await listOutsideTrust(db))
    .filter((row) => row.state === 'trusted')
    .map((row) => {
      const { certificate } = certificateOf(row)
      return { id: row.id, raw: certificate.raw, commonName: certificate.subject.commonName, subject: row.subject, use: row.used_as, validUntil: certificate.notAfter }
    })
}

async function listIssuers(db: ReadDb): Promise<ReadonlySet<string>> {
  return new Set((await listOutsideAuthorities(db)).map(({ kind, certificate }) => issuerKeyOf(kind, certificate.subject.raw)))
}

/** What people call the authority: the common name within its whole one. */
async function nameOf(db: ReadDb, { id, issuer_name: whole }: Pick<OutsideListRecord, 'id' | 'issuer_name'>): Promise<string> {
  return (await listEndingLists(db)).find((each) => each.id === id)?.issuerName ?? whole
}

/** Before a list is due. Nothing is said of a list that was replaced, that no seal hangs on, or whose authority went. */
export const remindList: JobKind = {
  name: listJob,
  misfire: 'run-late',
  run: async (ctx, job) => {
    const { id } = payloadSchema.parse(job.payload)
    const row = (await listOutsideLists(ctx.db)).find((each) => each.id === id)
    if (row === undefined || !(await listIssuers(ctx.db)).has(issuerOf(row))) return
    await tell(ctx, await listSealsOn(ctx.db, row), await listEntry(ctx.db, row))
  },
}

async function listEntry(db: ReadDb, row: Pick<OutsideListRecord, 'id' | 'issuer' | 'issuer_name' | 'next_update'>): Promise<Told> {
  return { taskId: listTask(row.issuer), subject: { kind: 'outside-list', id: row.id }, title: await nameOf(db, row), step: 'seals.step.outside-list-due', dueAt: Number(row.next_update) }
}

/** Before an outside certificate ends that has no successor. */
export const remindCertificate: JobKind = {
  name: trustJob,
  misfire: 'run-late',
  run: async (ctx, job) => {
    const { id } = payloadSchema.parse(job.payload)
    const trusted = await listTrusted(ctx.db)
    const own = trusted.find((each) => each.id === id)
    if (own === undefined || isReplaced(own, trusted)) return
    await tell(ctx, await listSealsUnder(ctx, own), certificateEntry(own))
  },
}

function certificateEntry({ id, commonName, subject, validUntil }: TrustedCertificate): Told {
  return { taskId: trustTask(id), subject: { kind: 'outside-trust', id }, title: commonName || subject, step: 'seals.step.outside-certificate-ending', dueAt: validUntil }
}

/** The outside seals that would stop without this certificate. */
async function listSealsUnder(ctx: CommandContext, own: TrustedCertificate): Promise<readonly OutsideSeal[]> {
  const { sm2: trust } = await findOutsideTrusted(ctx.db)
  const hangsOn = ({ row, certificate }: OutsideSeal): boolean =>
    own.use === 'maker' ? row.outside_maker === own.commonName : verifyChain(certificate, { trust, at: ctx.now }).path.some(({ raw }) => Buffer.compare(raw, own.raw) === 0)
  return (await listOutsideSeals(ctx.db)).filter(hangsOn)
}

/** Tells the organ that keeps an outside seal what the seal hangs on and is due or over. */
export async function tellOutsideDue(ctx: CommandContext, { id, custodian_id: organ }: Pick<SealRecord, 'id' | 'custodian_id'>): Promise<void> {
  const tellIts = async (seals: readonly OutsideSeal[], entry: Told): Promise<void> => {
    if (seals.some(({ row }) => row.id === id)) await tell(ctx, seals.filter(({ row }) => row.custodian_id === organ), entry)
  }
  const issuers = await listIssuers(ctx.db)
  for (const row of (await listOutsideLists(ctx.db)).filter((each) => issuers.has(issuerOf(each)))) {
    if (listReminder(row).dueAt <= ctx.now) await tellIts(await listSealsOn(ctx.db, row), await listEntry(ctx.db, row))
  }
  const trusted = await listTrusted(ctx.db)
  for (const each of trusted) {
    if (trustReminder(each).dueAt <= ctx.now && !isReplaced(each, trusted)) await tellIts(await listSealsUnder(ctx, each), certificateEntry(each))
  }
}

/** A seal with its own certificate and the trusted ones of its maker. */
interface OutsideSeal {
  readonly row: SealRecord
  readonly certificate: Certificate
  readonly makers: readonly Certificate[]
}

async function listOutsideSeals(db: ReadDb): Promise<readonly OutsideSeal[]> {
  const live = (await listSeals(db)).filter((seal) => seal.origin === 'outside' && (seal.state === 'active' || seal.state === 'suspended'))
  const { sm2 } = await findOutsideTrusted(db)
  const makersOf = (row: SealRecord): readonly Certificate[] => sm2.filter((each) => !each.isAuthority && each.subject.commonName === row.outside_maker)
  return live.flatMap((row) => (row.certificate === null ? [] : [{ row, certificate: parseCertificate(fromHex(row.certificate)), makers: makersOf(row) }]))
}

type Told = Pick<Parameters<CommandContext['inbox']['put']>[0], 'taskId' | 'subject' | 'title' | 'step' | 'dueAt'>

/** Puts it on the desks of keepers and approvers of the organs whose seals are concerned, once. */
async function tell(ctx: CommandContext, seals: readonly OutsideSeal[], entry: Told): Promise<void> {
  const custodians = new Set(seals.map(({ row }) => row.custodian_id))
  const detail = seals.map(({ row }) => nameOfSeal(row)).join('、')
  for (const duty of ['seal-keeper', 'seal-approver'] as const) {
    for (const post of await listPostsWithDuty(ctx.db, duty)) {
      if (custodians.has(post.organId)) await ctx.inbox.put({ ...entry, kind: 'to-read', room: 'seals', postId: post.id, detail, fromName: '', urgency: 'urgent' })
    }
  }
  ctx.touch('seals')
}

/** What of the outside ends soon or has ended and has no successor, the first to end first. */
export async function listOutsideEndings(db: ReadDb, now: number): Promise<SealsOverview['outside']> {
  const issuers = await listIssuers(db)
  const read = await listEndingLists(db)
  const [replaced, names] = [findReplaced(read), new Map(read.map(({ id, issuerName }) => [id, issuerName]))]
  const lists = (await listOutsideLists(db)).filter((row) => issuers.has(issuerOf(row)) && !replaced.has(row.id)).map((row) => {
    const [thisUpdate, nextUpdate] = [Number(row.this_update), Number(row.next_update)]
    return { id: row.id, what: 'list' as const, name: names.get(row.id) ?? row.issuer_name, endsAt: nextUpdate, ending: endingOf(nextUpdate, listLeadMs({ thisUpdate, nextUpdate }), now) }
  })
  const trusted = await listTrusted(db)
  const certificates = trusted.filter((each) => !isReplaced(each, trusted)).map(({ id, commonName, subject, use, validUntil }) => {
    return { id, what: use === 'maker' ? ('maker' as const) : ('authority' as const), name: commonName || subject, endsAt: validUntil, ending: endingOf(validUntil, certificateLeadMs, now) }
  })
  return [...lists, ...certificates].flatMap(({ ending, ...rest }) => (ending === 'later' ? [] : [{ ...rest, isOver: ending === 'ended' }])).toSorted((a, b) => a.endsAt - b.endsAt)
}
