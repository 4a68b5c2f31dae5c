/** Stretches of a block as Word runs, pending revisions as Word's own where they are wanted.
 * Source: ECMA-376 part 1, 17.3.2, 17.11, 17.13.5 */
import type { FontRole, TextRun } from '@xiewen/shared/documents'
import { xmlText } from '../xml-text.ts'
import type { CommentWriter } from './comments.ts'
import { runXml, type RunLook } from './look.ts'

/** Who made a pending revision, and when (ISO 8601) as far as that is known. */
export interface ChangeMaker {
  readonly author: string
  readonly at: string | null
}

/** What writing runs needs and leaves behind. */
export interface RunWriter {
  /** Texts of footnotes, in order; the Word file numbers them. */
  readonly footnotes: string[]
  /** The makers of pending revisions (修订) by the id of the change; null writes the clean text (清稿). */
  readonly makers: ReadonlyMap<string, ChangeMaker> | null
  /** Ids of revisions given so far. */
  marks: number
  /** Comments (批注) to be written; null leaves them out. */
  readonly comments: CommentWriter | null
}

/** How the runs of a block look; `cut` is where the face changes, whose run is cut there. */
export interface RunsLook {
  readonly roleAt: (offset: number) => FontRole
  readonly sizePt: number
  readonly cut?: number
  /** Width of the letters as a share of their size. */
  readonly scale?: number
}

/** Whether a block has anything a revision would show, or a comment. */
export function hasChanges(writer: RunWriter, runs: readonly TextRun[]): boolean {
  if (writer.comments !== null && runs.some((run) => writer.comments?.has(run))) return true
  return writer.makers !== null && runs.some((run) => run.change !== undefined || run.reformatted !== undefined)
}

/** Runs of a block. */
export function runsXml(writer: RunWriter, runs: readonly TextRun[], look: RunsLook): string {
  let offset = 0
  const parts: string[] = []
  for (const run of runs) {
    const isDeleted = run.change?.kind === 'deletion'
    if (isDeleted && writer.makers === null) continue
    if (writer.comments) parts.push(writer.comments.before(run))
    const head = run.text.slice(0, Math.max(0, (look.cut ?? Number.POSITIVE_INFINITY) - offset))
    for (const text of [head, run.text.slice(head.length)]) {
      if (text !== '') parts.push(marked(writer, run, runXml(text, lookOf(writer, run, { role: look.roleAt(offset), sizePt: look.sizePt, ...(look.scale === undefined ? {} : { scale: look.scale }) }), isDeleted ? 'w:delText' : 'w:t')))
      if (!isDeleted) offset += text.length
    }
    if (run.footnote !== undefined) parts.push(marked(writer, run, footnoteMark(writer, run.footnote)))
    if (writer.comments) parts.push(writer.comments.behind(run))
  }
  return parts.join('')
}

function lookOf(writer: RunWriter, run: TextRun, look: RunLook): RunLook {
  const bold = run.bold ? { bold: true } : {}
  if (!run.reformatted || writer.makers === null) return { ...look, ...bold }
  const before = `<w:rPrChange ${markAttributes(writer, run.reformatted.id)}><w:rPr>${run.reformatted.bold ? '<w:b/>' : ''}</w:rPr></w:rPrChange>`
  return { ...look, ...bold, before }
}

function marked(writer: RunWriter, run: TextRun, xml: string): string {
  if (!run.change || writer.makers === null) return xml
  const name = run.change.kind === 'deletion' ? 'w:del' : 'w:ins'
  return `<${name} ${markAttributes(writer, run.change.id)}>${xml}</${name}>`
}

function markAttributes(writer: RunWriter, change: string): string {
  const maker = writer.makers?.get(change)
  writer.marks += 1
  const at = maker?.at ? ` w:date="${xmlText(maker.at)}"` : ''
  return `w:id="${writer.marks}" w:author="${xmlText(maker?.author ?? '')}"${at}`
}

/** Notes 0 and 1 of a Word file are its separators. */
function footnoteMark(writer: RunWriter, text: string): string {
  writer.footnotes.push(text)
  return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="${writer.footnotes.length + 1}"/></w:r>`
}
