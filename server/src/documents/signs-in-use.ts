/** Uncommon characters (生僻字): which signs of a text the office's typefaces have, who lends them, and where none has one. */
import { createSignTally, type Layout, type LayoutView, nameSign, type SignFaces, type SignReport, type SignsInUse } from '@xiewen/shared/documents'
import type { Fonts } from '../platform/fonts/index.ts'

/** What the checker may know of the typefaces. */
export function signsInUse(fonts: Fonts): SignsInUse {
  return { has: (codePoint) => fonts.find('fangsong', codePoint) !== null, lender: (role, codePoint) => fonts.lender(role, codePoint) }
}

/** Signs of a layout that are not drawn by the face meant for them. */
export function reportSigns(layout: Layout, fonts: Fonts): SignReport {
  const advance: SignFaces['advance'] = (role, codePoint) => fonts.find(role, codePoint)?.advance ?? null
  return createSignTally({ advance, lender: (role, codePoint) => fonts.lender(role, codePoint) }).report(layout.pages)
}

/** `𫍰（U+2B370，第1、3页）、…`: what a person needs to find them, the first ten. */
export function describeMissing(missing: SignReport['missing']): string {
  return missing.slice(0, 10).map(({ text, pages }) => nameSign(text).replace('）', `，p. ${pages.slice(0, 5).join('、')}）`)).join('、')
}

/** A report as it leaves the server. */
export function viewOfSigns({ missing, lent }: SignReport): Pick<LayoutView, 'missing' | 'lent'> {
  return { missing: missing.map((each) => ({ ...each, pages: [...each.pages] })), lent: lent.map((each) => ({ ...each })) }
}
