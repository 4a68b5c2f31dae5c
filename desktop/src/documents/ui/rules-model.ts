/** The word lists of an office as lines of text, one entry a line, and back. */
import type { HouseRules } from '@xiewen/shared/documents'

/** The lists as they stand in the form. */
export interface HouseText {
  readonly terms: string
  readonly forbidden: string
  readonly 'short-names': string
  readonly leaders: string
  readonly dual: string
}

const line = (left: string, right: string): string => (right === '' ? left : `${left} > ${right}`)

/** The lists as lines. */
export function printHouse(house: HouseRules): HouseText {
  return {
    terms: house.terms.map(({ wrong, right }) => line(wrong, right)).join('\n'),
    forbidden: house.forbidden.map(({ word, advice }) => line(word, advice)).join('\n'),
    'short-names': house.shortNames.map(({ name, short }) => line(name, short)).join('\n'),
    leaders: house.leaders.map(({ name, post }) => line(name, post)).join('\n'),
    dual: house.dualSuperiors.join('\n'),
  }
}

type Pair = readonly [string, string]

/** Lines as pairs; blank lines are left out, full-width signs are taken for what they mean. */
function pairsOf(text: string): readonly Pair[] {
  return text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each): Pair => {
      const [left = '', ...rest] = each.split(/[>＞→]/)
      return [left.trim(), rest.join('>').trim()]
    })
}

/** The lists the lines say; `badLine` is the first line that lacks its second half where it needs one. */
export function parseHouse(text: HouseText): { readonly lists: Omit<HouseRules, 'weights'>; readonly badLine: string | null } {
  const terms = pairsOf(text.terms)
  const shortNames = pairsOf(text['short-names'])
  const leaders = pairsOf(text.leaders)
  const bad = [...terms, ...shortNames, ...leaders].find(([left, right]) => left === '' || right === '')
  return {
    lists: {
      terms: terms.map(([wrong, right]) => ({ wrong, right })),
      forbidden: pairsOf(text.forbidden).map(([word, advice]) => ({ word, advice })),
      shortNames: shortNames.map(([name, short]) => ({ name, short })),
      leaders: leaders.map(([name, post]) => ({ name, post })),
      dualSuperiors: pairsOf(text.dual).map(([name]) => name),
    },
    badLine: bad ? line(bad[0], bad[1]) : null,
  }
}
