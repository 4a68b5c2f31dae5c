/** The acts on a running case, one operation per contract. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { type Choice, type DecisiveAct, type OpinionCode, type Order, workflowContract as contract } from '@xiewen/shared/workflow'
import { findReplacedDate } from '@xiewen/shared/documents'
import { countOpenThreads, freezeVersion, keepNamedVersion, readLiveDocument, setDocumentState } from '../../documents/index.ts'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand, type TwoStep } from '../../platform/slice.ts'
import { answerOf, type DecidedAct, decideFresh, prepareAct, storeAct } from '../acting.ts'
import { countPending, type SignedOpinion } from '../opinions.ts'

interface OnCase {
  readonly caseId: string
  readonly expectedVersion: number
}
type Answer = ReturnType<typeof answerOf>
type After = (ctx: CommandContext, act: DecidedAct, opinion: SignedOpinion | null) => Promise<void>

function acting<I extends OnCase>(toOrder: (input: I) => Order, after: After): TwoStep<I, SignedOpinion | null, Answer> {
  return {
    prepare: async (ctx: QueryContext, input: I) => accept(await prepareAct(ctx, input.caseId, toOrder(input))),
    commit: async (ctx, input, opinion) => {
      const decided = await decideFresh(ctx, input.caseId, input.expectedVersion, toOrder(input))
      if (!decided.ok) return decided
      const stored = await storeAct(ctx, decided.value, opinion, null)
      if (!stored.ok) return stored
      await after(ctx, decided.value, opinion)
      return accept(answerOf(decided.value.outcome.state))
    },
  }
}

interface DecisiveInput extends OnCase {
  readonly taskId: string
  readonly code: OpinionCode
  readonly opinion: string
  readonly choice: Choice
}

function decisive(kind: Exclude<DecisiveAct, 'sign'>) {
  const toOrder = (input: DecisiveInput): Order => ({ kind, taskId: input.taskId, choice: input.choice, code: input.code, text: input.opinion, confirmed: true })
  return acting(toOrder, recordDone)
}

/** Records that a task was done regularly, and that the case ended if it did. */
export async function recordDone(ctx: CommandContext, act: DecidedAct, opinion: SignedOpinion | null, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await recordAct(ctx, act, 'workflow.task-done', { act: act.order.kind, code: opinion?.statement.code ?? null, ...more })
  const { tasks } = act.outcome.state
  // What all departments agreed to is kept: the trace of a joint document goes from 送审稿 over 会签稿 to 签发稿.
  if (act.task?.step === 'countersign' && !tasks.some((task) => task.step === 'countersign' && task.state === 'open')) await keepNamedVersion(ctx, act.seen.row.document_id, '会签稿')
  if (act.outcome.state.status === 'finished') await recordAct(ctx, act, 'workflow.finished', { template: act.outcome.state.template })
}

/** Records the fact of a decided act. */
export function recordAct(ctx: CommandContext, act: DecidedAct, kind: string, data: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { seen, outcome, task } = act
  const common = { caseId: seen.row.id, documentId: seen.row.document_id, taskId: task?.id ?? null, step: task?.step ?? null, version: outcome.state.version }
  return ctx.record({ kind, subject: { kind: 'document', id: seen.row.document_id }, data: { ...common, ...data } }, act.through)
}

/** 签发: the text freezes, and version, digest and opinion are signed. */
const sign: TwoStep<OnCase & { readonly taskId: string; readonly code: 'SIGN' | 'CIRCLE'; readonly opinion: string; readonly confirmed: boolean; readonly leaveComments: boolean }, SignedOpinion | null, Answer> = {
  prepare: async (ctx, input) => accept(await prepareAct(ctx, input.caseId, signOrder(input))),
  commit: async (ctx, input, opinion) => {
    const decided = await decideFresh(ctx, input.caseId, input.expectedVersion, signOrder(input))
    if (!decided.ok) return decided
    const act = decided.value
    const pending = countPending(await readLiveDocument(ctx.db, act.seen.row.document_id))
    if (pending > 0) return refuse('workflow.pending-changes', { count: pending })
    const replacedDate = findReplacedDate(await readLiveDocument(ctx.db, act.seen.row.document_id), ctx.today)
    const openComments = input.leaveComments ? 0 : await countOpenThreads(ctx.db, act.seen.row.document_id)
    if (openComments > 0) return refuse('workflow.open-comments', { count: openComments })
    const frozen = await freezeVersion(ctx, act.seen.row.document_id, '签发稿')
    // The signature was made before this transaction: it must cover the very text that is frozen now.
    if (opinion && opinion.statement.digest !== frozen.digest) return refuse('workflow.text-changed')
    const stored = await storeAct(ctx, act, opinion, frozen.versionId)
    if (!stored.ok) return stored
    await recordAct(ctx, act, 'workflow.task-done', { act: 'sign', code: input.code })
    await recordAct(ctx, act, 'workflow.signed', {
      signedBy: ctx.actor.name,
      post: act.through.title,
      digest: frozen.digest,
      versionId: frozen.versionId,
      signature: opinion?.signature ?? null,
      at: ctx.now,
      replacedDate,
    })
    return accept(answerOf(act.outcome.state))
  },
}

function signOrder(input: { readonly taskId: string; readonly code: 'SIGN' | 'CIRCLE'; readonly opinion: string; readonly confirmed: boolean }): Order {
  return { kind: 'sign', taskId: input.taskId, choice: {}, code: input.code, text: input.opinion, confirmed: input.confirmed }
}

/** 终止: the document is a draft again and its drafter's. */
async function reopenDraft(ctx: CommandContext, act: DecidedAct): Promise<Result<null>> {
  await recordAct(ctx, act, 'workflow.cancelled', { reason: act.order.kind === 'cancel' ? act.order.text : '' })
  if (act.seen.document.state === 'in-review') await setDocumentState(ctx, act.seen.row.document_id, 'draft')
  return accept(null)
}

/** Operations of all acts. */
export const actOperations: readonly Operation[] = [
  onCommand(contract.submit, decisive('submit')),
  onCommand(contract.approve, decisive('approve')),
  onCommand(contract.countersign, decisive('countersign')),
  onCommand(contract.sign, sign),
  onCommand(contract.propose, decisive('propose')),
  onCommand(contract.instruct, decisive('instruct')),
  onCommand(contract.assign, decisive('assign')),
  onCommand(contract.handle, decisive('handle')),
  onCommand(contract.finish, decisive('finish')),
  onCommand(
    contract.return,
    acting(
      (input) => ({ kind: 'return', taskId: input.taskId, to: input.to, then: input.then, text: input.opinion }),
      async (ctx, act) => void (await recordAct(ctx, act, 'workflow.returned', act.order.kind === 'return' ? { to: act.order.to, then: act.order.then } : {})),
    ),
  ),
  onCommand(
    contract.forward,
    acting(
      (input) => ({ kind: 'forward', taskId: input.taskId, toPostId: input.toPostId, text: input.opinion }),
      async (ctx, act) => void (await recordAct(ctx, act, 'workflow.forwarded', act.order.kind === 'forward' ? { toPostId: act.order.toPostId } : {})),
    ),
  ),
  onCommand(
    contract.addSigner,
    acting(
      (input) => ({ kind: 'add-signer', taskId: input.taskId, place: input.place, postIds: input.postIds, text: input.opinion }),
      async (ctx, act) => void (await recordAct(ctx, act, 'workflow.signer-added', act.order.kind === 'add-signer' ? { place: act.order.place, postIds: act.order.postIds } : {})),
    ),
  ),
  onCommand(
    contract.withdraw,
    acting(
      (input) => ({ kind: 'withdraw', taskId: input.taskId }),
      async (ctx, act) => void (await recordAct(ctx, act, 'workflow.withdrawn', {})),
    ),
  ),
  onCommand(
    contract.cancel,
    acting(
      (input) => ({ kind: 'cancel', text: input.opinion }),
      async (ctx, act) => void (await reopenDraft(ctx, act)),
    ),
  ),
]
