/** Marks on a page that are no part of it: lines under what the checker found. */
import { type Finding, type GlyphRun, offsetInFullText, type OfficialDocument, type PageItem } from '@xiewen/shared/documents'

/** A stretch of the text that is marked on the pages; UTF-16 offsets as the layout counts them. */
export interface MarkedStretch {
  readonly block: number
  readonly from: number
  readonly to: number
  readonly tone: Finding['severity']
}

/** A straight mark in mm on the sheet (in the turned frame for a turned run). */
export interface PageMark {
  readonly x1: number
  readonly x2: number
  readonly y: number
  readonly tone: Finding['severity']
  readonly turned: boolean
}

const mmPerPt = 25.4 / 72

/** Stretches of the findings that lie in lines of text; those about elements and in tables have none. */
export function stretchesOf(document: OfficialDocument, findings: readonly Finding[]): readonly MarkedStretch[] {
  return findings.flatMap((finding): readonly MarkedStretch[] => {
    const block = finding.block === null ? undefined : document.blocks[finding.block]
    if (finding.block === null || !block || block.kind === 'table') return []
    const index = finding.block
    const spots = finding.spots.length > 0 ? finding.spots : [{ from: finding.from, to: finding.to }]
    return spots.flatMap(({ from, to }) =>
      to > from ? [{ block: index, from: offsetInFullText(block.runs, from), to: offsetInFullText(block.runs, to - 1) + 1, tone: finding.severity }] : [],
    )
  })
}

/** The marks under those stretches on one page. */
export function marksOn(items: readonly PageItem[], stretches: readonly MarkedStretch[]): readonly PageMark[] {
  if (stretches.length === 0) return []
  const byBlock = new Map<number, MarkedStretch[]>()
  for (const each of stretches) byBlock.set(each.block, [...(byBlock.get(each.block) ?? []), each])
  return items.flatMap((item) => {
    if (item.kind !== 'text' || !item.source) return []
    return (byBlock.get(item.source.block) ?? []).flatMap((stretch) => markUnder(item, stretch))
  })
}

function markUnder(run: GlyphRun, stretch: MarkedStretch): readonly PageMark[] {
  let offset = run.source?.offset ?? 0
  let [left, right] = [Infinity, -Infinity]
  const em = run.sizePt * mmPerPt
  for (const [index, char] of [...run.text].entries()) {
    const x = run.x[index] ?? 0
    if (offset >= stretch.from && offset < stretch.to) {
      left = Math.min(left, x)
      right = Math.max(right, run.x[index + 1] ?? x + em)
    }
    offset += char.length
  }
  return left < right ? [{ x1: left, x2: right, y: run.baseline + em * 0.2, tone: stretch.tone, turned: run.turned === true }] : []
}
