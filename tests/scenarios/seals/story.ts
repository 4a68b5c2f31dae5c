/** Seals as people of the bureau use them, through the public API. */
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { type SealApplicationId, type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { ApiClient, RefusedByServer, renewTokens } from '@xiewen/server'
import { freezeVersion, setDocumentState } from '../../../server/src/documents/index.ts'
import type { TestOffice } from '../../support/office.ts'

/** People of the bureau (市政务服务数据管理局) by what they do with seals. */
export const people = {
  drafter: 'zhangxiaoyu', registrar: 'zhaomin', approver: 'linruoxi', keeper: 'wuguifang', maker: 'secadmin', auditor: 'auditadmin', stranger: 'shilei',
  /** Of the government’s office, the bureau’s partner in joint issues. */
  officeKeeper: 'heyuzhen', officeApprover: 'hanlixin',
} as const

/** A letter with the bureau's signature. */
export const letter = '关于做好数据共享工作的通知\n各科室：\n　　现就有关事项通知如下。\n一、提高认识\n　　各科室要高度重视。\n云州市政务服务数据管理局\n2026年11月20日\n'

/** The same, issued together with the government’s office (联合行文), over several pages. */
export const jointLetter = letter
  .replace('云州市政务服务数据管理局\n', '云州市政务服务数据管理局\n云州市人民政府办公室\n')
  .replace('各科室要高度重视。', '各科室要高度重视，'.repeat(160))

/** Hands on one office. */
export class SealStory {
  readonly office: TestOffice
  readonly #signIn: (login: string) => Promise<ApiClient>

  /** `signIn` where somebody's link has been used in a browser already. */
  constructor(office: TestOffice, signIn: (login: string) => Promise<ApiClient> = (login) => office.as(login)) {
    this.office = office
    this.#signIn = signIn
  }

  as(who: keyof typeof people): Promise<ApiClient> {
    return this.#signIn(people[who])
  }

  /** The bureau's seal, in use: proposed, approved, made and enabled by four people. */
  async enabledSeal(keeper: keyof typeof people = 'keeper', approver: keyof typeof people = 'approver'): Promise<SealId> {
    const { sealId } = await (await this.as(keeper)).call(contract.propose, {})
    await (await this.as(approver)).call(contract.approveSeal, { sealId })
    await (await this.as('maker')).call(contract.make, { sealId })
    await (await this.as(keeper)).call(contract.enable, { sealId })
    return sealId
  }

  /** A signed, numbered and typeset document of the drafter's. */
  async typeset(drafter: keyof typeof people = 'drafter', text = letter): Promise<DocumentId> {
    const { documentId } = await (await this.as(drafter)).upload(documentsContract.importFile, {}, new TextEncoder().encode(text))
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

  /** An application, approved unless told otherwise. */
  async permitted(documentId: DocumentId, sealId?: SealId): Promise<SealApplicationId> {
    const { applicationId } = await (await this.as('registrar')).call(contract.apply, { documentId, ...(sealId === undefined ? {} : { sealId }) })
    await (await this.as('approver')).call(contract.approve, { applicationId })
    return applicationId
  }

  /** The document's PDF as the registrar downloads it. */
  async pdf(documentId: DocumentId): Promise<Uint8Array> {
    return (await (await this.as('registrar')).download(documentsContract.pdf, { documentId })).bytes
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

/** The office after days have gone by: what came due is done, and everybody signs in again. */
export async function resume(office: TestOffice): Promise<{ readonly office: TestOffice; readonly story: SealStory }> {
  await office.settle()
  const as = await signInsAnew(office)
  return { office: { ...office, as }, story: new SealStory(office, as) }
}

/** Sessions lapse over night: how everybody signs in from then on, each once. */
export async function signInsAnew(office: TestOffice): Promise<(login: string) => Promise<ApiClient>> {
  const tokens = await renewTokens(office.server)
  const clients = new Map<string, Promise<ApiClient>>()
  return (login) => {
    const client = clients.get(login) ?? ApiClient.signIn(office.server.url, tokens?.get(login) ?? '')
    clients.set(login, client)
    return client
  }
}
