/** Decides a dispatch on what is true now: once before signing the envelope, once more inside the transaction. */
import { accept, type Instant, type Result, refuse } from '@xiewen/shared/base'
import { formatDocumentNumber, type DocumentView } from '@xiewen/shared/documents'
import { exchangeContract, signByOf, usualSignDays, type Envelope, type ReceiptState, type ReceiverRole } from '@xiewen/shared/exchange'
import type { ParsedInputOf } from '@xiewen/shared/base'
import { getUnit } from '../directory/index.ts'
import { getDocumentFor, getIssuedPdf, type IssuedPdf, isUnsealed } from '../documents/index.ts'
import type { ActorPost, DelegatedPost, QueryContext } from '../platform/context.ts'
import { postsOfOrgan, postWith } from './parties.ts'
import { listReceiptsOfDocument } from './repository.ts'

/** What a sender asks for. */
export type SendOrder = ParsedInputOf<typeof exchangeContract.send>

/** A receiver that may be sent to. */
export interface Receiver {
  readonly organ: { readonly id: string; readonly name: string }
  readonly role: ReceiverRole
  readonly copies: number
}

/** A dispatch that may be made. */
export interface SendPlan {
  readonly document: DocumentView
  readonly post: ActorPost | DelegatedPost
  readonly pdf: IssuedPdf
  readonly receivers: readonly Receiver[]
  readonly urgency: DocumentView['urgency']
  readonly signBy: Instant
  readonly number: string
}

/** States in which an organ has the document or is about to: it is not sent to it again. */
export function isInForce(state: ReceiptState): boolean {
  return state !== 'returned' && state !== 'withdrawn'
}

/** Whether the caller may send the document at all. */
export async function decideSender(
  ctx: QueryContext,
  documentId: string,
): Promise<Result<Pick<SendPlan, 'document' | 'post' | 'pdf'>>> {
  const document = await getDocumentFor(ctx.db, ctx.actor, documentId)
  if (!document) return refuse('base.not-found')
  const post = postWith(ctx.actor, 'registrar', document.organId)
  if (!post || document.origin === 'incoming') return refuse('exchange.not-registrar')
  const pdf = await getIssuedPdf(ctx.db, documentId)
  // Once issued it may be sent to further organs (补发); what they get are the same bytes.
  const ready = pdf !== null && isUnsealed(pdf, document.kind) ? 'typeset' : 'sealed'
  if (pdf?.stage !== ready || (document.state !== ready && document.state !== 'issued')) return refuse('exchange.not-sealed')
  return accept({ document, post, pdf })
}

/** Decides the whole dispatch. */
export async function planSending(ctx: QueryContext, order: SendOrder): Promise<Result<SendPlan>> {
  const sender = await decideSender(ctx, order.documentId)
  if (!sender.ok) return sender
  const { document } = sender.value
  if (new Set(order.receivers.map((each) => each.organId)).size < order.receivers.length) return refuse('exchange.named-twice')
  const taken = new Set((await listReceiptsOfDocument(ctx.db, document.id)).filter((row) => isInForce(row.state)).map((row) => row.organ_id))
  const receivers: Receiver[] = []
  for (const named of order.receivers) {
    const organ = await getUnit(ctx.db, named.organId)
    if (organ?.kind !== 'organ') return refuse('exchange.unknown-organ')
    if (organ.id === document.organId) return refuse('exchange.own-organ')
    if (taken.has(organ.id)) return refuse('exchange.already-sent', { organ: organ.name })
    if ((await postsOfOrgan(ctx.db, 'receiver', organ.id)).length === 0) return refuse('exchange.no-receiver', { organ: organ.name })
    receivers.push({ organ: { id: organ.id, name: organ.name }, role: named.role, copies: named.copies })
  }
  const urgency = order.urgency ?? document.urgency
  const signBy = signByOf(ctx.services.calendar.current(), ctx.today, order.signWithinDays ?? usualSignDays(urgency))
  return accept({ ...sender.value, receivers, urgency, signBy, number: document.number ? formatDocumentNumber(document.number) : '' })
}

/** The envelope of a plan. */
export function envelopeOf(ctx: QueryContext, plan: SendPlan, dispatchId: string, at: number): Envelope {
  const { document, pdf, post } = plan
  return {
    format: 'xiewen-envelope-1',
    dispatchId,
    documentId: document.id,
    title: document.title,
    number: plan.number,
    urgency: plan.urgency,
    digest: pdf.digest,
    ...(isUnsealed(pdf, document.kind) ? { unsealed: true as const } : {}),
    pages: pdf.pages,
    from: { id: document.organId, name: document.organName },
    receivers: plan.receivers.map((receiver) => ({ ...receiver })),
    person: { id: ctx.actor.personId, name: ctx.actor.name },
    post: { id: post.id, title: post.title, unit: post.unitName },
    signBy: plan.signBy,
    at,
  }
}
