/** Glyph runs cut where the face changes, and what renderers share about revisions and signs without a face. */
import type { GlyphRun, LaidOutPage } from '@xiewen/shared/documents'
import type { FontFace, Fonts } from '../../platform/fonts/index.ts'

/** A stretch of a run that one face draws; `face` is null for signs no face has. */
export interface Segment {
  readonly face: FontFace | null
  readonly codePoints: readonly number[]
  readonly x: readonly number[]
}

/** Cuts a run by face. */
export function segmentsOf(run: GlyphRun, fonts: Fonts): readonly Segment[] {
  const segments: { face: FontFace | null; codePoints: number[]; x: number[] }[] = []
  for (const [index, char] of [...run.text].entries()) {
    const codePoint = char.codePointAt(0) ?? 0
    const face = fonts.find(run.role, codePoint)?.face ?? null
    const open = segments.at(-1)
    const at = run.x[index] ?? 0
    if (open && open.face?.id === face?.id) {
      open.codePoints.push(codePoint)
      open.x.push(at)
    } else segments.push({ face, codePoints: [codePoint], x: [at] })
  }
  return segments
}

/** Right edge of a run (mm). */
export function rightOf(run: GlyphRun, fonts: Fonts): number {
  const last = [...run.text].at(-1)
  const advance = last === undefined ? 0 : (fonts.find(run.role, last.codePointAt(0) ?? 0)?.advance ?? 1)
  return (run.x.at(-1) ?? 0) + (advance * run.sizePt * run.scale * 25.4) / 72
}

/** The line of a revision (花脸稿): under an insertion, through a deletion; mm on the sheet. */
export function marksOf(run: GlyphRun, right: number, page: Pick<LaidOutPage, 'heightMm'>): readonly { x1: number; y1: number; x2: number; y2: number; widthMm: number }[] {
  if (!run.change) return []
  const size = (run.sizePt * 25.4) / 72
  const y = run.change.kind === 'insertion' ? run.baseline + size * 0.16 : run.baseline - size * 0.36
  const left = run.x[0] ?? 0
  const line = run.turned ? { x1: y, y1: page.heightMm - left, x2: y, y2: page.heightMm - right } : { x1: left, y1: y, x2: right, y2: y }
  return [{ ...line, widthMm: 0.25 }]
}
