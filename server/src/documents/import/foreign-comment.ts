/** What a Word file says in its comments (批注): words of a file nobody vouches for, kept as such under whoever brought it in. */
import { saidOf } from './foreign-change.ts'

/** One comment of a file. */
export interface ForeignComment {
  /** As the file names its writer; may be empty. */
  readonly author: string
  /** As the file writes it (see `ForeignChange`); empty when it says nothing readable. */
  readonly saidAt: string
  readonly body: string
}

/** A thread of a file: what it is put on, and what was said. */
export interface ForeignThread {
  /** The words it is put on, paragraphs set apart by a line feed; empty when it is put on none. */
  readonly quote: string
  /** The words before them in their paragraph, up to forty. */
  readonly before: string
  /** How far into the text they stand, 0 to 1. */
  readonly at: number
  readonly isResolved: boolean
  readonly comments: readonly ForeignComment[]
}

/** A comment, its author and date cleaned as those of revisions are; null when it has no words. */
export function foreignComment(author: string, date: string, body: string): ForeignComment | null {
  // Direction overrides and other signs nobody sees have no business in a comment; line feeds stay.
  const words = body.replace(/(?!\n)\p{C}/gu, '').replace(/\n{3,}/g, '\n\n').trim()
  return words === '' ? null : { ...saidOf(author, date), body: words }
}
