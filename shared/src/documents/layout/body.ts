/** The text of the document (主体) as pieces of the flow. Source: GB/T 9704-2012 7.3, 10.3 */
import { deriveLabels } from '../gongwen/numbering.ts'
import type { Block, TextRun } from '../model.ts'
import { annexTitle, attendancePieces, laterTitle } from './annex.ts'
import type { Closing } from './closing.ts'
import { closingPieces, readClosing } from './closing.ts'
import { figurePieces } from './figure.ts'
import { flow, hasNotes, piecesOf, type Place } from './flow.ts'
import { cell, linesPerPage, pitchOf, size, typeArea } from './geometry.ts'
import type { Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, runGlyphs, widthOf } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { FontRole } from './model.ts'
import type { Piece } from './pieces.ts'
import { partHeadingPieces, provisionPieces, titleNotePieces } from './provisions.ts'
import type { BodyScene } from './scene.ts'
import { tablePieces } from './table.ts'

const text: Style = { role: 'fangsong', sizePt: size.three }
const headingStyles: readonly Style[] = (['heiti', 'kaiti', 'fangsong', 'fangsong'] satisfies readonly FontRole[]).map((role) => ({ role, sizePt: size.three }))
const indented = 2 * cell
const bodyStyle = (): Style => text

/** All pieces after the first page's heading, in order. */
export function bodyPieces(scene: BodyScene): readonly Piece[] {
  const { blocks } = scene.document
  const labels = deriveLabels(blocks)
  const parts = partsOf(blocks)
  const pieces: Piece[] = []
  let firstNote = 1
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index]
    if (!block) continue
    const closing = block.kind === 'signature' || block.kind === 'date' ? readClosing(blocks, index) : null
    if (closing) {
      pieces.push(...scene.memory.sameAs(block, closingOf(scene, closing, index < parts.firstAnnex ? scene.plan.lines : linesPerPage)))
      index = closing.end - 1
    } else {
      append(pieces, keptPieces(scene, block, { index, label: labels[index] ?? null, firstNote, isFirstTitle: index === parts.firstTitle }))
      firstNote += countNotes(block)
    }
    if (index === parts.firstAnnex - 1) pieces.push(...scene.memory.sameAs(scene.document.elements, attendancePieces(scene)))
  }
  return pieces
}

function append(pieces: Piece[], more: readonly Piece[]): void {
  for (let index = 0; index < more.length; index += 1) {
    const piece = more[index]
    if (piece) pieces.push(piece)
  }
}

/** Where the first title and the first attachment begin; the main part ends before the latter. */
function partsOf(blocks: readonly Block[]): { readonly firstTitle: number; readonly firstAnnex: number } {
  const annex = blocks.findIndex((block) => block.kind === 'annex-title')
  return { firstTitle: blocks.findIndex((block) => block.kind === 'title'), firstAnnex: annex < 0 ? blocks.length : annex }
}

function countNotes(block: Block): number {
  return block.kind === 'table' ? 0 : block.runs.reduce((sum, run) => sum + (run.footnote === undefined ? 0 : 1), 0)
}

function closingOf(scene: BodyScene, closing: Closing, lines: number): readonly Piece[] {
  return closingPieces(scene.setter, closing, { options: scene.options, elements: scene.document.elements, pitch: pitchOf(lines) })
}

/** Kinds whose pieces follow from the block, its place and the kind of the next block: whatever the plan and the elements are. */
const keepable: ReadonlySet<Block['kind']> = new Set<Block['kind']>(['paragraph', 'heading', 'article', 'item', 'subitem', 'table', 'figure'])

function keptPieces(scene: BodyScene, block: Block, place: Place): readonly Piece[] {
  if (!keepable.has(block.kind)) return scene.memory.sameAs(block, blockPieces(scene, block, place))
  const next = scene.document.blocks[place.index + 1]?.kind ?? null
  return scene.memory.pieces(block, [place.index, place.label, place.firstNote, next], scene.setter, (setter) => blockPieces({ ...scene, setter }, block, place))
}

function blockPieces(scene: BodyScene, block: Block, place: Place): readonly Piece[] {
  switch (block.kind) {
    case 'title':
      return place.isFirstTitle ? [] : laterTitle(scene, block, place.index)
    case 'signature':
    case 'date':
      return []
    case 'recipients':
      return scene.plan.recipientsInImprint ? [] : recipientPieces(scene, block, place.index)
    case 'title-note':
      return titleNotePieces(scene, block.runs, place)
    case 'chapter':
    case 'section':
      return partHeadingPieces(scene, { kind: block.kind, runs: block.runs }, place)
    case 'article':
    case 'item':
    case 'subitem':
      return provisionPieces(scene, { kind: block.kind, runs: block.runs }, place)
    case 'heading':
      return headingPieces(scene, block, place)
    case 'paragraph':
      return paragraphPieces(scene, block.runs, place)
    case 'table':
      return tablePieces(scene.setter, block, place.index)
    case 'figure':
      return figurePieces(scene.setter, block, place.index)
    case 'attachment-note':
      return attachmentNote(scene, block, place)
    case 'note':
      return notePieces(scene, block, place.index)
    case 'annex-title':
      return annexTitle(scene, block, place)
  }
}

function paragraphPieces(scene: BodyScene, runs: readonly TextRun[], place: Place): readonly Piece[] {
  const noted = hasNotes(runs)
  const make = (setter: Typesetter): readonly Line[] => flow(runGlyphs(setter, runs, { style: bodyStyle, firstNote: place.firstNote }), indented)
  const lines = scene.memory.lines(runs, ['paragraph', noted ? place.firstNote : null], scene.setter, make)
  return piecesOf(lines, place.index, { isBody: (lines[0]?.glyphs.length ?? 0) > 0, hasNotes: noted })
}

/** 主送 flush left, wraps flush left. One blank line above it belongs to the heading. */
function recipientPieces(scene: BodyScene, block: Extract<Block, { kind: 'recipients' }>, index: number): readonly Piece[] {
  const glyphs = runGlyphs(scene.setter, block.runs, { style: bodyStyle })
  return glyphs.length === 0 ? [] : piecesOf(flow(glyphs, 0), index, { isBody: false })
}

/** A heading with its number; from level 2 only the first sentence is in the heading's face, the rest runs on as body. */
function headingPieces(scene: BodyScene, block: Extract<Block, { kind: 'heading' }>, place: Place): readonly Piece[] {
  const whole = block.runs.map((run) => run.text).join('')
  const stop = block.level === 1 ? -1 : whole.search(/[。？！]/u)
  const own = headingStyles[block.level - 1] ?? text
  const style = (offset: number): Style => (stop >= 0 && offset > stop ? text : own)
  const noted = hasNotes(block.runs)
  const make = (setter: Typesetter): readonly Line[] => {
    const glyphs = runGlyphs(setter, block.runs, { style, firstNote: place.firstNote })
    return flow([...derivedGlyphs(setter, place.label ?? '', own), ...glyphs], indented)
  }
  const kept = scene.memory.lines(block.runs, ['heading', block.level, place.label, noted ? place.firstNote : null], scene.setter, make)
  const lines = piecesOf(kept, place.index, { isBody: true, hasNotes: noted })
  const runsOn = stop >= 0 && stop < whole.length - 1
  return runsOn || !isFollowedByText(scene.document.blocks[place.index + 1]) ? lines : inCompany(lines)
}

/** A heading that stands for itself keeps at least one line of what it heads under it. */
function inCompany(lines: readonly Piece[]): readonly Piece[] {
  return lines.map((piece, index) => (index === 0 && piece.kind === 'line' ? { ...piece, keep: lines.length } : piece))
}

function isFollowedByText(next: Block | undefined): boolean {
  return next?.kind === 'paragraph' || next?.kind === 'heading' || next?.kind === 'table'
}

/** 附件说明: one blank line above the first; numbers under numbers, wrapped lines under the name. */
function attachmentNote(scene: BodyScene, block: Extract<Block, { kind: 'attachment-note' }>, place: Place): readonly Piece[] {
  const isFirst = place.label?.startsWith('附件：') ?? false
  const name = runGlyphs(scene.setter, block.runs, { style: bodyStyle })
  const label = derivedGlyphs(scene.setter, isFirst ? '附件：' : '', text)
  const number = derivedGlyphs(scene.setter, (place.label ?? '').replace('附件：', '').trim(), text)
  const numberLeft = indented + 3 * cell
  const nameLeft = numberLeft + (number.length === 0 ? 0 : widthOf(number) + cell / 4)
  const lines = breakLines(name, () => ({ indent: nameLeft, width: typeArea.width - nameLeft }))
  const pieces = lines.map((line, index): Piece => {
    const before = index === 0 ? [solidLine(label, indented), solidLine(number, numberLeft)] : []
    const glyphs = [...before.flatMap((each) => each.glyphs), ...line.glyphs]
    const x = [...before.flatMap((each) => each.x), ...line.x]
    return { kind: 'line', line: { glyphs, x, width: line.width }, block: place.index, isBody: true }
  })
  return isFirst ? [{ kind: 'gap', lines: 1 }, ...pieces] : pieces
}

/** 附注 in full-width parentheses, indented two. Source: 7.3.6 */
function notePieces(scene: BodyScene, block: Extract<Block, { kind: 'note' }>, index: number): readonly Piece[] {
  const inner = runGlyphs(scene.setter, block.runs, { style: bodyStyle })
  if (inner.length === 0) return []
  const glyphs = [...derivedGlyphs(scene.setter, '（', text), ...inner, ...derivedGlyphs(scene.setter, '）', text)]
  return piecesOf(flow(glyphs, indented), index, { isBody: false })
}
