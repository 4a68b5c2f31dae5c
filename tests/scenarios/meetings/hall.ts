/** Holding meetings as people of the demonstration do, through the public API, at a time the test chooses. */
import { instant, type Instant } from '@xiewen/shared/base'
import { directoryContract, type PostId, type UnitId } from '@xiewen/shared/directory'
import { type AttendeeId, meetingsContract as contract, type MeetingId, type MeetingRoomId, type MeetingView, type NewMeeting } from '@xiewen/shared/meetings'
import { RefusedByServer } from '@xiewen/server'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'

/** People, by what they do in a meeting. */
export const people = {
  clerk: ['luojia', '罗佳'],
  mayor: ['zhouwenbo', '周文博'],
  finance: ['caoyang', '曹阳'],
  financeHead: ['penglihua', '彭丽华'],
  planning: ['dengkai', '邓凯'],
  data: ['chenguodong', '陈国栋'],
  county: ['fanglin', '方琳'],
  countyHead: ['shilei', '石磊'],
  supervisor: ['liangsiyuan', '梁思远'],
  drafter: ['zhangxiaoyu', '张晓雨'],
  organiser: ['wangjingyi', '王静怡'],
} as const
/** One of `people`. */
export type Who = keyof typeof people

const minute = 60_000

/** An office with a clock of its own, and hands on it. */
export class Hall {
  readonly office: TestOffice
  readonly #clock: { at: number }

  constructor(office: TestOffice, clock: { at: number }) {
    this.office = office
    this.#clock = clock
  }

  static async open(): Promise<Hall> {
    const clock = { at: Date.UTC(2026, 10, 23, 1, 0) }
    const office = await anOffice({ clock: { now: (): Instant => instant(clock.at) } })
    return new Hall(office, clock)
  }

  /** The present moment, whole minutes later. */
  inMinutes(minutes: number): Instant {
    return instant(this.#clock.at + minutes * minute)
  }

  passSeconds(seconds: number): void {
    this.#clock.at += seconds * 1000
  }

  as(who: Who) {
    return this.office.as(people[who][0])
  }

  async post(who: Who): Promise<PostId> {
    return (await postOf(await this.as('clerk'), people[who][1])).id
  }

  async unit(name: string): Promise<UnitId> {
    const { units } = await (await this.as('clerk')).call(directoryContract.listUnits, {})
    const found = units.find((unit) => unit.name === name)
    if (!found) throw new Error(`no unit ${name}`)
    return found.id
  }

  async room(name: string, more: { readonly capacity?: number; readonly bufferMinutes?: number } = {}): Promise<MeetingRoomId> {
    const made = await (await this.as('clerk')).call(contract.addRoom, { name, floor: '3楼', capacity: 30, bufferMinutes: 15, equipment: ['screen'], ...more })
    return made.roomId
  }

  /** A plan in `from` minutes, an hour long, for the mayor, two bureau heads and a county. */
  async plan(from = 40, more: Partial<NewMeeting> = {}): Promise<NewMeeting> {
    return {
      title: '云州市数据共享工作专题会议',
      kind: 'special',
      from: this.inMinutes(from),
      to: this.inMinutes(from + 60),
      roomId: null,
      place: '市政府301会议室',
      hostPostId: await this.post('mayor'),
      replyBy: null,
      notes: '请携带本单位数据目录。',
      contact: '罗佳',
      agenda: [
        { title: '数据共享目录编制情况', presenter: '市政务服务数据管理局', minutes: 20, documentId: null },
        { title: '资金保障', presenter: '', minutes: 10, documentId: null },
      ],
      attendees: [
        { kind: 'post', postId: await this.post('finance'), role: 'attend' },
        { kind: 'post', postId: await this.post('planning'), role: 'attend' },
        { kind: 'post', postId: await this.post('data'), role: 'observe' },
        { kind: 'unit', unitId: await this.unit('青川县人民政府办公室'), role: 'observe' },
      ],
      ...more,
    }
  }

  /** A meeting everybody has been told of. */
  async notified(from = 40, more: Partial<NewMeeting> = {}): Promise<MeetingId> {
    const clerk = await this.as('clerk')
    const { meetingId } = await clerk.call(contract.create, await this.plan(from, more))
    await clerk.call(contract.notify, { meetingId })
    return meetingId
  }

  async see(meetingId: MeetingId, who: Who = 'clerk'): Promise<MeetingView> {
    return (await this.as(who)).call(contract.view, { meetingId })
  }

  /** The place on the list that stands for a person or a unit. */
  async place(meetingId: MeetingId, name: string): Promise<AttendeeId> {
    const found = (await this.see(meetingId)).attendees.find((each) => each.personName === name || each.unitName === name)
    if (!found) throw new Error(`${name} is not invited`)
    return found.id
  }

  /** Where each invitation stands. */
  async receipts(meetingId: MeetingId): Promise<Readonly<Record<string, string>>> {
    return Object.fromEntries((await this.see(meetingId)).attendees.map((each) => [each.personName || each.unitName, each.state]))
  }
}

/** The refusal of a call with its params, or null when it was done. */
export async function refusalOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly params?: Readonly<Record<string, string | number>> } | null> {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal
    throw error
  }
}

/** Only the code. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await refusalOf(work))?.code ?? 'nothing refused'
}
