/** The measures of an official page in millimetres. Source: GB/T 9704-2012 5–7, 10; what is computed from them says so. */

/** Millimetres of one point. */
export const mmPerPt = 25.4 / 72

/** A4 sheet. */
export const sheet = { width: 210, height: 297 } as const

/** Type area (版心): 天头 37, 订口 28, 156 × 225. */
export const typeArea = { left: 28, top: 37, right: 184, bottom: 262, width: 156, height: 225 } as const

/** 3号 glyph height as the display standard rounds it. Source: GB/T 33476.2-2016 */
export const glyph3 = 5.54
/** 7/8 of a 3号 character: what a line has beside its glyphs. */
export const lead = 4.84
/** One line (一行) of 3号. */
export const oneLine = 10.39

/** Sizes (字号) in points. */
export const size = { two: 22, three: 16, four: 14, table: 12, note: 10.5 } as const

/** Width of a 3号 character cell: 156 mm hold 28 of them. */
export const cell = typeArea.width / 28
/** Lines on a full page. */
export const linesPerPage = 22
/** Height of a glyph above the baseline as a share of its size: the em box of Chinese faces. */
export const ascent = 0.88

/** Top edges of the mark (发文机关标志) from the sheet's top. */
export const markTop = { general: 72, minutes: 72, order: 57, letter: 30 } as const

/** Red line: 4 mm below 发文字号, as wide as the type area. Thickness is a house rule. */
export const redLine = { below: 4, widthMm: 0.5 } as const

/** Letter format (信函格式): double lines 170 mm long. Weights are a house rule. */
export const letterRules = { left: 20, right: 190, belowMark: 4, bottomY: 277, thickMm: 0.9, thinMm: 0.3, apartMm: 0.5 } as const

/** Imprint (版记) lines. */
export const imprintRules = { thickMm: 0.35, thinMm: 0.25 } as const

/** The page number's dash lies 7 mm below the type area. */
export const pageNumberDrop = 7

/** Distance from line to line of body text when `lines` of them fill the type area from glyph top to glyph bottom. */
export function pitchOf(lines: number): number {
  return (typeArea.height - glyph3) / (lines - 1)
}

/** Width of one character cell of a size: 3号 is squeezed to 28 a line, all others keep their em. */
export function emOf(sizePt: number): number {
  return sizePt === size.three ? cell : sizePt * mmPerPt
}

/** Baseline of glyphs of `sizePt` whose em box begins at `top` (mm). */
export function baselineAt(top: number, sizePt: number): number {
  return top + ascent * emOf(sizePt)
}

/** Rounds to a hundredth of a micrometre, so that equal layouts are equal bytes. */
export function exact(mm: number): number {
  return Math.round(mm * 1e5) / 1e5
}
