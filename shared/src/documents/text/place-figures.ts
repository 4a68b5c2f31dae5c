/** Figures of a richer source: taken out before the words are recognised and set back behind the words they stood behind. */
import type { Block, FigureImage } from '../model.ts'
import type { DraftBlock, LineFormats } from './draft.ts'
import { formattedRuns } from './formatted-runs.ts'
import type { SourceLine } from './lines.ts'

/** A figure with its caption and the line it stood at. */
export interface SourceFigure {
  readonly line: number
  readonly image: FigureImage
  /** The line under it that names it, or null. */
  readonly caption: SourceLine | null
}

const longestCaption = 80

/** Lines and figures apart; the caption of a figure goes with it. */
export function takeFigures(source: readonly SourceLine[]): { readonly lines: readonly SourceLine[]; readonly figures: readonly SourceFigure[] } {
  const figures: SourceFigure[] = []
  const lines = source.filter((line, index) => {
    if (line.figure) figures.push({ line: line.line, image: line.figure, caption: null })
    const last = figures.at(-1)
    const isCaption = !line.figure && source[index - 1]?.figure !== undefined && namesFigure(line)
    if (isCaption && last) figures[figures.length - 1] = { ...last, caption: line }
    return !line.figure && !isCaption
  })
  return { lines, figures }
}

/** By its style, or 图1 县域产业布局 without a stop. */
function namesFigure(line: SourceLine): boolean {
  if (line.text.length === 0 || line.text.length > longestCaption || line.table) return false
  return line.hint?.caption === true || (/^图\s*[\d一二三四五六七八九十]/.test(line.text) && !/[。；：:]$/.test(line.text))
}

/** What was finished, with the figures back in it, none above the `head`’s blocks: a figure before the title belongs to no text. */
export function placeFigures(finished: { readonly drafts: readonly DraftBlock[]; readonly blocks: readonly Block[]; readonly head: number }, figures: readonly SourceFigure[], formats: LineFormats): readonly Block[] {
  if (figures.length === 0) return finished.blocks
  const ends = finished.drafts.map((draft) => Math.max(...draft.lines))
  const behind = new Map<number, Block[]>()
  for (const { line, image, caption } of figures) {
    const found = ends.findLastIndex((end) => end <= line)
    const at = Math.max(found, finished.head - 1)
    const runs = caption ? formattedRuns(caption.text, formats.get(caption.line) ?? [], false) : []
    behind.set(at, [...(behind.get(at) ?? []), { kind: 'figure', image, runs }])
  }
  return [...(behind.get(-1) ?? []), ...finished.blocks.flatMap((block, index) => [block, ...(behind.get(index) ?? [])])]
}
