/** What a layout keeps for the next one of nearly the same text: the lines of every paragraph, by its content. An edit breaks
 * only its own paragraph into lines again; the rest is found here. */
import type { TextRun } from '../model.ts'
import type { Glyph, Typesetter } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { FontRole } from './model.ts'

/** Lines of one paragraph and the signs no face had. */
interface KeptLines {
  readonly lines: readonly Line[]
  readonly missing: ReadonlyMap<FontRole, ReadonlySet<string>>
}

/** A memory for one document, handed to `layoutDocument` again and again. Two documents may share it. */
export interface LayoutMemory {
  /** Begins a layout: what neither this one nor the last one used is forgotten. */
  begin(setter: Typesetter): void
  /** The lines kept under `key`, or made now. */
  lines(key: string, setter: Typesetter, make: (setter: Typesetter) => readonly Line[]): readonly Line[]
}

/** An empty memory. */
export function createLayoutMemory(): LayoutMemory {
  let fonts = ''
  let last = new Map<string, KeptLines>()
  let current = new Map<string, KeptLines>()
  return {
    begin(setter) {
      const now = `${setter.metrics.fingerprint} ${setter.showChanges}`
      last = now === fonts ? current : new Map()
      current = new Map()
      fonts = now
    },
    lines(key, setter, make) {
      let kept = current.get(key) ?? last.get(key)
      if (!kept) {
        const own: Typesetter = { ...setter, missing: new Map() }
        kept = { lines: make(own), missing: own.missing }
      }
      current.set(key, kept)
      for (const [role, chars] of kept.missing) for (const char of chars) addMissing(setter, role, char)
      return kept.lines
    },
  }
}

function addMissing(setter: Typesetter, role: FontRole, char: string): void {
  const known = setter.missing.get(role)
  if (known) known.add(char)
  else setter.missing.set(role, new Set([char]))
}

/** What decides the lines of a block: everything drawn, but not where it stands. */
export function keyOf(kind: string, label: string | null, runs: readonly TextRun[]): string {
  const [only] = runs
  if (runs.length === 1 && only && !only.bold && !only.change && only.footnote === undefined) return `${kind}\u0000${label ?? ''}\u0000${only.text}`
  return `${kind}\u0001${label ?? ''}\u0000${JSON.stringify(runs)}`
}

/** Whether any glyph is the mark of a footnote. */
export function notesOf(glyphs: readonly Glyph[]): readonly NonNullable<Glyph['note']>[] {
  return glyphs.flatMap((glyph) => (glyph.note ? [glyph.note] : []))
}
