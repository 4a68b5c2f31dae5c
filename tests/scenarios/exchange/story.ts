/** Sending and receiving as people of the demonstration do. What comes before is made by the other rooms themselves. */
import { inboxContract } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { exchangeContract as contract, type ReceiptId } from '@xiewen/shared/exchange'
import { sealsContract } from '@xiewen/shared/seals'
import { demoPeople, RefusedByServer } from '@xiewen/server'
import { freezeVersion, setDocumentState } from '../../../server/src/documents/index.ts'
import { postOf, type TestOffice } from '../../support/office.ts'
import { SealStory } from '../seals/story.ts'

/** People by what they do in an exchange. */
export const people = {
  drafter: 'zhangxiaoyu',
  registrar: 'zhaomin',
  planning: 'xieting',
  planningChecker: 'maxiaofeng',
  planningHead: 'dengkai',
  finance: 'jiangtao',
  financeHead: 'caoyang',
  financeChecker: 'penglihua',
  qingchuan: 'fanglin',
  qingchuanHead: 'heqingfeng',
  qingchuanClerk: 'shilei',
  baishui: 'liaomin',
} as const
/** One of `people`. */
export type Who = keyof typeof people

const organNames = {
  planning: '云州市发展和改革局',
  finance: '云州市财政局',
  qingchuan: '青川县人民政府办公室',
  baishui: '白水县人民政府办公室',
  city: '云州市人民政府',
  own: '云州市政务服务数据管理局',
} as const
/** An organ of the demonstration. */
export type Organ = keyof typeof organNames

const notice = `关于开展政务数据共享自查工作的通知

市发展和改革局、市财政局：

现就开展自查工作有关事项通知如下。

一、自查内容

各单位要逐项核对数据的完整性和准确性。

云州市政务服务数据管理局
2026年11月20日
`

/** Hands on one office. */
export class Story {
  readonly office: TestOffice
  private seal: Promise<unknown> | null = null

  constructor(office: TestOffice) {
    this.office = office
  }

  as(who: Who) {
    return this.office.as(people[who])
  }

  async post(who: Who) {
    const person = demoPeople.find((each) => each.login === people[who])
    if (!person) throw new Error(`nobody is ${who}`)
    return (await postOf(await this.as('drafter'), person.name)).id
  }

  /** A document that is signed, numbered and typeset. */
  async typeset(text = notice): Promise<DocumentId> {
    const { documentId } = await (await this.as('drafter')).upload(documentsContract.importFile, {}, new TextEncoder().encode(text))
    const signed = await this.office.server.run(async (ctx) => {
      await setDocumentState(ctx, documentId, 'in-review')
      return { ok: true, value: await freezeVersion(ctx, documentId, '签发稿') }
    })
    if (!signed.ok) throw new Error(signed.refusal.code)
    const registrar = await this.as('registrar')
    await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    await registrar.call(documentsContract.typeset, { documentId })
    return documentId
  }

  /** A sealed document: applied for, approved and impressed with the bureau's own seal. */
  async sealed(): Promise<DocumentId> {
    const documentId = await this.typeset()
    const seals = new SealStory(this.office)
    await (this.seal ??= seals.enabledSeal())
    const applicationId = await seals.permitted(documentId)
    await (await seals.as('keeper')).call(sealsContract.impress, { applicationId })
    return documentId
  }

  async organ(name: Organ): Promise<UnitId> {
    const found = (await this.candidates(await this.anySealed())).find((each) => each.name === organNames[name])
    if (!found) throw new Error(`no organ ${name}`)
    return found.organId
  }

  private kept: Promise<DocumentId> | null = null
  private anySealed(): Promise<DocumentId> {
    return (this.kept ??= this.sealed())
  }

  async candidates(documentId: DocumentId) {
    return (await (await this.as('registrar')).call(contract.candidates, { documentId })).candidates
  }

  /** Sends a document; answers with the receipt of each organ. */
  async send<O extends Organ>(documentId: DocumentId, organs: readonly O[]): Promise<Readonly<Record<O, ReceiptId>>> {
    const ids = await Promise.all(organs.map((organ) => this.organ(organ)))
    const sent = await (await this.as('registrar')).call(contract.send, { documentId, receivers: ids.map((organId) => ({ organId })) })
    const entries = organs.map((organ, index) => [organ, sent.receipts.find((row) => row.organId === ids[index])?.receiptId] as const)
    // Safe because the server answers with one receipt per organ asked for.
    return Object.fromEntries(entries) as Record<O, ReceiptId>
  }

  async see(receiptId: ReceiptId, who: Who) {
    const { receipt } = await (await this.as(who)).call(contract.receipt, { receiptId })
    return receipt
  }

  /** Signs for a receipt with the digest its page shows. */
  async signFor(receiptId: ReceiptId, who: Who) {
    const seen = await this.see(receiptId, who)
    return (await this.as(who)).call(contract.signFor, { receiptId, digest: seen?.digest ?? '0'.repeat(64) })
  }

  /** What the registrar is to do with a document. */
  async stepsOf(documentId: DocumentId): Promise<readonly string[]> {
    const { rows } = await (await this.as('registrar')).call(inboxContract.list, { kind: 'todo' })
    return rows.filter((row) => row.room === 'documents' && row.subjectId === documentId).map((row) => row.step)
  }

  /** State of each receiver as the sender sees it. */
  async states(documentId: DocumentId): Promise<readonly string[]> {
    const { dispatches } = await (await this.as('registrar')).call(contract.tracking, { documentId })
    return dispatches.flatMap((dispatch) => dispatch.receipts.map((row) => `${row.organName} ${row.state}`)).sort()
  }
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
