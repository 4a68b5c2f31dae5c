/** Bringing in the lists of revoked certificates of outside authorities. */
import { presentListScope, type RevocationList, toHex } from '@xiewen/crypto'
import { accept } from '@xiewen/shared/base'
import { endingOf, listLeadMs, outsideListIdSchema, type OutsideListView, sealsContract as contract } from '@xiewen/shared/seals'
import { digestOf } from '../../platform/blobs/blobs.ts'
import { onQuery, onUpload } from '../../platform/slice.ts'
import { watchList } from '../outside/endings.ts'
import { findReplaced, listEndingLists } from '../outside/needed-lists.ts'
import { keepOutsideList, listOutsideLists, type OutsideListRecord } from '../outside/outside-list-table.ts'
import { issuerKeyOf, issuerOf, judgeList, listKeyOf } from '../outside/outside-lists.ts'
import { readOutsideLists } from '../outside/read-lists.ts'
import { listOutsideAuthorities } from '../outside/trusted-outside.ts'

const importList = onUpload(contract.importList, async (ctx, { body }) => {
  const judged = await judgeList(ctx.db, body, digestOf, ctx.now)
  if (!judged.ok) return judged
  const { raw, issuer, number, thisUpdate, nextUpdate, entries } = judged.value
  const id = ctx.newId<'OutsideListId'>()
  const digest = digestOf(raw)
  const row: OutsideListRecord = {
    id, issuer: listKeyOf(judged.value), issuer_name: issuer.text, list_number: number?.toString() ?? '', this_update: thisUpdate, next_update: nextUpdate, entries: entries.length, der: toHex(raw), digest,
    importer_name: ctx.actor.name, imported_at: ctx.now,
  }
  await keepOutsideList(ctx.db, row)
  await watchList(ctx, row)
  await ctx.record({ kind: 'seals.list-imported', subject: { kind: 'outside-list', id }, data: { issuer: issuer.text, number: number?.toString() ?? '', thisUpdate, nextUpdate, entries: entries.length, digest } })
  ctx.touch('seals')
  return accept({ issuer: issuer.text, entries: entries.length, nextUpdate, isStale: nextUpdate < ctx.now })
})

const listLists = onQuery(contract.listLists, async (ctx) => {
  const trusted = (await listOutsideAuthorities(ctx.db)).map(({ kind, certificate }) => ({ key: issuerKeyOf(kind, certificate.subject.raw), name: certificate.subject.text }))
  const names = new Set(trusted.map(({ key }) => key))
  const rows = await listOutsideLists(ctx.db)
  const read = await readOutsideLists(ctx.db)
  const replaced = findReplaced(await listEndingLists(ctx.db))
  const having = new Set(rows.map(issuerOf))
  return accept({
    lists: rows.map((row) => present(row, { list: read.get(row.issuer), isTrusted: names.has(issuerOf(row)), isReplaced: replaced.has(row.id), now: ctx.now })),
    without: [...new Set(trusted.filter(({ key }) => !having.has(key)).map(({ name }) => name))],
  })
})

const states = { later: 'valid', soon: 'due', ended: 'stale' } as const

interface Seen {
  readonly list: RevocationList | undefined
  readonly isTrusted: boolean
  readonly isReplaced: boolean
  readonly now: number
}

function stateOf({ this_update, next_update }: Omit<OutsideListRecord, 'der'>, { isTrusted, isReplaced, now }: Seen): OutsideListView['state'] {
  if (!isTrusted) return 'untrusted'
  const [thisUpdate, nextUpdate] = [Number(this_update), Number(next_update)]
  const ending = endingOf(nextUpdate, listLeadMs({ thisUpdate, nextUpdate }), now)
  return isReplaced && ending !== 'later' ? 'replaced' : states[ending]
}

function present(row: Omit<OutsideListRecord, 'der'>, seen: Seen): OutsideListView {
  const [thisUpdate, nextUpdate] = [Number(row.this_update), Number(row.next_update)]
  return {
    id: outsideListIdSchema.parse(row.id), issuer: row.issuer_name, number: row.list_number, thisUpdate, nextUpdate, entries: Number(row.entries), part: presentPart(seen.list),
    state: stateOf(row, seen), importedBy: row.importer_name, importedAt: Number(row.imported_at),
  }
}

/** What a partitioned list is about, and the first address it is published at. */
function presentPart(list: RevocationList | undefined): OutsideListView['part'] {
  if (list === undefined || list.scope === null) return null
  const { holders, isSomeReasons, addresses } = presentListScope(list.scope)
  return { holders, isSomeReasons, address: addresses[0] ?? '' }
}

/** Operations on lists of outside authorities. */
export const outsideListOperations = [importList, listLists]
