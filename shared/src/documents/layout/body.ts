/** The text of the document (主体) as pieces of the flow. Source: GB/T 9704-2012 7.3, 10.3 */
import { deriveLabels } from '../gongwen/numbering.ts'
import type { Block, OfficialDocument } from '../model.ts'
import type { Closing } from './closing.ts'
import { closingPieces, readClosing } from './closing.ts'
import { cell, emOf, lead, linesPerPage, oneLine, pitchOf, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, runGlyphs, widthOf } from './glyphs.ts'
import type { LineRoom } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { FontRole } from './model.ts'
import type { LayoutOptions } from './options.ts'
import { paintLine } from './paint.ts'
import type { FlowPlan, Piece } from './pieces.ts'
import { tablePieces } from './table.ts'
import { shapeTitle } from './title.ts'

/** What the body's pieces are made with. */
export interface BodyScene {
  readonly setter: Typesetter
  readonly document: OfficialDocument
  readonly options: LayoutOptions
  readonly plan: FlowPlan
}

const text: Style = { role: 'fangsong', sizePt: size.three }
const black: Style = { role: 'heiti', sizePt: size.three }
const headingRoles: readonly FontRole[] = ['heiti', 'kaiti', 'fangsong', 'fangsong']
const indented = 2 * cell

/** All pieces after the first page's heading, in order. */
export function bodyPieces(scene: BodyScene): readonly Piece[] {
  const { blocks } = scene.document
  const labels = deriveLabels(blocks)
  const pieces: Piece[] = []
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index]
    if (!block) continue
    const closing = block.kind === 'signature' || block.kind === 'date' ? readClosing(blocks, index) : null
    if (closing) {
      const isMain = !blocks.slice(0, index).some((each) => each.kind === 'annex-title')
      pieces.push(...closingOf(scene, closing, isMain ? scene.plan.lines : linesPerPage))
      index = closing.end - 1
    } else {
      pieces.push(...blockPieces(scene, block, { index, label: labels[index] ?? null }))
    }
    if (isLastBeforeAnnexes(blocks, index)) pieces.push(...attendancePieces(scene))
  }
  return pieces
}

function closingOf(scene: BodyScene, closing: Closing, lines: number): readonly Piece[] {
  return closingPieces(scene.setter, closing, { options: scene.options, elements: scene.document.elements, pitch: pitchOf(lines) })
}

/** Whether the main part ends behind block `index`. */
function isLastBeforeAnnexes(blocks: readonly Block[], index: number): boolean {
  const isInMain = !blocks.slice(0, index + 1).some((block) => block.kind === 'annex-title')
  const next = blocks[index + 1]
  return isInMain && (next === undefined || next.kind === 'annex-title')
}

interface Place {
  readonly index: number
  readonly label: string | null
}

function blockPieces(scene: BodyScene, block: Block, place: Place): readonly Piece[] {
  switch (block.kind) {
    case 'title':
      return isFirstTitle(scene, place.index) ? [] : laterTitle(scene, block, place.index)
    case 'signature':
    case 'date':
      return []
    case 'recipients':
      return scene.plan.recipientsInImprint ? [] : recipientPieces(scene, block, place.index)
    case 'heading':
      return headingPieces(scene, block, place)
    case 'paragraph':
      return paragraph(runGlyphs(scene.setter, block.runs, { block: place.index, style: () => text }), place.index)
    case 'table':
      return tablePieces(scene.setter, block.rows, place.index)
    case 'figure':
      return paragraph(runGlyphs(scene.setter, block.runs, { block: place.index, style: () => text }), place.index)
    case 'attachment-note':
      return attachmentNote(scene, block, place)
    case 'note':
      return notePieces(scene, block, place.index)
    case 'annex-title':
      return annexTitle(scene, block, place)
  }
}

/** Lines on the grid; the first `indent`, the others `hanging` from the left margin. */
function linesOf(glyphs: readonly Glyph[], room: { first: number; hanging: number; block: number | null; isBody: boolean }): readonly Piece[] {
  const at = (index: number): LineRoom => {
    const indent = index === 0 ? room.first : room.hanging
    return { indent, width: typeArea.width - indent }
  }
  return breakLines(glyphs, at).map((line) => ({ kind: 'line', line, block: room.block, isBody: room.isBody }))
}

function paragraph(glyphs: readonly Glyph[], block: number): readonly Piece[] {
  return linesOf(glyphs, { first: indented, hanging: 0, block, isBody: glyphs.length > 0 })
}

/** 主送 flush left, wraps flush left. One blank line above it belongs to the heading. */
function recipientPieces(scene: BodyScene, block: Extract<Block, { kind: 'recipients' }>, index: number): readonly Piece[] {
  const glyphs = runGlyphs(scene.setter, block.runs, { block: index, style: () => text })
  return glyphs.length === 0 ? [] : linesOf(glyphs, { first: 0, hanging: 0, block: index, isBody: false })
}

/** A heading with its number; from level 2 only the first sentence is in the heading's face, the rest runs on as body. */
function headingPieces(scene: BodyScene, block: Extract<Block, { kind: 'heading' }>, place: Place): readonly Piece[] {
  const role = headingRoles[block.level - 1] ?? 'fangsong'
  const whole = block.runs.map((run) => run.text).join('')
  const stop = block.level === 1 ? -1 : whole.search(/[。？！]/u)
  const style = (offset: number): Style => (stop >= 0 && offset > stop ? text : { role, sizePt: size.three })
  const glyphs = runGlyphs(scene.setter, block.runs, { block: place.index, style })
  const label = derivedGlyphs(scene.setter, place.label ?? '', { role, sizePt: size.three })
  const lines = linesOf([...label, ...glyphs], { first: indented, hanging: 0, block: place.index, isBody: true })
  const runsOn = stop >= 0 && stop < whole.length - 1
  return runsOn || !isFollowedByText(scene.document.blocks[place.index + 1]) ? lines : kept(lines)
}

/** A heading that stands for itself keeps at least one line of what it heads under it. */
function kept(lines: readonly Piece[]): readonly Piece[] {
  return lines.map((piece, index) => (index === 0 && piece.kind === 'line' ? { ...piece, keep: lines.length } : piece))
}

function isFollowedByText(next: Block | undefined): boolean {
  return next?.kind === 'paragraph' || next?.kind === 'heading' || next?.kind === 'table'
}

/** 附件说明: one blank line above the first; numbers under numbers, wrapped lines under the name. */
function attachmentNote(scene: BodyScene, block: Extract<Block, { kind: 'attachment-note' }>, place: Place): readonly Piece[] {
  const isFirst = place.label?.startsWith('附件：') ?? false
  const name = runGlyphs(scene.setter, block.runs, { block: place.index, style: () => text })
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
  const inner = runGlyphs(scene.setter, block.runs, { block: index, style: () => text })
  if (inner.length === 0) return []
  const glyphs = [...derivedGlyphs(scene.setter, '（', text), ...inner, ...derivedGlyphs(scene.setter, '）', text)]
  return linesOf(glyphs, { first: indented, hanging: 0, block: index, isBody: false })
}

/** 附件 on a new page: label on line 1, title centred on line 3, one blank line before its text. Source: 7.3.7 */
function annexTitle(scene: BodyScene, block: Extract<Block, { kind: 'annex-title' }>, place: Place): readonly Piece[] {
  const pitch = pitchOf(linesPerPage)
  const label = derivedGlyphs(scene.setter, place.label ?? '', black)
  const title = runGlyphs(scene.setter, block.runs, { block: place.index, style: () => titleStyle })
  const lines = shapeTitle(title, titleShape(scene))
  const top = 2 * pitch
  const items = [
    ...paintLine(solidLine(label), typeArea.left, 0),
    ...lines.flatMap((line, index) => paintLine(line, typeArea.left, top + index * titlePitch)),
  ]
  const natural = top + Math.max(0, lines.length - 1) * titlePitch + emOf(size.two) + oneLine + lead
  const heightMm = Math.ceil(natural / pitch - 0.35) * pitch
  return [{ kind: 'break' }, { kind: 'solid', items, heightMm, block: place.index, isBody: true, onGrid: true }]
}

/** The first title stands under the heading, or nowhere in an order; any other is centred where it is. */
function isFirstTitle(scene: BodyScene, index: number): boolean {
  return scene.document.blocks.findIndex((block) => block.kind === 'title') === index
}

function laterTitle(scene: BodyScene, block: Extract<Block, { kind: 'title' }>, index: number): readonly Piece[] {
  const pitch = pitchOf(scene.plan.lines)
  const lines = shapeTitle(runGlyphs(scene.setter, block.runs, { block: index, style: () => titleStyle }), titleShape(scene))
  const items = lines.flatMap((line, at) => paintLine(line, typeArea.left, pitch + at * titlePitch))
  const heightMm = Math.ceil((pitch * 2 + lines.length * titlePitch) / pitch) * pitch
  return lines.length === 0 ? [] : [{ kind: 'solid', items, heightMm, block: index, isBody: true, onGrid: true }]
}

/** Type of titles. */
export const titleStyle: Style = { role: 'xiaobiaosong', sizePt: size.two }
/** From title line to title line: the glyph and 7/8 of a 3号 character. */
export const titlePitch = emOf(size.two) + lead

/** How titles of this document are shaped. */
export function titleShape(scene: BodyScene): Parameters<typeof shapeTitle>[1] {
  const { wordBreaks, organNames } = scene.options
  const names = [...scene.document.elements.issuers, ...(organNames ?? [])]
  return { width: typeArea.width, organNames: names, ...(wordBreaks ? { wordBreaks } : {}) }
}

/** 出席, 请假, 列席 of minutes: one blank line above, labels in 黑体, wrapped lines under the names. Source: 10.3 */
function attendancePieces(scene: BodyScene): readonly Piece[] {
  const { elements } = scene.document
  if (elements.format !== 'minutes') return []
  const lists = [['出席：', elements.attendees], ['请假：', elements.absentees], ['列席：', elements.observers]] as const
  const hanging = indented + 3 * cell
  const pieces = lists.flatMap(([label, names]): readonly Piece[] => {
    if (names === '') return []
    const lead = derivedGlyphs(scene.setter, label, black)
    const lines = breakLines(derivedGlyphs(scene.setter, names.replaceAll('\n', ''), text), () => ({ indent: hanging, width: typeArea.width - hanging }))
    return lines.map((line, index): Piece => {
      const before = index === 0 ? solidLine(lead, indented) : { glyphs: [], x: [], width: 0 }
      const joined = { glyphs: [...before.glyphs, ...line.glyphs], x: [...before.x, ...line.x], width: line.width }
      return { kind: 'line', line: joined, block: null, isBody: false }
    })
  })
  return pieces.length === 0 ? [] : [{ kind: 'gap', lines: 1 }, ...pieces]
}

/** The title of the first page with its lines painted from y 0, and its height from glyph to glyph (mm). */
export function firstTitle(scene: BodyScene): { readonly items: ReturnType<typeof paintLine>; readonly heightMm: number; readonly block: number } | null {
  const index = scene.document.blocks.findIndex((block) => block.kind === 'title')
  const block = scene.document.blocks[index]
  if (block?.kind !== 'title') return null
  const glyphs = runGlyphs(scene.setter, block.runs, { block: index, style: () => titleStyle })
  if (glyphs.length === 0) return null
  const lines = shapeTitle(glyphs, titleShape(scene))
  const items = lines.flatMap((line, at) => paintLine(line, typeArea.left, at * titlePitch))
  return { items, heightMm: (lines.length - 1) * titlePitch + emOf(size.two), block: index }
}
