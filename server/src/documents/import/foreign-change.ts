/** What a Word file says of its revisions: words of a file nobody vouches for, shown as such beside the account that brought it in. */
import { importLimits } from './limits.ts'

/** Author and date a file gives for one revision (修订). */
export interface ForeignChange {
  /** The part of the change's id behind its person; tells file and revision. */
  readonly serial: string
  readonly author: string
  /** As the file writes it (ISO 8601, Word's own clock, mostly without a true zone); empty when it says nothing readable. */
  readonly saidAt: string
}

// Source: ECMA-376 part 1, 17.13.5 and 22.9.2 (ST_DateTime)
const dateTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$/

/** What a file says of a revision; null when it says nothing. */
export function foreignChange(serial: string, author: string, date: string): ForeignChange | null {
  const said = saidOf(author, date)
  return said.author === '' && said.saidAt === '' ? null : { serial, ...said }
}

/** Author and date cleaned of what would garble a line of the screen. */
export function saidOf(author: string, date: string): { readonly author: string; readonly saidAt: string } {
  // \p{C}: control, bidirectional, zero-width and private characters, with which a name could pose as another.
  const name = author.replace(/\p{C}/gu, '').trim().slice(0, importLimits.authorCharacters)
  return { author: name, saidAt: dateTime.test(date) ? date : '' }
}
