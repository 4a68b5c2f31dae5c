/** Reading for the receiving side: the register, a receipt, its PDF. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import {
  decideCirculation, decideClosing, decideReceipt, decideResuming, type DispatchId, exchangeContract as contract, type ReceiptAbilities, type ReceiptEvent, type ReceiptId, type ReceiptView, usualDueOn,
} from '@xiewen/shared/exchange'
import type { BlobDigest } from '@xiewen/shared/base'
import { renderIssuedPage } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onDownload, onQuery } from '../../platform/slice.ts'
import { countReceived, listReceived, type Page } from '../lists.ts'
import { findReceiptFor, organsWith, type Seen } from '../parties.ts'
import { presentReader, presentReceipt } from '../present.ts'
import { countReaders, findReceiptOfCopy, getDispatch, listEvents, listReaders } from '../repository.ts'
import type { ReaderRecord, ReceiptEventRecord, ReceiptRecord } from '../tables.ts'
import { findMyReading } from './read.ts'

/** The place in a list a request means. One row more than asked for says whether there is a next page. */
export function pageOfRequest(input: { readonly limit: number; readonly cursor?: string | undefined }): Result<Page> {
  const offset = Number(input.cursor ?? 0)
  return Number.isSafeInteger(offset) && offset >= 0 ? accept({ limit: input.limit + 1, offset }) : refuse('base.invalid-input', { detail: 'cursor' })
}

/** Cuts the extra row and names the next page. */
export function cutPage<T>(rows: readonly T[], page: Page): { readonly rows: T[]; readonly next: string | null } {
  const size = page.limit - 1
  return { rows: rows.slice(0, size), next: rows.length > size ? String(page.offset + size) : null }
}

const receivedList = onQuery(contract.receivedList, async (ctx, input) => {
  const page = pageOfRequest(input)
  if (!page.ok) return page
  const posts = [...ctx.actor.posts, ...ctx.actor.actingFor]
  const scope = { organIds: organsWith(ctx.actor, 'receiver'), postIds: posts.map((post) => post.id) }
  const { rows, next } = cutPage(await listReceived(ctx.db, scope, input, page.value), page.value)
  const readings = await countReaders(ctx.db, rows.map((row) => row.id))
  const shown = rows.map((row) => presentReceipt(row, readings.get(row.id), ctx.now))
  return accept({ rows: shown, next, counts: await countReceived(ctx.db, scope) })
})

async function abilitiesOf(ctx: QueryContext, seen: Seen, readers: readonly ReaderRecord[], events: readonly ReceiptEventRecord[]): Promise<ReceiptAbilities> {
  const { receipt, receiver } = seen
  const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.refusal.code)
  const forReceiver = (result: Result<unknown>): string | null => (receiver ? codeOf(result) : 'exchange.not-receiver')
  const missing = receipt.state === 'in-handling' && readers.some((reader) => reader.read_at === null)
  return {
    signFor: forReceiver(decideReceipt(receipt.state, 'sign-for')),
    return: forReceiver(decideReceipt(receipt.state, 'return')),
    register: forReceiver(decideReceipt(receipt.state, 'register')),
    circulate: forReceiver(decideCirculation(receipt)),
    urgeReaders: forReceiver(missing ? accept(null) : refuse('exchange.nobody-to-urge')),
    close: forReceiver(decideClosing(receipt)),
    resume: forReceiver(decideResuming(receipt, events.map((event) => event.act))),
    read: codeOf(await findMyReading(ctx, receipt.id)),
  }
}

/** Acts the sender is not told of. */
const insideActs: ReadonlySet<string> = new Set(['read', 'circulate'])

/** A line of history; why a case was stopped and taken up again is the receiving organ's own business. */
function presentEvent({ act, at, person_name: personName, detail }: ReceiptEventRecord, isInside: boolean): ReceiptEvent {
  const isOwn = act === 'stop' || act === 'resume'
  return { act, at, personName, detail: isOwn && !isInside ? '' : detail }
}

async function presentView(ctx: QueryContext, seen: Seen): Promise<ReceiptView> {
  const { receipt } = seen
  const dispatch = await getDispatch(ctx.db, receipt.dispatch_id)
  const readers = await listReaders(ctx.db, receipt.id)
  const events = await listEvents(ctx.db, receipt.id)
  const reading = { read: readers.filter((reader) => reader.read_at !== null).length, total: readers.length }
  const calendar = ctx.services.calendar.current()
  // The sender sees where it is, not what the receiving organ does inside.
  const isInside = seen.receiver !== undefined || seen.sender === undefined
  return {
    ...presentReceipt(receipt, reading, ctx.now),
    // Safe because ids come from `newId`.
    dispatchId: dispatch.id as DispatchId,
    documentId: isInside ? (receipt.copy_id as DocumentId | null) : null,
    digest: dispatch.blob,
    pages: dispatch.pages,
    note: dispatch.note,
    sentByName: dispatch.person_name,
    usualDueOn: {
      handle: usualDueOn(calendar, ctx.today, receipt.urgency, 'handle'),
      read: usualDueOn(calendar, ctx.today, receipt.urgency, 'read'),
    },
    readers: isInside ? readers.map(presentReader) : [],
    events: events.filter((event) => isInside || !insideActs.has(event.act)).map((event) => presentEvent(event, isInside)),
    abilities: await abilitiesOf(ctx, seen, readers, events),
  }
}

const receipt = onQuery(contract.receipt, async (ctx, input) => {
  const seen = await findReceiptFor(ctx, input.receiptId)
  return accept({ receipt: seen ? await presentView(ctx, seen) : null })
})

const receiptOfCopy = onQuery(contract.receiptOfCopy, async (ctx, input) => {
  const found = await findReceiptOfCopy(ctx.db, input.documentId)
  const seen = found && (await findReceiptFor(ctx, found.id))
  // Safe because ids come from `newId`.
  return accept({ receiptId: seen ? (seen.receipt.id as ReceiptId) : null })
})

/** What was taken back or sent back is not the receiver's to read any more. */
export function decideContent(seen: Seen): Result<ReceiptRecord> {
  if (seen.sender) return accept(seen.receipt)
  if (seen.receipt.state === 'withdrawn') return refuse('exchange.already-withdrawn')
  return seen.receipt.state === 'returned' ? refuse('exchange.already-returned') : accept(seen.receipt)
}

/** The sealed bytes of a receipt the caller may read. */
export async function readSealed(ctx: QueryContext, receiptId: string) {
  const seen = await findReceiptFor(ctx, receiptId)
  if (!seen) return refuse('base.not-found')
  const content = decideContent(seen)
  if (!content.ok) return content
  const dispatch = await getDispatch(ctx.db, seen.receipt.dispatch_id)
  // Safe because only `addDispatch` writes it, from the blob store's own digest.
  return accept({ dispatch, receipt: seen.receipt, bytes: await ctx.services.blobs.get(dispatch.blob as BlobDigest) })
}

const pdf = onDownload(contract.pdf, async (ctx, input) => {
  const found = await readSealed(ctx, input.receiptId)
  if (!found.ok) return found
  const { bytes, dispatch } = found.value
  return accept({ bytes, mediaType: 'application/pdf', fileName: `${dispatch.title || dispatch.number || dispatch.id}.pdf`, inline: true })
})

const page = onDownload(contract.page, async (ctx, input) => {
  const seen = await findReceiptFor(ctx, input.receiptId)
  if (!seen) return refuse('base.not-found')
  const content = decideContent(seen)
  if (!content.ok) return content
  const svg = await renderIssuedPage(ctx.db, ctx.services.fonts, seen.receipt.document_id, input.page)
  if (svg === null) return refuse('exchange.no-such-page')
  return accept({ bytes: new TextEncoder().encode(svg), mediaType: 'image/svg+xml', fileName: `${input.page}.svg`, inline: true })
})

/** Reading operations of the receiving side. */
export const receivedOperations: readonly Operation[] = [receivedList, receipt, receiptOfCopy, page, pdf]
