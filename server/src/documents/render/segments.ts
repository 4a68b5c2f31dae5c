/** Glyph runs cut where the face changes, and what renderers share about revisions and signs without a face. */
import type { GlyphRun, Layout } from '@xiewen/shared/documents'
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

/** The people whose revisions the layout shows, in order of appearance. */
export function revisers(layout: Layout): readonly string[] {
  const people = new Set<string>()
  for (const page of layout.pages) for (const item of page.items) if (item.kind === 'text' && item.change) people.add(item.change.personId)
  return [...people]
}
