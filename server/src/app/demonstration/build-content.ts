/** Fills the demonstration with work at every stage, through the public commands and each act by the person entitled to it. */
import { workflowContract } from '@xiewen/shared/workflow'
import { directoryContract } from '@xiewen/shared/directory'
import { documentsContract, type DocumentId, type Elements } from '@xiewen/shared/documents'
import type { Cast } from './cast.ts'
import { draft } from './drafts.ts'
import { holdMeetings } from './meet.ts'
import { filePlan, makeSeal, sealDocument, sendPlan, supervisePlan } from './issue.ts'

const dayMs = 86_400_000
const bureau = '云州市政务服务数据管理局'

/** What the later parts of the demonstration build on. */
export interface DemoContent {
  readonly planId: DocumentId
}

/** Builds everything. Progress goes to `say`, one line a part. */
export async function buildContent(cast: Cast, say: (line: string) => void): Promise<DemoContent> {
  await sendDeputyOnLeave(cast)
  say('起草与会签 drafting and countersigning')
  await leaveDraftOpen(cast)
  await leaveInCountersign(cast)
  await leaveAtSigner(cast)
  await leaveAtRegistrar(cast)
  say('签发与编号 signing and numbering')
  const planId = await issuePlan(cast)
  say('用印、分发与签收 sealing, sending and receiving')
  await makeSeal(cast)
  await sealDocument(cast, planId)
  const copyId = await sendPlan(cast, planId)
  say('督查督办 supervision')
  await supervisePlan(cast, copyId)
  say('会议与纪要 meetings and minutes')
  await holdMeetings(cast)
  say('归档 archiving')
  await filePlan(cast, planId)
  return { planId }
}

/** 高志远 is on leave; 林若溪 acts for him: 甲 代 乙. */
async function sendDeputyOnLeave(cast: Cast): Promise<void> {
  const [principal, deputy] = [await cast.post('高志远'), await cast.post('林若溪')]
  const now = cast.now()
  await cast.call('gaozhiyuan', directoryContract.delegate, {
    principalPostId: principal.id,
    deputyPostId: deputy.id,
    from: now,
    until: now + 14 * dayMs,
    reason: '赴省委党校学习',
  })
}

/** A draft as pasted from a website, with everything the checker has to say about it. */
async function leaveDraftOpen(cast: Cast): Promise<void> {
  const documentId = await draft(cast, 'limingxuan', 'action-plan')
  const colleague = await cast.post('张晓雨')
  await cast.call('limingxuan', documentsContract.share, { documentId, postId: colleague.id, right: 'edit' })
}

/** A letter in two departments' hands at once. */
async function leaveInCountersign(cast: Cast): Promise<void> {
  const documentId = await draft(cast, 'xuli', 'letter', { issuers: [bureau], copyTo: [] })
  const chosen = [(await cast.post('马晓峰')).id, (await cast.post('彭丽华')).id]
  await cast.call('xuli', workflowContract.start, { documentId, opinion: '请会签。', choice: { countersign: chosen } })
  const found = await cast.caseOf('xuli', documentId)
  if (found.abilities.task) await cast.decide('xuli', documentId, 'approve', { opinion: '同意会签。' })
}

/** A request lying with the principal leader. */
async function leaveAtSigner(cast: Cast): Promise<void> {
  const documentId = await draft(cast, 'liujianhua', 'request', { issuers: [bureau], signers: ['陈国栋'], urgency: 'urgent', printedBy: '云州市政务服务数据管理局办公室' })
  await cast.call('liujianhua', workflowContract.start, { documentId, opinion: '请审核。', choice: { countersign: [] } })
  await runToSigner(cast, documentId, 'liujianhua')
}

/** A notice signed this morning, waiting for its number. */
async function leaveAtRegistrar(cast: Cast): Promise<void> {
  const documentId = await draft(cast, 'xuli', 'notice', { issuers: [bureau], printedBy: '云州市政务服务数据管理局办公室' })
  await cast.call('xuli', workflowContract.start, { documentId, opinion: '请核稿。', choice: { countersign: [] } })
  await runToSigner(cast, documentId, 'xuli')
  await cast.sign('chenguodong', documentId, '同意印发。')
  await cast.settle()
}

const heads: Readonly<Record<string, string>> = { check: 'liujianhua', 'office-check': 'wangjingyi', 'deputy-leader': 'linruoxi' }
const phrases: Readonly<Record<string, string>> = { check: '内容属实，同意报送。', 'office-check': '已核，格式规范。', 'deputy-leader': '同意，请陈局签发。' }

/** Lets whoever is asked agree until the case lies with the signer. */
async function runToSigner(cast: Cast, documentId: DocumentId, watcher: string): Promise<void> {
  for (let guard = 0; guard < 8; guard += 1) {
    const found = await cast.caseOf(watcher, documentId)
    const place = found.places.find((candidate) => candidate.state === 'current')
    if (!place || place.step === 'sign') return
    const login = place.step === 'check' && watcher === 'xuli' ? 'xuli' : (heads[place.step] ?? '')
    const deputy = await cast.post('林若溪')
    await cast.decide(login, documentId, 'approve', { opinion: phrases[place.step] ?? '同意。', choice: place.step === 'office-check' ? { 'deputy-leader': [deputy.id] } : {} })
  }
  throw new Error('Bug: the demonstration’s case never reaches the signer')
}

const planElements: Partial<Elements> = {
  issuers: [bureau],
  copyTo: ['市委办公室', '市人大常委会办公室', '市政府办公室', '市政协办公室'],
  printedBy: '云州市政务服务数据管理局办公室',
  disclosure: 'open',
}

/** The year's work points, from the draft through two countersigning departments to signature, number and final pages. */
async function issuePlan(cast: Cast): Promise<DocumentId> {
  const documentId = await draft(cast, 'zhangxiaoyu', 'work-points', planElements)
  await cast.call('zhangxiaoyu', documentsContract.nameVersion, { documentId, name: '初稿' })
  const countersign = [(await cast.post('马晓峰')).id, (await cast.post('彭丽华')).id]
  await cast.call('zhangxiaoyu', workflowContract.start, { documentId, opinion: '请刘科长核稿。', choice: { countersign } })
  await cast.decide('liujianhua', documentId, 'approve', { opinion: '任务分工已与有关单位沟通，同意会签。' })
  await cast.decide('maxiaofeng', documentId, 'countersign', { opinion: '同意。' })
  await cast.decide('penglihua', documentId, 'countersign', { opinion: '同意，所需经费按预算管理规定办理。' })
  await runToSigner(cast, documentId, 'zhangxiaoyu')
  await cast.sign('chenguodong', documentId, '同意印发，请各责任单位抓好落实。')
  await cast.settle()
  await cast.call('zhaomin', documentsContract.allocateNumber, { documentId, code: '云政数发' })
  await cast.call('zhaomin', documentsContract.typeset, { documentId })
  await cast.settle()
  return documentId
}
