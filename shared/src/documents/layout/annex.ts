/** Titles, attachments (附件) and the lists of minutes. Source: GB/T 9704-2012 7.3.1, 7.3.7, 10.3 */
import type { Block } from '../model.ts'
import { cell, emOf, lead, linesPerPage, oneLine, pitchOf, size, typeArea } from './geometry.ts'
import type { Style } from './glyphs.ts'
import { derivedGlyphs, runGlyphs } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { PageItem } from './model.ts'
import { paintLine } from './paint.ts'
import type { Piece } from './pieces.ts'
import type { BodyScene } from './scene.ts'
import { shapeTitle } from './title.ts'

const text: Style = { role: 'fangsong', sizePt: size.three }
const black: Style = { role: 'heiti', sizePt: size.three }
const titleStyle: Style = { role: 'xiaobiaosong', sizePt: size.two }
const titleOf = (): Style => titleStyle
/** From title line to title line: the glyph and 7/8 of a 3号 character. */
const titlePitch = emOf(size.two) + lead

/** 附件 on a new page: label on line 1, title centred on line 3, one blank line before its text. Source: 7.3.7 */
export function annexTitle(
  scene: BodyScene,
  block: Extract<Block, { kind: 'annex-title' }>,
  place: { readonly index: number; readonly label: string | null },
): readonly Piece[] {
  const pitch = pitchOf(linesPerPage)
  const label = derivedGlyphs(scene.setter, place.label ?? '', black)
  const lines = shapedTitle(scene, block)
  const top = 2 * pitch
  const items = [
    ...paintLine(solidLine(label), typeArea.left, 0),
    ...lines.flatMap((line, index) => paintLine(line, typeArea.left, top + index * titlePitch, place.index)),
  ]
  const natural = top + Math.max(0, lines.length - 1) * titlePitch + emOf(size.two) + oneLine + lead
  const heightMm = Math.ceil(natural / pitch - 0.35) * pitch
  return [{ kind: 'break' }, { kind: 'solid', items, heightMm, block: place.index, isBody: true, onGrid: true }]
}

/** The first title stands under the heading, or nowhere in an order; any other is centred where it is. */
export function laterTitle(scene: BodyScene, block: Extract<Block, { kind: 'title' }>, index: number): readonly Piece[] {
  const pitch = pitchOf(scene.plan.lines)
  const lines = shapedTitle(scene, block)
  const items = lines.flatMap((line, at) => paintLine(line, typeArea.left, pitch + at * titlePitch, index))
  const heightMm = Math.ceil((pitch * 2 + lines.length * titlePitch) / pitch) * pitch
  return lines.length === 0 ? [] : [{ kind: 'solid', items, heightMm, block: index, isBody: true, onGrid: true }]
}

/** The lines of a title; none without text. */
function shapedTitle(scene: BodyScene, block: Block): readonly Line[] {
  const { wordBreaks, organNames } = scene.options
  const { issuers } = scene.document.elements
  return scene.memory.title(block, [issuers, organNames, wordBreaks], scene.setter, (setter) => {
    const runs = block.kind === 'table' ? [] : block.runs
    return shapeTitle(runGlyphs(setter, runs, { style: titleOf }), { width: typeArea.width, organNames: [...issuers, ...(organNames ?? [])], ...(wordBreaks ? { wordBreaks } : {}) })
  })
}

/** 出席, 请假, 列席 of minutes: one blank line above, labels in 黑体, wrapped lines under the names. Source: 10.3 */
export function attendancePieces(scene: BodyScene): readonly Piece[] {
  const { elements } = scene.document
  if (elements.format !== 'minutes') return []
  const lists = [['出席：', elements.attendees], ['请假：', elements.absentees], ['列席：', elements.observers]] as const
  const hanging = 5 * cell
  const pieces = lists.flatMap(([label, names]): readonly Piece[] => {
    if (names === '') return []
    const head = solidLine(derivedGlyphs(scene.setter, label, black), 2 * cell)
    const lines = breakLines(derivedGlyphs(scene.setter, names.replaceAll('\n', ''), text), () => ({ indent: hanging, width: typeArea.width - hanging }))
    return lines.map((line, index): Piece => {
      const before = index === 0 ? head : { glyphs: [], x: [] }
      const joined = { glyphs: [...before.glyphs, ...line.glyphs], x: [...before.x, ...line.x], width: line.width }
      return { kind: 'line', line: joined, block: null, isBody: false }
    })
  })
  return pieces.length === 0 ? [] : [{ kind: 'gap', lines: 1 }, ...pieces]
}

/** The title of the first page with its lines painted from y 0, and its height from glyph to glyph (mm). */
export function firstTitle(scene: BodyScene): { readonly items: readonly PageItem[]; readonly heightMm: number; readonly block: number } | null {
  const index = scene.document.blocks.findIndex((block) => block.kind === 'title')
  const block = scene.document.blocks[index]
  if (block?.kind !== 'title') return null
  const lines = shapedTitle(scene, block)
  if (lines.length === 0) return null
  const items = lines.flatMap((line, at) => paintLine(line, typeArea.left, at * titlePitch, index))
  return { items, heightMm: (lines.length - 1) * titlePitch + emOf(size.two), block: index }
}
