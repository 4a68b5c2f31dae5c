/** The mark of the issuing organs (发文机关标志): red, centred, as large as the type area lets it be.
 * Source: GB/T 9704-2012 7.2.4; the size is free there, what is chosen here is a house rule. */
import { mmPerPt, typeArea } from './geometry.ts'
import type { Glyph, Typesetter } from './glyphs.ts'
import { derivedGlyphs, widthOf } from './glyphs.ts'
import type { PageItem } from './model.ts'
import { paintGlyphs } from './paint.ts'

/** A mark with the y of its lower edge (mm). */
export interface Mark {
  readonly items: readonly PageItem[]
  readonly bottom: number
  readonly isTooLong: boolean
}

/** Ink of the large faces reaches from here above the baseline … */
const inkTop = 0.85
/** … to here below it (shares of the size). */
const inkBottom = 0.08
/** Glyphs are never squeezed below this share of their width. */
const narrowest = 0.6
const smallestPt = 22
/** Many organs may be named down to 3号, closer together, so that the first page shows text. Source: GB/T 9704-2012 7.2.4, 7.3.3 */
const smallestJointPt = 16

/** Sets the mark with its upper edge at `top`.
 *
 * @param names organs in order, 主办 first; several are stacked with the suffix to their right
 * @param suffix 文件, 令, 纪要 or nothing
 * @param largestPt size of a short mark
 * @param share of their usual size for the names of a joint mark, 1 unless there are so many that no text would follow
 */
export function setMark(
  setter: Typesetter,
  mark: { readonly names: readonly string[]; readonly suffix: string; readonly top: number; readonly largestPt: number; readonly share: number },
): Mark {
  if (mark.names.length > 1) return setJointMark(setter, mark)
  const text = (mark.names[0] ?? '') + mark.suffix
  const fit = fitLine(setter, text, { width: typeArea.width, largestPt: mark.largestPt })
  const baseline = mark.top + inkTop * fit.sizeMm
  const items = spread(fit, { left: typeArea.left + (typeArea.width - fit.width) / 2, baseline })
  return { items, bottom: text === '' ? mark.top : baseline + inkBottom * fit.sizeMm, isTooLong: fit.isTooLong }
}

interface FittedLine {
  readonly glyphs: readonly Glyph[]
  readonly sizeMm: number
  readonly scale: number
  /** Extra width behind each glyph (mm). */
  readonly spacing: number
  readonly width: number
  readonly isTooLong: boolean
}

/** Chooses size, horizontal scale and spacing so that the text fills its room well: short marks are spaced, long ones squeezed. */
function fitLine(setter: Typesetter, text: string, room: { readonly width: number; readonly largestPt: number; readonly smallestPt?: number }): FittedLine {
  const style = (sizePt: number) => ({ role: 'xiaobiaosong' as const, sizePt, ink: 'red' as const })
  const ems = widthOf(derivedGlyphs(setter, text, style(1))) / mmPerPt || 1
  const count = [...text].length
  const natural = ems * room.largestPt * mmPerPt
  const squeezed = Math.min(1, room.width / natural)
  const scale = Math.max(narrowest, squeezed)
  const fitting = squeezed < narrowest ? (room.width / (ems * narrowest)) / mmPerPt : room.largestPt
  const sizePt = Math.round(Math.max(room.smallestPt ?? smallestPt, fitting) * 100) / 100
  const glyphs = derivedGlyphs(setter, text, style(sizePt))
  const width = widthOf(glyphs) * scale
  const spacing = count > 1 ? Math.min((room.width - width) / (count - 1), spacingOf(count) * sizePt * mmPerPt) : 0
  const total = width + Math.max(0, spacing) * (count - 1)
  return { glyphs, sizeMm: sizePt * mmPerPt, scale, spacing: Math.max(0, spacing), width: total, isTooLong: total > room.width + 0.5 }
}

/** Air between the signs of a short mark, in its size. */
function spacingOf(count: number): number {
  return count <= 4 ? 0.35 : count <= 6 ? 0.22 : count <= 8 ? 0.1 : 0
}

function spread(line: FittedLine, place: { readonly left: number; readonly baseline: number }): readonly PageItem[] {
  let at = place.left
  const x = line.glyphs.map(({ sign }) => {
    const here = at
    at += sign.advance * line.scale + line.spacing
    return here
  })
  return paintGlyphs(line.glyphs, { x, baseline: place.baseline, scale: line.scale })
}

/** Joint mark: the names one under the other, spread to one width; the suffix to their right, centred in height. */
function setJointMark(
  setter: Typesetter,
  mark: { readonly names: readonly string[]; readonly suffix: string; readonly top: number; readonly share: number },
): Mark {
  const usualPt = mark.names.length > 4 ? 26 : mark.names.length > 2 ? 32 : 38
  const largestPt = Math.max(smallestJointPt, usualPt * mark.share)
  const suffixPt = mark.names.length > 2 ? 52 : 46
  const suffix = fitLine(setter, mark.suffix, { width: 40, largestPt: suffixPt })
  const gap = mark.suffix === '' ? 0 : 5
  const room = typeArea.width - (mark.suffix === '' ? 0 : suffix.width) - gap
  const longest = mark.names.reduce((a, b) => ([...b].length > [...a].length ? b : a), '')
  const model = fitLine(setter, longest, { width: room, largestPt, ...(mark.share < 1 ? { smallestPt: smallestJointPt } : {}) })
  const step = model.sizeMm * (1.12 + 0.2 * mark.share)
  const left = typeArea.left + (room - model.width) / 2
  const names = mark.names.flatMap((name, index) => {
    const line = spreadTo(setter, name, model)
    return spread(line, { left, baseline: mark.top + index * step + inkTop * model.sizeMm })
  })
  const bottom = mark.top + (mark.names.length - 1) * step + (inkTop + inkBottom) * model.sizeMm
  const middle = (mark.top + bottom) / 2 + ((inkTop - inkBottom) / 2) * suffix.sizeMm
  const tail = mark.suffix === '' ? [] : spread(suffix, { left: left + model.width + gap, baseline: middle })
  return { items: [...names, ...tail], bottom, isTooLong: model.isTooLong }
}

/** A name set like the longest one and spread to its width. */
function spreadTo(setter: Typesetter, name: string, model: FittedLine): FittedLine {
  const sizePt = Math.round((model.sizeMm / mmPerPt) * 100) / 100
  const glyphs = derivedGlyphs(setter, name, { role: 'xiaobiaosong', sizePt, ink: 'red' })
  const spacing = glyphs.length > 1 ? (model.width - widthOf(glyphs) * model.scale) / (glyphs.length - 1) : 0
  return { ...model, glyphs, spacing: Math.max(0, spacing) }
}
