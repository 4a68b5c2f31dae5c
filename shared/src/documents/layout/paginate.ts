/** Laying pieces on pages. */
import { exact, glyph3, linesPerPage, pitchOf, typeArea } from './geometry.ts'
import type { Footnote } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { PageItem } from './model.ts'
import { notesHeight } from './notes.ts'
import { moveDown, paintLine } from './paint.ts'
import type { FlowPlan, Piece } from './pieces.ts'

type Standing = Extract<Piece, { kind: 'line' | 'solid' }>

/** A page being filled: what stands on it and where. Nothing is painted before the page is looked at. */
export interface DraftPage {
  /** Painted already: the heading of the first page. */
  readonly items: PageItem[]
  readonly placed: { readonly piece: Standing; readonly y: number; readonly repeatY: number | null }[]
  /** Lines of the footnotes at its foot. */
  readonly notes: Line[]
  /** Where the next line's glyphs may begin (mm). */
  y: number
  hasBody: boolean
  /** Whether the closing stands here. */
  hasClosing: boolean
  closingBlock: number | null
  /** Lower edge of the lowest seal (mm), 0 without seals. */
  sealBottom: number
}

const eps = 1e-6

/** An empty page whose first line begins at `top`. */
export function draftPage(top: number = typeArea.top): DraftPage {
  return { items: [], placed: [], notes: [], y: top, hasBody: false, hasClosing: false, closingBlock: null, sealBottom: 0 }
}

/** Everything on a page. */
export function paintPage(page: DraftPage): PageItem[] {
  const items = [...page.items]
  for (const { piece, y, repeatY } of page.placed) {
    if (piece.kind === 'line') items.push(...paintLine(piece.line, typeArea.left, y, piece.block))
    else {
      if (repeatY !== null && piece.repeat) items.push(...piece.repeat.items.map((item) => repeated(moveDown(item, repeatY))))
      items.push(...(piece.turned ? piece.items : piece.items.map((item) => moveDown(item, y))))
    }
  }
  return items
}

/** The first and the last block with text on the page, null without any. */
export function blocksOn(page: DraftPage): readonly [first: number, last: number] | null {
  let [first, last] = [Infinity, -Infinity]
  const note = (block: number | null | undefined): void => {
    if (block === null || block === undefined) return
    first = Math.min(first, block)
    last = Math.max(last, block)
  }
  const noteItems = (items: readonly PageItem[]): void => {
    for (const item of items) if (item.kind === 'text') note(item.source?.block)
  }
  noteItems(page.items)
  for (const { piece } of page.placed) {
    if (piece.kind === 'line') note(piece.block)
    else noteItems(piece.items)
  }
  return first <= last ? [first, last] : null
}

function repeated(item: PageItem): PageItem {
  return item.kind === 'text' ? { ...item, artifact: true } : item
}

/** What pagination is done with. */
export interface Pagination {
  readonly plan: FlowPlan
  /** Lines of a footnote. */
  readonly noteLines: (note: Footnote) => readonly Line[]
  /** Pages of nearly the same pieces, filled by the ordinary plan; only together with that plan. */
  readonly before: Paginated | null
}

/** Filled pages, and what it takes to fill them again after an edit. */
export interface Paginated {
  readonly pages: readonly DraftPage[]
  readonly pieces: readonly Piece[]
  /** The piece each page begins with; -1 where note lines came over from the page before, or the head of a table is repeated. */
  readonly starts: readonly number[]
  /** Where the first line of the first page may begin (mm), and whether a heading stands above it. */
  readonly top: number
  readonly isHeaded: boolean
}

/** Lays the pieces down, beginning on the given first page. Pages before the first piece that differs from `before`, and pages from
 * where both go on alike, are taken over as they are.
 *
 * @returns the pages in order; the first is the page handed in, or has its heading
 */
export function paginate(first: DraftPage, pieces: readonly Piece[], given: Pagination): Paginated {
  const like = { top: first.y, isHeaded: first.items.length > 0 }
  const before = given.before?.top === like.top && given.before.isHeaded === like.isHeaded ? given.before : null
  const kept = before === null ? 0 : pagesBefore(before, commonStart(before.pieces, pieces))
  const pages = before === null || kept === 0 ? [first] : [{ ...(before.pages[0] ?? first), items: first.items }, ...before.pages.slice(1, kept), draftPage()]
  const starts = before === null || kept === 0 ? [0] : before.starts.slice(0, kept + 1)
  const joins = joinsOf(before, pieces)
  let pitch = pitchOf(given.plan.lines)
  const carryAt = carryIndex(pieces, given.plan.carried)
  /** Note lines that had no room on the page of their mark. */
  let waiting: Line[] = []
  const turn = (start: number): DraftPage => {
    const page = draftPage()
    const fitting = Math.max(0, Math.floor((typeArea.height / 2 - notesHeight(1)) / (notesHeight(2) - notesHeight(1))))
    const opening = pieces[start]
    const isPlain = waiting.length === 0 && !(opening?.kind === 'solid' && opening.repeat)
    starts.push(isPlain ? start : -1)
    page.notes.push(...waiting.slice(0, fitting))
    waiting = waiting.slice(fitting)
    pages.push(page)
    return page
  }
  let page = pages.at(-1) ?? first
  for (let index = starts.at(-1) ?? 0; index < pieces.length; index += 1) {
    const piece = pieces[index]
    if (!piece) continue
    const count = pages.length
    if (index === carryAt) page = turn(index)
    if (piece.kind === 'break') {
      if (!piece.isSoft || !isAtTop(page)) page = turn(index + 1)
      if (!piece.isSoft) pitch = pitchOf(linesPerPage)
    } else if (piece.kind === 'gap') page.y += isAtTop(page) ? 0 : piece.lines * pitch
    else {
      const notes = piece.kind === 'line' ? (piece.notes ?? []).flatMap(given.noteLines) : []
      page = place(page, piece, { pitch, turn: () => turn(index), noteCount: notes.length })
      waiting = [...waiting, ...hang(page, notes)]
    }
    const join = pages.length > count ? joins(starts.at(-1) ?? -1) : null
    if (join !== null) return { ...like, pieces, pages: [...pages.slice(0, -1), ...join.pages], starts: [...starts.slice(0, -1), ...join.starts] }
  }
  while (waiting.length > 0) page = turn(-1)
  return { ...like, pieces, pages, starts }
}

/** How many pieces both begin with. */
function commonStart(a: readonly Piece[], b: readonly Piece[]): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

/** How many pages are filled and turned before piece `differs`, the next beginning with nothing carried over. */
function pagesBefore(before: Paginated, differs: number): number {
  return Math.max(0, before.starts.findLastIndex((start) => start >= 0 && start < differs))
}

/** Pages to go on with from a page that begins with piece `start` of the new ones: those of `before`, when from there on both have the
 * same pieces; else null. */
function joinsOf(before: Paginated | null, pieces: readonly Piece[]): (start: number) => Pick<Paginated, 'pages' | 'starts'> | null {
  if (before === null) return () => null
  const shift = pieces.length - before.pieces.length
  let same = 0
  while (same < pieces.length && same < before.pieces.length && pieces.at(-1 - same) === before.pieces.at(-1 - same)) same += 1
  return (start) => {
    if (start < pieces.length - same) return null
    const at = before.starts.indexOf(start - shift)
    return at <= 0 ? null : { pages: before.pages.slice(at), starts: before.starts.slice(at).map((each) => (each < 0 ? each : each + shift)) }
  }
}

/** A turned table at the very end leaves a page behind it that nothing came to stand on. */
export function dropEmptyEnd(pages: readonly DraftPage[]): readonly DraftPage[] {
  const last = pages.at(-1)
  return pages.length > 1 && last && isAtTop(last) && last.notes.length === 0 && pages.at(-2)?.placed.some(({ piece }) => piece.kind === 'solid' && piece.turned) ? pages.slice(0, -1) : pages
}

/** Puts as many note lines on the page as have room under what stands there; returns the others. */
function hang(page: DraftPage, lines: readonly Line[]): readonly Line[] {
  let count = 0
  const bottom = page.y - (pitchOf(linesPerPage) - glyph3)
  while (count < lines.length && bottom + notesHeight(page.notes.length + count + 1) <= typeArea.bottom + 0.01) count += 1
  page.notes.push(...lines.slice(0, count))
  return lines.slice(count)
}

/** The piece before which a page is turned so that `carried` lines of text go with the closing; -1 for none. */
function carryIndex(pieces: readonly Piece[], carried: number): number {
  const closing = pieces.findIndex((piece) => piece.kind === 'solid' && piece.isClosing)
  if (carried === 0 || closing < 0) return -1
  let left = carried
  for (let index = closing - 1; index > 0; index -= 1) {
    if (pieces[index]?.kind === 'line') left -= 1
    if (left === 0) return withItsHeading(pieces, index)
  }
  return -1
}

/** The piece itself, or the heading that must not be left behind it at the foot of the page. */
function withItsHeading(pieces: readonly Piece[], index: number): number {
  for (let before = index - 1; before > 0 && index - before <= longestKeep; before -= 1) {
    const piece = pieces[before]
    if (piece?.kind === 'line' && before + (piece.keep ?? 0) >= index) return withItsHeading(pieces, before)
  }
  return index
}

/** Most lines a heading is followed for. */
const longestKeep = 6

function isAtTop(page: DraftPage): boolean {
  return page.items.length === 0 && page.placed.length === 0
}

interface Grid {
  readonly pitch: number
  readonly turn: () => DraftPage
  /** Lines of the footnotes that come with the piece. */
  readonly noteCount: number
}

function place(page: DraftPage, piece: Standing, grid: Grid): DraftPage {
  const height = piece.kind === 'line' ? glyph3 + (piece.keep ?? 0) * grid.pitch : inkHeight(piece)
  const onGrid = piece.kind === 'line' || piece.onGrid
  let target = page
  let y = onGrid ? snapUp(page.y, grid.pitch) : page.y
  let repeatY: number | null = null
  // At least the first line of a new footnote stands on the page of its mark.
  const foot = notesHeight(page.notes.length + Math.min(1, grid.noteCount))
  if (y + height > typeArea.bottom - foot + 0.01 && !isAtTop(page)) {
    target = grid.turn()
    y = target.y
    if (piece.kind === 'solid' && piece.repeat) {
      repeatY = y
      y += piece.repeat.heightMm
    }
  }
  target.placed.push({ piece, y, repeatY })
  target.y = exact(y + (piece.kind === 'line' ? grid.pitch : piece.heightMm))
  target.hasBody ||= piece.isBody
  if (piece.kind === 'solid' && piece.isClosing) {
    target.hasClosing = true
    target.closingBlock = piece.block
    target.sealBottom = Math.max(target.sealBottom, y + sealBottom(piece.items))
  }
  return target
}

/** A seal may reach this far below the type area: not down to the page number. */
const sealOverhang = 5

/** What must be inside the type area: of the closing its text, and its seals but for a little. */
function inkHeight(piece: Extract<Piece, { kind: 'solid' }>): number {
  if (!piece.isClosing) return piece.heightMm
  return Math.max(piece.heightMm - (pitchOf(linesPerPage) - glyph3), sealBottom(piece.items) - sealOverhang)
}

/** Lower edge of the lowest seal (mm), 0 without seals. */
function sealBottom(items: readonly PageItem[]): number {
  return items.reduce((bottom, item) => (item.kind === 'seal-anchor' ? Math.max(bottom, item.centreY + item.heightMm / 2) : bottom), 0)
}

/** The first line of the page's grid at or below `y`. */
function snapUp(y: number, pitch: number): number {
  return typeArea.top + Math.ceil((y - typeArea.top) / pitch - eps * 10) * pitch
}

/** The line of the page's grid nearest to `y`. */
export function snapNearest(y: number, pitch: number): number {
  return typeArea.top + Math.round((y - typeArea.top) / pitch) * pitch
}
