/** Word files (DOCX): from bytes to lines the recogniser understands. */
import { type ImportEntry, kindOfTitle, type ReportWriter, type SourceLine } from '@xiewen/shared/documents'
import { childOf, childrenOf, descendantsOf, type XmlElement } from '../xml.ts'
import { readBlocks } from './body.ts'
import { textBelow } from './inline.ts'
import { readNumbering } from './numbering.ts'
import { openWordPackage, type WordPackage } from './package.ts'
import { drop, revisionCounter, type WordScene } from './scene.ts'
import { readStyles } from './styles.ts'

/** Reads a Word file; what was left out of it stands in the report.
 *
 * @throws Unreadable when it is damaged, dangerous or larger than the limits
 */
export function readDocx(file: Uint8Array, report: ReportWriter): readonly SourceLine[] {
  const opened = openWordPackage(file)
  const scene: WordScene = {
    styles: readStyles(opened.part('styles')),
    numbers: readNumbering(opened.part('numbering')),
    notes: new Map([...notesIn(opened, 'footnote'), ...notesIn(opened, 'endnote')]),
    revisions: revisionCounter(),
    report,
    line: 0,
  }
  report.dropped.push(...opened.dropped)
  const lines = readBlocks(scene, childOf(opened.main, 'w:body') ?? opened.main)
  scene.line = 0
  reportComments(scene, opened)
  reportRunningHeads(scene, opened)
  report.guessed.push(...revisionEntries(scene))
  return markTitle(lines)
}

function notesIn(opened: WordPackage, kind: 'footnote' | 'endnote'): readonly (readonly [string, string])[] {
  return childrenOf(opened.part(`${kind}s`) ?? undefined, `w:${kind}`).map((note) => [`${kind} ${note.attributes.get('w:id') ?? ''}`, wordsOf(note)])
}

/** The words of a part of its own, paragraphs run together. */
function wordsOf(part: XmlElement): string {
  return descendantsOf(part, 'w:t').map(textBelow).join('').trim()
}

function reportComments(scene: WordScene, opened: WordPackage): void {
  for (const comment of childrenOf(opened.part('comments') ?? undefined, 'w:comment')) {
    drop(scene, 'comment', `${comment.attributes.get('w:author') ?? ''}：${wordsOf(comment)}`)
  }
}

/** Page numbers are made by the layout; anything else in a header or footer is named. */
function reportRunningHeads(scene: WordScene, opened: WordPackage): void {
  const heads = [...opened.parts('header'), ...opened.parts('footer')].map(wordsOf)
  for (const text of new Set(heads)) if (!/^[\s\d—－–\-·.第页共/]*$/.test(text)) drop(scene, 'running-head', text)
}

function revisionEntries(scene: WordScene): readonly ImportEntry[] {
  return [...scene.revisions.authors].map(([author, { insertions, deletions }]) => ({ topic: 'revision', line: 0, text: `${author} +${insertions} −${deletions}` }))
}

/** A document’s title often has the style Heading 1: the first such paragraph that names a kind (文种) is taken for it. */
function markTitle(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (lines.some((line) => line.hint?.title)) return lines
  const first = lines.findIndex((line) => line.hint?.level !== undefined)
  const found = lines[first]
  if (!found || first > 12 || kindOfTitle(found.text) === null) return lines
  return lines.map((line, index) => (index === first ? { ...line, hint: { title: true } } : line))
}
