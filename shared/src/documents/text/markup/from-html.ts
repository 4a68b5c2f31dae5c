/** Reads a web page, or what was copied from one or from Word, into lines the recogniser understands. Only words, emphasis and
 * tables come through: no script, link, picture or control of a page ever reaches the document. */
import type { TableRow, TextRun } from '../../model.ts'
import type { LineHint, SourceLine } from '../lines.ts'
import { visibleText } from '../lines.ts'
import type { ReportWriter } from '../report.ts'
import { mergeRuns } from '../runs.ts'
import { type HtmlToken, htmlTokens } from './html-tokens.ts'

type OpenTag = Extract<HtmlToken, { kind: 'open' }>

const blocks = new Set([
  'p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'ul', 'ol', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'form', 'fieldset',
  'figure', 'figcaption', 'address', 'center', 'hr', 'body', 'caption', 'tbody', 'thead', 'tfoot',
])
const empty = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'col', 'area', 'base', 'wbr', 'source', 'track', 'param', 'o:p'])
const bolds = new Set(['b', 'strong'])

/** Tables in tables deeper than this are read as words. */
const deepest = 30
/** Widest table of a page that is taken for one (columns). */
const mostColumns = 60
/** Longest cell of a table of figures; a longer one is a page laid out with a table. */
const longestCell = 600

interface Table {
  readonly rows: { readonly header: boolean; readonly cells: { readonly columns: number; readonly rows: number; readonly lines: SourceLine[]; readonly isHead: boolean }[] }[]
  hasNested: boolean
}

interface Element {
  readonly name: string
  readonly hidden: boolean
  readonly bold: boolean
  readonly hint: LineHint
}

class HtmlReader {
  readonly #report: ReportWriter
  readonly #lines: SourceLine[] = []
  readonly #tables: Table[] = []
  readonly #stack: Element[] = []
  readonly #counts: number[] = []
  #runs: TextRun[] = []
  #hidden = ''
  #isSoft = false
  #prefix = ''
  #line = 0
  readonly #skipped = new Map<string, number>()

  constructor(report: ReportWriter) {
    this.#report = report
  }

  read(html: string): readonly SourceLine[] {
    for (const token of htmlTokens(html)) this.#take(token)
    this.#flush()
    while (this.#tables.length > 0) this.#closeTable()
    if (this.#hidden.trim() !== '') this.#report.dropped.push({ topic: 'hidden-text', line: 0, text: this.#hidden.trim().slice(0, 500) })
    const scripts = [...this.#skipped].map(([name, count]) => `${name} ×${count}`).join('、')
    if (scripts !== '') this.#report.dropped.push({ topic: 'page-script', line: 0, text: scripts })
    return this.#lines
  }

  #take(token: HtmlToken): void {
    switch (token.kind) {
      case 'text':
        return this.#addText(token.text)
      case 'skipped':
        return void this.#skipped.set(token.name, (this.#skipped.get(token.name) ?? 0) + 1)
      case 'open':
        return this.#open(token)
      case 'close':
        return this.#close(token.name)
    }
  }

  #top(): Element | undefined {
    return this.#stack.at(-1)
  }

  #addText(raw: string): void {
    const top = this.#top()
    const text = top?.name === 'pre' ? raw : raw.replace(/[ \t\r\n\f]+/g, ' ')
    if (text === '') return
    if (top?.hidden) this.#hidden += this.#hidden.length < 2000 ? text : ''
    else this.#runs.push(top?.bold ? { text, bold: true } : { text })
  }

  #open(tag: OpenTag): void {
    const { name } = tag
    if (name === 'br' || name === 'hr') {
      this.#flush()
      this.#isSoft = name === 'br'
      return
    }
    if (name === 'img') return this.#dropImage(tag)
    if (empty.has(name)) return
    const parent = this.#top()
    if (blocks.has(name)) this.#flush()
    if (name === 'table') this.#openTable()
    else if (name === 'tr') this.#openRow()
    else if (name === 'td' || name === 'th') this.#openCell(tag)
    if (name === 'ol') this.#counts.push(0)
    if (name === 'ul') this.#counts.push(Number.NaN)
    if (name === 'li') this.#numberItem()
    this.#stack.push({
      name,
      hidden: parent?.hidden === true || isHidden(tag),
      bold: parent?.bold === true || bolds.has(name) || /font-weight\s*:\s*(?:bold|[6-9]00)/.test(tag.attributes.get('style') ?? ''),
      hint: { ...parent?.hint, ...hintOf(tag) },
    })
  }

  #numberItem(): void {
    const count = this.#counts.at(-1)
    if (count === undefined || Number.isNaN(count)) return
    this.#counts[this.#counts.length - 1] = count + 1
    this.#prefix = `${count + 1}.`
  }

  #close(name: string): void {
    if (blocks.has(name)) this.#flush()
    if (name === 'ol' || name === 'ul') this.#counts.pop()
    if (name === 'td' || name === 'th' || name === 'tr') this.#flush()
    const at = this.#stack.findLastIndex((element) => element.name === name)
    if (at >= 0) this.#stack.length = at
    if (name === 'table') this.#closeTable()
  }

  #dropImage(tag: OpenTag): void {
    const words = tag.attributes.get('alt') || (tag.attributes.get('src') ?? '').slice(0, 120)
    this.#report.dropped.push({ topic: 'image', line: this.#line, text: words.startsWith('data:') ? '' : words })
  }

  /** Ends the line that is being read. */
  #flush(): void {
    const runs = mergeRuns(this.#runs)
    const text = visibleText(runs.map((run) => run.text).join(''), this.#report).trim()
    this.#runs = []
    const isSoft = this.#isSoft
    this.#isSoft = false
    if (text === '') return
    const label = text.startsWith(this.#prefix) ? '' : this.#prefix
    this.#prefix = ''
    this.#line += 1
    const hint = this.#top()?.hint ?? {}
    const hasBold = runs.some((run) => run.bold === true)
    this.#target().push({ line: this.#line, text: label + text, indented: !isSoft, afterBlank: false, hint, ...(hasBold ? { runs: [{ text: label }, ...runs] } : {}) })
  }

  #target(): SourceLine[] {
    return this.#tables.at(-1)?.rows.at(-1)?.cells.at(-1)?.lines ?? this.#lines
  }

  #openTable(): void {
    this.#flush()
    const outer = this.#tables.at(-1)
    if (outer) outer.hasNested = true
    if (this.#tables.length < deepest) this.#tables.push({ rows: [], hasNested: false })
  }

  #openRow(): void {
    this.#flush()
    this.#tables.at(-1)?.rows.push({ header: this.#stack.some((element) => element.name === 'thead'), cells: [] })
  }

  #openCell(tag: OpenTag): void {
    this.#flush()
    const table = this.#tables.at(-1)
    if (!table) return
    if (table.rows.length === 0) table.rows.push({ header: false, cells: [] })
    const span = (name: string, most: number): number => {
      const value = Number(tag.attributes.get(name) ?? 1)
      return Number.isInteger(value) && value >= 1 && value <= most ? value : 1
    }
    table.rows.at(-1)?.cells.push({ columns: span('colspan', mostColumns), rows: span('rowspan', 1000), lines: [], isHead: tag.name === 'th' })
  }

  #closeTable(): void {
    const table = this.#tables.pop()
    if (!table) return
    const rows = table.rows.filter((row) => row.cells.length > 0)
    const target = this.#target()
    if (!isData(table)) target.push(...rows.flatMap((row) => row.cells.flatMap((cell) => cell.lines)))
    else {
      this.#line += 1
      target.push({ line: this.#line, text: '', indented: true, afterBlank: false, table: rows.map(rowOf) })
    }
  }
}

function rowOf(row: Table['rows'][number]): TableRow {
  return {
    header: row.header || row.cells.every((cell) => cell.isHead),
    cells: row.cells.map((cell) => ({
      columns: cell.columns,
      ...(cell.rows > 1 ? { rows: cell.rows } : {}),
      runs: mergeRuns(cell.lines.flatMap((line, index) => [...(index > 0 ? [{ text: '\n' }] : []), ...(line.runs ?? [{ text: line.text }])])),
    })),
  }
}

/** A table of figures has rows, columns and short cells; others only lay out a page. */
function isData(table: Table): boolean {
  const rows = table.rows.filter((row) => row.cells.length > 0)
  const columns = Math.max(0, ...rows.map((row) => row.cells.reduce((sum, cell) => sum + cell.columns, 0)))
  const isShort = rows.every((row) => row.cells.every((cell) => cell.lines.reduce((sum, line) => sum + line.text.length, 0) <= longestCell))
  return !table.hasNested && rows.length >= 2 && columns >= 2 && columns <= mostColumns && isShort
}

function isHidden(tag: OpenTag): boolean {
  return tag.attributes.has('hidden') || /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i.test(tag.attributes.get('style') ?? '')
}

const sizesPt: Readonly<Record<string, number>> = { '5': 18, '6': 24, '7': 36 }

function hintOf(tag: OpenTag): LineHint {
  const style = tag.attributes.get('style') ?? ''
  const size = /font-size\s*:\s*([\d.]{1,6})\s*(pt|px)/i.exec(style)
  const sizePt = size ? Number(size[1]) * (size[2]?.toLowerCase() === 'px' ? 0.75 : 1) : (sizesPt[tag.attributes.get('size') ?? ''] ?? 0)
  const align = /text-align\s*:\s*(\w+)/i.exec(style)?.[1] ?? tag.attributes.get('align') ?? (tag.name === 'center' ? 'center' : '')
  const level = /^h([2-5])$/.exec(tag.name)?.[1]
  const rank = level === undefined ? 0 : Number(level) - 1
  return {
    ...(rank === 1 || rank === 2 || rank === 3 || rank === 4 ? { level: rank } : {}),
    ...(align.toLowerCase() === 'center' ? { centred: true } : {}),
    ...(/(?:^|[;\s])color\s*:\s*(?:red|#f00|#ff0000|rgb\(255, ?0, ?0\))/i.test(style) || /^(?:red|#ff0000)$/i.test(tag.attributes.get('color') ?? '') ? { red: true } : {}),
    ...(sizePt > 0 ? { sizePt } : {}),
  }
}

/** Reads HTML; what was left out of it stands in the report. Never throws. */
export function readHtml(html: string, report: ReportWriter): readonly SourceLine[] {
  return new HtmlReader(report).read(html)
}
