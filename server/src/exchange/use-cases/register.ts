/** 登记: the receipt gets its number, the organ its own copy, and handling or reading begins. */
import { accept, civilDateAt, endOfDay, epochDay, instant, type CivilDate, type Result, refuse } from '@xiewen/shared/base'
import { completeDocument, type DocumentId, type OfficialDocument } from '@xiewen/shared/documents'
import { decideReceipt, exchangeContract as contract, type Handling, usualDueOn } from '@xiewen/shared/exchange'
import type { PostView } from '@xiewen/shared/directory'
import { createDocument, findDocument, getFrozen, grantAccess, presentDocument } from '../../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost } from '../../platform/context.ts'
import { assert } from '../../platform/log/fault.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { deskTask, noteEvent, onBehalfOf } from '../desk.ts'
import { postsOfOrgan } from '../parties.ts'
import { decideReaders, giveToReaders } from '../readers.ts'
import { changeReceipt, getDispatch, nextRegisterSerial } from '../repository.ts'
import type { ReceiptRecord } from '../tables.ts'
import { findAsReceiver } from './receive.ts'

const register = onCommand(contract.register, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const decided = await decideRegistering(ctx, receipt, input)
  if (!decided.ok) return decided
  const { dueOn, readers } = decided.value
  const documentId = await makeCopy(ctx, receipt, post)
  const year = Number(ctx.today.slice(0, 4))
  const registerNumber = { year, serial: await nextRegisterSerial(ctx.db, receipt.organ_id, year) }
  const change = {
    state: 'registered', register_year: year, register_serial: registerNumber.serial, registered_at: ctx.now, registered_name: ctx.actor.name,
    registered_for: onBehalfOf(post), handling: input.handling, due_at: endOfDay(dueOn), copy_id: documentId,
  } as const
  await changeReceipt(ctx.db, receipt.id, change)
  const registered = { ...receipt, ...change }
  await ctx.inbox.complete('exchange', deskTask(receipt.id, 'register'))
  await noteEvent(ctx, registered, 'register', { through: post })
  await recordHandling(ctx, 'exchange.registered', registered, post)
  if (readers.length > 0) await giveToReaders(ctx, registered, { posts: readers, purpose: input.purpose, through: post })
  return accept({ registerNumber, documentId, state: readers.length > 0 ? ('in-handling' as const) : ('registered' as const) })
})

interface RegisterInput {
  readonly handling: Handling
  readonly dueOn?: CivilDate | undefined
  readonly readers: readonly string[]
}

async function decideRegistering(ctx: CommandContext, receipt: ReceiptRecord, input: RegisterInput): Promise<Result<{ readonly dueOn: CivilDate; readonly readers: readonly PostView[] }>> {
  const decided = decideReceipt(receipt.state, 'register')
  if (!decided.ok) return decided
  const dueOn = input.dueOn ?? usualDueOn(ctx.services.calendar.current(), ctx.today, receipt.urgency, input.handling)
  if (epochDay(dueOn) < epochDay(ctx.today)) return refuse('exchange.due-in-past')
  if (input.handling === 'handle') return input.readers.length === 0 ? accept({ dueOn, readers: [] }) : refuse('exchange.circulate-in-case')
  if (input.readers.length === 0) return refuse('exchange.readers-missing')
  const readers = await decideReaders(ctx.db, receipt.organ_id, input.readers)
  return readers.ok ? accept({ dueOn, readers: readers.value }) : readers
}

/** The organ's own copy: the text that was signed, as it was printed. Drafts, revisions and opinions of the sender stay there. */
async function makeCopy(ctx: CommandContext, receipt: ReceiptRecord, post: ActorPost | DelegatedPost): Promise<DocumentId> {
  const copyId = await createDocument(ctx, { document: await printedText(ctx, receipt), ownerPost: post, origin: 'incoming' })
  for (const receiver of await postsOfOrgan(ctx.db, 'receiver', receipt.organ_id)) {
    await grantAccess(ctx, copyId, { postId: receiver.id }, 'read', `exchange:${receipt.id}`)
  }
  return copyId
}

async function printedText(ctx: CommandContext, receipt: ReceiptRecord): Promise<OfficialDocument> {
  const frozen = await getFrozen(ctx.db, receipt.document_id)
  const row = await findDocument(ctx.db, receipt.document_id)
  assert(frozen !== null && row !== null, `the sent document ${receipt.document_id} has no signed text`)
  const { number, organName } = presentDocument(row)
  const { sent_at: sentAt } = await getDispatch(ctx.db, receipt.dispatch_id)
  return completeDocument(frozen.document, { number, signedOn: civilDateAt(instant(frozen.at)), printedOn: civilDateAt(instant(sentAt)), organName })
}

/** Records what starts the handling: the registering, or 重新办理 after a case was stopped. */
export async function recordHandling(
  ctx: CommandContext,
  kind: 'exchange.registered' | 'exchange.resumed',
  receipt: ReceiptRecord & { readonly copy_id: string },
  post: ActorPost | DelegatedPost,
): Promise<void> {
  await ctx.record(
    {
      kind,
      subject: { kind: 'document', id: receipt.copy_id },
      data: {
        documentId: receipt.copy_id,
        organId: receipt.organ_id,
        receiptId: receipt.id,
        sentDocumentId: receipt.document_id,
        title: receipt.title,
        number: receipt.number,
        copies: receipt.copies,
        fromOrgan: receipt.from_organ_name,
        fromName: receipt.from_organ_name,
        urgency: receipt.urgency,
        dueAt: receipt.due_at,
        handling: receipt.handling,
        registerNumber: { year: receipt.register_year, serial: receipt.register_serial },
      },
    },
    post,
  )
}

/** Operations of registering. */
export const registerOperations: readonly Operation[] = [register]
