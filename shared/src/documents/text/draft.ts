/** The document under recognition: blocks whose text is still growing, elements still unknown. */
import type { Block, Elements, TableRow, TextRun } from '../model.ts'
import type { HeadingLevel } from '../gongwen/numbering.ts'
import { formattedRuns } from './formatted-runs.ts'

/** Kinds of block that hold one text. */
export type DraftKind = Exclude<Block['kind'], 'table' | 'figure'>

/** A block in the making. Pieces are joined once, at the end, so that joining a million lines stays linear. */
export interface DraftBlock {
  readonly kind: DraftKind
  readonly level: HeadingLevel
  readonly continues: boolean
  readonly line: number
  /** The lines of the source it was made of. */
  readonly lines: number[]
  readonly pieces: string[]
  length: number
  /** Set for a table, whose pieces are empty. */
  readonly rows?: readonly TableRow[]
  readonly landscape?: true
}

/** What the reading of the head found out. */
export type DraftElements = { -readonly [Name in keyof Elements]?: Elements[Name] }

/** A block that holds `text`. */
export function draftBlock(kind: DraftKind, text: string, line: number): DraftBlock {
  return { kind, level: 1, continues: false, line, lines: [line], pieces: [text], length: text.length }
}

/** A table as it stood in the source. */
export function draftTable(rows: readonly TableRow[], line: number, landscape: boolean): DraftBlock {
  return { ...draftBlock('paragraph', '', line), rows, ...(landscape ? { landscape: true } : {}) }
}

/** A heading without its typed number. */
export function draftHeading(
  level: HeadingLevel,
  continues: boolean,
  source: { readonly text: string; readonly line: number },
): DraftBlock {
  return { ...draftBlock('heading', source.text, source.line), level, continues }
}

/** Appends the next line of a broken paragraph; only Latin words need a blank between. */
export function extendDraft(block: DraftBlock, text: string, line: number): void {
  const isLatin = /[A-Za-z]$/.test(block.pieces.at(-1) ?? '') && /^[A-Za-z]/.test(text)
  block.pieces.push(isLatin ? ` ${text}` : text)
  block.lines.push(line)
  block.length += text.length
}

/** The text so far. */
export function draftText(block: DraftBlock): string {
  return block.pieces.join('')
}

/** Format of the lines of the source, by line; lines without any are absent. */
export type LineFormats = ReadonlyMap<number, readonly TextRun[]>

/** Kinds of text whose emphasis is kept; that of titles and headings is their own. */
const emphatic: ReadonlySet<DraftKind> = new Set<DraftKind>(['paragraph', 'article', 'item', 'subitem'])

/** The finished block, its runs formatted as the source was. */
export function finishDraft(block: DraftBlock, formats: LineFormats): Block {
  if (block.rows) return block.landscape ? { kind: 'table', landscape: true, rows: block.rows } : { kind: 'table', rows: block.rows }
  const source = block.lines.flatMap((line) => formats.get(line) ?? [])
  const runs = formattedRuns(draftText(block), source, emphatic.has(block.kind))
  if (block.kind === 'item' && block.continues) return { kind: 'item', continues: true, runs }
  if (block.kind !== 'heading') return { kind: block.kind, runs }
  return block.continues
    ? { kind: 'heading', level: block.level, continues: true, runs }
    : { kind: 'heading', level: block.level, runs }
}
