/** Rules measured on the pages: what stands where, in which face, colour and size. */
import { glyphPoint, type LaidOutPage, type LayoutFindingCode } from '../../layout/model.ts'
import type { Hit, LintRule, PageRule, PageScene } from '../model.ts'
import { allLines, linesOf, pageNumberOf, paper, type PrintLine, rulesOf } from '../page-lines.ts'

const standard = { level: 'national-standard', severity: 'error', scope: 'page' } as const

/** A rule that passes on what the layout engine itself remarks. */
function remarked(id: string, clause: string, code: LayoutFindingCode, severity: PageRule['severity']): PageRule {
  return {
    ...standard,
    id,
    clause,
    severity,
    check: ({ layout }) =>
      layout.findings
        .filter((finding) => finding.code === code)
        .map((finding) => ({ page: finding.page, ...(finding.block === null ? {} : { block: finding.block }), params: { page: finding.page } })),
  }
}

/** Rules C13 D23 F11 G01 G02 G05 G07 H12. */
export const pageRules: readonly LintRule[] = [
  remarked('C13', 'GB/T 9704-2012 7.3.2', 'layout.recipients-moved', 'hint'),
  remarked('D23', 'GB/T 9704-2012 7.3.3', 'layout.no-body-on-first-page', 'error'),
  remarked('F11', 'GB/T 9704-2012 7.3.5.5', 'layout.signature-alone', 'warning'),
  { ...standard, id: 'G01', clause: 'GB/T 9704-2012 5.2.1', check: marginHits },
  { ...standard, id: 'G02', clause: 'GB/T 9704-2012 5.2.2、7.3', severity: 'warning', check: faceHits },
  { ...standard, id: 'G05', clause: 'GB/T 9704-2012 7.5、10.1', check: pageNumberHits },
  { ...standard, id: 'G07', clause: 'GB/T 9704-2012 5.2.4', check: colourHits },
  {
    ...standard,
    id: 'H12',
    level: 'standard',
    clause: 'GB/T 15834-2011 5.1',
    severity: 'warning',
    check: lineEndHits,
  },
]

function blockOf(line: PrintLine): Pick<Hit, 'block'> {
  const [block] = line.blocks
  return block === undefined ? {} : { block }
}

/** A4, and nothing black outside the type area but the page number. */
function marginHits({ layout, document }: PageScene): readonly Hit[] {
  return layout.pages.flatMap((page, index): readonly Hit[] => {
    const isA4 = Math.abs(page.widthMm - paper.width) <= 2 && Math.abs(page.heightMm - paper.height) <= 2
    if (!isA4) return [{ page: index + 1, params: { page: index + 1, text: `${page.widthMm}×${page.heightMm}` } }]
    const lines = linesOf(page, index + 1)
    const number = pageNumberOf(lines)
    const isFirstLetter = document.elements.format === 'letter' && index === 0
    return lines
      .filter((line) => line !== number && line.runs.some((run) => run.ink === 'black') && isOutside(line, isFirstLetter))
      .slice(0, 1)
      .map((line): Hit => ({ page: index + 1, ...blockOf(line), params: { page: index + 1, text: line.text.slice(0, 20) } }))
      .concat(turnedOutside(page, index + 1))
  })
}

/** A table that lies across keeps to the same area of the sheet: its signs begin inside it. */
function turnedOutside(page: LaidOutPage, number: number): readonly Hit[] {
  const { left, right, top, bottom, tolerance } = paper
  const run = page.items.find((item) => item.kind === 'text' && item.turned === true && [...item.text].some((_sign, at) => {
    const { x, y } = glyphPoint(item, at, page)
    return x < left - tolerance || x > right + tolerance || y < top - tolerance || y > bottom + tolerance
  }))
  if (run?.kind !== 'text') return []
  return [{ page: number, ...(run.source === null ? {} : { block: run.source.block }), params: { page: number, text: run.text.slice(0, 20) } }]
}

/** The lower edge of the first page of a letter is the red line over its foot. */
function isOutside(line: PrintLine, isFirstLetter: boolean): boolean {
  const { left, right, top, bottom, tolerance } = paper
  const lowest = isFirstLetter ? 277 : bottom
  return (
    line.left < left - tolerance || line.right > right + tolerance || line.baseline < top - tolerance || line.baseline > lowest + tolerance
  )
}

const faces: Readonly<Record<string, { readonly role: string; readonly sizePt: number }>> = {
  title: { role: 'xiaobiaosong', sizePt: paper.two },
  recipients: { role: 'fangsong', sizePt: paper.three },
  paragraph: { role: 'fangsong', sizePt: paper.three },
  heading1: { role: 'heiti', sizePt: paper.three },
  heading2: { role: 'kaiti', sizePt: paper.three },
}

/** Faces and sizes of the main document. */
function faceHits({ layout, document, mainEnd }: PageScene): readonly Hit[] {
  const seen = new Set<number>()
  return allLines(layout).flatMap((line) =>
    line.runs.flatMap((run): readonly Hit[] => {
      const block = run.source ? document.blocks[run.source.block] : undefined
      if (!run.source || !block || run.source.block >= mainEnd || seen.has(run.source.block)) return []
      // A run of a heading that runs on is body from its first stop on; its first run is the heading.
      if (block.kind === 'heading' && run.source.offset > 0) return []
      const wanted = faces[block.kind === 'heading' ? `heading${block.level}` : block.kind]
      if (!wanted || (run.role === wanted.role && Math.abs(run.sizePt - wanted.sizePt) < 0.6)) return []
      if (/^[\d\s.,A-Za-z%]+$/.test(run.text)) return []
      seen.add(run.source.block)
      return [{ page: line.page, block: run.source.block, params: { page: line.page, text: run.text.slice(0, 20), fix: `${run.role} ${run.sizePt}pt` } }]
    }),
  )
}

/** — 1 — outside, odd pages right, even pages left; none on the first page of a letter nor on a page of its own for the imprint. */
function pageNumberHits({ layout, document }: PageScene): readonly Hit[] {
  const isLetter = document.elements.format === 'letter'
  const isAlone = layout.findings.some(({ code }) => code === 'layout.imprint-alone')
  // A long imprint (版记) takes several pages of its own.
  const textPages = isAlone ? layout.pages.findLastIndex((page) => page.blocks !== null) + 1 : layout.pages.length
  return layout.pages.flatMap((page, index): readonly Hit[] => {
    const number = index + 1
    const line = pageNumberOf(linesOf(page, number))
    const hit = (text: string): readonly Hit[] => [{ page: number, params: { page: number, text } }]
    const mayNot = (isLetter && number === 1) || number > textPages
    if (mayNot) return line ? hit(line.text) : []
    if (!line) return isBlank(page.items.length) ? [] : hit('')
    const isOutsideEdge = number % 2 === 1 ? line.left > paper.width / 2 : line.right < paper.width / 2
    const isDashed = line.text.replace(/\s/g, '') === `—${number}—`
    const isSized = line.runs.every((run) => Math.abs(run.sizePt - paper.four) < 0.6)
    return isOutsideEdge && isDashed && isSized ? [] : hit(line.text.trim())
  })
}

function isBlank(items: number): boolean {
  return items === 0
}

/** Red is for the mark and the lines of the heading. */
function colourHits({ layout }: PageScene): readonly Hit[] {
  const text = allLines(layout)
    .filter((line) => line.runs.some((run) => run.ink === 'red' && run.source !== null))
    .map((line): Hit => ({ page: line.page, ...blockOf(line), params: { page: line.page, text: line.text.slice(0, 20) } }))
  const later = layout.pages.slice(1).flatMap((page, index): readonly Hit[] =>
    rulesOf(page).some((rule) => rule.ink === 'red') ? [{ page: index + 2, params: { page: index + 2, text: '—' } }] : [],
  )
  return [...text, ...later]
}

const noHead = /^[，。、；：？！）〕】》〉”’…％]/
const noTail = /[（〔【《〈“‘]$/

/** 避头尾: no closing mark begins a line, no opening mark ends one. */
function lineEndHits({ layout }: PageScene): readonly Hit[] {
  return allLines(layout)
    .filter((line) => line.blocks.size === 1 && line.left < paper.left + 1 && (noHead.test(line.text) || noTail.test(line.text)))
    .map((line) => ({ page: line.page, ...blockOf(line), params: { page: line.page, text: line.text.slice(0, 10) } }))
}
