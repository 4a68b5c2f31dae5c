/** The layout engine: an official document and the widths of its faces in, positioned pages out. Pure: the same document,
 * metrics and options give the same layout on every machine. Source: GB/T 9704-2012 */
import type { OfficialDocument } from '../model.ts'
import { cleanText } from '../model.ts'
import type { BodyScene } from './body.ts'
import { bodyPieces, firstTitle } from './body.ts'
import { glyph3, lead, linesPerPage, oneLine, pitchOf, sheet, typeArea } from './geometry.ts'
import type { Typesetter } from './glyphs.ts'
import { layOutHead } from './head.ts'
import type { Imprint } from './imprint.ts'
import { layOutImprint, pageNumber } from './imprint.ts'
import type { FontMetrics, FontRole, LaidOutPage, Layout, LayoutFinding, LayoutFindingCode } from './model.ts'
import type { LayoutOptions } from './options.ts'
import { moveDown } from './paint.ts'
import type { DraftPage } from './paginate.ts'
import { draftPage, paginate, sealBottom, snapNearest } from './paginate.ts'
import type { FlowPlan } from './pieces.ts'

/** Air between the last line and the imprint (mm). */
const imprintAir = 3

/** Lays out a document on A4 pages.
 *
 * @param document its derived numbers and labels are made here, never taken from the text
 * @param metrics widths of the faces in use (em); a sign without a face takes one em and is reported
 * @param options see `LayoutOptions`; all defaults follow the standard
 * @returns pages in mm, remarks, missing signs and the fingerprint of the faces
 */
export function layoutDocument(document: OfficialDocument, metrics: FontMetrics, options: LayoutOptions = {}): Layout {
  const missing = new Map<FontRole, Set<string>>()
  const setter: Typesetter = { metrics, showChanges: options.showChanges ?? false, missing }
  const attempt = (plan: FlowPlan): Draft => compose({ setter, document, options, plan })
  const draft = settle(attempt)
  const pages = finish(draft, setter)
  const alone = pages.length > draft.pages.length ? [finding('layout.imprint-alone', pages.length)] : []
  return { pages, findings: [...draft.findings, ...alone, ...missingFindings(missing)], missing: listMissing(missing), fingerprint: metrics.fingerprint }
}

interface Draft {
  readonly pages: readonly DraftPage[]
  readonly imprint: Imprint
  readonly findings: readonly LayoutFinding[]
  readonly hasBodyFirst: boolean
  readonly hasRecipients: boolean
  readonly isClosingAlone: boolean
  readonly evenPages: boolean
  readonly isLetter: boolean
}

const normal: FlowPlan = { lines: linesPerPage, carried: 0, recipientsInImprint: false }
/** Tried in this order when 署名 and date would stand alone. Source: GB/T 9704-2012 7.3.5.5 */
const tighter: readonly Pick<FlowPlan, 'lines' | 'carried'>[] = [
  { lines: 23, carried: 0 },
  { lines: 21, carried: 0 },
  { lines: 24, carried: 0 },
  { lines: 20, carried: 0 },
  { lines: 22, carried: 2 },
  { lines: 22, carried: 1 },
]

/** Chooses the plan: 主送 goes to the imprint when it leaves no room for text, spacing gives way to keep the closing in company. */
function settle(attempt: (plan: FlowPlan) => Draft): Draft {
  let plan = normal
  let draft = attempt(plan)
  const notes: LayoutFinding[] = []
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
      if (next.isClosingAlone || !next.hasBodyFirst) continue
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
  const head = layOutHead(setter, document.elements)
  const opening = openPage(scene, head.textTop)
  const first = draftPage(opening.y)
  first.items.push(...head.items, ...opening.items)
  const pages = paginate(first, bodyPieces(scene), plan)
  const imprint = layOutImprint(setter, document, plan.recipientsInImprint)
  const alone = pages.findIndex((page) => page.hasClosing && !page.hasBody)
  const wantsBody = document.blocks.some((block) => ['paragraph', 'heading', 'table'].includes(block.kind))
  const hasBodyFirst = !wantsBody || (pages[0]?.hasBody ?? false)
  const findings = [
    ...(head.isMarkTooLong ? [finding('layout.mark-too-long', 1)] : []),
    ...(format === 'order' && titleBlock(document) >= 0 ? [finding('layout.title-omitted', 1, {}, titleBlock(document))] : []),
    ...(hasBodyFirst ? [] : [finding('layout.no-body-on-first-page', 1)]),
    ...(alone < 0 ? [] : [finding('layout.signature-alone', alone + 1, {}, pages[alone]?.closingBlock ?? null)]),
    ...sealFindings(pages),
  ]
  const hasRecipients = document.blocks.some((block) => block.kind === 'recipients' && cleanText(block.runs) !== '')
  return { pages, imprint, findings, hasBodyFirst, hasRecipients, isClosingAlone: alone >= 0, evenPages: scene.options.evenPages ?? false, isLetter: format === 'letter' }
}

function titleBlock(document: OfficialDocument): number {
  return document.blocks.findIndex((block) => block.kind === 'title' && cleanText(block.runs) !== '')
}

/** The title under the heading, and where the first line of text begins: on the page's grid, so that the last line of every
 * page ends at the type area. What the grid takes or gives is shared between the spaces above and below the title. */
function openPage(scene: BodyScene, top: number): { readonly items: DraftPage['items']; readonly y: number } {
  const pitch = pitchOf(scene.plan.lines)
  const title = scene.document.elements.format === 'order' ? null : firstTitle(scene)
  if (!title) return { items: [], y: snapNearest(top, pitch) }
  const natural = top + title.heightMm + oneLine + lead
  const y = snapNearest(natural, pitch)
  const shift = (y - natural) / 2
  return { items: title.items.map((item) => moveDown(item, top + shift)), y }
}

function sealFindings(pages: readonly DraftPage[]): readonly LayoutFinding[] {
  return pages.flatMap((page, index) =>
    page.items.flatMap((item) => {
      if (item.kind !== 'seal-anchor') return []
      const [halfX, halfY] = [item.widthMm / 2, item.heightMm / 2]
      const isInside = item.centreX - halfX >= typeArea.left - 0.01 && item.centreX + halfX <= typeArea.right + 0.01
      const isOnPage = item.centreY - halfY >= typeArea.top - 0.01 && item.centreY + halfY <= sheet.height - 10
      return isInside && isOnPage ? [] : [finding('layout.seal-outside', index + 1, { organ: item.organ })]
    }),
  )
}

/** Puts the imprint on its page and the numbers on those that carry one. */
function finish(draft: Draft, setter: Typesetter): readonly LaidOutPage[] {
  const pages = [...draft.pages]
  const { imprint } = draft
  const textPages = pages.length
  if (imprint.heightMm > 0) {
    const last = pages.at(-1)
    const top = typeArea.bottom - imprint.heightMm
    const bottom = last ? Math.max(last.y - (pitchOf(linesPerPage) - glyph3), sealBottom(last.items)) : 0
    const fits = bottom + imprintAir <= top
    if (!fits) pages.push(draftPage())
    if (draft.evenPages && pages.length % 2 === 1) pages.push(draftPage())
    pages.at(-1)?.items.push(...imprint.items.map((item) => moveDown(item, top)))
  }
  return pages.map((page, index) => {
    const isNumbered = index < textPages && !(draft.isLetter && index === 0)
    const items = isNumbered ? [...page.items, ...pageNumber(setter, index + 1)] : page.items
    return { widthMm: sheet.width, heightMm: sheet.height, items }
  })
}

function listMissing(missing: ReadonlyMap<FontRole, ReadonlySet<string>>): Layout['missing'] {
  return [...missing].map(([role, chars]) => ({ role, text: [...chars].join('') }))
}

function missingFindings(missing: ReadonlyMap<FontRole, ReadonlySet<string>>): readonly LayoutFinding[] {
  return listMissing(missing).map(({ role, text }) => finding('layout.missing-glyph', 1, { role, text }))
}
