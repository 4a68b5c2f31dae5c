/** The blocks of a document as Word paragraphs and tables, each where the layout has it. */
import { type Block, cleanText, deriveLabels, type FontRole, type OfficialDocument, type TextRun } from '@xiewen/shared/documents'
import { baselineShare, margins, paragraphXml, type ParagraphLook, runXml, twips } from './look.ts'
import type { PictureSize } from './pictures.ts'
import type { PicturePlace, Place } from './places.ts'
import { hasChanges, type RunsLook, type RunWriter, runsXml } from './runs.ts'
import { tableXml } from './tables.ts'

/** Where the paragraph before ended. */
export interface Cursor {
  page: number
  /** Lower edge of its last line box, mm from the sheet's top. */
  y: number
}

/** What all blocks share. */
export interface BlockWriter extends RunWriter {
  readonly document: OfficialDocument
  readonly places: ReadonlyMap<number, Place>
  /** From line to line of body text (mm). */
  readonly pitch: number
  readonly cursor: Cursor
  readonly picturePlaces: ReadonlyMap<number, PicturePlace>
  readonly pictures: PictureSource
  /** Edges of a table's columns (mm from its left). */
  readonly edgesOf: (table: Extract<Block, { kind: 'table' }>) => readonly number[]
  /** Upper and lower edge of a table on its pages (mm). */
  readonly sidesOf: (place: Place) => { readonly top: number; readonly bottom: number }
  /** The section that ends before and after a table that lies across: what its page is. */
  readonly sections: { readonly upright: string; readonly across: string }
}

/** Gives the drawing of a figure, or null when its bytes are gone. */
export type PictureSource = (block: Extract<Block, { kind: 'figure' }>, size: PictureSize | null) => string | null

const columnMm = 156
/** Air above and below a picture (mm). */
const pictureAirMm = 3
const bodyPt = 16
const plain: RunsLook = { roleAt: () => 'fangsong', sizePt: bodyPt }
/** Lower edge of a page’s last line box. */
const lastLineMm = 262

/** The body of the document: everything between head and imprint. */
export function blocksXml(writer: BlockWriter): string {
  const labels = deriveLabels(writer.document.blocks)
  return writer.document.blocks.map((block, index) => blockXml(writer, block, { index, label: labels[index] ?? '' })).join('')
}

interface At {
  readonly index: number
  readonly label: string
}

function blockXml(writer: BlockWriter, block: Block, at: At): string {
  const place = writer.places.get(at.index)
  switch (block.kind) {
    case 'table':
      return block.landscape ? acrossXml(writer, block, place) : uprightXml(writer, block, place)
    case 'figure':
      return figureXml(writer, block, { place, picture: writer.picturePlaces.get(at.index) })
    case 'annex-title':
      return annexXml(writer, block.runs, at, place)
    case 'title':
      // A format without a title (令) shows none; its words would be out of place.
      return place ? textXml(writer, titleRuns(writer, block.runs, place), place, { align: 'center', keepNext: true }) : ''
    case 'recipients':
      return place ? textXml(writer, runsXml(writer, block.runs, plain), place, { leftMm: 0 }) : ''
    case 'signature':
    case 'date':
      return textXml(writer, runsXml(writer, block.runs, plain), place, { align: 'left', leftMm: place ? place.firstX - margins.leftMm : 0 })
    case 'heading':
      return textXml(writer, runXml(at.label, { role: roleOfLevel(block.level), sizePt: bodyPt }) + headingRuns(writer, block), place, { firstLineMm: indentOf(2), outline: block.level - 1 })
    case 'title-note':
      return textXml(writer, runsXml(writer, block.runs, { roleAt: () => 'kaiti', sizePt: bodyPt }), place, { align: 'center' })
    case 'chapter':
    case 'section':
      return partHeadingXml(writer, { kind: block.kind, runs: block.runs }, at, place)
    case 'article':
      return textXml(writer, runXml(at.label, { role: 'heiti', sizePt: bodyPt }) + runsXml(writer, block.runs, plain), place, { firstLineMm: indentOf(2) })
    case 'item':
    case 'subitem':
      return textXml(writer, runXml(at.label, { role: 'fangsong', sizePt: bodyPt }) + runsXml(writer, block.runs, plain), place, { firstLineMm: indentOf(2) })
    case 'attachment-note':
      return textXml(writer, runXml(at.label, { role: 'fangsong', sizePt: bodyPt }) + runsXml(writer, block.runs, plain), place, hangingOf(place))
    case 'note':
      return textXml(writer, runXml('（', { role: 'fangsong', sizePt: bodyPt }) + runsXml(writer, block.runs, plain) + runXml('）', { role: 'fangsong', sizePt: bodyPt }), place, { firstLineMm: indentOf(2) })
    case 'paragraph':
      return textXml(writer, runsXml(writer, block.runs, plain), place, { firstLineMm: indentOf(2) })
  }
}

/** 章 in 黑体 and 节 in 楷体, centred, with their outline levels. */
function partHeadingXml(writer: BlockWriter, block: { readonly kind: 'chapter' | 'section'; readonly runs: readonly TextRun[] }, at: At, place: Place | undefined): string {
  const role: FontRole = block.kind === 'chapter' ? 'heiti' : 'kaiti'
  const runs = runXml(at.label, { role, sizePt: bodyPt }) + runsXml(writer, block.runs, { roleAt: () => role, sizePt: bodyPt })
  return textXml(writer, runs, place, { align: 'center', keepNext: true, outline: block.kind === 'chapter' ? 0 : 1 })
}

function indentOf(characters: number): number {
  return (columnMm / 28) * characters
}

function roleOfLevel(level: 1 | 2 | 3 | 4): FontRole {
  return level === 1 ? 'heiti' : level === 2 ? 'kaiti' : 'fangsong'
}

/** The first sentence of a heading that runs on has its face, what follows is text. */
function headingRuns(writer: BlockWriter, block: Extract<Block, { kind: 'heading' }>): string {
  const stop = cleanText(block.runs).indexOf('。')
  const end = stop < 0 ? Number.POSITIVE_INFINITY : stop + 1
  return runsXml(writer, block.runs, { roleAt: (offset) => (offset < end ? roleOfLevel(block.level) : 'fangsong'), sizePt: bodyPt, cut: end })
}

/** A title broken where the layout breaks it; one with revisions is broken by Word. */
function titleRuns(writer: BlockWriter, runs: readonly TextRun[], place: Place): string {
  const look = { role: 'xiaobiaosong', sizePt: place.sizePt } as const
  return hasChanges(writer, runs) ? runsXml(writer, runs, { roleAt: () => look.role, sizePt: look.sizePt }) : runXml(place.lines.join('\n'), look)
}

function hangingOf(place: Place | undefined): Partial<ParagraphLook> {
  if (!place) return { firstLineMm: indentOf(2) }
  return { leftMm: place.nextX - margins.leftMm, firstLineMm: place.firstX - place.nextX, align: 'left' }
}

/** A paragraph as far below the one before as the layout has it; at the head of a page it follows by itself. */
function textXml(writer: BlockWriter, runs: string, place: Place | undefined, look: Partial<ParagraphLook>): string {
  const pitchMm = place && place.pitch > 0 ? place.pitch : writer.pitch
  const { cursor } = writer
  const isSamePage = place !== undefined && place.page === cursor.page
  // Where the layout left a page before it was full (署名 in company of text, 7.3.5.5), the file must be told to.
  const isMoved = place !== undefined && place.page > cursor.page && cursor.y < lastLineMm - pitchMm
  const beforeMm = isSamePage ? place.firstBaseline - baselineShare * pitchMm - cursor.y : 0
  if (place) {
    cursor.page = place.lastPage
    cursor.y = place.lastBaseline + (1 - baselineShare) * pitchMm
  }
  return paragraphXml(runs, { pitchMm, beforeMm: beforeMm < 0.4 ? 0 : beforeMm, ...(isMoved ? { newPage: true } : {}), ...look })
}

function annexXml(writer: BlockWriter, runs: readonly TextRun[], at: At, place: Place | undefined): string {
  const title = place ? titleRuns(writer, runs, place) : runXml(cleanText(runs), { role: 'xiaobiaosong', sizePt: 22 })
  if (place) {
    writer.cursor.page = place.page
    writer.cursor.y = margins.topMm
  }
  if (at.label === '') return textXml(writer, title, place, { align: 'center', newPage: true, keepNext: true, outline: 0 })
  const label = paragraphXml(runXml(at.label, { role: 'heiti', sizePt: bodyPt }), { pitchMm: writer.pitch, newPage: true, keepNext: true })
  writer.cursor.y += writer.pitch
  return label + textXml(writer, title, place, { align: 'center', keepNext: true, outline: 0 })
}

/** A picture in a line of its own as high as it is, its caption below. */
function figureXml(writer: BlockWriter, block: Extract<Block, { kind: 'figure' }>, at: { readonly place: Place | undefined; readonly picture: PicturePlace | undefined }): string {
  const { cursor } = writer
  const drawing = writer.pictures(block, at.picture ?? null)
  const isSamePage = at.picture !== undefined && at.picture.page === cursor.page
  const beforeMm = at.picture && isSamePage ? Math.max(0, at.picture.y - cursor.y) : pictureAirMm
  if (at.picture) {
    cursor.page = at.picture.page
    cursor.y = at.picture.y + at.picture.heightMm
  }
  const isMoved = at.picture !== undefined && !isSamePage
  const picture = drawing === null ? '' : `<w:p><w:pPr>${block.runs.length > 0 ? '<w:keepNext/>' : ''}${isMoved ? '<w:pageBreakBefore/>' : ''}<w:spacing w:before="${twips(beforeMm)}" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr><w:r><w:rPr><w:sz w:val="2"/></w:rPr>${drawing}</w:r></w:p>`
  const caption = runsXml(writer, block.runs, { roleAt: () => 'heiti', sizePt: captionPt })
  return picture + (caption === '' ? '' : textXml(writer, caption, at.place, { pitchMm: captionPitchMm, align: 'center', style: 'caption' }))
}

const captionPt = 12
const captionPitchMm = 7

/** A table as far below what stands before it as the layout has it: Word wants a line of its own for that. */
function uprightXml(writer: BlockWriter, block: Extract<Block, { kind: 'table' }>, place: Place | undefined): string {
  const { cursor } = writer
  const table = tableXml(writer, { rows: block.rows, edges: writer.edgesOf(block) })
  if (!place) return table
  const { top, bottom } = writer.sidesOf(place)
  const gapMm = place.page === cursor.page ? top - cursor.y : 0
  cursor.page = place.lastPage
  cursor.y = bottom
  return (gapMm > smallestGapMm ? paragraphXml('', { pitchMm: gapMm }) : '') + table
}

const smallestGapMm = 0.6

/** A wide table in a section of its own whose pages lie across; what follows begins a new page. */
function acrossXml(writer: BlockWriter, block: Extract<Block, { kind: 'table' }>, place: Place | undefined): string {
  const { cursor, sections } = writer
  cursor.page = (place?.lastPage ?? cursor.page) + 1
  cursor.y = margins.topMm
  return `${sectionEnd(sections.upright)}${tableXml(writer, { rows: block.rows, edges: writer.edgesOf(block) })}${sectionEnd(sections.across)}`
}

/** The last paragraph of a section, too low to be seen. */
function sectionEnd(section: string): string {
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>${section}</w:pPr></w:p>`
}
