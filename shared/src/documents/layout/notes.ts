/** Footnotes (脚注) at the foot of their page: a short rule, then each note with its number. House rule: GB/T 9704-2012 has none;
 * they occur in reports and attachments. */
import { emOf, size, typeArea } from './geometry.ts'
import type { Footnote, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, noteSign, widthOf } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { PageItem } from './model.ts'
import { paintLine, ruleAt } from './paint.ts'

const noteStyle: Style = { role: 'fangsong', sizePt: size.note }
const em = emOf(size.note)
/** From line to line of footnotes (mm). */
const notePitch = em * 1.4
/** Air above the rule and between the rule and the first note. */
const ruleAir = 2

/** Lines of a footnote, its number hanging. */
export function noteLines(setter: Typesetter, note: Footnote): readonly Line[] {
  const sign = derivedGlyphs(setter, noteSign(note.number), noteStyle)
  const hanging = widthOf(sign) + em / 4
  const lines = breakLines(derivedGlyphs(setter, note.text.replaceAll(/[\r\n]+/gu, ' '), noteStyle), () => ({ indent: hanging, width: typeArea.width - hanging }))
  return lines.map((line, index) => {
    if (index > 0) return line
    const head = solidLine(sign)
    return { glyphs: [...head.glyphs, ...line.glyphs], x: [...head.x, ...line.x], width: line.width + hanging }
  })
}

/** Height of the foot with that many lines of notes (mm), 0 without any. */
export function notesHeight(lines: number): number {
  return lines === 0 ? 0 : 2 * ruleAir + lines * notePitch
}

/** The foot of a page, its last line ending at `bottom`. */
export function paintNotes(lines: readonly Line[], bottom: number): readonly PageItem[] {
  if (lines.length === 0) return []
  const top = bottom - lines.length * notePitch
  const short = { left: typeArea.left, right: typeArea.left + typeArea.width / 4 }
  return [ruleAt(top - ruleAir, short, { widthMm: 0.2, ink: 'black' }), ...lines.flatMap((line, index) => paintLine(line, typeArea.left, top + index * notePitch))]
}
