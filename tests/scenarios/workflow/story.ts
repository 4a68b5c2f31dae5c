/** Acting in a case as people of the demonstration do, through the public API. */
import type { InputOf } from '@xiewen/shared/base'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import type { PostId } from '@xiewen/shared/directory'
import { type CaseId, type CaseView, type Choice, type StepKey, type TaskId, workflowContract as contract } from '@xiewen/shared/workflow'
import { RefusedByServer } from '@xiewen/server'
import { postOf, type TestOffice } from '../../support/office.ts'

/** People of the bureau (市政务服务数据管理局) and two departments, by what they do in a case. */
export const people = {
  drafter: ['zhangxiaoyu', '张晓雨'],
  colleague: ['limingxuan', '李明轩'],
  head: ['liujianhua', '刘建华'],
  planning: ['maxiaofeng', '马晓峰'],
  finance: ['penglihua', '彭丽华'],
  checker: ['wangjingyi', '王静怡'],
  deputy: ['linruoxi', '林若溪'],
  otherDeputy: ['gaozhiyuan', '高志远'],
  signer: ['chenguodong', '陈国栋'],
  registrar: ['zhaomin', '赵敏'],
  receiver: ['sunhao', '孙浩'],
  stranger: ['shilei', '石磊'],
} as const
/** One of `people`. */
export type Who = keyof typeof people

/** A notice short enough to read and without findings. */
export const notice = `关于开展政务数据共享自查工作的通知

各有关单位：

为进一步提升政务数据共享质量，现就开展自查工作有关事项通知如下。

一、自查内容

各单位要对照共享目录，逐项核对数据的完整性和准确性。

二、有关要求

请各单位于2026年12月31日前将自查情况报送我局。

云州市政务服务数据管理局
2026年11月20日
`

/** Hands on one office: everything a scenario does, by the name of a role. */
export class Story {
  readonly office: Pick<TestOffice, 'as'>

  constructor(office: Pick<TestOffice, 'as'>) {
    this.office = office
  }

  as(who: Who) {
    return this.office.as(people[who][0])
  }

  async post(who: Who): Promise<PostId> {
    return (await postOf(await this.as('drafter'), people[who][1])).id
  }

  /** A draft of the drafter's. */
  async draft(text = notice): Promise<DocumentId> {
    const imported = await (await this.as('drafter')).upload(documentsContract.importFile, {}, new TextEncoder().encode(text))
    return imported.documentId
  }

  /** Submits a fresh draft; departments named in `countersign` will be asked. */
  async submitted(countersign: readonly Who[] = [], options: { readonly officeDirector?: boolean } = {}): Promise<CaseId> {
    const documentId = await this.draft()
    const choice = { countersign: await Promise.all(countersign.map((who) => this.post(who))) }
    const begun = await (await this.as('drafter')).call(contract.start, { documentId, choice, opinion: '请审核', ...options })
    return begun.caseId
  }

  /** The case as somebody sees it. */
  async see(caseId: CaseId, who: Who = 'drafter'): Promise<CaseView> {
    const { case: seen } = await (await this.as(who)).call(contract.case, { caseId })
    if (!seen) throw new Error('no such case')
    return seen
  }

  /** The open task of a person, with the version to act on. */
  async task(caseId: CaseId, who: Who): Promise<{ readonly caseId: CaseId; readonly taskId: TaskId; readonly expectedVersion: number }> {
    const seen = await this.see(caseId, who)
    if (!seen.abilities.task) throw new Error(`${who} has nothing to do here`)
    return { caseId, taskId: seen.abilities.task.id, expectedVersion: seen.version }
  }

  async approve(caseId: CaseId, who: Who, choice: Choice = {}) {
    return (await this.as(who)).call(contract.approve, { ...(await this.task(caseId, who)), choice, opinion: '同意' })
  }

  async countersign(caseId: CaseId, who: Who, code: 'AGREE' | 'AGREE_WITH' | 'OBJECT' = 'AGREE', opinion = '') {
    return (await this.as(who)).call(contract.countersign, { ...(await this.task(caseId, who)), code, opinion })
  }

  async sign(caseId: CaseId, who: Who = 'signer', more: Partial<InputOf<typeof contract.sign>> = {}) {
    return (await this.as(who)).call(contract.sign, { ...(await this.task(caseId, who)), opinion: '同意印发', ...more })
  }

  async giveBack(caseId: CaseId, who: Who, to: StepKey, then: 'run-again' | 'back-to-me') {
    return (await this.as(who)).call(contract.return, { ...(await this.task(caseId, who)), to, then, opinion: '请按意见修改' })
  }

  async resubmit(caseId: CaseId) {
    return (await this.as('drafter')).call(contract.submit, { ...(await this.task(caseId, 'drafter')), opinion: '已修改' })
  }

  /** Takes a case as far as 签发. */
  async toSigning(caseId: CaseId): Promise<void> {
    await this.approve(caseId, 'head')
    const seen = await this.see(caseId)
    for (const task of seen.tasks.filter((each) => each.state === 'open' && each.step === 'countersign')) {
      const who = whoIs(task.holder.personName)
      await this.countersign(caseId, who)
    }
    await this.approve(caseId, 'checker', { 'deputy-leader': [await this.post('deputy')] })
    await this.approve(caseId, 'deputy')
  }

  /** Names of those the case waits for, with the step. */
  async waiting(caseId: CaseId): Promise<readonly string[]> {
    const seen = await this.see(caseId)
    return seen.tasks.filter((task) => task.state === 'open').map((task) => `${task.step} ${task.holder.personName}`)
  }
}

function whoIs(name: string): Who {
  // Safe because the keys of the table are its own.
  const found = (Object.keys(people) as Who[]).find((who) => people[who][1] === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

/** The code a call is refused with, or what it did instead. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal.code
    throw error
  }
  return 'nothing refused'
}
