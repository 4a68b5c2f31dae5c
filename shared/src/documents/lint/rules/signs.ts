/** Rules about uncommon characters (生僻字): signs no typeface of the office has, and signs another typeface lends. */
import type { Elements } from '../../model.ts'
import type { Hit, LintRule, LintScene, Note, PageScene, Place } from '../model.ts'

const standard = { level: 'standard', clause: 'GB 18030-2022（政务系统须达到实现级别3）' } as const

/** Rules G11 G12. Without knowledge of the typefaces both stay silent. */
export const signRules: readonly LintRule[] = [
  { ...standard, id: 'G11', severity: 'warning', scope: 'document', gather: rareSigns, check: missingHits },
  { level: 'practice', clause: '公文排版惯例', id: 'G12', severity: 'hint', scope: 'page', check: lentHits },
]

/** What every typeface has, and what the rules X01 to X04 speak of: private, invisible and broken characters. */
const ordinary = /[\t\n\r\u0020-\u00ff\u2010-\u2026\u3000-\u3017\u4e00-\u9fa5\uff01-\uff5e\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u

/** Signs that may be wanting, each with all its places in the block. Nearly all blocks have none. */
function rareSigns(place: Place): readonly Note[] {
  const notes: Note[] = []
  for (let at = 0; at < place.text.length; at += 1) {
    const code = place.text.charCodeAt(at)
    if (code >= 0x4e00 && code <= 0x9fa5) continue
    const sign = String.fromCodePoint(place.text.codePointAt(at) ?? 0)
    if (!ordinary.test(sign)) notes.push({ block: place.index, from: at, to: at + sign.length, text: sign })
    at += sign.length - 1
  }
  return notes
}

/** One remark a block, naming each sign with its code point: it cannot be seen where it is missing. */
function missingHits({ document, context }: LintScene, notes: readonly Note[]): readonly Hit[] {
  const { signs } = context
  if (!signs) return []
  const isMissing = (sign: string): boolean => !signs.has(sign.codePointAt(0) ?? 0)
  const byBlock = new Map<number, Note[]>()
  for (const note of notes) if (isMissing(note.text)) byBlock.set(note.block, [...(byBlock.get(note.block) ?? []), note])
  const inBlocks = [...byBlock].map(([block, own]): Hit => ({ block, spots: own.map(({ from, to }) => ({ from, to })), params: { text: named(own.map(({ text }) => text)), count: own.length } }))
  const inElements = elementTexts(document.elements).flatMap(([element, text]): readonly Hit[] => {
    const own = [...text].filter((sign) => !ordinary.test(sign) && isMissing(sign))
    return own.length === 0 ? [] : [{ element, params: { text: named(own), count: own.length } }]
  })
  return [...inElements, ...inBlocks]
}

const printedElements = ['issuers', 'signers', 'signerPost', 'copyTo', 'printedBy'] as const satisfies readonly (keyof Elements)[]

/** Elements of 版头 and 版记 that hold names. */
function elementTexts(elements: Elements): readonly (readonly [keyof Elements, string])[] {
  return printedElements.map((name) => [name, [elements[name]].flat().join('')] as const)
}

/** `𫍰（U+2B370）、…`, each sign once, the first ten. */
function named(signs: readonly string[]): string {
  return [...new Set(signs)].slice(0, 10).map(nameSign).join('、')
}

/** A sign as people can look it up although nothing shows it: `𫍰（U+2B370）`. */
export function nameSign(sign: string): string {
  return `${sign}（U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}）`
}

/** Chinese signs a role's own face lacks, by the face that lends them: they look a little different from their neighbours. */
function lentHits({ layout, context }: PageScene): readonly Hit[] {
  const lender = context.signs?.lender
  if (!lender) return []
  const found = new Map<string, { readonly page: number; readonly block: number | null; readonly signs: Set<string> }>()
  for (const [index, page] of layout.pages.entries()) {
    for (const item of page.items) {
      if (item.kind !== 'text' || item.artifact) continue
      for (const sign of item.text) {
        if (ordinary.test(sign) && !isUnified(sign)) continue
        const family = lender(item.role, sign.codePointAt(0) ?? 0)
        if (family === null) continue
        const known = found.get(family) ?? { page: index + 1, block: item.source?.block ?? null, signs: new Set<string>() }
        found.set(family, known)
        known.signs.add(sign)
      }
    }
  }
  return [...found].map(([family, { page, block, signs }]): Hit => ({ page, ...(block === null ? {} : { block }), params: { text: [...signs].slice(0, 20).join('、'), fix: family, page } }))
}

function isUnified(sign: string): boolean {
  return sign >= '\u4e00' && sign <= '\u9fff'
}
