/** Supervising as people of the demonstration do, through the public API; the clock is the test's. */
import { readFileSync } from 'node:fs'
import { type CivilDate, civilDate, instant, startOfDay } from '@xiewen/shared/base'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { directoryContract, type UnitId } from '@xiewen/shared/directory'
import { type AssignmentId, type AssignmentView, supervisionContract as contract } from '@xiewen/shared/supervision'
import { ApiClient, RefusedByServer, type SignInTokens } from '@xiewen/server'
import { renewTokens } from '../../../server/src/app/demonstration/build-directory.ts'
import { freezeVersion, setDocumentState } from '../../../server/src/documents/index.ts'
import { anOffice, type OfficeOptions, type TestOffice } from '../../support/office.ts'

/** The real plan of Zhanjiang. */
export const plan = readFileSync(new URL('../../support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url))

/** People by what they do in supervision. */
export const people = {
  supervisor: 'liangsiyuan',
  director: 'hanlixin',
  dataReceiver: 'sunhao',
  dataHead: 'liujianhua',
  dataLeader: 'chenguodong',
  dataDrafter: 'zhangxiaoyu',
  financeReceiver: 'jiangtao',
  financeHead: 'penglihua',
  planReceiver: 'xieting',
  countyReceiver: 'fanglin',
  countyHead: 'shilei',
  archivist: 'qinsong',
  planLeader: 'dengkai',
  dataRegistrar: 'zhaomin',
  systemAdmin: 'sysadmin',
  securityAdmin: 'secadmin',
  auditor: 'auditadmin',
} as const
/** One of `people`. */
export type Who = keyof typeof people

/** Units of the demonstration, by what tests call them. */
export const unitNames = { data: '云州市政务服务数据管理局', finance: '云州市财政局', planning: '云州市发展和改革局', county: '青川县人民政府办公室' } as const
/** One of `unitNames`. */
export type UnitKey = keyof typeof unitNames

const nine = 9 * 3_600_000

/** An office whose clock stands at nine in the morning of a day until a test moves it. */
export class Supervision {
  readonly office: TestOffice
  readonly #clock: { at: number }
  #clients = new Map<string, ApiClient>()
  #tokens: SignInTokens | null = null
  #units: ReadonlyMap<string, UnitId> = new Map()

  private constructor(office: TestOffice, clock: { at: number }) {
    this.office = office
    this.#clock = clock
  }

  static async open(day: string, options: OfficeOptions = {}): Promise<Supervision> {
    const clock = { at: startOfDay(civilDate(day)) + nine }
    const office = await anOffice({ ...options, clock: { now: () => instant(clock.at) } })
    return new Supervision(office, clock)
  }

  /** Moves the clock on to nine in the morning of a day; sessions lapse, jobs and reactions run. */
  async goTo(day: string): Promise<void> {
    this.#clock.at = startOfDay(civilDate(day)) + nine
    this.#clients = new Map()
    this.#tokens = null
    await this.office.settle()
  }

  async as(who: Who): Promise<ApiClient> {
    const known = this.#clients.get(who)
    if (known) return known
    this.#tokens ??= await renewTokens(this.office.server)
    const client = await ApiClient.signIn(this.office.server.url, this.#tokens?.get(people[who]) ?? '')
    this.#clients.set(who, client)
    return client
  }

  async unit(key: UnitKey): Promise<UnitId> {
    if (this.#units.size === 0) {
      const { units } = await (await this.as('supervisor')).call(directoryContract.listUnits, {})
      this.#units = new Map(units.map((unit) => [unit.name, unit.id]))
    }
    const id = this.#units.get(unitNames[key])
    if (id === undefined) throw new Error(`no unit ${unitNames[key]}`)
    return id
  }

  /** The supervisor's own copy of the plan, signed. */
  async signedPlan(text: Uint8Array = plan): Promise<DocumentId> {
    const { documentId } = await (await this.as('supervisor')).upload(documentsContract.importFile, {}, text)
    const outcome = await this.office.server.run(async (ctx) => {
      await setDocumentState(ctx, documentId, 'in-review')
      await freezeVersion(ctx, documentId, '签发稿')
      return { ok: true, value: null }
    })
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    return documentId
  }

  /** A matter by instruction, assigned to the data bureau with the finance bureau supporting. */
  async assigned(dueOn: string, more: { readonly feedback?: 'once' | 'monthly' | 'weekly'; readonly title?: string } = {}): Promise<AssignmentId> {
    const { assigned } = await (await this.as('supervisor')).call(contract.assign, {
      items: [
        {
          kind: 'new',
          source: { kind: 'instruction', documentId: null, block: null, label: '周文博市长批示', quote: '请市政务服务数据管理局牵头，年底前完成。' },
          title: more.title ?? '推进一体化数据平台建设',
          task: '完成平台一期建设并上线运行。',
          leadUnitId: await this.unit('data'),
          supportUnitIds: [await this.unit('finance')],
          dueOn: civilDate(dueOn),
          feedback: more.feedback ?? 'once',
        },
      ],
    })
    const [first] = assigned
    if (!first) throw new Error('nothing assigned')
    return first.assignmentId
  }

  async see(assignmentId: AssignmentId, who: Who = 'supervisor'): Promise<AssignmentView> {
    return (await this.as(who)).call(contract.view, { assignmentId })
  }

  async accept(assignmentId: AssignmentId, who: Who = 'dataReceiver') {
    return (await this.as(who)).call(contract.accept, { assignmentId })
  }

  async report(assignmentId: AssignmentId, percent: number, who: Who = 'dataHead', progress = `已完成${percent}%`) {
    return (await this.as(who)).call(contract.report, { assignmentId, percent, progress })
  }

  async claim(assignmentId: AssignmentId, who: Who = 'dataLeader') {
    return (await this.as(who)).call(contract.claimCompletion, { assignmentId, progress: '平台已上线，任务完成。' })
  }

  async close(assignmentId: AssignmentId) {
    return (await this.as('supervisor')).call(contract.close, { assignmentId, opinion: '情况属实，予以销号' })
  }
}

/** The lamp's colour with its reasons, e.g. `yellow due-in`. */
export function lampText(view: AssignmentView): string {
  return `${view.lamp.colour} ${view.lamp.reasons.map((reason) => reason.kind).join(' ')}`
}

/** The day of a view's due date. */
export function dueOf(view: AssignmentView): CivilDate | null {
  return view.assignment.dueOn
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
