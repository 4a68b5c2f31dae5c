/** The minutes (会议纪要) a meeting begins with: layout, opening words, a heading per item, and the lists of who was there. */
import { type Block, emptyElements, type OfficialDocument, plainRuns } from '../../documents/index.ts'
import type { AgendaItem, Attendee } from '../model.ts'
import { receiptState } from './receipts.ts'
import { halfDay } from './times.ts'

/** What minutes are made of. */
export interface MinutesSource {
  readonly title: string
  readonly from: number
  readonly state: 'under-way' | 'ended'
  readonly place: string
  /** Name with title, e.g. 市长周文博; empty when nobody is named. */
  readonly host: string
  readonly organName: string
  readonly agenda: readonly Pick<AgendaItem, 'title' | 'presenter'>[]
  readonly attendees: readonly Attendee[]
}

/** Makes the minutes. Their mark and lists follow GB/T 9704-2012 10.3. */
export function draftMinutes(source: MinutesSource): OfficialDocument {
  const lists = attendanceLists(source)
  const name = source.title.replace(/(?:的)?(?:通知|纪要)$/, '')
  return {
    version: 1,
    elements: { ...emptyElements('纪要'), issuers: [source.organName], markSuffix: '会议纪要', printedBy: source.organName, ...lists },
    blocks: [
      { kind: 'title', runs: plainRuns(`${name}纪要`) },
      paragraph(opening(source, name)),
      ...source.agenda.flatMap((item): readonly Block[] => [
        { kind: 'heading', level: 1, runs: plainRuns(item.title) },
        paragraph(item.presenter === '' ? `会议研究了${item.title}。` : `会议听取了${item.presenter}关于${item.title}的汇报。`),
      ]),
    ],
  }
}

function opening(source: MinutesSource, name: string): string {
  const host = source.host === '' ? '' : `${source.host}主持`
  const place = source.place === '' ? '' : `在${source.place}`
  const count = source.agenda.length
  const matter = count === 0 ? '' : `研究${source.agenda.map((item) => item.title).join('、')}等${count}项议题。`
  return `${halfDay(source.from)}，${host}${place}召开${name}${matter === '' ? '。' : `，${count === 1 ? `研究${source.agenda[0]?.title ?? ''}。` : matter}`}现将会议主要内容纪要如下。`
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: plainRuns(text) }
}

/** 出席, 请假 and 列席: those who signed in (before the end: those who did not ask leave), by unit in the order invited. */
export function attendanceLists(source: Pick<MinutesSource, 'attendees' | 'from' | 'state'>): {
  readonly attendees: string
  readonly absentees: string
  readonly observers: string
} {
  const anySignedIn = source.attendees.some((attendee) => attendee.signedInAt !== null)
  const came = (attendee: Attendee): boolean =>
    anySignedIn ? attendee.signedInAt !== null : !isExcused(attendee) && attendee.reply !== null
  const isExcused = (attendee: Attendee): boolean => receiptState(attendee, { state: source.state, from: source.from }) === 'leave-granted'
  const names = (chosen: readonly Attendee[]): string => chosen.map(nameIn).join('、')
  return {
    attendees: names(source.attendees.filter((attendee) => attendee.role === 'attend' && came(attendee))),
    absentees: names(source.attendees.filter(isExcused)),
    observers: names(source.attendees.filter((attendee) => attendee.role === 'observe' && came(attendee))),
  }
}

function nameIn(attendee: Attendee): string {
  const name = attendee.signedInName || attendee.comesName || attendee.personName
  return name === '' ? attendee.unitName : `${name}（${attendee.unitName}）`
}
