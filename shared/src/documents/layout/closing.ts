/** 署名, 成文日期 and the places of the seals. Source: GB/T 9704-2012 7.3.5 */
import type { Block, Elements } from '../model.ts'
import { baselineAt, cell, exact, glyph3, oneLine, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, runGlyphs, widthOf } from './glyphs.ts'
import { solidLine } from './lines.ts'
import type { PageItem, SealAnchor } from './model.ts'
import type { LayoutOptions } from './options.ts'
import { paintGlyphs } from './paint.ts'
import type { Piece } from './pieces.ts'

/** Signatures and date that stand together; `end` is the index behind the last block of them. */
export interface Closing {
  readonly signatures: readonly { readonly block: number; readonly runs: Extract<Block, { kind: 'signature' }>['runs'] }[]
  readonly date: { readonly block: number; readonly runs: Extract<Block, { kind: 'date' }>['runs'] } | null
  readonly end: number
}

/** What the closing is laid out by. */
export interface ClosingSettings {
  readonly options: LayoutOptions
  readonly elements: Elements
  /** From line to line on these pages (mm). */
  readonly pitch: number
}

const text: Style = { role: 'fangsong', sizePt: size.three }
const sealDefaultMm = 42
/** The name and the date lie this far below the seal's upper edge, in its diameter: a little below the centre. */
const inkShare = 0.57
/** Least air between two seals (mm): they must not touch. */
const sealGap = 1
const stamp = { widthMm: 32, heightMm: 14 } as const

/** The signatures and the date that begin at `start`. */
export function readClosing(blocks: readonly Block[], start: number): Closing {
  const signatures: Closing['signatures'][number][] = []
  let date: Closing['date'] = null
  let end = start
  for (; end < blocks.length; end += 1) {
    const block = blocks[end]
    if (block?.kind === 'signature') signatures.push({ block: end, runs: block.runs })
    else if (block?.kind === 'date' && date === null) date = { block: end, runs: block.runs }
    else break
  }
  return { signatures, date, end }
}

/** Glyphs and the block they come from; null for what is derived. */
interface Words {
  readonly glyphs: readonly Glyph[]
  readonly block: number | null
}

interface Drawn {
  readonly names: readonly Words[]
  readonly date: Words
}

/** The closing as one piece that is never torn. */
export function closingPieces(setter: Typesetter, closing: Closing, settings: ClosingSettings): readonly Piece[] {
  const drawn: Drawn = {
    names: closing.signatures
      .map((each) => ({ glyphs: runGlyphs(setter, each.runs, { style: () => text }), block: each.block }))
      .filter(({ glyphs }) => glyphs.length > 0),
    date: { glyphs: closing.date ? runGlyphs(setter, closing.date.runs, { style: () => text }) : [], block: closing.date?.block ?? null },
  }
  if (drawn.names.length === 0 && drawn.date.glyphs.length === 0) return []
  const { kind, format } = settings.elements
  const isStamped = format === 'order' || (kind === '议案' && settings.elements.signerPost !== '')
  const isSealed = settings.options.sealed ?? (format === 'general' || format === 'letter')
  const laid = isStamped ? stamped(setter, drawn, settings) : isSealed && drawn.names.length > 0 ? sealed(drawn, settings) : unsealed(drawn, settings)
  const block = closing.signatures[0]?.block ?? closing.date?.block ?? null
  return [{ kind: 'solid', ...laid, block, isBody: false, onGrid: true, isClosing: true }]
}

interface Laid {
  readonly items: readonly PageItem[]
  readonly heightMm: number
}

function lineAt({ glyphs, block }: Words, left: number, top: number): readonly PageItem[] {
  return paintGlyphs(glyphs, { x: solidLine(glyphs, left).x, baseline: baselineAt(top, size.three), block })
}

function widthOfWords(words: Words): number {
  return widthOf(words.glyphs)
}

/** 7.3.5.2: one blank line, name 右空二字, date two characters to the right of the name's head; the longer one rules. */
function unsealed(drawn: Drawn, { pitch }: ClosingSettings): Laid {
  const widest = Math.max(0, ...drawn.names.map(widthOfWords))
  const dateWidth = widthOfWords(drawn.date)
  const right = typeArea.right - 2 * cell
  const nameLeft = Math.max(typeArea.left, Math.min(right - widest, right - dateWidth - (drawn.names.length > 0 ? 2 * cell : 0)))
  const lines = drawn.names.map((words) => ({ words, left: nameLeft }))
  const date = drawn.date.glyphs.length > 0 ? [{ words: drawn.date, left: drawn.names.length > 0 ? nameLeft + 2 * cell : right - dateWidth }] : []
  const all = [...lines, ...date]
  return { items: all.flatMap((each, index) => lineAt(each.words, each.left, (index + 1) * pitch)), heightMm: (all.length + 1) * pitch }
}

/** 7.3.5.3: two blank lines, stamp 右空四字 with the post two characters left of it, one blank line, date 右空四字. */
function stamped(setter: Typesetter, drawn: Drawn, { pitch, elements, options }: ClosingSettings): Laid {
  const right = typeArea.right - 4 * cell
  const stampLeft = right - stamp.widthMm
  const rows: readonly Words[] = drawn.names.length > 0 ? drawn.names : [derived(setter, elements.signers[0] ?? '')]
  const items = rows.flatMap((name, index): readonly PageItem[] => {
    const top = (2 + index * 2) * pitch
    const post = derived(setter, index === 0 ? elements.signerPost : '')
    const spaced = solidLine(name.glyphs)
    const nameLeft = stampLeft + (stamp.widthMm - spaced.width) / 2
    return [
      ...lineAt(post, stampLeft - 2 * cell - widthOfWords(post), top),
      ...(options.signatureStamp ? [] : lineAt(name, nameLeft, top)),
      stampAnchor(name.glyphs, stampLeft + stamp.widthMm / 2, top + glyph3 / 2),
    ]
  })
  const dateTop = (2 + (rows.length - 1) * 2 + 2) * pitch
  return { items: [...items, ...lineAt(drawn.date, right - widthOfWords(drawn.date), dateTop)], heightMm: dateTop + pitch }
}

function derived(setter: Typesetter, words: string): Words {
  return { glyphs: derivedGlyphs(setter, words, text), block: null }
}

function stampAnchor(name: readonly Glyph[], centreX: number, centreY: number): SealAnchor {
  const organ = name.map(({ sign }) => sign.char).join('')
  return { kind: 'seal-anchor', shape: 'stamp', organ, ...stamp, centreX: exact(centreX), centreY: exact(centreY), slackX: 2, slackY: 2 }
}

/** Rows of seals: at most three a row where they fit, rows as even as can be, the last organ in the date's column. */
function sealRows(count: number, diameter: number): readonly number[] {
  const perRow = Math.max(1, Math.min(3, Math.floor((typeArea.width + sealGap) / (diameter + sealGap))))
  const rows = Math.ceil(count / perRow)
  const most = Math.ceil(count / rows)
  return Array.from({ length: rows }, (_each, row) => Math.min(most, count - row * most))
}

/** 7.3.5.1: date 右空四字, names centred over it, one seal a name, the last one over the date as well. */
function sealed(drawn: Drawn, settings: ClosingSettings): Laid {
  const { pitch, options } = settings
  const diameter = options.sealDiameterMm ?? sealDefaultMm
  const dateWidth = drawn.date.glyphs.length > 0 ? widthOfWords(drawn.date) : 6 * cell
  const dateCentre = typeArea.right - 4 * cell - dateWidth / 2
  const rows = sealRows(drawn.names.length, diameter)
  const columns = Math.max(...rows)
  const step = columns === 1 ? 0 : Math.min(typeArea.width / columns, (dateCentre - diameter / 2 - typeArea.left) / (columns - 1))
  const room = columns === 1 ? 2 * (typeArea.right - dateCentre) : step - cell / 2
  const wrapped = drawn.names.map((name) => balanced(name.glyphs, room).map((glyphs) => ({ glyphs, block: name.block })))
  const items: PageItem[] = []
  let line = 0
  let index = 0
  let limit = glyph3 - pitch
  for (const [row, inRow] of rows.entries()) {
    const isLast = row === rows.length - 1
    const names = wrapped.slice(index, index + inRow)
    const nameLines = Math.max(...names.map((each) => each.length))
    const inked = nameLines + (isLast ? 1 : 0)
    const above = inkShare * diameter - ((inked - 1) * pitch + glyph3) / 2
    const blank = Math.max(row === 0 ? 1 : 0, Math.ceil((limit + above) / pitch - line - 1e-9))
    const top = (line + blank) * pitch
    const sealTop = top - above
    for (const [column, lines] of names.entries()) {
      const centre = dateCentre - (inRow - 1 - column) * step
      const nameTop = top + (nameLines - lines.length) * (isLast ? 1 : 0.5) * pitch
      items.push(...lines.flatMap((words, at) => lineAt(words, centre - widthOfWords(words) / 2, nameTop + at * pitch)))
      items.push(roundAnchor(drawn.names[index + column]?.glyphs ?? [], { centre, top: sealTop, diameter, above: sealTop - limit }))
    }
    limit = sealTop + diameter + sealGap
    line += blank + inked
    index += inRow
  }
  items.push(...lineAt(drawn.date, dateCentre - dateWidth / 2, (line - 1) * pitch))
  return { items, heightMm: line * pitch }
}

/** `above` is the air between the seal and what stands over it (mm): it may be nudged as long as some is left and no more
 * than one line. */
function roundAnchor(
  name: readonly Glyph[],
  at: { readonly centre: number; readonly top: number; readonly diameter: number; readonly above: number },
): SealAnchor {
  const organ = name.map(({ sign }) => sign.char).join('')
  const slackY = Math.max(0, Math.min(at.above, oneLine - at.above, 0.06 * at.diameter))
  return {
    kind: 'seal-anchor',
    shape: 'round',
    organ,
    widthMm: at.diameter,
    heightMm: at.diameter,
    centreX: exact(at.centre),
    centreY: exact(at.top + at.diameter / 2),
    slackX: sealGap / 2 + 1,
    slackY: exact(slackY),
  }
}

/** A name on as few lines as its room allows, cut into equal parts. */
function balanced(glyphs: readonly Glyph[], room: number): readonly (readonly Glyph[])[] {
  const lines = Math.max(1, Math.ceil(widthOf(glyphs) / room - 1e-6))
  const each = Math.ceil(glyphs.length / lines)
  return Array.from({ length: lines }, (_line, at) => glyphs.slice(at * each, (at + 1) * each)).filter((part) => part.length > 0)
}
