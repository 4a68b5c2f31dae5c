/** Comments (批注) as Word's own: ranges in the text, threads with answers and what is settled.
 * Source: ECMA-376 part 1, 17.13.4; [MS-DOCX] 2.5.4 (commentsExtended) */
import type { Block, OfficialDocument, TextRun } from '@xiewen/shared/documents'
import type { TextPlace } from '../../comment-places.ts'
import { xmlPart, xmlText } from '../xml-text.ts'

/** A thread on its way into a Word file. */
export interface WordThread {
  /** Null for one about the document as a whole. */
  readonly range: { readonly from: TextPlace; readonly to: TextPlace } | null
  readonly isResolved: boolean
  /** The first begins it, the others answer. */
  readonly comments: readonly { readonly author: string; readonly at: string | null; readonly body: string }[]
}

/** Which threads begin before a run and end behind it. */
export interface RunMarks {
  readonly opens: readonly number[]
  readonly closes: readonly number[]
}

/** The document with its runs cut where threads begin and end. */
export interface MarkedDocument {
  readonly document: OfficialDocument
  readonly marks: ReadonlyMap<TextRun, RunMarks>
}

/** Cuts the runs of a document at the ends of the threads' ranges. */
export function markRuns(document: OfficialDocument, threads: readonly WordThread[]): MarkedDocument {
  const ends = new Map<string, { offset: number; thread: number; opens: boolean }[]>()
  const note = (place: TextPlace, thread: number, opens: boolean): void => {
    const key = `${place.block} ${place.cell}`
    ends.set(key, [...(ends.get(key) ?? []), { offset: place.offset, thread, opens }])
  }
  for (const [thread, { range }] of threads.entries()) {
    if (range === null) continue
    note(range.from, thread, true)
    note(range.to, thread, false)
  }
  const marks = new Map<TextRun, RunMarks>()
  const cut = (runs: readonly TextRun[], block: number, cell: number): readonly TextRun[] => {
    const own = ends.get(`${block} ${cell}`)
    return own === undefined ? runs : cutRuns(runs, own, marks)
  }
  const blocks = document.blocks.map((block, index): Block => {
    if (block.kind !== 'table') return { ...block, runs: cut(block.runs, index, 0) }
    let cell = -1
    const rows = block.rows.map((row) => ({ ...row, cells: row.cells.map((each) => ({ ...each, runs: cut(each.runs, index, (cell += 1)) })) }))
    return { ...block, rows }
  })
  return { document: { ...document, blocks }, marks }
}

interface End {
  readonly offset: number
  readonly thread: number
  readonly opens: boolean
}

/** The runs cut at the ends and at line feeds, which become paragraphs of their own in a cell. */
function cutRuns(runs: readonly TextRun[], ends: readonly End[], marks: Map<TextRun, RunMarks>): readonly TextRun[] {
  const cuts = new Set(ends.map((end) => end.offset))
  const pieces: { readonly run: TextRun; readonly from: number }[] = []
  let at = 0
  for (const run of runs) {
    let begun = 0
    for (let index = 1; index <= run.text.length; index += 1) {
      const isEnd = index === run.text.length
      if (!isEnd && !cuts.has(at + index) && run.text[index] !== '\n' && run.text[index - 1] !== '\n') continue
      const { footnote, ...plain } = run
      pieces.push({ run: { ...plain, text: run.text.slice(begun, index), ...(isEnd && footnote !== undefined ? { footnote } : {}) }, from: at + begun })
      begun = index
    }
    at += run.text.length
  }
  const printed = pieces.filter(({ run }) => run.text !== '\n')
  for (const { offset, thread, opens } of ends) {
    const piece = opens ? printed.find(({ from, run }) => from + run.text.length > offset) : printed.findLast(({ from }) => from < offset)
    if (!piece) continue
    const known = marks.get(piece.run) ?? { opens: [], closes: [] }
    marks.set(piece.run, opens ? { ...known, opens: [...known.opens, thread] } : { ...known, closes: [...known.closes, thread] })
  }
  return pieces.map(({ run }) => run)
}

/** Threads while the text is written: each range is opened once and closed once. */
export class CommentWriter {
  readonly #threads: readonly WordThread[]
  readonly #marks: ReadonlyMap<TextRun, RunMarks>
  readonly #first: readonly number[]
  readonly #open = new Set<number>()
  readonly #done = new Set<number>()

  constructor(threads: readonly WordThread[], marks: ReadonlyMap<TextRun, RunMarks>) {
    this.#threads = threads
    this.#marks = marks
    let id = 0
    this.#first = threads.map(({ comments }) => {
      const first = id
      id += comments.length
      return first
    })
  }

  has(run: TextRun): boolean {
    return this.#marks.has(run)
  }

  before(run: TextRun): string {
    return (this.#marks.get(run)?.opens ?? []).map((thread) => {
      this.#open.add(thread)
      return this.#idsOf(thread).map((id) => `<w:commentRangeStart w:id="${id}"/>`).join('')
    }).join('')
  }

  behind(run: TextRun): string {
    return (this.#marks.get(run)?.closes ?? []).map((thread) => this.#close(thread)).join('')
  }

  /** Threads about the whole, or whose words the file does not print, are put on `body`'s first paragraph; none is left out. */
  placeRest(body: string): string {
    const rest = this.#threads.flatMap((_each, thread) => (this.#done.has(thread) ? [] : [this.#close(thread)])).join('')
    const end = body.indexOf('</w:p>')
    return rest === '' || end < 0 ? body : body.slice(0, end) + rest + body.slice(end)
  }

  #close(thread: number): string {
    if (this.#done.has(thread)) return ''
    this.#done.add(thread)
    const ends = this.#open.has(thread) ? this.#idsOf(thread).map((id) => `<w:commentRangeEnd w:id="${id}"/>`).join('') : ''
    return ends + this.#idsOf(thread).map((id) => `<w:r><w:commentReference w:id="${id}"/></w:r>`).join('')
  }

  #idsOf(thread: number): readonly number[] {
    const first = this.#first[thread] ?? 0
    return (this.#threads[thread]?.comments ?? []).map((_comment, index) => first + index)
  }
}

const names = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
  'mc:Ignorable="w14 w15"',
].join(' ')

/** Ids of paragraphs: eight hexadecimal digits below 80000000. */
function paragraphId(comment: number, paragraph: number): string {
  return (0x10000000 + comment * 0x1000 + paragraph).toString(16).toUpperCase()
}

/** The part that holds the words of all comments. */
export function commentsPart(threads: readonly WordThread[]): Uint8Array {
  const inside = threads.flatMap(({ comments }) => comments).map(({ author, at, body }, id) => {
    const paragraphs = body.split('\n').map((line, index) => `<w:p w14:paraId="${paragraphId(id, index)}">${index === 0 ? '<w:r><w:annotationRef/></w:r>' : ''}<w:r><w:t xml:space="preserve">${xmlText(line)}</w:t></w:r></w:p>`)
    return `<w:comment w:id="${id}" w:author="${xmlText(author)}"${at === null ? '' : ` w:date="${xmlText(at)}"`} w:initials="${xmlText([...author].slice(0, 2).join(''))}">${paragraphs.join('')}</w:comment>`
  })
  return xmlPart(`<w:comments ${names}>${inside.join('')}</w:comments>`)
}

/** The part that says who answers whom and what is settled; a comment is named by its last paragraph. */
export function commentsExtendedPart(threads: readonly WordThread[]): Uint8Array {
  let id = -1
  const inside = threads.flatMap(({ comments, isResolved }) => {
    let parent = ''
    return comments.map(({ body }, index) => {
      id += 1
      const own = paragraphId(id, body.split('\n').length - 1)
      const answers = index === 0 ? '' : ` w15:paraIdParent="${parent}"`
      if (index === 0) parent = own
      return `<w15:commentEx w15:paraId="${own}"${answers} w15:done="${isResolved ? 1 : 0}"/>`
    })
  })
  return xmlPart(`<w15:commentsEx ${names}>${inside.join('')}</w15:commentsEx>`)
}
