/** Laying pieces on pages. */
import { exact, glyph3, linesPerPage, pitchOf, typeArea } from './geometry.ts'
import type { PageItem } from './model.ts'
import { moveDown, paintLine } from './paint.ts'
import type { FlowPlan, Piece } from './pieces.ts'

/** A page being filled. */
export interface DraftPage {
  readonly items: PageItem[]
  /** Where the next line's glyphs may begin (mm). */
  y: number
  hasBody: boolean
  /** Whether the closing stands here. */
  hasClosing: boolean
  closingBlock: number | null
}

const eps = 1e-6

/** An empty page whose first line begins at `top`. */
export function draftPage(top: number = typeArea.top): DraftPage {
  return { items: [], y: top, hasBody: false, hasClosing: false, closingBlock: null }
}

/** Lays the pieces down, beginning on the given first page.
 *
 * @returns the pages in order; the first is the page handed in
 */
export function paginate(first: DraftPage, pieces: readonly Piece[], plan: FlowPlan): readonly DraftPage[] {
  const pages = [first]
  let pitch = pitchOf(plan.lines)
  const carryAt = carryIndex(pieces, plan.carried)
  const turn = (): DraftPage => {
    const page = draftPage()
    pages.push(page)
    return page
  }
  let page = first
  pieces.forEach((piece, index) => {
    if (index === carryAt) page = turn()
    if (piece.kind === 'break') {
      page = turn()
      pitch = pitchOf(linesPerPage)
    } else if (piece.kind === 'gap') page.y += isAtTop(page) ? 0 : piece.lines * pitch
    else page = place(page, piece, { pitch, turn })
  })
  return pages
}

/** The piece before which a page is turned so that `carried` lines of text go with the closing; -1 for none. */
function carryIndex(pieces: readonly Piece[], carried: number): number {
  const closing = pieces.findIndex((piece) => piece.kind === 'solid' && piece.isClosing)
  if (carried === 0 || closing < 0) return -1
  let left = carried
  for (let index = closing - 1; index > 0; index -= 1) {
    if (pieces[index]?.kind === 'line') left -= 1
    if (left === 0) return index
  }
  return -1
}

function isAtTop(page: DraftPage): boolean {
  return page.items.length === 0
}

interface Grid {
  readonly pitch: number
  readonly turn: () => DraftPage
}

function place(page: DraftPage, piece: Extract<Piece, { kind: 'line' | 'solid' }>, grid: Grid): DraftPage {
  const height = piece.kind === 'line' ? glyph3 + (piece.keep ?? 0) * grid.pitch : inkHeight(piece)
  const onGrid = piece.kind === 'line' || piece.onGrid
  let target = page
  let y = onGrid ? snapUp(page.y, grid.pitch) : page.y
  if (y + height > typeArea.bottom + 0.01 && !isAtTop(page)) {
    target = grid.turn()
    y = target.y
    if (piece.kind === 'solid' && piece.repeat) {
      target.items.push(...piece.repeat.items.map((item) => moveDown(item, y)))
      y += piece.repeat.heightMm
    }
  }
  target.items.push(...(piece.kind === 'line' ? paintLine(piece.line, typeArea.left, y) : piece.items.map((item) => moveDown(item, y))))
  target.y = exact(y + (piece.kind === 'line' ? grid.pitch : piece.heightMm))
  target.hasBody ||= piece.isBody
  if (piece.kind === 'solid' && piece.isClosing) {
    target.hasClosing = true
    target.closingBlock = piece.block
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
export function sealBottom(items: readonly PageItem[]): number {
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
