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
}

/** Lays the pieces down, beginning on the given first page.
 *
 * @returns the pages in order; the first is the page handed in
 */
export function paginate(first: DraftPage, pieces: readonly Piece[], given: Pagination): readonly DraftPage[] {
  const pages = [first]
  let pitch = pitchOf(given.plan.lines)
  const carryAt = carryIndex(pieces, given.plan.carried)
  /** Note lines that had no room on the page of their mark. */
  let waiting: Line[] = []
  const turn = (): DraftPage => {
    const page = draftPage()
    const fitting = Math.max(0, Math.floor((typeArea.height / 2 - notesHeight(1)) / (notesHeight(2) - notesHeight(1))))
    page.notes.push(...waiting.slice(0, fitting))
    waiting = waiting.slice(fitting)
    pages.push(page)
    return page
  }
  let page = first
  pieces.forEach((piece, index) => {
    if (index === carryAt) page = turn()
    if (piece.kind === 'break') {
      if (!piece.isSoft || !isAtTop(page)) page = turn()
      if (!piece.isSoft) pitch = pitchOf(linesPerPage)
    } else if (piece.kind === 'gap') page.y += isAtTop(page) ? 0 : piece.lines * pitch
    else {
      const notes = piece.kind === 'line' ? (piece.notes ?? []).flatMap(given.noteLines) : []
      page = place(page, piece, { pitch, turn, noteCount: notes.length })
      waiting = [...waiting, ...hang(page, notes)]
    }
  })
  while (waiting.length > 0) page = turn()
  return dropEmptyEnd(pages)
}

/** A turned table at the very end leaves a page behind it that nothing came to stand on. */
function dropEmptyEnd(pages: readonly DraftPage[]): readonly DraftPage[] {
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
