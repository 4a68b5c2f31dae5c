/** Automatic numbers of a Word file, resolved to the text they print. Source: ECMA-376 part 1, 17.9 */
import { chineseNumeral, headingLabel } from '@xiewen/shared/documents'
import { childOf, childrenOf, valueOf, type XmlElement } from '../xml.ts'

/** What stands before a numbered paragraph. */
export interface PrintedNumber {
  readonly text: string
  readonly isBullet: boolean
}

/** Counts through a document from its beginning to its end. */
export interface NumberPrinter {
  /** The number of the next paragraph of a list, or null when the list prints none. */
  next(list: string, level: number): PrintedNumber | null
}

interface Level {
  readonly format: string
  readonly pattern: string
  readonly start: number
  /** The level that makes this one begin again; 0 when none does. */
  readonly restartAfter: number
  readonly isLegal: boolean
}

/** Word knows nine levels. */
const mostLevels = 9

/** Reads `numbering.xml`. */
export function readNumbering(part: XmlElement | null): NumberPrinter {
  const abstracts = new Map<string, ReadonlyMap<number, Level>>()
  for (const element of childrenOf(part ?? undefined, 'w:abstractNum')) abstracts.set(element.attributes.get('w:abstractNumId') ?? '', levelsOf(element))
  const lists = new Map<string, { readonly abstract: string; readonly levels: ReadonlyMap<number, Level> }>()
  for (const element of childrenOf(part ?? undefined, 'w:num')) {
    const abstract = valueOf(element, 'w:abstractNumId') ?? ''
    const levels = new Map(abstracts.get(abstract) ?? [])
    for (const override of childrenOf(element, 'w:lvlOverride')) applyOverride(levels, override)
    const isOwn = childrenOf(element, 'w:lvlOverride').length > 0
    lists.set(element.attributes.get('w:numId') ?? '', { abstract: isOwn ? `own ${lists.size}` : abstract, levels })
  }
  const counters = new Map<string, number[]>()
  return {
    next(list, asked) {
      const found = lists.get(list)
      const level = Math.max(0, Math.min(mostLevels - 1, Math.trunc(asked) || 0))
      const definition = found?.levels.get(level)
      if (!found || !definition) return null
      const counts = counters.get(found.abstract) ?? []
      counters.set(found.abstract, counts)
      counts[level] = (counts[level] ?? definition.start - 1) + 1
      for (let deeper = level + 1; deeper < mostLevels; deeper += 1) {
        const restart = found.levels.get(deeper)?.restartAfter ?? deeper
        if (restart > level) delete counts[deeper]
      }
      return printNumber(definition, level, counts, found.levels)
    },
  }
}

function levelsOf(element: XmlElement): ReadonlyMap<number, Level> {
  return new Map(childrenOf(element, 'w:lvl').map((level) => [Number(level.attributes.get('w:ilvl') ?? 0), levelOf(level)]))
}

function levelOf(element: XmlElement): Level {
  const start = Number(valueOf(element, 'w:start') ?? 1)
  const restart = valueOf(element, 'w:lvlRestart')
  return {
    format: valueOf(element, 'w:numFmt') ?? 'decimal',
    pattern: (valueOf(element, 'w:lvlText') ?? '').slice(0, 100),
    start: Number.isInteger(start) && start >= 0 && start < 100_000 ? start : 1,
    restartAfter: restart === undefined ? Number(element.attributes.get('w:ilvl') ?? 0) : Number(restart),
    isLegal: childOf(element, 'w:isLgl') !== undefined,
  }
}

function applyOverride(levels: Map<number, Level>, override: XmlElement): void {
  const index = Number(override.attributes.get('w:ilvl') ?? 0)
  const own = childOf(override, 'w:lvl')
  const start = Number(valueOf(override, 'w:startOverride') ?? Number.NaN)
  const level = own ? levelOf(own) : levels.get(index)
  if (level) levels.set(index, Number.isInteger(start) ? { ...level, start } : level)
}

function printNumber(own: Level, level: number, counts: readonly number[], levels: ReadonlyMap<number, Level>): PrintedNumber | null {
  if (own.format === 'none' && !/%\d/.test(own.pattern)) return own.pattern === '' ? null : { text: own.pattern, isBullet: false }
  if (own.format === 'bullet') return { text: own.pattern, isBullet: true }
  const text = own.pattern.replaceAll(/%([1-9])/g, (_whole, digit: string) => {
    const index = Number(digit) - 1
    const of = levels.get(index)
    if (!of || index > level) return ''
    return formatCount(own.isLegal ? 'decimal' : of.format, counts[index] ?? of.start)
  })
  return text === '' ? null : { text, isBullet: false }
}

const chineseFormats = new Set([
  'chineseCounting', 'chineseCountingThousand', 'ideographDigital', 'japaneseCounting', 'japaneseDigitalTenThousand', 'taiwaneseCounting', 'taiwaneseCountingThousand', 'chineseLegalSimplified',
])

/** A count in one of Word's formats; those offices do not use print as plain digits. */
function formatCount(format: string, count: number): string {
  if (chineseFormats.has(format)) return count >= 1 && count <= 999 ? chineseNumeral(count) : String(count)
  switch (format) {
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return headingLabel(5, count)
    case 'decimalEnclosedParen':
      return `（${count}）`
    case 'decimalZero':
      return String(count).padStart(2, '0')
    case 'lowerLetter':
      return letters(count)
    case 'upperLetter':
      return letters(count).toUpperCase()
    case 'lowerRoman':
      return roman(count).toLowerCase()
    case 'upperRoman':
      return roman(count)
    case 'none':
      return ''
    default:
      return String(count)
  }
}

function letters(count: number): string {
  if (count < 1 || count > 780) return String(count)
  return String.fromCodePoint(97 + ((count - 1) % 26)).repeat(Math.ceil(count / 26))
}

const romanSteps = [['M', 1000], ['CM', 900], ['D', 500], ['CD', 400], ['C', 100], ['XC', 90], ['L', 50], ['XL', 40], ['X', 10], ['IX', 9], ['V', 5], ['IV', 4], ['I', 1]] as const

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count)
  let rest = count
  let text = ''
  for (const [sign, value] of romanSteps) {
    text += sign.repeat(Math.floor(rest / value))
    rest %= value
  }
  return text
}
