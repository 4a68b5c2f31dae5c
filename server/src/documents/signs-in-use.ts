/** Uncommon characters (生僻字): which signs of a text the office's typefaces have, who lends them, and where none has one. */
import { type Layout, nameSign, type SignsInUse } from '@xiewen/shared/documents'
import type { Fonts } from '../platform/fonts/index.ts'

/** What the checker may know of the typefaces. */
export function signsInUse(fonts: Fonts): SignsInUse {
  return { has: (codePoint) => fonts.find('fangsong', codePoint) !== null, lender: (role, codePoint) => fonts.lender(role, codePoint) }
}

/** Signs of a layout that are not drawn by the face meant for them. Pages count from 1, each list is in order of appearance. */
export interface SignReport {
  /** Chinese signs another family lends. */
  readonly lent: readonly { readonly family: string; readonly text: string }[]
  /** Signs no face has: every renderer draws a crossed red box there. */
  readonly missing: readonly { readonly text: string; readonly pages: readonly number[] }[]
}

/** Looks at every sign that is printed. */
export function reportSigns(layout: Layout, fonts: Fonts): SignReport {
  const lent = new Map<string, Set<string>>()
  const missing = new Map<string, Set<number>>()
  for (const [index, page] of layout.pages.entries()) {
    for (const item of page.items) {
      if (item.kind !== 'text') continue
      for (const sign of item.text) {
        const codePoint = sign.codePointAt(0) ?? 0
        if (fonts.find(item.role, codePoint) === null) missing.set(sign, (missing.get(sign) ?? new Set()).add(index + 1))
        const family = /\p{Script=Han}/u.test(sign) ? fonts.lender(item.role, codePoint) : null
        if (family !== null) lent.set(family, (lent.get(family) ?? new Set()).add(sign))
      }
    }
  }
  return {
    lent: [...lent].map(([family, signs]) => ({ family, text: [...signs].join('') })),
    missing: [...missing].map(([text, pages]) => ({ text, pages: [...pages] })),
  }
}

/** `𫍰（U+2B370，第1、3页）、…`: what a person needs to find them, the first ten. */
export function describeMissing(missing: SignReport['missing']): string {
  return missing.slice(0, 10).map(({ text, pages }) => nameSign(text).replace('）', `，p. ${pages.slice(0, 5).join('、')}）`)).join('、')
}
