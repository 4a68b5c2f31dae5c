/** Comments (批注) of a Word file: which words each is put on, who answers whom, and what is settled.
 * Source: ECMA-376 part 1, 17.13.4; [MS-DOCX] 2.5.4 (commentsExtended) */
import { type ForeignComment, foreignComment, type ForeignThread } from '../foreign-comment.ts'
import { importLimits } from '../limits.ts'
import { childrenOf, descendantsOf, type XmlElement } from '../xml.ts'
import type { WordPackage } from './package.ts'

/** Follows the text while it is read and notes what stands inside the ranges of comments. */
export interface CommentRanges {
  opens(id: string): void
  closes(id: string): void
  /** The mark of a comment: one without a range is put on the words before it. */
  marks(id: string): void
  reads(text: string): void
  /** A paragraph ends. */
  breaks(): void
}

interface Range {
  readonly before: string
  readonly from: number
  quote: string
  isOpen: boolean
}

const longestBefore = 40
/** As much as is needed to find the words again. */
const longestQuote = 20_000
/** Ranges that may be open at one place; real ones are a handful. */
const mostOpen = 200

/** Ranges of the comments by id, filled while the text is read. */
export class CommentReader implements CommentRanges {
  readonly #ranges = new Map<string, Range>()
  readonly #open = new Set<Range>()
  #line = ''
  #read = 0

  opens(id: string): void {
    if (this.#ranges.has(id) || this.#open.size >= mostOpen || this.#ranges.size >= importLimits.comments) return
    const range: Range = { before: this.#line.slice(-longestBefore), from: this.#read, quote: '', isOpen: true }
    this.#ranges.set(id, range)
    this.#open.add(range)
  }

  closes(id: string): void {
    const range = this.#ranges.get(id)
    if (range) this.#open.delete(range)
  }

  marks(id: string): void {
    if (this.#ranges.has(id) || this.#ranges.size >= importLimits.comments) return
    const quote = this.#line.slice(-8)
    this.#ranges.set(id, { before: this.#line.slice(0, -8).slice(-longestBefore), from: this.#read, quote, isOpen: false })
  }

  reads(text: string): void {
    this.#line += text
    this.#read += text.length
    for (const range of this.#open) if (range.quote.length < longestQuote) range.quote += text
  }

  breaks(): void {
    this.#line = ''
    for (const range of this.#open) if (range.quote.length < longestQuote) range.quote += '\n'
  }

  /** The threads of the file in the order of its comments part, once its text has been read. */
  threads(opened: WordPackage): { readonly threads: readonly ForeignThread[]; readonly left: readonly string[] } {
    const answers = answersIn(opened.part('commentsExtended'))
    const byParagraph = new Map<string, Told>()
    const told: Told[] = []
    const left: string[] = []
    let room: number = importLimits.textCharacters
    for (const element of childrenOf(opened.part('comments') ?? undefined, 'w:comment')) {
      const one = toldIn(element)
      if (one === null) continue
      room -= one.comment.body.length
      if (told.length >= importLimits.comments || room < 0) left.push(`${one.comment.author}：${one.comment.body}`)
      else {
        told.push(one)
        for (const id of one.paragraphs) byParagraph.set(id, one)
      }
    }
    const beginnerOf = (one: Told): Told => {
      const parent = one.paragraphs.map((id) => answers.get(id)?.parent).find((id) => id !== undefined && id !== '')
      const found = parent === undefined ? undefined : byParagraph.get(parent)
      // Word's threads are one level deep; a ring of answers ends here as well.
      return found === undefined || found === one ? one : found
    }
    const threads = new Map<Told, Told[]>()
    for (const one of told) {
      const first = beginnerOf(one)
      const begins = beginnerOf(first) === first ? first : one
      threads.set(begins, [...(threads.get(begins) ?? []), one])
    }
    return { threads: [...threads].map(([first, all]) => this.#threadOf(first, all, answers)), left }
  }

  #threadOf(first: Told, all: readonly Told[], answers: ReadonlyMap<string, Answer>): ForeignThread {
    const range = this.#ranges.get(first.id)
    const ordered = [first, ...all.filter((one) => one !== first)]
    return {
      quote: range?.quote.replace(/\n+$/, '') ?? '',
      before: range?.before ?? '',
      at: range === undefined || this.#read === 0 ? 0 : range.from / this.#read,
      isResolved: first.paragraphs.some((id) => answers.get(id)?.isDone === true),
      comments: ordered.map(({ comment }) => comment),
    }
  }
}

/** One comment of the comments part. */
interface Told {
  readonly id: string
  /** Ids of its paragraphs: the last one stands for the comment. */
  readonly paragraphs: readonly string[]
  readonly comment: ForeignComment
}

function toldIn(element: XmlElement): Told | null {
  const paragraphs = descendantsOf(element, 'w:p')
  const comment = foreignComment(element.attributes.get('w:author') ?? '', element.attributes.get('w:date') ?? '', paragraphs.map(wordsOf).join('\n'))
  if (comment === null) return null
  return { id: element.attributes.get('w:id') ?? '', paragraphs: paragraphs.flatMap((each) => each.attributes.get('w14:paraId') ?? []), comment }
}

function wordsOf(paragraph: XmlElement): string {
  return descendantsOf(paragraph, 'w:t').map((each) => each.children.filter((child) => typeof child === 'string').join('')).join('')
}

interface Answer {
  readonly parent: string | undefined
  readonly isDone: boolean
}

function answersIn(part: XmlElement | null): ReadonlyMap<string, Answer> {
  return new Map(
    childrenOf(part ?? undefined, 'w15:commentEx').map(({ attributes }) => [
      attributes.get('w15:paraId') ?? '', { parent: attributes.get('w15:paraIdParent'), isDone: /^(?:1|true|on)$/.test(attributes.get('w15:done') ?? '') },
    ]),
  )
}
