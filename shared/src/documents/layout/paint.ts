/** From lines to page items. */
import { baselineAt, exact } from './geometry.ts'
import type { Glyph } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { GlyphRun, Ink, PageItem, Rule } from './model.ts'

/** The glyph runs of a line whose left edge is `left` and whose em boxes begin at `top` (mm). */
export function paintLine(line: Line, left: number, top: number): GlyphRun[] {
  const size = line.glyphs[0]?.sizePt ?? 0
  return paintGlyphs(line.glyphs, { x: line.x.map((each) => each + left), baseline: baselineAt(top, size) })
}

/** Glyph runs on a baseline, joined where type and origin go on. `scale` is the horizontal scale of the glyphs. */
export function paintGlyphs(
  glyphs: readonly Glyph[],
  place: { readonly x: readonly number[]; readonly baseline: number; readonly scale?: number },
): GlyphRun[] {
  const runs: { run: GlyphRun; x: number[]; text: string; next: number }[] = []
  glyphs.forEach((glyph, index) => {
    const at = exact((place.x[index] ?? 0) + (glyph.shift ?? 0))
    const open = runs.at(-1)
    if (open && continues(open, glyph)) {
      open.x.push(at)
      open.text += glyph.char
      open.next += glyph.char.length
    } else {
      runs.push({ run: startRun(glyph, place), x: [at], text: glyph.char, next: (glyph.source?.offset ?? 0) + glyph.char.length })
    }
  })
  return runs.map(({ run, x, text }) => ({ ...run, x, text }))
}

function startRun(glyph: Glyph, place: { readonly baseline: number; readonly scale?: number }): GlyphRun {
  return {
    kind: 'text',
    role: glyph.role,
    sizePt: glyph.sizePt,
    ink: glyph.ink,
    text: '',
    x: [],
    baseline: exact(place.baseline),
    scale: exact(place.scale ?? 1),
    ...(glyph.bold ? { bold: true as const } : {}),
    source: glyph.source,
    ...(glyph.change ? { change: glyph.change } : {}),
  }
}

function continues(open: { run: GlyphRun; next: number }, glyph: Glyph): boolean {
  const { run } = open
  if (run.role !== glyph.role || run.sizePt !== glyph.sizePt || run.ink !== glyph.ink) return false
  if ((run.bold ?? false) !== (glyph.bold ?? false)) return false
  if (run.change?.kind !== glyph.change?.kind || run.change?.personId !== glyph.change?.personId) return false
  if (run.source === null || glyph.source === null) return run.source === glyph.source
  return run.source.block === glyph.source.block && open.next === glyph.source.offset
}

/** A horizontal rule centred on `y`. */
export function ruleAt(y: number, span: { readonly left: number; readonly right: number }, look: { widthMm: number; ink: Ink }): Rule {
  return { kind: 'rule', x1: exact(span.left), y1: exact(y), x2: exact(span.right), y2: exact(y), ...look }
}

/** The item moved down by `dy` mm. */
export function moveDown(item: PageItem, dy: number): PageItem {
  switch (item.kind) {
    case 'text':
      return { ...item, baseline: exact(item.baseline + dy) }
    case 'rule':
      return { ...item, y1: exact(item.y1 + dy), y2: exact(item.y2 + dy) }
    case 'seal-anchor':
      return { ...item, centreY: exact(item.centreY + dy) }
  }
}
