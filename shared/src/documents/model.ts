/** The official document (公文) as everybody sees it: the checker, the layout engine, the exporters and the signatures all
 * read this one shape. It is extracted from the live text (`ydoc.ts`) and never edited itself. */
import { z } from 'zod'
import { civilDateSchema } from '../base/instant.ts'

/** The fifteen kinds of document (文种). Source: 党政机关公文处理工作条例 (2012) 第8条 */
export const documentKinds = [
  '决议', '决定', '命令', '公报', '公告', '通告', '意见', '通知', '通报', '报告', '请示', '批复', '议案', '函', '纪要',
] as const
/** One of the fifteen 文种. */
export type DocumentKind = (typeof documentKinds)[number]

/** Page formats: general 通用, letter 信函, order 命令（令）, minutes 纪要. Source: GB/T 9704-2012 7, 10 */
export const documentFormats = ['general', 'letter', 'order', 'minutes'] as const
/** What follows the organs in a mark of that format; empty in a letter. Source: GB/T 9704-2012 7.2.4, 10 */
export const markSuffixes = { general: '文件', letter: '', order: '令', minutes: '纪要' } as const
/** One of the page formats. */
export type DocumentFormat = (typeof documentFormats)[number]
/** Which way it travels: up 上行, down 下行, flat 平行, public 公布. */
export const directions = ['up', 'down', 'flat', 'public'] as const
/** One of the directions. */
export type Direction = (typeof directions)[number]
/** Urgency (紧急程度) of a document: none, 加急, 特急. Source: 条例 第9条(三) */
export const urgencies = ['none', 'urgent', 'extra-urgent'] as const
/** Where 版记 may stand: on the last page, whatever its number, or on one with an even number. */
export const imprintPages = ['last', 'even'] as const
/** Disclosure (公开属性): 主动公开, 依申请公开, 不予公开. */
export const disclosures = ['open', 'on-request', 'closed'] as const

/** 发文字号: 机关代字〔年〕序号. Source: GB/T 9704-2012 7.2.5 */
export const documentNumberSchema = z.object({
  /** 机关代字, e.g. 云政办发 */
  code: z.string().min(1).max(30),
  year: z.number().int().min(1949).max(2999),
  serial: z.number().int().min(1).max(99_999),
})
/** 发文字号 in its parts. */
export type DocumentNumber = z.output<typeof documentNumberSchema>

/** The form printed on the page: 云政办发〔2026〕13号; of minutes without a 代字 第9期 (code 第期) or 〔2026〕9号 (code 〔〕). */
export function formatDocumentNumber(number: DocumentNumber): string {
  if (number.code === '第期') return `第${number.serial}期`
  if (number.code === '〔〕') return `〔${number.year}〕${number.serial}号`
  return `${number.code}〔${number.year}〕${number.serial}号`
}

/** The elements of the heading (版头) and the imprint (版记), and those the form asks for. What is written in the text
 * itself (title, 主送, body, 附件说明, 署名, 成文日期, 附注) lives in `blocks`. */
export const elementsSchema = z.object({
  kind: z.enum(documentKinds),
  format: z.enum(documentFormats),
  direction: z.enum(directions),
  /** 份号, six digits; empty when not used. */
  copyNumber: z.string().max(6),
  urgency: z.enum(urgencies),
  /** 密级和保密期限 as printed, e.g. 内部; empty when there is none. Classified marks are kept off this system by the checker. */
  secrecy: z.string().max(20).default(''),
  /** 发文机关标志: the organs named in it, 主办 first. */
  issuers: z.array(z.string().max(60)).max(12),
  /** What follows the organs in the mark: 文件, 命令, 令, 纪要 … or empty. */
  markSuffix: z.string().max(12),
  /** 发文字号 once allocated; 令号/期号 use `serial` alone with an empty-looking code of the format. */
  number: documentNumberSchema.nullable(),
  /** 签发人, 上行文 only. */
  signers: z.array(z.string().max(30)).max(12),
  /** 抄送机关. */
  copyTo: z.array(z.string().max(60)).max(60),
  /** 印发机关; empty hides the imprint line. */
  printedBy: z.string().max(60),
  /** 印发日期. */
  printedOn: civilDateSchema.nullable(),
  /** Where 版记 stands: on the last page, or on one with an even number, added where the last is odd (for printing on both sides).
   * Source: GB/T 9704-2012 7.4, GB/T 33476.2-2016 7.3.1 */
  imprintPage: z.enum(imprintPages).default('last'),
  disclosure: z.enum(disclosures),
  /** 不予公开的理由, required when closed. */
  disclosureReason: z.string().max(200),
  /** Minutes only: 出席, 请假, 列席. */
  attendees: z.string().max(4000),
  absentees: z.string().max(2000),
  observers: z.string().max(4000),
  /** Orders and bills (签名章): the signer's full post, e.g. 市长. */
  signerPost: z.string().max(40),
})
/** Elements outside the text. */
export type Elements = z.output<typeof elementsSchema>

/** A stretch of text. `change` is set while a revision (修订) has not been accepted. */
export interface TextRun {
  readonly text: string
  readonly bold?: boolean
  /** Text of a footnote (脚注) whose mark stands behind this run. */
  readonly footnote?: string
  readonly change?: {
    readonly kind: 'insertion' | 'deletion'
    /** Id of the change: `<personId>:<serial>`; accepted and rejected as one. */
    readonly id: string
    readonly personId: string
  }
  /** Set while a change of boldness waits to be accepted: how the letters were before. */
  readonly reformatted?: { readonly id: string; readonly personId: string; readonly bold: boolean }
}

/** A pending proposal to make a block something else (格式修订): what it is until that is accepted. */
export interface Reshaping {
  readonly id: string
  readonly personId: string
  readonly before: { readonly kind: TextBlockKind; readonly level: number }
}

/** Kinds of block that are one line of text. */
export type TextBlockKind = Exclude<BlockShape['kind'], 'table' | 'figure'>

/** What a block of text is. `reshaped` is set while its kind or level is only proposed: the block reads as if accepted. */
export type Block = BlockShape & { readonly reshaped?: Reshaping }

/** The shapes of blocks. Numbers of headings are derived from their place and never typed. */
export type BlockShape =
  | { readonly kind: 'title'; readonly runs: readonly TextRun[] }
  | { readonly kind: 'recipients'; readonly runs: readonly TextRun[] }
  /** 层次 1–4: 一、 （一） 1. （1）. A level 2–4 heading may run on: its first sentence is the heading, the rest is body. */
  | {
      readonly kind: 'heading'
      readonly level: 1 | 2 | 3 | 4
      /** Set where the count of its level goes on from the last heading of that level instead of restarting under the new
       * parent, as in a plan whose （四） follows （三） across 二、. */
      readonly continues?: true
      readonly runs: readonly TextRun[]
    }
  | { readonly kind: 'paragraph'; readonly runs: readonly TextRun[] }
  /** 题注 below the title of what a meeting adopted or an organ published: （2026年1月8日市人民政府第3次常务会议通过）. */
  | { readonly kind: 'title-note'; readonly runs: readonly TextRun[] }
  /** The parts of a regulation (规定、办法、条例): 章 第一章, 节 第一节, 条 第一条, 项 （一）, 目 1. — a 款 is a paragraph. Their numbers are
   * derived like those of headings. `continues`, of a 项 only: its count goes on from the last 项 of the 条 across a 款 instead of
   * beginning anew. Source: 立法法 第65条 */
  | { readonly kind: ProvisionKind; readonly continues?: true; readonly runs: readonly TextRun[] }
  /** `landscape` sets it on pages of its own, turned by a quarter. */
  | { readonly kind: 'table'; readonly landscape?: true; readonly rows: readonly TableRow[] }
  /** A figure (图) with its caption. */
  | { readonly kind: 'figure'; readonly image: FigureImage; readonly runs: readonly TextRun[] }
  /** One name in 附件说明; the label 附件： and its numbers are derived. */
  | { readonly kind: 'attachment-note'; readonly runs: readonly TextRun[] }
  /** 发文机关署名, one per organ. */
  | { readonly kind: 'signature'; readonly runs: readonly TextRun[] }
  /** 成文日期. */
  | { readonly kind: 'date'; readonly runs: readonly TextRun[] }
  /** 附注; its parentheses are derived. */
  | { readonly kind: 'note'; readonly runs: readonly TextRun[] }
  /** Begins an attachment (附件) on a new page; the label 附件N is derived. What follows up to the next one belongs to it. */
  | { readonly kind: 'annex-title'; readonly runs: readonly TextRun[] }

/** Numbered parts of a regulation: 章, 节, 条, 项, 目. Source: 立法法 第65条 */
export const provisionKinds = ['chapter', 'section', 'article', 'item', 'subitem'] as const
/** One of them. */
export type ProvisionKind = (typeof provisionKinds)[number]

/** Whether a block is a numbered part of a regulation. */
export function isProvision<B extends { readonly kind: string }>(block: B): block is B & { readonly kind: ProvisionKind } {
  return provisionKinds.some((kind) => kind === block.kind)
}

/** The kinds of block, in the order a document has them. */
export const blockKinds = [
  'title', 'title-note', 'recipients', ...provisionKinds, 'heading', 'paragraph', 'table', 'figure', 'attachment-note', 'signature', 'date', 'note', 'annex-title',
] as const satisfies readonly Block['kind'][]

/** The picture of a figure: its bytes are a blob of the document, PNG or JPEG. */
export interface FigureImage {
  /** SM3 of the bytes. */
  readonly digest: string
  readonly widthPx: number
  readonly heightPx: number
  /** Width wished on the page (mm); what does not fit is made smaller. */
  readonly widthMm: number
}

/** A table row; `header` rows repeat on every page. */
export interface TableRow {
  readonly header: boolean
  readonly cells: readonly TableCell[]
}

/** A cell over `columns` columns and `rows` rows (1 when absent). A row holds only the cells that begin in it. */
export interface TableCell {
  readonly columns: number
  readonly rows?: number
  readonly runs: readonly TextRun[]
}

/** A whole document. `version` is the lowest version of this shape that can hold it, see `versionOfContent`. */
export interface OfficialDocument {
  readonly version: 1 | 2 | 3
  readonly elements: Elements
  readonly blocks: readonly Block[]
}

/** The lowest version of the shape that has every block in it: 3 with a 项 that goes on across a 款, 2 with 题注 or parts of a regulation, else 1. So a text without them
 * stays what it was, its signed digest too, and older programs go on reading it. */
export function versionOfContent(blocks: readonly { readonly kind: Block['kind']; readonly continues?: true }[]): 1 | 2 | 3 {
  if (blocks.some((block) => block.kind === 'item' && block.continues)) return 3
  return blocks.some((block) => block.kind === 'title-note' || isProvision(block)) ? 2 : 1
}

/** The text of runs with pending deletions left out and pending insertions kept (清稿). */
export function cleanText(runs: readonly TextRun[]): string {
  return runs
    .filter((run) => run.change?.kind !== 'deletion')
    .map((run) => run.text)
    .join('')
}

/** Elements of an empty document of that kind in the general format. */
export function emptyElements(kind: DocumentKind): Elements {
  const format = kind === '函' ? 'letter' : kind === '命令' ? 'order' : kind === '纪要' ? 'minutes' : 'general'
  return {
    kind,
    format,
    direction: kind === '请示' || kind === '报告' ? 'up' : kind === '函' || kind === '议案' ? 'flat' : 'down',
    copyNumber: '',
    urgency: 'none',
    secrecy: '',
    issuers: [],
    markSuffix: markSuffixes[format],
    number: null,
    signers: [],
    copyTo: [],
    printedBy: '',
    printedOn: null,
    imprintPage: 'last',
    disclosure: 'open',
    disclosureReason: '',
    attendees: '',
    absentees: '',
    observers: '',
    signerPost: '',
  }
}
