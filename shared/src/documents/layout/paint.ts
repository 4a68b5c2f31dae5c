/** From lines to page items. */
import { baselineAt, exact } from './geometry.ts'
import type { Glyph, GlyphLook } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { GlyphRun, Ink, PageItem, Rule } from './model.ts'

/** Where glyphs are painted. */
interface Place {
  /** Left edge of each glyph (mm), counted from `left`. */
  readonly x: readonly number[]
  /** 0 by default (mm). */
  readonly left?: number
  readonly baseline: number
  /** Horizontal scale of the glyphs. */
  readonly scale?: number
  /** The block the text belongs to; null or absent for derived text. */
  readonly block?: number | null
  /** Set in the frame of a turned page. */
  readonly turned?: true
}

/** The glyph runs of a line whose left edge is `left` and whose em boxes begin at `top` (mm). */
export function paintLine(line: Line, left: number, top: number, block: number | null = null): GlyphRun[] {
  const size = line.glyphs.find(({ sign }) => sign.look.lift === undefined)?.sign.look.sizePt ?? 0
  return paintGlyphs(line.glyphs, { x: line.x, left, baseline: baselineAt(top, size), block })
}

interface OpenRun {
  readonly run: GlyphRun
  readonly look: GlyphLook
  readonly x: number[]
  text: string
  next: number
}

/** Glyph runs on a baseline, joined where type and origin go on. */
export function paintGlyphs(glyphs: readonly Glyph[], place: Place): GlyphRun[] {
  const { left = 0 } = place
  const runs: OpenRun[] = []
  let open: OpenRun | null = null
  // By index: this runs for every sign of every page in view after every key.
  for (let index = 0; index < glyphs.length; index += 1) {
    const glyph = glyphs[index]
    if (!glyph) continue
    const { sign, offset } = glyph
    const at = exact(left + (place.x[index] ?? 0) + sign.shift)
    const next = offset < 0 ? -1 : offset + sign.char.length
    if (open && continues(open, glyph)) {
      open.x.push(at)
      open.text += sign.char
      open.next = next
    } else {
      open = { run: startRun(glyph, place), look: sign.look, x: [at], text: sign.char, next }
      runs.push(open)
    }
  }
  return runs.map(({ run, x, text }) => ({ ...run, x, text }))
}

function startRun(glyph: Glyph, place: Place): GlyphRun {
  const { role, sizePt, ink, bold, change, lift } = glyph.sign.look
  const block = place.block ?? null
  return {
    kind: 'text',
    role,
    sizePt,
    ink,
    text: '',
    x: [],
    baseline: exact(place.baseline - (lift ?? 0)),
    scale: exact(place.scale ?? 1),
    ...(bold ? { bold } : {}),
    source: glyph.offset < 0 || block === null ? null : { block, offset: glyph.offset },
    ...(change ? { change } : {}),
    ...(place.turned ? { turned: true as const } : {}),
  }
}

function continues(open: OpenRun, glyph: Glyph): boolean {
  if (glyph.offset < 0 ? open.next >= 0 : open.next !== glyph.offset) return false
  const [a, b] = [open.look, glyph.sign.look]
  if (a === b) return true
  if (a.role !== b.role || a.sizePt !== b.sizePt || a.ink !== b.ink || a.bold !== b.bold || a.lift !== b.lift) return false
  return a.change?.kind === b.change?.kind && a.change?.personId === b.change?.personId
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
    case 'image':
      return { ...item, y: exact(item.y + dy) }
    case 'seal-anchor':
      return { ...item, centreY: exact(item.centreY + dy) }
  }
}
