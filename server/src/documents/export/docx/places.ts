/** Where the layout put each line: the Word file asks for the same places, so both show the same lines on the same pages. */
import type { FontRole, GlyphRun, Ink, Layout } from '@xiewen/shared/documents'
import { margins } from './look.ts'

/** A stretch of a line of the head. */
export interface HeadPart {
  readonly x: number
  /** Right edge of its last letter (mm). */
  readonly right: number
  readonly text: string
  readonly role: FontRole
  readonly sizePt: number
  readonly ink: Ink
  /** Width of its letters as a share of the size, for marks that are narrowed. */
  readonly scale: number
  /** Air between its letters in points, less than nothing when they are squeezed. */
  readonly airPt: number
}

/** One line of the head (版头) on the first page. */
export interface HeadLine {
  readonly baseline: number
  readonly sizePt: number
  readonly ink: Ink
  /** Stretches from left to right, each at its own place. */
  readonly parts: readonly HeadPart[]
}

/** Lines of a block or of its label. Millimetres. */
export interface Place {
  readonly page: number
  readonly firstBaseline: number
  readonly lastPage: number
  readonly lastBaseline: number
  /** Left edge of the first line, label included, and of the second; equal when there is one line only. */
  readonly firstX: number
  readonly nextX: number
  readonly lines: readonly string[]
  /** From line to line, 0 when there is one line only. */
  readonly pitch: number
  readonly sizePt: number
}

interface Line {
  readonly page: number
  readonly baseline: number
  readonly runs: GlyphRun[]
}

/** Two runs whose baselines lie nearer than this stand on one line (mm). */
const sameLine = 0.05

/** All lines of a layout but the page numbers, in reading order. */
function linesOf(layout: Layout): readonly Line[] {
  return layout.pages.flatMap((page, index) => {
    const lines: Line[] = []
    const runs = page.items.filter((item): item is GlyphRun => item.kind === 'text' && item.baseline < 264)
    for (const run of runs.toSorted((a, b) => a.baseline - b.baseline || (a.x[0] ?? 0) - (b.x[0] ?? 0))) {
      const last = lines.at(-1)
      if (last && run.baseline - last.baseline < sameLine) last.runs.push(run)
      else lines.push({ page: index, baseline: run.baseline, runs: [run] })
    }
    return lines
  })
}

const leftOf = (line: Line): number => Math.min(...line.runs.map((run) => run.x[0] ?? 0))

/** The lines of the head: what is derived and stands above the first line of the text. */
export function headLines(layout: Layout): readonly HeadLine[] {
  const lines = linesOf(layout).filter((line) => line.page === 0)
  const first = lines.findIndex((line) => line.runs.some((run) => run.source !== null))
  return lines.slice(0, first < 0 ? lines.length : first).map((line) => {
    const parts = line.runs.toSorted((a, b) => (a.x[0] ?? 0) - (b.x[0] ?? 0)).map(partOf)
    return { baseline: line.baseline, sizePt: Math.max(...parts.map((part) => part.sizePt)), ink: parts[0]?.ink ?? 'black', parts }
  })
}

function partOf(run: GlyphRun): HeadPart {
  const { x, text, role, sizePt, ink, scale } = run
  const [first = 0] = x
  const step = x.length > 1 ? ((x.at(-1) ?? first) - first) / (x.length - 1) : 0
  // Only marks are set with air or narrowed; what other runs have of it is the width of their digits.
  const airPt = ink === 'red' && step > 0 ? (step * 72) / 25.4 - sizePt * scale : 0
  return { x: first, right: (x.at(-1) ?? first) + (sizePt * scale * 25.4) / 72, text, role, sizePt, ink, scale, airPt }
}

/** The places of all blocks, by index; a block the format does not print has none. */
export function blockPlaces(layout: Layout): ReadonlyMap<number, Place> {
  const byBlock = new Map<number, Line[]>()
  for (const line of linesOf(layout)) {
    const block = line.runs.find((run) => run.source !== null)?.source?.block
    if (block === undefined) continue
    const own = byBlock.get(block) ?? []
    own.push(line)
    byBlock.set(block, own)
  }
  return new Map([...byBlock].map(([block, lines]) => [block, placeOf(lines)]))
}

function placeOf(lines: readonly Line[]): Place {
  const [first, second] = lines
  const last = lines.at(-1)
  if (!first || !last) throw new Error('Bug: a block without lines has no place')
  const steps = lines.slice(1).flatMap((line, index) => {
    const before = lines[index]
    return before && before.page === line.page ? [line.baseline - before.baseline] : []
  })
  return {
    page: first.page,
    firstBaseline: first.baseline,
    lastPage: last.page,
    lastBaseline: last.baseline,
    firstX: leftOf(first),
    nextX: second ? leftOf(second) : leftOf(first),
    lines: lines.map((line) => line.runs.map((run) => run.text).join('')),
    pitch: steps.length > 0 ? Math.min(...steps) : 0,
    sizePt: Math.max(...first.runs.map((run) => run.sizePt)),
  }
}

/** Where the layout put the picture of a figure. Millimetres. */
export interface PicturePlace {
  readonly page: number
  readonly y: number
  readonly widthMm: number
  readonly heightMm: number
}

/** The pictures' places by block. */
export function picturePlaces(layout: Layout): ReadonlyMap<number, PicturePlace> {
  return new Map(layout.pages.flatMap((page, index) => page.items.flatMap((item) => (item.kind === 'image' ? [[item.block, { page: index, y: item.y, widthMm: item.widthMm, heightMm: item.heightMm }] as const] : []))))
}

/** Upper and lower edge of an upright table: the rules next to its first and last line (mm). */
export function tableSides(layout: Layout, place: Place): { readonly top: number; readonly bottom: number } {
  const levels = (page: number): readonly number[] => layout.pages[page]?.items.flatMap((item) => (item.kind === 'rule' && item.y1 === item.y2 ? [item.y1] : [])) ?? []
  const above = levels(place.page).filter((y) => y < place.firstBaseline)
  const below = levels(place.lastPage).filter((y) => y > place.lastBaseline)
  return { top: Math.max(margins.topMm, ...above), bottom: Math.min(place.lastBaseline + lowestCell, ...below) }
}

/** No cell is higher than a page. */
const lowestCell = 240
