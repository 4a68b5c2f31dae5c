/** 签收 and 退回, by the receivers of the organ. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { type Acknowledgement, decideReceipt, decideReturn, exchangeContract as contract, statementText } from '@xiewen/shared/exchange'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { cancelUrging } from '../deadlines.ts'
import { deskTask, layBeforeReceivers, layBeforeSender, noteEvent, onBehalfOf } from '../desk.ts'
import { findReceiptFor } from '../parties.ts'
import { changeReceipt, getDispatch } from '../repository.ts'
import { type SignedText, signStatement } from '../signatures.ts'
import type { DispatchRecord, ReceiptRecord } from '../tables.ts'

interface AsReceiver {
  readonly receipt: ReceiptRecord
  readonly post: ActorPost | DelegatedPost
}

/** A receipt of an organ the caller receives for. Strangers learn nothing, colleagues learn why not. */
export async function findAsReceiver(ctx: QueryContext, receiptId: string): Promise<Result<AsReceiver>> {
  const seen = await findReceiptFor(ctx, receiptId)
  if (!seen) return refuse('base.not-found')
  return seen.receiver ? accept({ receipt: seen.receipt, post: seen.receiver }) : refuse('exchange.not-receiver')
}

async function decideSigning(ctx: QueryContext, input: { readonly receiptId: string; readonly digest: string }): Promise<Result<AsReceiver & { readonly dispatch: DispatchRecord }>> {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const decided = decideReceipt(found.value.receipt.state, 'sign-for')
  if (!decided.ok) return decided
  const dispatch = await getDispatch(ctx.db, found.value.receipt.dispatch_id)
  return dispatch.blob === input.digest ? accept({ ...found.value, dispatch }) : refuse('exchange.other-bytes')
}

function acknowledgementOf(ctx: QueryContext, given: AsReceiver & { readonly dispatch: DispatchRecord }, at: number): Acknowledgement {
  const { receipt, dispatch, post } = given
  return {
    format: 'xiewen-acknowledgement-1',
    dispatchId: dispatch.id,
    receiptId: receipt.id,
    digest: dispatch.blob,
    copies: receipt.copies,
    organ: { id: receipt.organ_id, name: receipt.organ_name },
    person: { id: ctx.actor.personId, name: ctx.actor.name },
    post: { id: post.id, title: post.title, unit: post.unitName },
    onBehalfOf: onBehalfOf(post),
    at,
  }
}

interface Prepared {
  readonly at: number
  readonly signed: SignedText
}

const signFor = onCommand(contract.signFor, {
  prepare: async (ctx, input) => {
    const decided = await decideSigning(ctx, input)
    if (!decided.ok) return accept(null)
    return accept<Prepared | null>({ at: ctx.now, signed: await signStatement(ctx, acknowledgementOf(ctx, decided.value, ctx.now)) })
  },
  commit: async (ctx, input, prepared) => {
    const decided = await decideSigning(ctx, input)
    if (!decided.ok) return decided
    const { receipt, post } = decided.value
    if (!prepared || statementText(acknowledgementOf(ctx, decided.value, prepared.at)) !== prepared.signed.text) return refuse('base.conflict')
    const { signed } = prepared
    await changeReceipt(ctx.db, receipt.id, {
      state: 'signed-for', signed_at: prepared.at, signed_person_id: ctx.actor.personId, signed_name: ctx.actor.name, signed_for: onBehalfOf(post),
      acknowledgement: signed.text, signature: signed.signature, public_key: signed.publicKey,
    })
    await leaveSigning(ctx, receipt)
    await layBeforeReceivers(ctx, receipt, 'register', receipt.from_organ_name)
    await noteEvent(ctx, receipt, 'sign-for', { through: post })
    const data = { documentId: receipt.document_id, dispatchId: receipt.dispatch_id, organId: receipt.organ_id, digest: input.digest, signature: signed.signature }
    await ctx.record({ kind: 'exchange.signed-for', subject: { kind: 'receipt', id: receipt.id }, data }, post)
    return accept({ state: 'signed-for' } as const)
  },
})

/** It no longer waits to be signed for. */
export async function leaveSigning(ctx: CommandContext, receipt: ReceiptRecord): Promise<void> {
  await ctx.inbox.complete('exchange', deskTask(receipt.id, 'sign-for'))
  await cancelUrging(ctx, receipt.id)
}

const giveBack = onCommand(contract.return, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const decided = decideReturn(receipt.state, input.reason)
  if (!decided.ok) return decided
  await changeReceipt(ctx.db, receipt.id, { state: decided.value, ended_at: ctx.now, ended_name: ctx.actor.name, ended_reason: input.reason })
  await leaveSigning(ctx, receipt)
  await layBeforeSender(ctx, receipt, ctx.actor.name, input.reason)
  await noteEvent(ctx, receipt, 'return', { through: post, detail: input.reason })
  const data = { documentId: receipt.document_id, dispatchId: receipt.dispatch_id, organId: receipt.organ_id, reason: input.reason }
  await ctx.record({ kind: 'exchange.returned', subject: { kind: 'receipt', id: receipt.id }, data }, post)
  return accept({ state: decided.value })
})

/** Operations of receiving. */
export const receiveOperations: readonly Operation[] = [signFor, giveBack]
