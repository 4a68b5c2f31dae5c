/** What the readers of one Word file share. */
import type { ImportTopic, ReportWriter } from '@xiewen/shared/documents'
import type { CommentRanges } from './comments.ts'
import { type ForeignChange, foreignChange } from '../foreign-change.ts'
import { importLimits } from '../limits.ts'
import type { XmlElement } from '../xml.ts'
import type { NumberPrinter } from './numbering.ts'
import type { Styles } from './styles.ts'

/** A Word file being read. */
export interface WordScene {
  readonly styles: Styles
  readonly numbers: NumberPrinter
  readonly report: ReportWriter
  /** Text of foot- and endnotes by kind and id, e.g. `footnote 2`. */
  readonly notes: ReadonlyMap<string, string>
  readonly revisions: RevisionCounter
  readonly pictures: PictureShelf
  readonly comments: CommentRanges
  /** Tables in sections whose pages lie across. */
  readonly across: ReadonlySet<XmlElement>
  /** Number of the paragraph that is read, from 1; what the report calls a line. */
  line: number
}

/** The pictures of one Word file. */
export interface PictureShelf {
  /** Bytes of the part a relation names; null when there is none inside the file.
   *
   * @throws Unreadable when it is larger than the limits
   */
  bytesOf(relation: string): Uint8Array | null
  /** Those that became figures, by digest. */
  readonly taken: Map<string, Uint8Array>
}

/** Gives each revision an id and counts them by their author. */
export interface RevisionCounter {
  /** The id of the change a `w:ins`, `w:del` or `w:rPrChange` belongs to. Neighbours of one author and time are one. */
  idOf(element: XmlElement, kind: RevisionKind): string
  readonly authors: ReadonlyMap<string, RevisionCounts>
  /** What the file says of its revisions. */
  readonly foreign: readonly ForeignChange[]
}

/** What a revision does. */
export type RevisionKind = 'insertion' | 'deletion' | 'format'

/** Revisions of one author. */
export type RevisionCounts = Readonly<Record<RevisionKind, number>>

const noRevisions: RevisionCounts = { insertion: 0, deletion: 0, format: 0 }

/** Whoever imports stands for the revisions of a file: what a file says of its authors proves nothing. */
export const importedPerson = 'import'

/** A counter at the beginning of a file.
 *
 * @param fileMark tells this file from others, so that a revision is known by its id wherever its text goes
 */
export function revisionCounter(fileMark: string): RevisionCounter {
  const authors = new Map<string, RevisionCounts>()
  const foreign: ForeignChange[] = []
  let last = ''
  let serial = 0
  return {
    authors,
    foreign,
    idOf(element, kind) {
      const author = element.attributes.get('w:author') ?? ''
      const key = `${author} ${element.attributes.get('w:date') ?? ''} ${kind}`
      if (key !== last) {
        serial += 1
        last = key
        const counts = authors.get(author) ?? noRevisions
        authors.set(author, { ...counts, [kind]: counts[kind] + 1 })
        const said = foreignChange(`w${fileMark}-${serial}`, author, element.attributes.get('w:date') ?? '')
        if (said && foreign.length < importLimits.revisions) foreign.push(said)
      }
      return `${importedPerson}:w${fileMark}-${serial}`
    },
  }
}

/** Names what was left out. */
export function drop(scene: WordScene, topic: ImportTopic, text: string): void {
  scene.report.dropped.push({ topic, line: scene.line, text: text.slice(0, 500) })
}

/** Names what was guessed. */
export function guess(scene: WordScene, topic: ImportTopic, text: string): void {
  scene.report.guessed.push({ topic, line: scene.line, text: text.slice(0, 200) })
}
