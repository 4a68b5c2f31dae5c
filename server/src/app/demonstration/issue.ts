/** Sealing, sending, receiving and following up the plan of the demonstration. */
import { addWorkDays, builtInCalendar, civilDateAt, instant } from '@xiewen/shared/base'
import { archiveContract } from '@xiewen/shared/archive'
import { directoryContract, type UnitId } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import { exchangeContract } from '@xiewen/shared/exchange'
import { sealsContract } from '@xiewen/shared/seals'
import { supervisionContract } from '@xiewen/shared/supervision'
import type { Cast } from './cast.ts'

/** The bureau's seal: applied for by its keeper, approved, made by the security administrator, taken into use. */
export async function makeSeal(cast: Cast): Promise<void> {
  const { sealId } = await cast.call('wuguifang', sealsContract.propose, {})
  await cast.call('linruoxi', sealsContract.approveSeal, { sealId })
  await cast.call('secadmin', sealsContract.make, { sealId })
  await cast.call('wuguifang', sealsContract.enable, { sealId })
}

/** 用印申请 → 批准 → 加盖. */
export async function sealDocument(cast: Cast, documentId: DocumentId): Promise<void> {
  const { applicationId } = await cast.call('zhaomin', sealsContract.apply, { documentId })
  await cast.call('linruoxi', sealsContract.approve, { applicationId })
  await cast.call('wuguifang', sealsContract.impress, { applicationId })
  await cast.settle()
}

async function unitId(cast: Cast, name: string): Promise<UnitId> {
  const { units } = await cast.call('zhaomin', directoryContract.listUnits, {})
  const unit = units.find((candidate) => candidate.name === name)
  if (!unit) throw new Error(`Bug: the demonstration has no unit ${name}`)
  return unit.id
}

const receivers = ['云州市人民政府办公室', '云州市发展和改革局', '云州市财政局', '青川县人民政府办公室', '白水县人民政府办公室'] as const

/** Sends the plan to five organs; three sign for it, one registers it for handling, one for reading. */
export async function sendPlan(cast: Cast, documentId: DocumentId): Promise<DocumentId> {
  const organs = await Promise.all(receivers.map(async (name) => ({ organId: await unitId(cast, name), role: 'main' as const })))
  const { receipts } = await cast.call('zhaomin', exchangeContract.send, { documentId, receivers: organs })
  const receiptOf = (index: number) => {
    const receipt = receipts.find((candidate) => candidate.organId === organs[index]?.organId)
    if (!receipt) throw new Error('Bug: a receiver without a receipt')
    return receipt.receiptId
  }
  await signFor(cast, 'zhengming', receiptOf(0))
  await signFor(cast, 'xieting', receiptOf(1))
  await signFor(cast, 'fanglin', receiptOf(3))
  const reader = await cast.post('梁思远')
  const copy = await cast.call('zhengming', exchangeContract.register, { receiptId: receiptOf(0), handling: 'read', readers: [reader.id], purpose: '请督查室据此分解立项。' })
  await cast.call('fanglin', exchangeContract.register, { receiptId: receiptOf(3), handling: 'handle' })
  await cast.settle()
  return copy.documentId
}

type ReceiptId = Awaited<ReturnType<typeof receiptView>>['id']

async function receiptView(cast: Cast, login: string, receiptId: Parameters<typeof cast.call<typeof exchangeContract.receipt>>[2]['receiptId']) {
  const { receipt } = await cast.call(login, exchangeContract.receipt, { receiptId })
  if (!receipt) throw new Error('Bug: a receiver does not see its receipt')
  return receipt
}

async function signFor(cast: Cast, login: string, receiptId: ReceiptId): Promise<void> {
  const receipt = await receiptView(cast, login, receiptId)
  await cast.call(login, exchangeContract.signFor, { receiptId, digest: receipt.digest })
}

const itemsTaken = 8

/** The supervision officer turns the plan's first items into assignments; some are under way, one is closed. */
export async function supervisePlan(cast: Cast, copyId: DocumentId): Promise<void> {
  const { proposals } = await cast.call('liangsiyuan', supervisionContract.propose, { documentId: copyId })
  const today = civilDateAt(instant(cast.now()))
  const items = proposals.slice(0, itemsTaken).flatMap((proposal, index) =>
    proposal.leadUnitId === null
      ? []
      : [{
          kind: 'new' as const,
          source: { kind: 'document' as const, documentId: copyId, block: proposal.block, label: proposal.label, quote: proposal.quote },
          title: proposal.title,
          task: proposal.task,
          leadUnitId: proposal.leadUnitId,
          supportUnitIds: proposal.supportUnitIds,
          dueOn: addWorkDays(builtInCalendar, today, index < 2 ? 2 : 10 + index * 3),
          feedback: 'monthly' as const,
        }],
  )
  const { assigned } = await cast.call('liangsiyuan', supervisionContract.assign, { items })
  await cast.settle()
  const [first, second, third] = assigned.map((item) => item.assignmentId)
  if (!first || !second || !third) throw new Error('Bug: the plan gives fewer assignments than the demonstration shows')
  for (const assignmentId of [first, second, third]) await cast.call('wangjingyi', supervisionContract.accept, { assignmentId })
  await cast.call('wangjingyi', supervisionContract.report, {
    assignmentId: first,
    percent: 60,
    progress: '已完成能力提升工作实施方案初稿，正在征求各县（市、区）意见。',
    nextSteps: '12月上旬报市政府审定。',
  })
  await cast.call('liangsiyuan', supervisionContract.review, { assignmentId: first, serial: 1, outcome: 'accepted' })
  await cast.call('wangjingyi', supervisionContract.report, {
    assignmentId: second,
    percent: 20,
    progress: '正在推进部门业务应用进驻平台。',
    problems: '部分单位尚未报送应用清单。',
  })
  await cast.call('liangsiyuan', supervisionContract.review, { assignmentId: second, serial: 1, outcome: 'returned', reason: '请补充已进驻应用数量和未报送单位名单。' })
  await cast.settle()
}

/** The archivist files the issued plan (归档) under the bureau's fonds. */
export async function filePlan(cast: Cast, documentId: DocumentId): Promise<void> {
  const { organs } = await cast.call('dingyiming', archiveContract.settings, {})
  const organ = organs[0]
  if (!organ) throw new Error('Bug: the archivist has no organ')
  await cast.call('dingyiming', archiveContract.setFonds, { organId: organ.organId, fonds: 'Z109' })
  await cast.call('dingyiming', archiveContract.file, { documentId, period: 'permanent' })
  await cast.settle()
}
