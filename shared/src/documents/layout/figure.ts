/** Figures (图): the picture centred, its caption under it; never torn and never larger than a page. */
import type { Block } from '../model.ts'
import { cell, exact, pitchOf, size, typeArea } from './geometry.ts'
import type { Style, Typesetter } from './glyphs.ts'
import { runGlyphs } from './glyphs.ts'
import { breakLines } from './lines.ts'
import type { PageItem } from './model.ts'
import { paintLine } from './paint.ts'
import type { Piece } from './pieces.ts'

const captionStyle: Style = { role: 'heiti', sizePt: size.table }
const captionPitch = 7
/** Air above and below the picture (mm). */
const air = 3

/** A figure as one piece. Source: house rule; GB/T 9704-2012 is silent about figures. */
export function figurePieces(setter: Typesetter, block: Extract<Block, { kind: 'figure' }>, index: number): readonly Piece[] {
  const { image } = block
  const caption = runGlyphs(setter, block.runs, { style: () => captionStyle })
  const lines = caption.length === 0 ? [] : breakLines(caption, () => ({ indent: 2 * cell, width: typeArea.width - 4 * cell }))
  const room = { width: typeArea.width, height: typeArea.height - 2 * air - lines.length * captionPitch }
  const wished = Math.min(image.widthMm, room.width)
  const shape = image.heightPx / image.widthPx
  const widthMm = exact(wished * shape > room.height ? room.height / shape : wished)
  const heightMm = exact(widthMm * shape)
  const x = exact(typeArea.left + (typeArea.width - widthMm) / 2)
  const items: PageItem[] = [{ kind: 'image', digest: image.digest, x, y: air, widthMm, heightMm, block: index }]
  for (const [at, line] of lines.entries()) {
    const centred = lines.length === 1 ? (typeArea.width - line.width) / 2 - 2 * cell : 0
    items.push(...paintLine(line, typeArea.left + centred, 2 * air + heightMm + at * captionPitch, index))
  }
  const pitch = pitchOf(22)
  const total = 2 * air + heightMm + lines.length * captionPitch
  return [{ kind: 'solid', items, heightMm: Math.min(typeArea.height, Math.ceil(total / pitch) * pitch), block: index, isBody: true, onGrid: true }]
}
