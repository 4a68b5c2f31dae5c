/** The letters of a text and what became of each: written, removed, proposed for removal, carried along when a paragraph was
 * split or made something else. */
import * as Y from 'yjs'
import { bodyOf, changeMarks, nodeNames } from '../ydoc.ts'
import type { BoldMark } from './boldness.ts'
import type { History, Origin } from './history.ts'
import { picturesOf, type PlacedPicture } from './trace-pictures.ts'

/** A stretch of letters with one fate. */
export interface Letters {
  readonly text: string
  /** Who first wrote them; kept when a block they stand in is split, joined or made something else. */
  readonly author: Origin
  /** The row that put them where they are. */
  readonly placed: Origin
  readonly removed: Origin | null
  /** Removed here only because the same row put them elsewhere. */
  readonly isMovedAway: boolean
  /** A revision that proposes to remove them, and who made it. */
  readonly struck: Origin | null
  /** Marks that make what follows them bold or plain, up to these letters; the last one standing decides. */
  readonly bolds: readonly BoldMark[]
  /** The same where the letters stood before they were carried here, else null. */
  readonly boldsBefore: readonly BoldMark[] | null
}

/** A cell of a table with all the letters it ever held. */
export interface LetterCell {
  readonly isHeader: boolean
  readonly columns: number
  readonly rows: number
  readonly placed: Origin
  readonly removed: Origin | null
  readonly letters: readonly Letters[]
}

/** A row of a table with all the cells it ever held. */
export interface LetterRow {
  readonly placed: Origin
  readonly removed: Origin | null
  readonly cells: readonly LetterCell[]
}

/** A block with all the letters it ever held, in order. */
export interface LetterBlock {
  /** `client:clock` of the shared element. */
  readonly id: string
  /** Node name of the shared element. */
  readonly name: string
  readonly level: number
  readonly placed: Origin
  readonly removed: Origin | null
  readonly letters: readonly Letters[]
  /** Of a table; `letters` are those of its cells in order. */
  readonly rows: readonly LetterRow[]
  /** Of a figure, oldest first. */
  readonly pictures: readonly PlacedPicture[]
}

const unknown: Origin = { personId: '', at: 0, seq: 0 }

/** Every block and every letter of a history, what is gone included. */
export function lettersOf(history: History): readonly LetterBlock[] {
  const raw = childrenOf(history, bodyOf(history.doc)).map((child) => ({ ...child, rows: child.element.nodeName === nodeNames.table ? rawRows(history, child.element) : null }))
  const lettersIn = (block: (typeof raw)[number]): readonly RawLetters[] => block.rows?.flatMap((row) => row.cells.flatMap((cell) => cell.lines.flat())) ?? rawLetters(history, block.element, 0)
  const blocks = raw.map((block) => ({ ...block, letters: lettersIn(block) }))
  const carried = carryAuthors(blocks.flatMap((block) => block.letters))
  const told = (letters: readonly RawLetters[]): readonly Letters[] => letters.flatMap((each) => split(each, carried))
  return blocks.map(({ id, element, placed, removed, letters, rows }) => ({
    id,
    name: element.nodeName,
    level: Number(element.getAttribute('level') ?? 0),
    placed,
    removed,
    letters: told(letters),
    pictures: picturesOf(history, element),
    rows: rows?.map((row) => ({ ...row, cells: row.cells.map(({ lines, ...cell }) => ({ ...cell, letters: asLines(lines.map(told)) })) })) ?? [],
  }))
}

interface Child {
  readonly id: string
  readonly element: Y.XmlElement
  readonly placed: Origin
  readonly removed: Origin | null
}

/** The elements below another, what is gone included. */
function childrenOf(history: History, parent: Y.XmlElement | Y.XmlFragment): readonly Child[] {
  return itemsOf(parent).flatMap((item): readonly Child[] => {
    const element = item.content instanceof Y.ContentType ? item.content.type : null
    if (!(element instanceof Y.XmlElement)) return []
    return [{ id: `${item.id.client}:${item.id.clock}`, element, placed: written(history, item.id), removed: removal(history, item) }]
  })
}

type RawRow = Omit<LetterRow, 'cells'> & { readonly cells: readonly (Omit<LetterCell, 'letters'> & { readonly lines: readonly (readonly RawLetters[])[] })[] }

function rawRows(history: History, table: Y.XmlElement): readonly RawRow[] {
  const span = (cell: Y.XmlElement, name: string): number => Math.max(1, Math.min(200, Math.trunc(Number(cell.getAttribute(name) ?? 1)) || 1))
  return childrenOf(history, table).map(({ element, placed, removed }) => ({
    placed,
    removed,
    cells: childrenOf(history, element).map((cell) => ({
      isHeader: cell.element.nodeName === 'tableHeader',
      columns: span(cell.element, 'colspan'),
      rows: span(cell.element, 'rowspan'),
      placed: cell.placed,
      removed: cell.removed,
      lines: childrenOf(history, cell.element).map((line) => rawLetters(history, line.element, 2)),
    })),
  }))
}

interface RawLetters extends Omit<Letters, 'author' | 'isMovedAway' | 'boldsBefore'> {
  readonly client: number
  readonly clock: number
}

/** Paragraphs of a cell are set apart by a line feed, as everywhere. */
function asLines(lines: readonly (readonly Letters[])[]): readonly Letters[] {
  return lines.filter((line) => line.length > 0).flatMap(([first, ...rest], index) => (first === undefined ? [] : [index === 0 ? first : { ...first, text: `\n${first.text}` }, ...rest]))
}

/** How deep elements are followed: tables have four levels. */
const maxDepth = 8

function rawLetters(history: History, element: Y.XmlElement | Y.XmlFragment, depth: number): readonly RawLetters[] {
  if (depth > maxDepth) return []
  return itemsOf(element).flatMap((item) => {
    const type = item.content instanceof Y.ContentType ? item.content.type : null
    if (type instanceof Y.XmlText) return lettersInText(history, type)
    return type instanceof Y.XmlElement ? rawLetters(history, type, depth + 1) : []
  })
}

function lettersInText(history: History, text: Y.XmlText): readonly RawLetters[] {
  const found: RawLetters[] = []
  const struck = { now: null as Origin | null, once: null as { readonly by: Origin; readonly until: number } | null }
  let bolds: readonly BoldMark[] = []
  for (const item of itemsOf(text)) {
    const { content } = item
    if (content instanceof Y.ContentFormat && content.key === 'bold') bolds = [...bolds, { isBold: content.value !== null, written: written(history, item.id), removed: removal(history, item) }]
    if (content instanceof Y.ContentFormat && content.key.startsWith(changeMarks.deletion)) {
      const by = content.value === null ? null : written(history, item.id)
      if (by === null || !item.deleted) struck.now = by
      struck.once = by === null ? null : { by, until: removal(history, item)?.seq ?? Number.MAX_SAFE_INTEGER }
    }
    if (!(content instanceof Y.ContentString)) continue
    found.push(...byRow(history, item, content.str).map((each) => ({ ...each, bolds, struck: each.removed === null ? struck.now : struckBefore(struck.once, each.removed) })))
  }
  return found
}

/** Accepting a deletion removes its mark together with the letters; a mark taken off earlier (rejected) counts for nothing. */
function struckBefore(once: { readonly by: Origin; readonly until: number } | null, removed: Origin): Origin | null {
  return once !== null && once.by.seq <= removed.seq && once.until >= removed.seq ? once.by : null
}

/** Parts an item where the rows that wrote or removed it differ. */
function byRow(history: History, item: Y.Item, text: string): readonly Omit<RawLetters, 'struck' | 'bolds'>[] {
  const parts: { text: string; placed: Origin; removed: Origin | null; client: number; clock: number }[] = []
  const { client, clock } = item.id
  for (let index = 0; index < text.length; index += 1) {
    const placed = history.writtenBy(client, clock + index) ?? unknown
    const removed = item.deleted ? (history.removedBy(client, clock + index) ?? unknown) : null
    const last = parts.at(-1)
    const letter = text[index] ?? ''
    if (last && last.placed === placed && last.removed === removed) last.text += letter
    else parts.push({ text: letter, placed, removed, client, clock: clock + index })
  }
  return parts
}

function itemsOf(type: { readonly _start: Y.Item | null }): readonly Y.Item[] {
  const items: Y.Item[] = []
  for (let item = type._start; item !== null; item = item.right) items.push(item)
  return items
}

function written(history: History, id: Y.ID): Origin {
  return history.writtenBy(id.client, id.clock) ?? unknown
}

function removal(history: History, item: Y.Item): Origin | null {
  return item.deleted ? (history.removedBy(item.id.client, item.id.clock) ?? unknown) : null
}

interface Carried {
  /** Author of a letter that came from elsewhere, by `client:clock`. */
  readonly authors: ReadonlyMap<string, Origin>
  /** What made it bold or plain where it came from. */
  readonly bolds: ReadonlyMap<string, readonly BoldMark[]>
  /** Letters that went elsewhere. */
  readonly gone: ReadonlySet<string>
}

/** Splitting a paragraph writes its tail anew in another one: letters that one row removes and writes again keep their
 * author. Looked at row by row, oldest first, so that authors travel over many moves. */
function carryAuthors(letters: readonly RawLetters[]): Carried {
  const authors = new Map<string, Origin>()
  const bolds = new Map<string, readonly BoldMark[]>()
  const gone = new Set<string>()
  const rows = new Map<number, { readonly removed: RawLetters[]; readonly written: RawLetters[] }>()
  const rowOf = (seq: number) => {
    const known = rows.get(seq) ?? { removed: [], written: [] }
    rows.set(seq, known)
    return known
  }
  for (const each of letters) {
    rowOf(each.placed.seq).written.push(each)
    if (each.removed !== null) rowOf(each.removed.seq).removed.push(each)
  }
  for (const [, row] of [...rows].sort(([a], [b]) => a - b)) {
    if (row.removed.length > 0 && row.written.length > 0) matchRow(row, { authors, bolds, gone })
  }
  return { authors, bolds, gone }
}

function matchRow(row: { readonly removed: readonly RawLetters[]; readonly written: readonly RawLetters[] }, into: { readonly authors: Map<string, Origin>; readonly bolds: Map<string, readonly BoldMark[]>; readonly gone: Set<string> }): void {
  const source = row.removed.filter((each) => each.placed.seq !== each.removed?.seq).flatMap((each) => [...each.text].length === 0 ? [] : ticksOf(each))
  const text = source.map((tick) => tick.letter).join('')
  let from = 0
  for (const target of row.written) {
    const at = text.indexOf(target.text, from) >= 0 ? text.indexOf(target.text, from) : text.indexOf(target.text)
    // A single letter is too little to tell moving from typing.
    if (at < 0 || target.text.length < 2) continue
    for (let index = 0; index < target.text.length; index += 1) {
      const tick = source[at + index]
      if (tick === undefined) continue
      const key = `${target.client}:${target.clock + index}`
      into.authors.set(key, into.authors.get(tick.key) ?? tick.author)
      into.bolds.set(key, into.bolds.get(tick.key) ?? tick.bolds)
      into.gone.add(tick.key)
    }
    from = at + target.text.length
  }
}

function ticksOf(letters: RawLetters): readonly { readonly letter: string; readonly key: string; readonly author: Origin; readonly bolds: readonly BoldMark[] }[] {
  return [...Array(letters.text.length).keys()].map((index) => ({ letter: letters.text[index] ?? '', key: `${letters.client}:${letters.clock + index}`, author: letters.placed, bolds: letters.bolds }))
}

/** Parts letters where their authors differ, or what made them bold where they came from. */
function split(letters: RawLetters, carried: Carried): readonly Letters[] {
  const { client, clock, ...rest } = letters
  const parts: Letters[] = []
  for (let index = 0; index < letters.text.length; index += 1) {
    const tick = `${client}:${clock + index}`
    const author = carried.authors.get(tick) ?? letters.placed
    const isMovedAway = carried.gone.has(tick)
    const boldsBefore = carried.bolds.get(tick) ?? null
    const last = parts.at(-1)
    const letter = letters.text[index] ?? ''
    if (last && last.author === author && last.isMovedAway === isMovedAway && last.boldsBefore === boldsBefore) parts[parts.length - 1] = { ...last, text: last.text + letter }
    else parts.push({ ...rest, text: letter, author, isMovedAway, boldsBefore })
  }
  return parts
}
