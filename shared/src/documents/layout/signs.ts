/** Uncommon characters (生僻字) on laid-out pages: which signs no typeface has, and which the proper one lacks and another lends. The
 * same tally for the server's preview, the final file and a window's own pages. */
import type { FontRole, LaidOutPage } from './model.ts'

/** What a tally has to know of the typefaces. */
export interface SignFaces {
  /** Advance in em; null when no face has the sign. */
  advance(role: FontRole, codePoint: number): number | null
  /** The family that lends a sign the role's own face lacks; null when that one has it, or none has. */
  lender(role: FontRole, codePoint: number): string | null
}

/** Signs one family lends to one role. */
export interface LentSigns {
  readonly family: string
  /** The role whose own face lacks them. */
  readonly role: FontRole
  /** Each sign once, in order of appearance. */
  readonly text: string
  /** Places on the pages, all signs together. */
  readonly count: number
}

/** A sign no face has: every renderer draws a crossed red box there. */
export interface MissingSign {
  readonly text: string
  /** From 1, ascending. */
  readonly pages: readonly number[]
  readonly count: number
}

/** Signs of some pages that are not drawn by the face meant for them, in order of appearance. Only Chinese signs count as lent: a
 * borrowed digit or letter disturbs nobody. */
export interface SignReport {
  readonly lent: readonly LentSigns[]
  readonly missing: readonly MissingSign[]
}

/** Tallies pages and keeps what it found on each, so that after an edit only the pages it changed are read again. */
export interface SignTally {
  /** Reads a page that was not read yet. */
  read(page: LaidOutPage): void
  /** The report of these pages; those not read yet are read. */
  report(pages: readonly LaidOutPage[]): SignReport
}

/** What is strange about a sign in a role. */
type Strange = { readonly role: FontRole; readonly sign: string; /** Null when no face has it. */ readonly family: string | null }
type PageTally = ReadonlyMap<Strange, number>

/** A tally for one set of faces. */
export function createSignTally(faces: SignFaces): SignTally {
  const known = new Map<FontRole, Map<string, Strange | null>>()
  const pages = new WeakMap<LaidOutPage, PageTally>()
  const strangeOf = (role: FontRole, sign: string): Strange | null => {
    const own = known.get(role) ?? new Map<string, Strange | null>()
    known.set(role, own)
    const before = own.get(sign)
    if (before !== undefined) return before
    const found = judge(faces, role, sign)
    own.set(sign, found)
    return found
  }
  const tally = (page: LaidOutPage): PageTally => {
    const found = pages.get(page) ?? tallyPage(page, strangeOf)
    pages.set(page, found)
    return found
  }
  return { read: (page) => void tally(page), report: (all) => reportOf(all.map(tally)) }
}

function judge(faces: SignFaces, role: FontRole, sign: string): Strange | null {
  const codePoint = sign.codePointAt(0) ?? 0
  if (faces.advance(role, codePoint) === null) return { role, sign, family: null }
  const family = /\p{Script=Han}/u.test(sign) ? faces.lender(role, codePoint) : null
  return family === null ? null : { role, sign, family }
}

function tallyPage(page: LaidOutPage, strangeOf: (role: FontRole, sign: string) => Strange | null): PageTally {
  const counts = new Map<Strange, number>()
  for (const item of page.items) {
    if (item.kind !== 'text') continue
    for (const sign of item.text) {
      const strange = strangeOf(item.role, sign)
      if (strange !== null) counts.set(strange, (counts.get(strange) ?? 0) + 1)
    }
  }
  return counts
}

function reportOf(tallies: readonly PageTally[]): SignReport {
  const lent = new Map<string, { readonly family: string; readonly role: FontRole; readonly signs: Set<string>; count: number }>()
  const missing = new Map<string, { readonly pages: Set<number>; count: number }>()
  for (const [index, tally] of tallies.entries()) {
    for (const [{ role, sign, family }, count] of tally) {
      if (family === null) {
        const found = missing.get(sign) ?? { pages: new Set<number>(), count: 0 }
        missing.set(sign, found)
        found.pages.add(index + 1)
        found.count += count
      } else {
        const found = lent.get(`${role} ${family}`) ?? { family, role, signs: new Set<string>(), count: 0 }
        lent.set(`${role} ${family}`, found)
        found.signs.add(sign)
        found.count += count
      }
    }
  }
  return {
    lent: [...lent.values()].map(({ family, role, signs, count }) => ({ family, role, text: [...signs].join(''), count })),
    missing: [...missing].map(([text, { pages, count }]) => ({ text, pages: [...pages], count })),
  }
}
