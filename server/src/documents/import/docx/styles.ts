/** Styles of a Word file: what a paragraph or run looks like once its chain of styles is followed.
 * Source: ECMA-376 part 1, 17.7 */
import { childOf, childrenOf, isOn, valueOf, type XmlElement } from '../xml.ts'

/** What import needs to know of a look. Absent means not said at this level. */
export interface Look {
  readonly bold?: boolean
  readonly hidden?: boolean
  readonly sizePt?: number
  /** RRGGBB */
  readonly colour?: string
  readonly centred?: boolean
  /** From 0. */
  readonly outline?: number
  readonly numbering?: { readonly list: string; readonly level: number }
}

/** A style followed to its end. */
export interface ResolvedStyle extends Look {
  readonly name: string
}

/** All styles. */
export interface Styles {
  /** The style of that id, or the default of its kind. */
  resolve(id: string | undefined, kind: 'paragraph' | 'character'): ResolvedStyle
}

/** Longest chain of styles; a longer one is a circle. */
const longestChain = 20

/** Reads `styles.xml`. */
export function readStyles(part: XmlElement | null): Styles {
  const known = new Map<string, XmlElement>()
  const defaults = new Map<string, string>()
  for (const style of childrenOf(part ?? undefined, 'w:style')) {
    const id = style.attributes.get('w:styleId') ?? ''
    known.set(id, style)
    if (style.attributes.get('w:default') === '1') defaults.set(style.attributes.get('w:type') ?? '', id)
  }
  const documentDefaults = childOf(childOf(childOf(part ?? undefined, 'w:docDefaults'), 'w:rPrDefault'), 'w:rPr')
  const resolved = new Map<string, ResolvedStyle>()
  return {
    resolve(id, kind) {
      const wanted = id ?? defaults.get(kind) ?? ''
      const key = `${kind} ${wanted}`
      const made = resolved.get(key) ?? follow(wanted, known, kind === 'paragraph' ? lookOf(undefined, documentDefaults) : {})
      resolved.set(key, made)
      return made
    },
  }
}

function follow(id: string, known: ReadonlyMap<string, XmlElement>, base: Look): ResolvedStyle {
  const chain: XmlElement[] = []
  for (let next = known.get(id); next && chain.length < longestChain; next = known.get(valueOf(next, 'w:basedOn') ?? '')) chain.push(next)
  const look = chain.reduceRight<Look>((below, style) => ({ ...below, ...lookOf(childOf(style, 'w:pPr'), childOf(style, 'w:rPr')) }), base)
  return { ...look, name: valueOf(chain[0], 'w:name') ?? id }
}

/** What properties of a paragraph and of its runs say. */
export function lookOf(paragraph: XmlElement | undefined, run: XmlElement | undefined): Look {
  const size = Number(valueOf(run, 'w:sz'))
  const outline = valueOf(paragraph, 'w:outlineLvl')
  const justified = valueOf(paragraph, 'w:jc')
  const colour = valueOf(run, 'w:color')
  const numbering = childOf(paragraph, 'w:numPr')
  return {
    ...(childOf(run, 'w:b') ? { bold: isOn(run, 'w:b') } : {}),
    ...(childOf(run, 'w:vanish') ? { hidden: isOn(run, 'w:vanish') } : {}),
    ...(size > 0 ? { sizePt: size / 2 } : {}),
    ...(colour !== undefined && colour !== 'auto' ? { colour } : {}),
    ...(justified === undefined ? {} : { centred: justified === 'center' }),
    ...(outline === undefined ? {} : { outline: Number(outline) }),
    ...(numbering ? { numbering: { list: valueOf(numbering, 'w:numId') ?? '0', level: Number(valueOf(numbering, 'w:ilvl') ?? 0) } } : {}),
  }
}
