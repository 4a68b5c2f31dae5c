/** Words for the full-text index. Chinese has no spaces, so every two neighbouring characters make a word (bigrams): whatever
 * two or more characters somebody remembers are found. Pure. */

const chinese = /[\p{Script=Han}〇]/u
const piece = /[\p{Script=Han}〇]+|[\p{L}\p{N}]+/gu

/** One run of a query or text: bigrams in order, or one Latin word. */
interface Piece {
  readonly kind: 'chinese' | 'word'
  readonly text: string
}

function piecesOf(text: string): readonly Piece[] {
  const found = text.normalize('NFKC').toLowerCase().match(piece) ?? []
  return found.flatMap(splitMixed)
}

/** `\p{L}` takes Han characters too, so a run that begins Latin may end Chinese. */
function splitMixed(text: string): readonly Piece[] {
  const parts = text.match(/[\p{Script=Han}〇]+|[^\p{Script=Han}〇]+/gu) ?? []
  return parts.map((part) => ({ kind: chinese.test(part) ? 'chinese' : 'word', text: part }))
}

function bigramsOf(text: string): readonly string[] {
  const characters = [...text]
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
}

/** The words of a text in reading order, separated by spaces. The last character of each Chinese run stands alone too, so
 * that a search for one character finds it by its beginning. */
export function indexTokens(text: string): string {
  return piecesOf(text)
    .flatMap((part) => (part.kind === 'word' ? [part.text] : [...bigramsOf(part.text), ...([...part.text].length > 1 ? [[...part.text].at(-1) ?? ''] : [])]))
    .join(' ')
}

/** A condition of a query: these words one after another; `isPrefix` lets the last one be the beginning of a word. */
export interface QueryTerm {
  readonly words: readonly string[]
  readonly isPrefix: boolean
}

/** The conditions of what somebody typed; all must hold. Empty when nothing in it can be searched for. A letter or digit run is
 * the beginning of a word only where the typing ends. Single characters stand in nearly every text and cost the most to look up,
 * so they are left out beside longer words: what is found is checked against the text itself. */
export function queryTerms(text: string): readonly QueryTerm[] {
  const terms = text.split(/\s+/u).flatMap((typed) => piecesOf(typed).map((part, index, parts) => termOf(part, index === parts.length - 1 && endsInWord(typed))))
  const telling = terms.filter(({ words }) => words.length > 1 || [...(words[0] ?? '')].length > 1)
  return telling.length > 0 ? telling : terms
}

function termOf(part: Piece, isLast: boolean): QueryTerm {
  const isAlone = [...part.text].length === 1
  return { words: part.kind === 'word' ? [part.text] : bigramsOf(part.text), isPrefix: part.kind === 'word' ? isLast : isAlone }
}

function endsInWord(typed: string): boolean {
  return /[\p{L}\p{N}]$/u.test(typed)
}
