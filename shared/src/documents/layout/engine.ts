/** The layout engine: an official document and the widths of its faces in, positioned pages out. Pure: the same document,
 * metrics and options give the same layout on every machine. Source: GB/T 9704-2012 */
import type { Block, OfficialDocument } from '../model.ts'
import { cleanText } from '../model.ts'
import { firstTitle } from './annex.ts'
import { bodyPieces } from './body.ts'
import { glyph3, lead, linesPerPage, oneLine, pitchOf, sheet, typeArea } from './geometry.ts'
import { createTypesetter, type Footnote, type Typesetter } from './glyphs.ts'
import { layOutHead } from './head.ts'
import type { ImprintPart } from './imprint.ts'
import { layOutImprint, pageNumber } from './imprint.ts'
import type { LayoutMemory } from './memory.ts'
import { createLayoutMemory } from './memory.ts'
import type { BlockRole, FontMetrics, FontRole, LaidOutPage, Layout, LayoutFinding, LayoutFindingCode, PageItem, SealAnchor } from './model.ts'
import { noteLines, notesHeight, paintNotes } from './notes.ts'
import type { LayoutOptions } from './options.ts'
import { moveDown } from './paint.ts'
import type { DraftPage } from './paginate.ts'
import { blocksOn, draftPage, dropEmptyEnd, paginate, paintPage, snapNearest } from './paginate.ts'
import type { FlowPlan } from './pieces.ts'
import type { BodyScene } from './scene.ts'

/** Air between the last line and the imprint (mm). */
const imprintAir = 3

/** Lays out a document on A4 pages.
 *
 * @param document its derived numbers and labels are made here, never taken from the text
 * @param metrics widths of the faces in use (em); a sign without a face takes one em and is reported
 * @param options see `LayoutOptions`; all defaults follow the standard
 * @param memory lines kept from the last layout of nearly the same text; only what changed is broken into lines again
 * @returns pages in mm, painted when their items are read, remarks, missing signs and the fingerprint of the faces
 */
export function layoutDocument(document: OfficialDocument, metrics: FontMetrics, options: LayoutOptions = {}, memory: LayoutMemory = createLayoutMemory()): Layout {
  const setter = createTypesetter(metrics, options.showChanges)
  memory.begin(setter)
  const attempt = (plan: FlowPlan): Draft => compose({ setter, document, options, plan, memory })
  const draft = settle(attempt)
  const pages = finish(draft, setter, memory)
  const alone = pages.length > draft.pages.length ? [finding('layout.imprint-alone', pages.length)] : []
  let blocks: readonly BlockRole[] | null = null
  return {
    pages,
    // Read by renderers of whole documents, not after every key.
    get blocks() {
      blocks ??= document.blocks.map(roleOf)
      return blocks
    },
    findings: [...draft.findings, ...alone, ...missingFindings(setter.missing)],
    missing: listMissing(setter.missing),
    fingerprint: metrics.fingerprint,
  }
}

function roleOf(block: Block): BlockRole {
  if (block.kind === 'heading') return { kind: block.kind, level: block.level }
  if (block.kind !== 'table') return { kind: block.kind }
  let at = 0
  const rows = block.rows.map((row) => ({
    header: row.header,
    ends: row.cells.map((cell) => {
      const end = at + cell.runs.reduce((sum, run) => sum + run.text.length, 0)
      at = end + 1
      return end
    }),
  }))
  return { kind: block.kind, rows }
}

interface Draft {
  readonly pages: readonly DraftPage[]
  readonly imprint: readonly ImprintPart[]
  readonly findings: readonly LayoutFinding[]
  readonly hasBodyFirst: boolean
  readonly hasRecipients: boolean
  /** Several organs stand in the mark: it can be made smaller. */
  readonly hasJointMark: boolean
  readonly isClosingAlone: boolean
  readonly evenPages: boolean
  readonly isLetter: boolean
}

const normal: FlowPlan = { lines: linesPerPage, carried: 0, recipientsInImprint: false, markShare: 1 }
/** Sizes a joint mark is tried in when it leaves no room for text on the first page. */
const smallerMarks = [0.85, 0.7, 0.6, 0.5] as const
/** Tried in this order when 署名 and date would stand alone. Source: GB/T 9704-2012 7.3.5.5 */
const tighter: readonly Pick<FlowPlan, 'lines' | 'carried'>[] = [
  { lines: 23, carried: 0 },
  { lines: 21, carried: 0 },
  { lines: 24, carried: 0 },
  { lines: 20, carried: 0 },
  { lines: 22, carried: 2 },
  { lines: 22, carried: 1 },
]

/** Chooses the plan: a joint mark is made smaller, then 主送 goes to the imprint when there is no room for text, spacing gives way to
 * keep the closing in company. */
function settle(attempt: (plan: FlowPlan) => Draft): Draft {
  let plan = normal
  let draft = attempt(plan)
  const notes: LayoutFinding[] = []
  for (const markShare of !draft.hasBodyFirst && draft.hasJointMark ? smallerMarks : []) {
    plan = { ...plan, markShare }
    draft = attempt(plan)
    if (draft.hasBodyFirst) break
  }
  if (plan.markShare < 1) notes.push(finding('layout.mark-reduced', 1))
  if (!draft.hasBodyFirst && draft.hasRecipients) {
    const moved = attempt({ ...plan, recipientsInImprint: true })
    if (moved.hasBodyFirst) {
      plan = { ...plan, recipientsInImprint: true }
      draft = moved
      notes.push(finding('layout.recipients-moved', 1))
    }
  }
  if (draft.isClosingAlone) {
    for (const change of tighter) {
      const next = attempt({ ...plan, ...change })
      if (next.isClosingAlone || (draft.hasBodyFirst && !next.hasBodyFirst)) continue
      const code = change.carried > 0 ? 'layout.lines-carried' : 'layout.spacing-adjusted'
      notes.push(finding(code, next.pages.length, { lines: change.carried > 0 ? change.carried : change.lines }))
      return { ...next, findings: [...next.findings, ...notes] }
    }
  }
  return { ...draft, findings: [...draft.findings, ...notes] }
}

function finding(code: LayoutFindingCode, page: number, params: LayoutFinding['params'] = {}, block: number | null = null): LayoutFinding {
  return { code, page, block, params }
}

/** Lays the whole document out by one plan. */
function compose(scene: BodyScene): Draft {
  const { document, plan, setter } = scene
  const { format } = document.elements
  const head = layOutHead(setter, document.elements, plan.markShare)
  const opening = openPage(scene, head.textTop)
  const first = draftPage(opening.y)
  first.items.push(...head.items, ...opening.items)
  const pages = fill(scene, first)
  const imprint = layOutImprint(setter, document, plan.recipientsInImprint)
  const alone = pages.findIndex((page) => page.hasClosing && !page.hasBody)
  const wantsBody = document.blocks.some((block) => ['paragraph', 'heading', 'article', 'table', 'figure'].includes(block.kind))
  const hasBodyFirst = !wantsBody || (pages[0]?.hasBody ?? false)
  const findings = [
    ...(head.isMarkTooLong ? [finding('layout.mark-too-long', 1)] : []),
    ...(format === 'order' && titleBlock(document) >= 0 && !isNameOfOrder(document) ? [finding('layout.title-omitted', 1, {}, titleBlock(document))] : []),
    ...(hasBodyFirst ? [] : [finding('layout.no-body-on-first-page', 1)]),
    ...(alone < 0 ? [] : [finding('layout.signature-alone', alone + 1, {}, pages[alone]?.closingBlock ?? null)]),
    ...sealFindings(pages),
  ]
  const hasRecipients = document.blocks.some((block) => block.kind === 'recipients' && cleanText(block.runs) !== '')
  const hasJointMark = format === 'general' && document.elements.issuers.length > 1
  return { pages, imprint, findings, hasBodyFirst, hasRecipients, hasJointMark, isClosingAlone: alone >= 0, evenPages: document.elements.imprintPage === 'even', isLetter: format === 'letter' }
}

/** Fills the pages; with ordinary spacing only those that differ from last time. */
function fill(scene: BodyScene, first: DraftPage): readonly DraftPage[] {
  const { plan, setter, memory } = scene
  const isOrdinary = plan.lines === linesPerPage && plan.carried === 0
  const filled = paginate(first, bodyPieces(scene), { plan, noteLines: (note: Footnote) => noteLines(setter, note), before: isOrdinary ? memory.pages : null })
  if (isOrdinary) memory.pages = filled
  return dropEmptyEnd(filled.pages)
}

function titleBlock(document: OfficialDocument): number {
  return document.blocks.findIndex((block) => block.kind === 'title' && cleanText(block.runs) !== '')
}

/** Whether the title is the name an order is filed under (关于公布《…》的令), which nobody expects on its page. */
function isNameOfOrder(document: OfficialDocument): boolean {
  const title = document.blocks[titleBlock(document)]
  return title?.kind === 'title' && /令$/u.test(cleanText(title.runs).trim())
}

/** The title under the heading, and where the first line of text begins: on the page's grid, so that the last line of every
 * page ends at the type area. What the grid takes or gives is shared between the spaces above and below the title. */
function openPage(scene: BodyScene, top: number): { readonly items: readonly PageItem[]; readonly y: number } {
  const pitch = pitchOf(scene.plan.lines)
  const title = scene.document.elements.format === 'order' ? null : firstTitle(scene)
  if (!title) return { items: [], y: snapNearest(top, pitch) }
  // 题注 belongs to the title: the blank line stands below it.
  const isNoted = scene.document.blocks[title.block + 1]?.kind === 'title-note'
  const natural = top + title.heightMm + (isNoted ? 0 : oneLine) + lead
  const y = snapNearest(natural, pitch)
  const shift = (y - natural) / 2
  return { items: title.items.map((item) => moveDown(item, top + shift)), y }
}

function sealFindings(pages: readonly DraftPage[]): readonly LayoutFinding[] {
  return pages.flatMap((page, index) =>
    sealsOn(page).flatMap((item) => {
      const [halfX, halfY] = [item.widthMm / 2, item.heightMm / 2]
      const isInside = item.centreX - halfX >= typeArea.left - 0.01 && item.centreX + halfX <= typeArea.right + 0.01
      const isOnPage = item.centreY - halfY >= typeArea.top - 0.01 && item.centreY + halfY <= sheet.height - 10
      return isInside && isOnPage ? [] : [finding('layout.seal-outside', index + 1, { organ: item.organ })]
    }),
  )
}

function sealsOn(page: DraftPage): readonly SealAnchor[] {
  if (!page.hasClosing) return []
  return page.placed.flatMap(({ piece, y }) =>
    piece.kind === 'solid' && piece.isClosing ? piece.items.flatMap((item) => (item.kind === 'seal-anchor' ? [{ ...item, centreY: item.centreY + y }] : [])) : [],
  )
}

/** Puts the imprint on its page and the numbers on those that carry one. */
function finish(draft: Draft, setter: Typesetter, memory: LayoutMemory): readonly LaidOutPage[] {
  const pages = [...draft.pages]
  const { imprint } = draft
  const textPages = pages.length
  const last = imprint.at(-1)
  if (last !== undefined) {
    // Higher than a page, it begins at the top of one of its own and ends, as ever, at the foot of the last.
    if (imprint.length > 1) pages.push(...imprint.map(() => draftPage()))
    else if (!hasRoomFor(last, pages.at(-1))) pages.push(draftPage())
    if (draft.evenPages && pages.length % 2 === 1) pages.splice(textPages, 0, draftPage())
  }
  return pages.map((page, index): LaidOutPage => {
    const isNumbered = index < textPages && !(draft.isLetter && index === 0)
    const part = imprint[index - (pages.length - imprint.length)]
    const partTop = part === undefined ? typeArea.bottom : part === last ? typeArea.bottom - part.heightMm : typeArea.top
    const make = (own: Typesetter): LaidOutPage => {
      const number = (): readonly PageItem[] => (isNumbered ? pageNumber(own, index + 1) : [])
      // The first ten numbers have every digit: what no face has is noted by them, the others are set when their page is painted.
      if (index < 10) number()
      return lazyPage(blocksOn(page), () => [
        ...paintPage(page),
        ...paintNotes(page.notes, part === undefined ? typeArea.bottom : partTop - imprintAir),
        ...(part === undefined ? [] : part.items.map((item) => moveDown(item, partTop))),
        ...number(),
      ])
    }
    return part !== undefined ? make(setter) : memory.painted(page, [index, isNumbered], setter, make)
  })
}

function hasRoomFor(imprint: ImprintPart, page: DraftPage | undefined): boolean {
  if (!page || page.placed.some(({ piece }) => piece.kind === 'solid' && piece.turned)) return false
  const bottom = Math.max(page.y - (pitchOf(linesPerPage) - glyph3), page.sealBottom)
  return bottom + notesHeight(page.notes.length) + imprintAir <= typeArea.bottom - imprint.heightMm
}

/** A page that is painted when it is first looked at: of a long document only a few pages are. */
function lazyPage(blocks: LaidOutPage['blocks'], paint: () => readonly PageItem[]): LaidOutPage {
  let painted: readonly PageItem[] | null = null
  return {
    blocks: blocks ?? null,
    widthMm: sheet.width,
    heightMm: sheet.height,
    get items() {
      painted ??= paint()
      return painted
    },
  }
}

function listMissing(missing: ReadonlyMap<FontRole, ReadonlySet<string>>): Layout['missing'] {
  return [...missing].map(([role, chars]) => ({ role, text: [...chars].join('') }))
}

function missingFindings(missing: ReadonlyMap<FontRole, ReadonlySet<string>>): readonly LayoutFinding[] {
  return listMissing(missing).map(({ role, text }) => finding('layout.missing-glyph', 1, { role, text }))
}
