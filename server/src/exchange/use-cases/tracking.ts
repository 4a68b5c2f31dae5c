/** Reading for the sending side: whom to send to, where it is, what was sent. */
import { accept, type Result } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import {
  type Candidate, decideReceipt, decideUrging, type DispatchId, type DispatchView, exchangeContract as contract, isOverdue, matchReceivers, type ReceiptState,
  receiptStates, type SentRow, usualSignDays,
} from '@xiewen/shared/exchange'
import { listPostsWithDuty, listUnits } from '../../directory/index.ts'
import { getDocumentFor, readLiveDocument } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import type { ReadDb } from '../../platform/database/index.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { listSent, listStates } from '../lists.ts'
import { organsWith, postsOfOrgan, postWith } from '../parties.ts'
import { presentReceipt } from '../present.ts'
import { countReaders, listDispatches, listReceiptsOfDocument } from '../repository.ts'
import { decideSender, isInForce } from '../sending.ts'
import type { DispatchRecord, ReceiptRecord } from '../tables.ts'
import { cutPage, pageOfRequest } from './queries.ts'

const mostPosts = 200

/** Organs with somebody who receives. The directory answers with 200 posts at most; larger offices are asked organ by organ. */
async function organsThatReceive(db: ReadDb, organIds: readonly string[]): Promise<ReadonlySet<string>> {
  const posts = await listPostsWithDuty(db, 'receiver')
  if (posts.length < mostPosts) return new Set(posts.map((post) => post.organId))
  const found = new Set<string>()
  for (const id of organIds) if ((await postsOfOrgan(db, 'receiver', id)).length > 0) found.add(id)
  return found
}

const candidates = onQuery(contract.candidates, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  const sender = await decideSender(ctx, input.documentId)
  if (!document) return sender.ok ? accept({ candidates: [], urgency: 'none' as const, signWithinDays: 0, send: null }) : sender
  const send = sender.ok ? null : sender.refusal.code
  const base = { urgency: document.urgency, signWithinDays: usualSignDays(document.urgency), send }
  if (!sender.ok) return accept({ candidates: [], ...base })
  const organs = (await listUnits(ctx.db)).filter((unit) => unit.kind === 'organ' && unit.id !== document.organId)
  const named = matchReceivers(await readLiveDocument(ctx.db, document.id), organs)
  const receiving = await organsThatReceive(ctx.db, organs.map((organ) => organ.id))
  const states = new Map((await listReceiptsOfDocument(ctx.db, document.id)).filter((row) => isInForce(row.state)).map((row) => [row.organ_id, row.state]))
  const rows = organs.map((organ): Candidate => ({
    organId: organ.id,
    name: organ.name,
    shortName: organ.shortName,
    named: named.get(organ.id) ?? null,
    hasReceiver: receiving.has(organ.id),
    state: states.get(organ.id) ?? null,
  }))
  return accept({ candidates: rows, ...base })
})

const tracking = onQuery(contract.tracking, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  if (!document) return accept({ dispatches: [] })
  const isSender = postWith(ctx.actor, 'registrar', document.organId) !== undefined
  const receipts = await listReceiptsOfDocument(ctx.db, document.id)
  const readings = await countReaders(ctx.db, receipts.map((row) => row.id))
  const dispatches = (await listDispatches(ctx.db, document.id)).map((dispatch): DispatchView => ({
    // Safe because ids come from `newId`.
    id: dispatch.id as DispatchId,
    sentAt: dispatch.sent_at,
    sentByName: dispatch.person_name,
    note: dispatch.note,
    digest: dispatch.blob,
    receipts: receipts
      .filter((row) => row.dispatch_id === dispatch.id)
      .map((row) => ({ ...presentReceipt(row, readings.get(row.id), ctx.now), ...senderActs(ctx, row, isSender) })),
  }))
  return accept({ dispatches })
})

function senderActs(ctx: QueryContext, row: ReceiptRecord, isSender: boolean) {
  const codeOf = (result: Result<unknown>): string | null => (!isSender ? 'exchange.not-registrar' : result.ok ? null : result.refusal.code)
  return {
    urge: codeOf(decideUrging({ state: row.state, urgedAt: row.urged_at }, ctx.now)),
    withdraw: codeOf(decideReceipt(row.state, 'withdraw')),
    acknowledgeReturn: isSender && row.state === 'returned' && row.ended_noted === 0,
  }
}

const sentList = onQuery(contract.sentList, async (ctx, input) => {
  const page = pageOfRequest(input)
  if (!page.ok) return page
  const { rows, next } = cutPage(await listSent(ctx.db, organsWith(ctx.actor, 'registrar'), input.text, page.value), page.value)
  const states = await listStates(ctx.db, rows.map((row) => row.id))
  return accept({ rows: rows.map((row) => presentSent(row, states.filter((each) => each.dispatch_id === row.id), ctx.now)), next })
})

function presentSent(row: DispatchRecord, states: readonly Pick<ReceiptRecord, 'state' | 'sign_by'>[], now: number): SentRow {
  const countOf = (state: ReceiptState): number => states.filter((each) => each.state === state).length
  return {
    // Safe because ids come from `newId`.
    id: row.id as DispatchId,
    documentId: row.document_id as DocumentId,
    title: row.title,
    number: row.number,
    urgency: row.urgency,
    sentAt: row.sent_at,
    sentByName: row.person_name,
    // Safe because the list of states is the record's own keys.
    counts: Object.fromEntries(receiptStates.map((state) => [state, countOf(state)])) as SentRow['counts'],
    overdue: states.filter((each) => isOverdue({ state: each.state, signBy: each.sign_by }, now)).length,
  }
}

/** Reading operations of the sending side. */
export const trackingOperations: readonly Operation[] = [candidates, tracking, sentList]
