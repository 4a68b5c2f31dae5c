/** A document begun from a template: the organ's name put in, the title set, one signature for each issuing organ. */
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { organToken } from './model.ts'

/** What is known when a document is begun. */
export interface Beginning {
  /** The organ the drafter works in. */
  readonly organName: string
  /** The organs of a joint document (联合行文), 主办 first; empty for a document of the drafter's organ, or as the template says. */
  readonly issuers: readonly string[]
  /** Empty keeps the template's. */
  readonly title: string
}

/** The document a template begins. Every token is replaced; nothing else of the template's words changes. */
export function beginDocument(template: OfficialDocument, beginning: Beginning): OfficialDocument {
  const fill = (text: string): string => text.replaceAll(organToken, beginning.organName)
  const { elements } = template
  const written = elements.issuers.map(fill)
  const issuers = beginning.issuers.length > 0 ? beginning.issuers : written.length > 0 ? written : [beginning.organName]
  const isUpward = elements.direction === 'up'
  return {
    ...template,
    elements: {
      ...elements,
      issuers: [...issuers],
      number: null,
      printedOn: null,
      printedBy: fill(elements.printedBy),
      copyTo: elements.copyTo.map(fill),
      signers: isUpward ? [...elements.signers] : [],
      signerPost: fill(elements.signerPost),
      attendees: fill(elements.attendees),
      absentees: fill(elements.absentees),
      observers: fill(elements.observers),
    },
    blocks: template.blocks.flatMap((block) => beginBlock(block, { fill, issuers, title: beginning.title })),
  }
}

interface Filling {
  readonly fill: (text: string) => string
  readonly issuers: readonly string[]
  readonly title: string
}

function beginBlock(block: Block, { fill, issuers, title }: Filling): readonly Block[] {
  if (block.kind === 'table') {
    const rows = block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, runs: filled(cell.runs, fill) })) }))
    return [{ ...block, rows }]
  }
  if (block.kind === 'title' && title !== '') return [{ ...block, runs: [{ text: title }] }]
  // One signature for each organ: the token alone stands for whoever issues.
  if (block.kind === 'signature' && block.runs.map((run) => run.text).join('') === organToken) {
    return issuers.map((organ) => ({ kind: 'signature', runs: [{ text: organ }] }))
  }
  return [{ ...block, runs: filled(block.runs, fill) }]
}

function filled(runs: readonly TextRun[], fill: (text: string) => string): readonly TextRun[] {
  return runs.map((run) => ({ ...run, text: fill(run.text) }))
}

/** The other way round: a document made into a template. The organ's name becomes the token, dates, number, revisions and figures
 * go, because they belong to that one document. */
export function templateOfDocument(document: OfficialDocument, organName: string): OfficialDocument {
  const open = (text: string): string => (organName === '' ? text : text.replaceAll(organName, organToken))
  const { elements } = document
  const runsOf = (runs: readonly TextRun[]): readonly TextRun[] =>
    runs.flatMap((run) => (run.change?.kind === 'deletion' ? [] : [{ text: open(run.text), ...(run.bold ? { bold: true } : {}) }]))
  return {
    version: document.version,
    elements: {
      ...elements,
      issuers: elements.issuers.map(open),
      number: null,
      printedOn: null,
      copyNumber: '',
      urgency: 'none',
      signers: [],
      printedBy: open(elements.printedBy),
      copyTo: elements.copyTo.map(open),
    },
    blocks: document.blocks.flatMap((block): readonly Block[] => {
      if (block.kind === 'figure') return []
      if (block.kind === 'date') return [{ kind: 'date', runs: [] }]
      if (block.kind !== 'table') return [{ ...shapeOf(block), runs: runsOf(block.runs) }]
      return [{ ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, runs: runsOf(cell.runs) })) })) }]
    }),
  }
}

/** A block without a proposal to make it something else. */
function shapeOf<B extends Exclude<Block, { kind: 'table' | 'figure' }>>(block: B): B {
  const { reshaped: _proposal, ...rest } = block
  // Safe because `reshaped` is optional in every shape.
  return rest as B
}
