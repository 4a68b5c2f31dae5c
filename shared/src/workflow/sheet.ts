/** 发文稿纸 and 收文处理单: what the office's sheets say, made of the document, its case and its opinions. The words are the
 * paper's own and stay Chinese whatever language a screen has.
 *
 * Source: fields as used in offices (practice); 条例 第22条, 第24条 for signing, 拟办, 批示
 */
import { chineseDate, civilDateAt, instant } from '../base/instant.ts'
import { type Elements, formatDocumentNumber, type SheetEntry, type SheetForm, type SheetRow } from '../documents/index.ts'
import type { StepKey, TemplateName } from './model.ts'
import { workflowZh } from './strings.zh-CN.ts'

/** An opinion on the sheet. */
export interface SheetOpinion {
  readonly step: StepKey | null
  readonly code: string
  readonly text: string
  readonly personName: string
  readonly postTitle: string
  readonly unitName: string
  /** Whom the person acted for, or null. */
  readonly onBehalfOf: string | null
  readonly at: number
  readonly withdrawn: boolean
}

/** Somebody a document was circulated to (传阅), read or not. */
export interface SheetReading {
  readonly unitName: string
  readonly postTitle: string
  readonly personName: string
  readonly sentAt: number
  /** Null while it waits to be read. */
  readonly readAt: number | null
  readonly code: 'READ' | 'CIRCLE'
  readonly opinion: string
}

/** What only the register of received documents knows. */
export interface IncomingFacts {
  /** 收文编号 as printed, e.g. 〔2026〕12号; empty when none was given. */
  readonly registerNumber: string
  readonly fromName: string
  /** 来文字号 as printed. */
  readonly number: string
  readonly copies: number
  readonly receivedAt: number
}

/** Everything a sheet is made of. */
export interface SheetFacts {
  readonly template: TemplateName
  readonly organName: string
  readonly unitName: string
  readonly drafterName: string
  readonly title: string
  readonly elements: Elements
  /** 主送 as written. */
  readonly recipients: string
  /** Names of 附件 and attached files. */
  readonly attachments: readonly string[]
  readonly startedAt: number | null
  readonly opinions: readonly SheetOpinion[]
  /** In the order they were asked. */
  readonly readings: readonly SheetReading[]
  readonly incoming: IncomingFacts | null
}

const urgencies = { none: '', urgent: '加急', 'extra-urgent': '特急' } as const
const disclosures = { open: '主动公开', 'on-request': '依申请公开', closed: '不予公开' } as const
const words: Readonly<Record<string, string>> = workflowZh

/** The sheet that goes with a document. */
export function sheetOf(facts: SheetFacts): SheetForm {
  return facts.template === 'outgoing' ? outgoingSheet(facts) : incomingSheet(facts)
}

function outgoingSheet(facts: SheetFacts): SheetForm {
  const { elements } = facts
  const closed = elements.disclosure === 'closed' && elements.disclosureReason !== '' ? `（${elements.disclosureReason}）` : ''
  return {
    title: `${facts.organName}发文稿纸`,
    corner: facts.startedAt === null ? '' : `拟稿 ${dayOf(facts.startedAt)}`,
    rows: [
      fields(['发文字号', elements.number ? formatDocumentNumber(elements.number) : '', 5], ['紧急程度', urgencies[elements.urgency], 4]),
      fields(['文　　种', elements.kind, 5], ['密　　级', elements.secrecy, 4]),
      box('签　　发', facts, ['sign'], 3),
      box('领导审批', facts, ['deputy-leader'], 2),
      box('会　　签', facts, ['countersign'], 2),
      box('办公室\n核　　稿', facts, ['office-check', 'office-director'], 2),
      box('处室核稿', facts, ['check'], 2),
      fields(['标　　题', facts.title, 1]),
      fields(['主　　送', facts.recipients, 1]),
      fields(['抄　　送', elements.copyTo.join('，'), 1]),
      fields(['附　　件', numbered(facts.attachments), 1]),
      fields(['公开属性', `${disclosures[elements.disclosure]}${closed}`, 1]),
      fields(['拟稿单位', facts.unitName, 5], ['拟 稿 人', facts.drafterName, 4]),
      ...(facts.readings.length === 0 ? [] : [readers(facts, 0)]),
      ...others(facts, ['sign', 'deputy-leader', 'countersign', 'office-check', 'office-director', 'check']),
    ],
  }
}

function incomingSheet(facts: SheetFacts): SheetForm {
  const { incoming, elements } = facts
  const number = incoming?.number || (elements.number ? formatDocumentNumber(elements.number) : '')
  return {
    title: `${facts.organName}收文处理单`,
    corner: incoming === null || incoming.registerNumber === '' ? '' : `收文编号 ${incoming.registerNumber}`,
    rows: [
      fields(['来文单位', incoming?.fromName || elements.issuers.join('、'), 5], ['收文日期', incoming === null ? '' : dayOf(incoming.receivedAt), 4]),
      fields(['来文字号', number, 5], ['份　　数', incoming === null ? '' : String(incoming.copies), 4]),
      fields(['紧急程度', urgencies[elements.urgency], 5], ['密　　级', elements.secrecy, 4]),
      fields(['标　　题', facts.title, 1]),
      fields(['附　　件', numbered(facts.attachments), 1]),
      box('拟办意见', facts, ['propose'], 4),
      box('领导批示', facts, ['instruct'], 5),
      readers(facts, facts.readings.length === 0 ? 2 : 0),
      box('分办交办', facts, ['assign'], 2),
      box('承办结果', facts, ['handle'], 4),
      box('办　　结', facts, ['finish'], 2),
      ...others(facts, ['propose', 'instruct', 'assign', 'handle', 'finish']),
    ],
  }
}

/** 传阅: who is to read it, in the order they were asked, with what each signed and when. Empty rows are for readers on paper. */
function readers(facts: SheetFacts, blankRows: number): SheetRow {
  const columns = [{ title: '传阅人', share: 33 }, { title: '送阅时间', share: 34 }, { title: '阅签', share: 30 }, { title: '阅文时间', share: 34 }]
  const rows = facts.readings.map((each) => {
    const signed = each.readAt === null ? '' : (words[`workflow.code.${each.code}`] ?? '')
    return [`${each.unitName}${each.postTitle}\n${each.personName}`, onTwoLines(each.sentAt), [signed, each.opinion].filter((part) => part !== '').join('　'), each.readAt === null ? '' : onTwoLines(each.readAt)]
  })
  return { kind: 'list', label: '传　　阅', columns, rows, blankRows }
}

/** The day over the hour. */
function onTwoLines(at: number): string {
  return momentOf(at).replace(' ', '\n')
}

/** What belongs to none of the boxes: submissions, forwarding, what somebody said who read it before and was asked again. Left out when there is nothing. */
function others(facts: SheetFacts, named: readonly StepKey[]): readonly SheetRow[] {
  const entries = facts.opinions.filter((each) => (each.step === null || !named.includes(each.step)) && each.text !== '').map(entryOf)
  return entries.length === 0 ? [] : [{ kind: 'box', label: '其他意见', entries, blankLines: 1 }]
}

function fields(...given: readonly (readonly [label: string, text: string, share: number])[]): SheetRow {
  return { kind: 'fields', fields: given.map(([label, text, share]) => ({ label, text, share })) }
}

function box(label: string, facts: SheetFacts, steps: readonly StepKey[], blankLines: number): SheetRow {
  const own = facts.opinions.filter((each) => each.step !== null && steps.includes(each.step) && each.code !== 'NOTE')
  return { kind: 'box', label, entries: own.map(entryOf), blankLines }
}

/** 同意印发。 — 局长 陈国栋（代 林若溪） 2026年11月28日 10:32; what was taken back says so. */
function entryOf(opinion: SheetOpinion): SheetEntry {
  const said = opinion.text === '' ? (words[`workflow.code.${opinion.code}`] ?? '') : opinion.text
  const who = `${opinion.unitName}${opinion.postTitle}　${opinion.personName}${opinion.onBehalfOf === null ? '' : `（代 ${opinion.onBehalfOf}）`}`
  return { text: opinion.withdrawn ? `${said}（已撤回）` : said, signed: `${who}　${momentOf(opinion.at)}` }
}

function numbered(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : names.map((name, index) => `${index + 1}. ${name}`).join('　')
}

const beijingAheadMs = 8 * 3_600_000

function dayOf(at: number): string {
  return chineseDate(civilDateAt(instant(at)))
}

function momentOf(at: number): string {
  const minutes = Math.floor((at + beijingAheadMs) / 60_000) % 1440
  return `${dayOf(at)} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
