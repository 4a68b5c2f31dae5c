/** Lists of revoked certificates (吊销列表, CRL): issued every day and whenever a seal ends or changes its certificate, kept in the
 * database, laid out in `<data>/trust/*.crl` for verifying without the server. Source: RFC 5280 section 5, GM/T 0015-2023. */
import { equalBytes, fromHex, issueRevocationList, type RevokedEntry, toHex } from '@xiewen/crypto'
import { listIssuers } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { tables } from '../../platform/database/index.ts'
import type { JobKind, Reaction } from '../../platform/slice.ts'
import { type Authority, findAuthority, issuerOf, keepAuthority, prepareAuthority, publishTrust, rootOf } from '../authority.ts'
import { listRevoked } from '../custody.ts'
import { findRevocationList, type ListTables, type RevocationListRecord } from './list-table.ts'

/** A list outlives a week of a server that is switched off; a new one comes every day. */
const goodForMs = 7 * 86_400_000

interface PreparedLists {
  readonly authority: Authority
  readonly lists: readonly RevocationListRecord[]
}

async function prepareLists(ctx: QueryContext): Promise<PreparedLists | null> {
  if ((await findAuthority(ctx.db)) === null) return null
  // An installation that began without the services gets them on this occasion.
  const authority = await prepareAuthority(ctx)
  const revoked = await listRevoked(ctx.db)
  const entries = {
    // The authority below the root is never revoked here: whoever does that has taken the root to another machine.
    root: [],
    issuing: revoked.filter(({ issuer }) => equalBytes(issuer, authority.issuing.subject.raw)).map(({ serial, revokedAt }): RevokedEntry => ({ serial, revokedAt, reason: 'cessationOfOperation' })),
  }
  const lists: RevocationListRecord[] = []
  for (const issuer of listIssuers) {
    const signer = issuer === 'root' ? await rootOf(ctx.services, authority) : await issuerOf(ctx.services, authority)
    const before = await findRevocationList(ctx.db, issuer)
    const order = { number: Number(before?.list_number ?? 0) + 1, thisUpdate: ctx.now, nextUpdate: ctx.now + goodForMs, entries: entries[issuer] }
    lists.push({ issuer, list_number: order.number, this_update: order.thisUpdate, next_update: order.nextUpdate, der: toHex(await issueRevocationList(order, signer)) })
  }
  return { authority, lists }
}

async function keepLists(ctx: CommandContext, { authority, lists }: PreparedLists): Promise<void> {
  await keepAuthority(ctx, authority)
  for (const { issuer, ...row } of lists) {
    await tables<ListTables>(ctx.db).insertInto('seal_revocation_list').values({ issuer, ...row }).onConflict((c) => c.column('issuer').doUpdateSet(row)).execute()
  }
  const data = { lists: lists.map(({ issuer, list_number: number, next_update: nextUpdate }) => ({ issuer, number, nextUpdate })) }
  await ctx.record({ kind: 'seals.revocation-lists-issued', subject: { kind: 'seal-authority', id: authority.root.serial }, data })
}

/** Issues both lists when a certificate was revoked or replaced, and when a day has begun. */
export const issueLists: Reaction = {
  name: 'seals.issue-revocation-lists',
  on: ['seals.authority-made', 'seals.destroyed', 'seals.renewed', 'seals.revocation-lists-due'],
  prepare: prepareLists,
  run: async (ctx, _fact, prepared) => {
    // Safe because it is what `prepareLists` answered.
    const lists = prepared as PreparedLists | null
    if (lists !== null) await keepLists(ctx, lists)
  },
}

/** Lays the lists out beside the certificates. */
export const publishLists: Reaction = {
  name: 'seals.publish-revocation-lists',
  on: ['seals.revocation-lists-issued'],
  prepare: async (ctx) => {
    const found = await Promise.all(listIssuers.map((issuer) => findRevocationList(ctx.db, issuer)))
    await publishTrust(ctx.services, found.flatMap((row) => (row === null ? [] : [{ name: `${row.issuer}.crl`, bytes: fromHex(row.der) }])))
    return null
  },
  run: async () => undefined,
}

/** Every night at ten past one, and when a server starts that has none planned. */
export const dailyLists: JobKind = {
  name: 'seals.daily-revocation-lists',
  misfire: 'run-late',
  dailyAtMinute: 70,
  run: async (ctx) => {
    const authority = await findAuthority(ctx.db)
    if (authority) await ctx.record({ kind: 'seals.revocation-lists-due', subject: { kind: 'seal-authority', id: authority.root.serial }, data: {} })
  },
}
