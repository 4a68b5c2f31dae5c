/** Gives recognised text the format its source had: emphasis, footnotes and pending revisions. */
import type { TextRun } from '../model.ts'
import { mergeRuns, plainRuns } from './runs.ts'

/** The runs of `text` with the format of `source`.
 *
 * Recognition only takes characters away (numbers, brackets, blanks), mostly in front, so the two are aligned from their
 * ends. Pending deletions of the source are kept where they stood. Bold that covers a whole block is its style, not emphasis.
 *
 * @param source    the lines the text came from, deletions in
 * @param emphasis  whether the block may have bold words
 */
export function formattedRuns(text: string, source: readonly TextRun[], emphasis: boolean): readonly TextRun[] {
  if (!source.some((run) => run.change !== undefined || run.reformatted !== undefined || run.bold === true || run.footnote !== undefined)) return plainRuns(text)
  const isBold = emphasis && source.some((run) => (run.bold !== true || run.reformatted !== undefined) && run.change?.kind !== 'deletion' && run.text.trim() !== '')
  const aligned: TextRun[] = []
  let end = text.length
  let note: string | undefined
  for (const run of source.toReversed()) {
    const bold = isBold && run.bold === true ? { bold: true } : {}
    const change = { ...(run.change ? { change: run.change } : {}), ...(emphasis && run.reformatted ? { reformatted: run.reformatted } : {}) }
    if (run.change?.kind === 'deletion') aligned.push({ text: run.text, ...bold, ...change })
    else {
      const start = matchedFrom(text, end, run.text)
      // The note of a run that recognition took away whole stands behind what is left before it.
      note = run.footnote ?? note
      aligned.push({ text: text.slice(start, end), ...bold, ...change, ...(note === undefined || start === end ? {} : { footnote: note }) })
      if (start < end) note = undefined
      end = start
    }
  }
  aligned.push({ text: text.slice(0, end) })
  return mergeRuns(aligned.toReversed())
}

/** Where the part of `text` before `end` begins that the characters of `source` spell, from the last backwards; characters of
 * `source` that recognition took away are skipped. */
function matchedFrom(text: string, end: number, source: string): number {
  let at = end
  for (let index = source.length - 1; index >= 0 && at > 0; index -= 1) if (text.charAt(at - 1) === source.charAt(index)) at -= 1
  return at
}
