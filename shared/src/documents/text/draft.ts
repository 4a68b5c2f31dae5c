/** The document under recognition: blocks whose text is still growing, elements still unknown. */
import type { Block, Elements } from '../model.ts'
import type { HeadingLevel } from '../gongwen/numbering.ts'
import { plainRuns } from './runs.ts'

/** Kinds a plain text can have; tables need a richer source. */
export type DraftKind = Exclude<Block['kind'], 'table' | 'figure'>

/** A block in the making. Pieces are joined once, at the end, so that joining a million lines stays linear. */
export interface DraftBlock {
  readonly kind: DraftKind
  readonly level: HeadingLevel
  readonly continues: boolean
  readonly line: number
  readonly pieces: string[]
  length: number
}

/** What the reading of the head found out. */
export type DraftElements = { -readonly [Name in keyof Elements]?: Elements[Name] }

/** A block that holds `text`. */
export function draftBlock(kind: DraftKind, text: string, line: number): DraftBlock {
  return { kind, level: 1, continues: false, line, pieces: [text], length: text.length }
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
export function extendDraft(block: DraftBlock, text: string): void {
  const isLatin = /[A-Za-z]$/.test(block.pieces.at(-1) ?? '') && /^[A-Za-z]/.test(text)
  block.pieces.push(isLatin ? ` ${text}` : text)
  block.length += text.length
}

/** The text so far. */
export function draftText(block: DraftBlock): string {
  return block.pieces.join('')
}

/** The finished block. */
export function finishDraft(block: DraftBlock): Block {
  const runs = plainRuns(draftText(block))
  if (block.kind !== 'heading') return { kind: block.kind, runs }
  return block.continues
    ? { kind: 'heading', level: block.level, continues: true, runs }
    : { kind: 'heading', level: block.level, runs }
}
