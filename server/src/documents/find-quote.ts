/** Finding the words a comment of a file was put on in the document that was made of the file. */
import type { Block } from '@xiewen/shared/documents'
import { stretchesOf, type TextPlace } from './comment-places.ts'
import type { ForeignThread } from './import/index.ts'

/** A stretch of the text. */
export interface QuotePlace {
  readonly from: TextPlace
  readonly to: TextPlace
}

/** Text without its blanks and unseen signs, and where each unit of it stands: import mends blanks and takes out what nobody sees. */
interface Bare {
  readonly text: string
  readonly at: readonly number[]
}

interface Stretch extends Bare {
  readonly block: number
  readonly cell: number
  /** How far into the text it begins, 0 to 1, and how much of it it is. */
  readonly start: number
  readonly share: number
}

/** A finder for one document. Words are looked for with what stood before them; where there are several, the nearest by place wins.
 * A quote over several paragraphs goes from the first one’s words to the last one’s. */
export function quoteFinder(blocks: readonly Block[]): (thread: Pick<ForeignThread, 'quote' | 'before' | 'at'>) => QuotePlace | null {
  const stretches = openStretches(blocks)
  return ({ quote, before, at }) => {
    const parts = quote.split('\n').map((part) => bareOf(part).text).filter((part) => part !== '')
    const [first] = parts
    const last = parts.at(-1)
    if (first === undefined || last === undefined) return null
    const begin = find(stretches, { words: first, before: bareOf(before).text, at })
    if (begin === null) return null
    const end = parts.length === 1 ? begin : find(stretches, { words: last, before: '', at })
    return { from: begin.from, to: end !== null && isBehind(end.to, begin.from) ? end.to : begin.to }
  }
}

function openStretches(blocks: readonly Block[]): readonly Stretch[] {
  const all = stretchesOf(blocks)
  const total = Math.max(1, all.reduce((sum, { text }) => sum + text.length, 0))
  let read = 0
  return all.map(({ block, cell, text }) => {
    const stretch = { block, cell, ...bareOf(text), start: read / total, share: text.length / total }
    read += text.length
    return stretch
  })
}

const unseen = /[\s\u3000\p{Cc}\p{Cf}]/u

function bareOf(text: string): Bare {
  const at: number[] = []
  let bare = ''
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index)
    if (unseen.test(sign)) continue
    bare += sign
    at.push(index)
  }
  return { text: bare, at }
}

/** A typed number of a heading, which the document derives. */
const typedNumber = /^(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．]|第[一二三四五六七八九十百零\d]{1,5}[章节条])/u
/** Most places that are weighed for one quote. */
const mostPlaces = 2_000

function find(stretches: readonly Stretch[], wanted: { readonly words: string; readonly before: string; readonly at: number }): QuotePlace | null {
  const words = [wanted.words, wanted.words.replace(typedNumber, '')].filter((each, index, all) => each !== '' && all.indexOf(each) === index)
  for (const each of words) {
    const found = findWords(stretches, { ...wanted, words: each })
    if (found) return found
  }
  return null
}

function findWords(stretches: readonly Stretch[], { words, before, at }: { readonly words: string; readonly before: string; readonly at: number }): QuotePlace | null {
  let best: { readonly place: QuotePlace; readonly shared: number; readonly distance: number } | null = null
  let places = 0
  for (const stretch of stretches) {
    for (let from = stretch.text.indexOf(words); from >= 0 && places < mostPlaces; from = stretch.text.indexOf(words, from + 1)) {
      places += 1
      const shared = sharedEnd(before, stretch.text.slice(0, from))
      const distance = Math.abs(stretch.start + (stretch.share * from) / Math.max(1, stretch.text.length) - at)
      if (best === null || shared > best.shared || (shared === best.shared && distance < best.distance)) best = { place: placeOf(stretch, from, words.length), shared, distance }
    }
  }
  return best?.place ?? null
}

function placeOf({ block, cell, at }: Stretch, from: number, length: number): QuotePlace {
  return { from: { block, cell, offset: at[from] ?? 0 }, to: { block, cell, offset: (at[from + length - 1] ?? 0) + 1 } }
}

/** How many signs two texts have in common at their ends. */
function sharedEnd(a: string, b: string): number {
  let shared = 0
  while (shared < a.length && shared < b.length && a.charAt(a.length - 1 - shared) === b.charAt(b.length - 1 - shared)) shared += 1
  return shared
}

function isBehind(a: TextPlace, b: TextPlace): boolean {
  return a.block > b.block || (a.block === b.block && (a.cell > b.cell || (a.cell === b.cell && a.offset > b.offset)))
}
