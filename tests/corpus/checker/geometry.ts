/** Plants mistakes into the boxes of layouts for the rules measured on pages, and measures clean layouts. */
import {
  type Finding, type FontMetrics, type Layout, layoutDocument, type LayoutFindingCode, lintLayout, type OfficialDocument,
} from '@xiewen/shared/documents'
import { block, hostOf, office } from './hosts.ts'
import type { GeometryCase } from './measure.ts'

/** Square Chinese signs, Latin ones half as wide; every sign exists. */
const metrics: FontMetrics = { advance: (_role, codePoint) => (codePoint < 0x2e80 && codePoint !== 0x2014 ? 0.5 : 1), fingerprint: 'corpus' }

type Page = Layout['pages'][number]
type Item = Page['items'][number]
type Text = Extract<Item, { kind: 'text' }>

const body = '各单位要严格执行预算，硬化预算约束，加强绩效管理，确保财政资金安全高效使用。'

/** Two or three pages with attachment and imprint. */
function longNotice(seed: number): OfficialDocument {
  const host = hostOf(seed % 2 === 0 ? '通知' : '通报')
  const paragraphs = Array.from({ length: 14 + seed }, (_each, index) => block('paragraph', `${body.repeat(2 + (index % 2))}`))
  const at = host.blocks.findIndex((each) => each.kind === 'signature')
  return {
    ...host,
    elements: { ...host.elements, copyTo: ['市委办公室', '市审计局'], printedBy: '云州市财政局办公室' },
    blocks: [
      ...host.blocks.slice(0, at), ...paragraphs, block('attachment-note', '任务分工表'), ...host.blocks.slice(at),
      block('annex-title', '任务分工表'), block('paragraph', body),
    ],
  }
}

function letter(seed: number): OfficialDocument {
  const host = hostOf('函')
  const at = host.blocks.findIndex((each) => each.kind === 'signature')
  return { ...host, blocks: [...host.blocks.slice(0, at), ...Array.from({ length: seed + 2 }, () => block('paragraph', body)), ...host.blocks.slice(at)] }
}

interface Plant {
  readonly rule: string
  readonly name: string
  readonly of: (seed: number) => OfficialDocument
  readonly change: (layout: Layout, document: OfficialDocument) => Layout
}

/** Every text item changed by `change`; null leaves it. */
function mapText(layout: Layout, change: (item: Text, page: number) => Text | null): Layout {
  return mapItems(layout, (item, page) => (item.kind === 'text' ? (change(item, page) ?? item) : item))
}

function mapItems(layout: Layout, change: (item: Item, page: number) => Item | null): Layout {
  const pages = layout.pages.map((page, index) => ({ ...page, items: page.items.flatMap((item) => change(item, index + 1) ?? []) }))
  return { ...layout, pages }
}

const moved = (item: Text, dx: number, dy: number): Text => ({ ...item, x: item.x.map((each) => each + dx), baseline: item.baseline + dy })

function remark(code: LayoutFindingCode): Plant['change'] {
  return (layout) => ({ ...layout, findings: [...layout.findings, { code, page: 1, block: null, params: {} }] })
}

const indexOf = (document: OfficialDocument, kind: string): number => document.blocks.findIndex((each) => each.kind === kind)
const isOf = (item: Text, index: number): boolean => item.source?.block === index
const isNumber = (item: Text): boolean => item.source === null && item.baseline > 264

const plants: readonly Plant[] = [
  { rule: 'C13', name: '主送移到版记', of: longNotice, change: remark('layout.recipients-moved') },
  { rule: 'D23', name: '首页无正文', of: longNotice, change: remark('layout.no-body-on-first-page') },
  { rule: 'F11', name: '署名单独成页', of: longNotice, change: remark('layout.signature-alone') },
  { rule: 'G01', name: '正文超出版心', of: longNotice, change: (layout, document) => mapText(layout, (item) => (isOf(item, indexOf(document, 'paragraph')) ? moved(item, 8, 0) : null)) },
  { rule: 'G02', name: '正文用黑体', of: longNotice, change: (layout, document) => mapText(layout, (item) => (isOf(item, indexOf(document, 'paragraph')) ? { ...item, role: 'heiti' } : null)) },
  { rule: 'G05', name: '页码居中', of: longNotice, change: (layout) => mapText(layout, (item, page) => (isNumber(item) ? moved(item, page % 2 === 1 ? -90 : 90, 0) : null)) },
  { rule: 'G05', name: '信函首页有页码', of: letter, change: (layout) => ({ ...layout, pages: layout.pages.map((page, index) => (index > 0 ? page : { ...page, items: [...page.items, numberOne] })) }) },
  { rule: 'G07', name: '正文红色', of: longNotice, change: (layout, document) => mapText(layout, (item) => (isOf(item, indexOf(document, 'recipients')) ? { ...item, ink: 'red' } : null)) },
  { rule: 'H12', name: '句号在行首', of: longNotice, change: (layout, document) => mapText(layout, (item) => (isOf(item, indexOf(document, 'attachment-note') - 1) && item.x[0] !== undefined && item.x[0] < 29 ? { ...item, text: `。${item.text.slice(1)}` } : null)) },
  { rule: 'B08', name: '拆开机关名称', of: longTitle, change: breakTitle(3) },
  { rule: 'B08', name: '行首为“的”', of: longTitle, change: breakTitle(0) },
  { rule: 'E05', name: '附件标题在第一行', of: longNotice, change: (layout, document) => mapText(layout, (item) => (isOf(item, indexOf(document, 'annex-title')) ? moved(item, 0, -12) : null)) },
  { rule: 'F06', name: '印章超出版心', of: longNotice, change: (layout) => mapItems(layout, (item) => (item.kind === 'seal-anchor' ? { ...item, centreX: item.centreX + 30 } : item)) },
  { rule: 'F06', name: '印章没有压日期', of: longNotice, change: (layout) => mapItems(layout, (item) => (item.kind === 'seal-anchor' ? { ...item, centreY: item.centreY - 40 } : item)) },
  { rule: 'G03', name: '版记悬空', of: longNotice, change: (layout) => mapItems(layout, (item, page) => (item.kind === 'rule' && item.ink === 'black' && page === layout.pages.length ? { ...item, y1: item.y1 - 3, y2: item.y2 - 3 } : item)) },
  { rule: 'G03', name: '版记线过粗', of: longNotice, change: (layout) => mapItems(layout, (item) => (item.kind === 'rule' && item.ink === 'black' ? { ...item, widthMm: 1 } : item)) },
  { rule: 'G04', name: '版记在奇数页', of: longNotice, change: (layout) => (layout.pages.length % 2 === 1 ? layout : { ...layout, pages: [emptyPage, ...layout.pages] }) },
  { rule: 'G09', name: '表格超出版心', of: tableNotice, change: (layout, document) => widened(layout, indexOf(document, 'table')) },
  { rule: 'G12', name: '人名用字由备用字体代排', of: nameNotice, change: (layout) => layout },
  { rule: 'G01', name: '横排表超出版心', of: acrossNotice, change: (layout) => mapText(layout, (item) => (item.turned ? { ...item, x: item.x.map((each) => each - 25) } : null)) },
  { rule: 'G10', name: '横排表头在右', of: acrossNotice, change: (layout) => mapText(layout, (item) => (item.turned ? { ...item, baseline: 210 - item.baseline } : null)) },
  { rule: 'G05', name: '横排页双页码在右', of: acrossNotice, change: (layout) => mapText(layout, (item, page) => (isNumber(item) && isAcross(layout, page) ? moved(item, page % 2 === 1 ? -90 : 90, 0) : null)) },
  { rule: 'G05', name: '横排页页码转向', of: acrossNotice, change: (layout) => mapText(layout, (item, page) => (isNumber(item) && isAcross(layout, page) ? { ...item, x: item.x.map((each) => 297 - each), baseline: 190, turned: true } : null)) },
  { rule: 'G06', name: '双线过短', of: letter, change: (layout) => mapItems(layout, (item) => (item.kind === 'rule' && item.ink === 'red' ? { ...item, x2: item.x2 - 14 } : item)) },
]

/** A name whose sign is in no face of its role but in another's. */
function nameNotice(seed: number): OfficialDocument {
  const document = longNotice(seed)
  return { ...document, blocks: document.blocks.toSpliced(5, 0, block('paragraph', '联系人：王𬭎，电话：12345678。')) }
}

/** A table that lies across on pages of its own, on an even page and on an odd one by turns. */
function acrossNotice(seed: number): OfficialDocument {
  const document = longNotice(seed)
  const cell = (text: string) => ({ columns: 1, runs: [{ text }] })
  const rows = Array.from({ length: 24 }, (_each, index) => ({ header: index === 0, cells: ['序号', '任务', '牵头单位', '完成时限'].map((text) => cell(index === 0 ? text : `${text}${index}`)) }))
  return { ...document, blocks: document.blocks.toSpliced(3 + 4 * seed, 0, { kind: 'table', landscape: true, rows }) }
}

function isAcross(layout: Layout, page: number): boolean {
  return layout.pages[page - 1]?.items.some((item) => item.kind === 'text' && item.turned === true) ?? false
}

const numberOne: Text = { kind: 'text', role: 'songti', sizePt: 14, ink: 'black', text: '— 1 —', x: [160, 165, 167, 170, 172], baseline: 271, scale: 1, source: null }

const emptyPage: Page = { widthMm: 210, heightMm: 297, items: [] }

function tableNotice(seed: number): OfficialDocument {
  const document = longNotice(seed)
  const cell = (text: string) => ({ columns: 1, runs: [{ text }] })
  const rows = ['任务', '清理账户', '盘活资金'].map((text, index) => ({ header: index === 0, cells: [cell(text), cell('预算处')] }))
  return { ...document, blocks: document.blocks.toSpliced(4, 0, { kind: 'table', rows }) }
}

function widened(layout: Layout, table: number): Layout {
  const pages = layout.pages.map((page) =>
    page.items.some((item) => item.kind === 'text' && isOf(item, table))
      ? { ...page, items: [...page.items, { kind: 'rule' as const, x1: 15, y1: 120, x2: 195, y2: 120, widthMm: 0.2, ink: 'black' as const }] }
      : page,
  )
  return { ...layout, pages }
}

function longTitle(seed: number): OfficialDocument {
  const document = longNotice(seed)
  const title = `云州市财政局关于进一步加强和规范${'市级'.repeat(seed % 3)}行政事业单位国有资产清查登记和处置管理工作的通知`
  return { ...document, blocks: document.blocks.map((each) => (each.kind === 'title' ? block('title', title) : each)) }
}

/** The title set on two lines broken after `count` signs; 0 breaks before its last 的. */
function breakTitle(count: number): Plant['change'] {
  return (layout, document) => {
    const index = indexOf(document, 'title')
    const title = document.blocks[index]
    const text = title && 'runs' in title ? title.runs.map((run) => run.text).join('') : ''
    const at = count === 0 ? text.lastIndexOf('的') : count
    let isFirst = true
    return mapItems(layout, (item) => {
      if (item.kind !== 'text' || !isOf(item, index)) return item
      if (!isFirst) return null
      isFirst = false
      return { ...item, text: text.slice(0, at), x: [...text.slice(0, at)].map((_each, sign) => 30 + sign * 4) }
    }).pages.length > 0
      ? withSecondLine(layout, index, { text, at })
      : layout
  }
}

function withSecondLine(layout: Layout, index: number, title: { readonly text: string; readonly at: number }): Layout {
  const lines = [title.text.slice(0, title.at), title.text.slice(title.at)]
  const first = layout.pages[0]?.items.find((item): item is Text => item.kind === 'text' && isOf(item, index))
  if (!first) return layout
  const set = lines.map((text, line): Text => ({ ...first, text, baseline: first.baseline + line * 12, x: [...text].map((_each, sign) => 30 + sign * 4), source: { block: index, offset: line * title.at } }))
  const pages = layout.pages.map((page, at) => ({ ...page, items: [...page.items.filter((item) => item.kind !== 'text' || !isOf(item, index)), ...(at === 0 ? set : [])] }))
  return { ...layout, pages }
}

/** Five planted layouts a mistake, and as many clean ones of each document. */
export function geometryCases(): readonly GeometryCase[] {
  const planted = plants.flatMap(({ rule, name, of, change }) =>
    [0, 1, 2, 3, 4].map((seed): GeometryCase => {
      const document = of(seed)
      return { rule, source: `${name} ${seed}`, found: only(rule, lintLayout(document, change(layoutDocument(document, metrics), document), office)) }
    }),
  )
  const clean = [longNotice, letter, longTitle, tableNotice, acrossNotice].flatMap((of) =>
    [0, 1, 2, 3, 4, 5, 6].map((seed): GeometryCase => {
      const document = of(seed)
      return { rule: null, source: `版式 ${of.name} ${seed}`, found: lintLayout(document, layoutDocument(document, metrics), office).filter(({ rule }) => rule !== 'G04') }
    }),
  )
  return [...planted, ...clean]
}

/** Boxes moved by hand offend against more than one rule; only the one meant is counted. */
function only(rule: string, found: readonly Finding[]): readonly Finding[] {
  return found.filter((finding) => finding.rule === rule)
}
