/** Word files (DOCX): from bytes to lines the recogniser understands. */
import { digestOf } from '../../../platform/blobs/blobs.ts'
import { type ImportEntry, kindOfTitle, type ReportWriter, type SourceLine } from '@xiewen/shared/documents'
import type { ForeignChange } from '../foreign-change.ts'
import type { ForeignThread } from '../foreign-comment.ts'
import { childOf, childrenOf, descendantsOf, type XmlElement } from '../xml.ts'
import { readBlocks } from './body.ts'
import { CommentReader } from './comments.ts'
import { textBelow } from './inline.ts'
import { readNumbering } from './numbering.ts'
import { openWordPackage, type WordPackage } from './package.ts'
import { shelfOf } from './pictures.ts'
import { drop, revisionCounter, type WordScene } from './scene.ts'
import { readStyles } from './styles.ts'

/** The text of a Word file. */
export interface WordText {
  readonly lines: readonly SourceLine[]
  /** Bytes of the pictures its figures show, by digest. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
  /** What it says of its revisions. */
  readonly foreign: readonly ForeignChange[]
  /** Its comments. */
  readonly threads: readonly ForeignThread[]
  /** Tells this file from others. */
  readonly mark: string
}

/** Reads a Word file; what was left out of it stands in the report.
 *
 * @throws Unreadable when it is damaged, dangerous or larger than the limits
 */
export function readDocx(file: Uint8Array, report: ReportWriter): WordText {
  const opened = openWordPackage(file)
  const body = childOf(opened.main, 'w:body') ?? opened.main
  const comments = new CommentReader()
  const mark = digestOf(file).slice(0, 16)
  const scene: WordScene = {
    styles: readStyles(opened.part('styles')),
    numbers: readNumbering(opened.part('numbering')),
    notes: new Map([...notesIn(opened, 'footnote'), ...notesIn(opened, 'endnote')]),
    revisions: revisionCounter(mark),
    pictures: shelfOf(opened),
    comments,
    across: tablesAcross(body),
    report,
    line: 0,
  }
  report.dropped.push(...opened.dropped)
  const lines = readBlocks(scene, body)
  scene.line = 0
  const threads = commentsOf(scene, comments, opened)
  reportRunningHeads(scene, opened)
  report.guessed.push(...revisionEntries(scene))
  return { lines: markTitle(lines), pictures: scene.pictures.taken, foreign: scene.revisions.foreign, threads, mark }
}

/** A section ends with the paragraph that holds its properties; those of the last stand at the end of the body. */
function tablesAcross(body: XmlElement): ReadonlySet<XmlElement> {
  const across = new Set<XmlElement>()
  let tables: XmlElement[] = []
  for (const child of childrenOf(body)) {
    if (child.name === 'w:tbl') tables.push(child)
    const section = child.name === 'w:sectPr' ? child : childOf(childOf(child, 'w:pPr'), 'w:sectPr')
    if (section === undefined) continue
    if (isAcross(section)) for (const table of tables) across.add(table)
    tables = []
  }
  return across
}

function isAcross(section: XmlElement): boolean {
  const page = childOf(section, 'w:pgSz')?.attributes
  return page?.get('w:orient') === 'landscape' || Number(page?.get('w:w') ?? 0) > Number(page?.get('w:h') ?? 0)
}

function notesIn(opened: WordPackage, kind: 'footnote' | 'endnote'): readonly (readonly [string, string])[] {
  return childrenOf(opened.part(`${kind}s`) ?? undefined, `w:${kind}`).map((note) => [`${kind} ${note.attributes.get('w:id') ?? ''}`, wordsOf(note)])
}

/** The words of a part of its own, paragraphs run together. */
function wordsOf(part: XmlElement): string {
  return descendantsOf(part, 'w:t').map(textBelow).join('').trim()
}

/** Comments by their writers for the report; what does not fit is named word by word. */
function commentsOf(scene: WordScene, reader: CommentReader, opened: WordPackage): readonly ForeignThread[] {
  const { threads, left } = reader.threads(opened)
  for (const text of left) drop(scene, 'comment', text)
  const counts = new Map<string, number>()
  for (const { author } of threads.flatMap((thread) => thread.comments)) counts.set(author, (counts.get(author) ?? 0) + 1)
  for (const [author, count] of counts) scene.report.recognised.push({ topic: 'comment-kept', line: 0, text: `${author} ${count}` })
  return threads
}

/** Page numbers are made by the layout; anything else in a header or footer is named. */
function reportRunningHeads(scene: WordScene, opened: WordPackage): void {
  const heads = [...opened.parts('header'), ...opened.parts('footer')].map(wordsOf)
  for (const text of new Set(heads)) if (!/^[\s\d—－–\-·.第页共/]*$/.test(text)) drop(scene, 'running-head', text)
}

function revisionEntries(scene: WordScene): readonly ImportEntry[] {
  return [...scene.revisions.authors].map(([author, { insertion, deletion, format }]) => ({ topic: 'revision', line: 0, text: `${author} +${insertion} −${deletion}${format > 0 ? ` ~${format}` : ''}` }))
}

/** A document’s title often has the style Heading 1: the first such paragraph that names a kind (文种) is taken for it. */
function markTitle(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (lines.some((line) => line.hint?.title)) return lines
  const first = lines.findIndex((line) => line.hint?.level !== undefined)
  const found = lines[first]
  if (!found || first > 12 || kindOfTitle(found.text) === null) return lines
  return lines.map((line, index) => (index === first ? { ...line, hint: { title: true } } : line))
}
