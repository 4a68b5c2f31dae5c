/** What a layout keeps for the next one of nearly the same text, by the objects it came from: the lines of every paragraph, the pieces
 * of every block that stands where it stood, the shaped title, and the pages. An edit, which makes new objects of what it touches,
 * breaks only its own paragraph into lines again, fills only the pages it moves and paints only those. */
import type { Block, TextRun } from '../model.ts'
import type { Footnote, Glyph, Typesetter } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { FontRole, LaidOutPage } from './model.ts'
import type { DraftPage, Paginated } from './paginate.ts'
import type { Piece } from './pieces.ts'

/** What a kept value was made of besides its origin. */
type Inputs = readonly (string | number | boolean | object | null | undefined)[]

/** Gives the value kept for an origin, if it was made of the same inputs, or makes it and keeps it; either way notes in `setter` the
 * signs no face had. What nobody holds as an origin any more is forgotten. */
export type Keeper<Origin extends object, Value> = (origin: Origin, inputs: Inputs, setter: Typesetter, make: (setter: Typesetter) => Value) => Value

/** A memory for one document, handed to `layoutDocument` again and again. */
export interface LayoutMemory {
  /** Begins a layout; with other faces than last time, all is forgotten. */
  begin(setter: Typesetter): void
  readonly lines: Keeper<readonly TextRun[], readonly Line[]>
  readonly pieces: Keeper<Block, readonly Piece[]>
  readonly title: Keeper<Block, readonly Line[]>
  readonly painted: Keeper<DraftPage, LaidOutPage>
  /** The pieces just made, or those made for the same object (a block, or the elements) last time if they are no different, so that
   * the pages they stand on can be known again. */
  sameAs(origin: object, made: readonly Piece[]): readonly Piece[]
  /** The pages of the last layout with ordinary spacing. */
  pages: Paginated | null
}

/** An empty memory. */
export function createLayoutMemory(): LayoutMemory {
  let fonts = ''
  const [lines, pieces, title, painted] = [keeper<readonly TextRun[], readonly Line[]>(), keeper<Block, readonly Piece[]>(), keeper<Block, readonly Line[]>(), keeper<DraftPage, LaidOutPage>()]
  const made = new WeakMap<object, readonly Piece[]>()
  return {
    pages: null,
    lines: lines.keep,
    pieces: pieces.keep,
    title: title.keep,
    painted: painted.keep,
    begin(setter) {
      const now = `${setter.metrics.fingerprint} ${setter.showChanges}`
      if (now === fonts) return
      fonts = now
      for (const each of [lines, pieces, title, painted]) each.forget()
      this.pages = null
    },
    sameAs(origin, now) {
      const before = made.get(origin)
      if (before && isSame(before, now)) return before
      made.set(origin, now)
      return now
    },
  }
}

interface Kept<Value> {
  readonly inputs: Inputs
  readonly value: Value
  readonly missing: ReadonlyMap<FontRole, ReadonlySet<string>>
}

function keeper<Origin extends object, Value>(): { readonly keep: Keeper<Origin, Value>; forget(): void } {
  let known = new WeakMap<Origin, Kept<Value>>()
  return {
    forget: () => void (known = new WeakMap()),
    keep(origin, inputs, setter, make) {
      let kept = known.get(origin)
      if (!kept || !isEqual(kept.inputs, inputs)) {
        const own: Typesetter = { ...setter, missing: new Map() }
        kept = { inputs, value: make(own), missing: own.missing }
        known.set(origin, kept)
      }
      for (const [role, chars] of kept.missing) for (const char of chars) addMissing(setter, role, char)
      return kept.value
    },
  }
}

function isEqual(a: Inputs, b: Inputs): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
}

function addMissing(setter: Typesetter, role: FontRole, char: string): void {
  const known = setter.missing.get(role)
  if (known) known.add(char)
  else setter.missing.set(role, new Set([char]))
}

/** Whether two values of the layout (plain objects, lists, scalars) say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), Object.entries(b)]
  // Safe because both are plain objects or lists, whose keys are strings.
  return left.length === right.length && left.every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]))
}

/** Whether any glyph is the mark of a footnote. */
export function notesOf(glyphs: readonly Glyph[]): readonly Footnote[] {
  return glyphs.flatMap(({ sign }) => (sign.note ? [sign.note] : []))
}
