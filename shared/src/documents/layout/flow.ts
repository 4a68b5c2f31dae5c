/** What the blocks of the text share on their way into the flow: their place, their lines on the grid. */
import type { TextRun } from '../model.ts'
import { typeArea } from './geometry.ts'
import type { Glyph } from './glyphs.ts'
import type { Line, LineRoom } from './lines.ts'
import { breakLines } from './lines.ts'
import { notesOf } from './memory.ts'
import type { Piece } from './pieces.ts'

/** Where a block stands and what is derived from that. */
export interface Place {
  readonly index: number
  readonly label: string | null
  readonly firstNote: number
  readonly isFirstTitle: boolean
}

/** Lines on the grid; the first `indent`, the others from the left margin. */
export function flow(glyphs: readonly Glyph[], first: number): readonly Line[] {
  const at = (index: number): LineRoom => {
    const indent = index === 0 ? first : 0
    return { indent, width: typeArea.width - indent }
  }
  return breakLines(glyphs, at)
}

/** Lines as pieces of the flow. */
export function piecesOf(lines: readonly Line[], block: number | null, look: { readonly isBody: boolean; readonly hasNotes?: boolean }): readonly Piece[] {
  const { isBody } = look
  return lines.map((line) => {
    const notes = look.hasNotes ? notesOf(line.glyphs) : []
    return notes.length === 0 ? { kind: 'line', line, block, isBody } : { kind: 'line', line, block, isBody, notes }
  })
}

/** Whether footnotes hang on the runs. */
export function hasNotes(runs: readonly TextRun[]): boolean {
  return runs.some((run) => run.footnote !== undefined)
}
