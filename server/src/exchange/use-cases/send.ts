/** 分发: a sealed document goes to organs; from then on it is issued. */
import { accept, refuse } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import { type DispatchId, exchangeContract as contract, type ReceiptId, statementText } from '@xiewen/shared/exchange'
import { setDocumentState } from '../../documents/index.ts'
import { newId } from '../../platform/clock/new-id.ts'
import type { CommandContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { planUrging } from '../deadlines.ts'
import { deskTask, layBeforeReceivers, noteEvent } from '../desk.ts'
import { addDispatch, changeReceipt, listReceiptsOfDocument } from '../repository.ts'
import { type SignedText, signStatement } from '../signatures.ts'
import { envelopeOf, planSending, type Receiver, type SendPlan } from '../sending.ts'
import type { ReceiptRecord } from '../tables.ts'

interface Prepared {
  readonly id: DispatchId
  readonly at: number
  readonly signed: SignedText
}

const send = onCommand(contract.send, {
  // What is impossible is refused in the transaction, so that a repeated request gets its first answer.
  prepare: async (ctx, input) => {
    const plan = await planSending(ctx, input)
    if (!plan.ok) return accept(null)
    const id = newId<'DispatchId'>(ctx.now)
    return accept<Prepared | null>({ id, at: ctx.now, signed: await signStatement(ctx, envelopeOf(ctx, plan.value, id, ctx.now)) })
  },
  commit: async (ctx, input, prepared) => {
    const decided = await planSending(ctx, input)
    if (!decided.ok) return decided
    const plan = decided.value
    if (!prepared || statementText(envelopeOf(ctx, plan, prepared.id, prepared.at)) !== prepared.signed.text) return refuse('base.conflict')
    await clearReturns(ctx, plan)
    const receipts = plan.receivers.map((receiver) => receiptOf(ctx, plan, prepared, receiver))
    await store(ctx, plan, prepared, receipts, input.note)
    if (plan.document.state !== 'issued') await setDocumentState(ctx, plan.document.id, 'issued')
    await ctx.record(
      {
        kind: 'exchange.sent',
        subject: { kind: 'document', id: plan.document.id },
        data: {
          documentId: plan.document.id, dispatchId: prepared.id, digest: plan.pdf.digest, number: plan.number, title: plan.document.title,
          receivers: plan.receivers.map(({ organ, role, copies }) => ({ organId: organ.id, organName: organ.name, role, copies })),
          signature: prepared.signed.signature,
        },
      },
      plan.post,
    )
    // Safe because ids come from `newId` and the directory.
    return accept({ dispatchId: prepared.id, receipts: receipts.map((row) => ({ receiptId: row.id as ReceiptId, organId: row.organ_id as UnitId })) })
  },
})

/** Sending again to an organ answers its return. */
async function clearReturns(ctx: CommandContext, plan: SendPlan): Promise<void> {
  const again = new Set(plan.receivers.map((receiver) => receiver.organ.id))
  for (const former of await listReceiptsOfDocument(ctx.db, plan.document.id)) {
    if (former.state !== 'returned' || former.ended_noted === 1 || !again.has(former.organ_id)) continue
    await changeReceipt(ctx.db, former.id, { ended_noted: 1 })
    await ctx.inbox.complete('documents', deskTask(former.id, 'returned'))
  }
}

async function store(ctx: CommandContext, plan: SendPlan, prepared: Prepared, receipts: readonly ReceiptRecord[], note: string): Promise<void> {
  const { document, pdf } = plan
  const dispatch = {
    id: prepared.id, document_id: document.id, organ_id: document.organId, organ_name: document.organName, title: document.title, number: plan.number,
    urgency: plan.urgency, blob: pdf.blob, pages: pdf.pages, note, sent_at: prepared.at, person_id: ctx.actor.personId, person_name: ctx.actor.name,
    envelope: prepared.signed.text, signature: prepared.signed.signature, public_key: prepared.signed.publicKey,
  }
  await addDispatch(ctx.db, dispatch, receipts)
  for (const receipt of receipts) {
    await layBeforeReceivers(ctx, receipt, 'sign-for', ctx.actor.name)
    await planUrging(ctx, receipt)
    await noteEvent(ctx, receipt, 'send', { through: plan.post, detail: note })
  }
}

function receiptOf(ctx: CommandContext, plan: SendPlan, prepared: Prepared, receiver: Receiver): ReceiptRecord {
  const { document } = plan
  return {
    id: ctx.newId<'ReceiptId'>(), dispatch_id: prepared.id, document_id: document.id, from_organ_id: document.organId, from_organ_name: document.organName,
    organ_id: receiver.organ.id, organ_name: receiver.organ.name, title: document.title, number: plan.number, urgency: plan.urgency,
    role: receiver.role, copies: receiver.copies, state: 'sent', sent_at: prepared.at, sign_by: plan.signBy,
    signed_at: null, signed_person_id: null, signed_name: null, signed_for: null, acknowledgement: null, signature: null, public_key: null,
    ended_at: null, ended_name: null, ended_reason: '', ended_noted: 0, urged_at: null, urge_count: 0,
    register_year: null, register_serial: null, registered_at: null, registered_name: null, registered_for: null,
    handling: null, due_at: null, copy_id: null, finished_at: null,
  }
}

/** Operations of sending. */
export const sendOperations: readonly Operation[] = [send]
