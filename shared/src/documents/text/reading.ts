/** The reading position in the body of a typed document. */
import type { HeadingCounter, ProvisionCounter } from '../gongwen/numbering.ts'
import type { DraftBlock, DraftElements, DraftKind } from './draft.ts'
import { draftBlock } from './draft.ts'
import type { SourceLine } from './lines.ts'
import type { ImportTopic, ReportWriter } from './report.ts'

/** The reading position and what has been read. */
export interface Reading {
  readonly lines: readonly SourceLine[]
  readonly blocks: DraftBlock[]
  readonly elements: DraftElements
  readonly report: ReportWriter
  readonly counter: HeadingCounter
  readonly provisions: ProvisionCounter
  /** Bare names an attachment may be headed with: those in 附件说明 and the text a notice issues. */
  readonly names: Set<string>
  /** A date of issue has been read and no attachment has begun. */
  isSigned: boolean
  isAnnex: boolean
}

/** A reader takes the line at `index` and says how many lines it took; 0 when the line is none of its kind. */
export type LineReader = (reading: Reading, line: SourceLine, index: number) => number

/** Adds a recognised block and says so in the report. */
export function pushRecognised(
  reading: Reading,
  kind: DraftKind,
  topic: ImportTopic,
  source: { text: string; line: number },
): void {
  reading.report.recognised.push({ topic, line: source.line, text: source.text })
  reading.blocks.push(draftBlock(kind, source.text, source.line))
}
