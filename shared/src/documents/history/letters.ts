/** The letters of a text and what became of each: written, removed, proposed for removal, carried along when a paragraph was
 * split or made something else. */
import * as Y from 'yjs'
import { bodyOf, changeMarks } from '../ydoc.ts'
import type { History, Origin } from './history.ts'

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
}

/** A block with all the letters it ever held, in order. */
export interface LetterBlock {
  /** Node name of the shared element. */
  readonly name: string
  readonly level: number
  readonly placed: Origin
  readonly removed: Origin | null
  readonly letters: readonly Letters[]
}

const unknown: Origin = { personId: '', at: 0, seq: 0 }

/** Every block and every letter of a history, what is gone included. */
export function lettersOf(history: History): readonly LetterBlock[] {
  const raw = itemsOf(bodyOf(history.doc)).flatMap((item) => {
    const element = item.content instanceof Y.ContentType ? item.content.type : null
    if (!(element instanceof Y.XmlElement)) return []
    return [{ element, placed: written(history, item.id), removed: removal(history, item), letters: rawLetters(history, element, 0) }]
  })
  const carried = carryAuthors(raw.flatMap((block) => block.letters))
  return raw.map(({ element, placed, removed, letters }) => ({
    name: element.nodeName,
    level: Number(element.getAttribute('level') ?? 0),
    placed,
    removed,
    letters: letters.flatMap((each) => split(each, carried)),
  }))
}

interface RawLetters extends Omit<Letters, 'author' | 'isMovedAway'> {
  readonly client: number
  readonly clock: number
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
  for (const item of itemsOf(text)) {
    const { content } = item
    if (content instanceof Y.ContentFormat && content.key.startsWith(changeMarks.deletion)) {
      const by = content.value === null ? null : written(history, item.id)
      if (by === null || !item.deleted) struck.now = by
      struck.once = by === null ? null : { by, until: removal(history, item)?.seq ?? Number.MAX_SAFE_INTEGER }
    }
    if (!(content instanceof Y.ContentString)) continue
    found.push(...byRow(history, item, content.str).map((each) => ({ ...each, struck: each.removed === null ? struck.now : struckBefore(struck.once, each.removed) })))
  }
  return found
}

/** Accepting a deletion removes its mark together with the letters; a mark taken off earlier (rejected) counts for nothing. */
function struckBefore(once: { readonly by: Origin; readonly until: number } | null, removed: Origin): Origin | null {
  return once !== null && once.by.seq <= removed.seq && once.until >= removed.seq ? once.by : null
}

/** Parts an item where the rows that wrote or removed it differ. */
function byRow(history: History, item: Y.Item, text: string): readonly Omit<RawLetters, 'struck'>[] {
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
  /** Letters that went elsewhere. */
  readonly gone: ReadonlySet<string>
}

/** Splitting a paragraph writes its tail anew in another one: letters that one row removes and writes again keep their
 * author. Looked at row by row, oldest first, so that authors travel over many moves. */
function carryAuthors(letters: readonly RawLetters[]): Carried {
  const authors = new Map<string, Origin>()
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
    if (row.removed.length > 0 && row.written.length > 0) matchRow(row, { authors, gone })
  }
  return { authors, gone }
}

function matchRow(row: { readonly removed: readonly RawLetters[]; readonly written: readonly RawLetters[] }, into: { readonly authors: Map<string, Origin>; readonly gone: Set<string> }): void {
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
      into.authors.set(`${target.client}:${target.clock + index}`, into.authors.get(tick.key) ?? tick.author)
      into.gone.add(tick.key)
    }
    from = at + target.text.length
  }
}

function ticksOf(letters: RawLetters): readonly { readonly letter: string; readonly key: string; readonly author: Origin }[] {
  return [...Array(letters.text.length).keys()].map((index) => ({ letter: letters.text[index] ?? '', key: `${letters.client}:${letters.clock + index}`, author: letters.placed }))
}

/** Parts letters where their authors differ. */
function split(letters: RawLetters, carried: Carried): readonly Letters[] {
  const { client, clock, ...rest } = letters
  const parts: Letters[] = []
  for (let index = 0; index < letters.text.length; index += 1) {
    const tick = `${client}:${clock + index}`
    const author = carried.authors.get(tick) ?? letters.placed
    const isMovedAway = carried.gone.has(tick)
    const last = parts.at(-1)
    const letter = letters.text[index] ?? ''
    if (last && last.author === author && last.isMovedAway === isMovedAway) parts[parts.length - 1] = { ...last, text: last.text + letter }
    else parts.push({ ...rest, text: letter, author, isMovedAway })
  }
  return parts
}
