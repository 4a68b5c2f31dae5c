/** What the layout engine puts out: pages of positioned things in millimetres from the sheet's top left corner. The preview
 * (SVG), the PDF and every other renderer draw exactly this and decide nothing. */
import type { Block } from '../model.ts'

/** Typefaces by role (字体); which file plays a role is the office's choice. */
export type FontRole = 'fangsong' | 'xiaobiaosong' | 'heiti' | 'kaiti' | 'songti'

/** Colours an official page may have. */
export type Ink = 'black' | 'red'

/** Advance widths and cover of the fonts in use, in the unit of the em. Same metrics in, same layout out. */
export interface FontMetrics {
  /** Advance of one code point in em; null when no face of that role has it (a missing character, 缺字). */
  advance(role: FontRole, codePoint: number): number | null
  /** Identifies the faces: digest of family names and file hashes. Stored with an issued document. */
  readonly fingerprint: string
}

/** One line's stretch of equal type. `x[i]` is where code point i starts. */
export interface GlyphRun {
  readonly kind: 'text'
  readonly role: FontRole
  readonly sizePt: number
  readonly ink: Ink
  readonly text: string
  /** Left edge of each code point (mm), one per code point of `text`. */
  readonly x: readonly number[]
  /** Baseline (mm from the top of the sheet). */
  readonly baseline: number
  /** Horizontal scale of the glyphs, 1 = as drawn in the font. */
  readonly scale: number
  /** Emboldened by an outline stroke: roles have no bold face of their own. */
  readonly bold?: true
  /** Where the text comes from: block index and UTF-16 offset of its first code point; null for derived text. */
  readonly source: { readonly block: number; readonly offset: number } | null
  /** Pending revision of this stretch, drawn by 花脸稿 renderers only. */
  readonly change?: { readonly kind: 'insertion' | 'deletion'; readonly personId: string }
  /** Set on a wide table turned by a quarter: `x` and `baseline` count in the turned frame, see `glyphPoint`. */
  readonly turned?: true
  /** Not part of the text: page numbers, heads of tables repeated on the next page. */
  readonly artifact?: true
}

/** A straight rule (line). */
export interface Rule {
  readonly kind: 'rule'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly widthMm: number
  readonly ink: Ink
}

/** A picture (图), by the digest of its bytes; `block` is the figure it belongs to. */
export interface PlacedImage {
  readonly kind: 'image'
  readonly digest: string
  readonly x: number
  readonly y: number
  readonly widthMm: number
  readonly heightMm: number
  readonly block: number
}

/** Where a seal belongs (印章位置): its centre, by GB/T 9704-2012 7.3.5.1. `organ` is the signature it covers. A `stamp` is a
 * signature stamp (签名章, 7.3.5.3), `organ` then names the person. */
export interface SealAnchor {
  readonly kind: 'seal-anchor'
  readonly shape: 'round' | 'stamp'
  readonly organ: string
  /** Size of the impression: the diameter of a round seal, the box of a stamp (mm). */
  readonly widthMm: number
  readonly heightMm: number
  readonly centreX: number
  readonly centreY: number
  /** How far the centre may be nudged each way (mm) and stay lawful. */
  readonly slackX: number
  readonly slackY: number
}

/** Anything on a page. */
export type PageItem = GlyphRun | Rule | PlacedImage | SealAnchor

/** Where a sign's origin is on the sheet (mm): the left end of its baseline. A turned run reads from the foot of the sheet to
 * its head, so that a turned table has its head on the left edge. Source: GB/T 9704-2012 8 */
export function glyphPoint(run: GlyphRun, index: number, page: { readonly heightMm: number }): { readonly x: number; readonly y: number } {
  const at = run.x[index] ?? 0
  return run.turned ? { x: run.baseline, y: page.heightMm - at } : { x: at, y: run.baseline }
}

/** One page. */
export interface LaidOutPage {
  readonly widthMm: number
  readonly heightMm: number
  readonly items: readonly PageItem[]
  /** The first and the last block whose text stands here, known before anything is painted; null where none does. */
  readonly blocks?: readonly [first: number, last: number] | null
}

/** What the layout may have to say:
 * `no-body-on-first-page` the first page shows no body text (7.3.3); `recipients-moved` 主送 went to the imprint to avoid that
 * (7.3.2); `signature-alone` 署名 and date stand on a page without text; `spacing-adjusted` lines per page were changed to
 * avoid that (7.3.5.5), params `lines`; `lines-carried` text was carried to the next page to avoid that, params `lines`;
 * `title-omitted` an order has a title that is not the name it is filed under (…令), and prints none; `seal-outside` a seal would leave the type area;
 * `mark-reduced` a joint mark was made smaller so that the first page shows text;
 * `mark-too-long` the mark needs more than the type area at its smallest size; `missing-glyph` no face has the sign, params
 * `text`, `role`; `imprint-alone` the imprint stands on a page of its own. */
export const layoutFindingCodes = [
  'layout.no-body-on-first-page', 'layout.recipients-moved', 'layout.signature-alone', 'layout.spacing-adjusted',
  'layout.lines-carried', 'layout.title-omitted', 'layout.seal-outside', 'layout.mark-reduced', 'layout.mark-too-long', 'layout.missing-glyph',
  'layout.imprint-alone',
] as const
/** One of the remarks' codes. */
export type LayoutFindingCode = (typeof layoutFindingCodes)[number]

/** A remark of the layout itself, read by the checker's geometry rules. Pages count from 1. */
export interface LayoutFinding {
  readonly code: LayoutFindingCode
  readonly page: number
  readonly block: number | null
  readonly params: Readonly<Record<string, string | number>>
}

/** What a block is, for renderers that tell readers (PDF structure): its kind, the level of a heading, the cells of a table. */
export interface BlockRole {
  readonly kind: Block['kind']
  readonly level?: 1 | 2 | 3 | 4
  /** For each row the offsets at which its cells end: offsets run through the cells in reading order, one unit between two cells. */
  readonly rows?: readonly { readonly header: boolean; readonly ends: readonly number[] }[]
}

/** The laid-out document. */
export interface Layout {
  readonly pages: readonly LaidOutPage[]
  /** By block index. */
  readonly blocks: readonly BlockRole[]
  readonly findings: readonly LayoutFinding[]
  /** Code points no font had, each with the role asked for. */
  readonly missing: readonly { readonly role: FontRole; readonly text: string }[]
  readonly fingerprint: string
}
