/** Ways rules look at a document and make hits. */
import type { Block } from '../model.ts'
import type { Hit, LintScene, Note, Place, TextEdit } from './model.ts'

/** A hit on what a pattern matches in one block. `replacement` null means there is no safe repair.
 *
 * @param pattern global
 */
export function hitsOf(
  place: Pick<Place, 'index' | 'text'>,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string | null = () => null,
): readonly Hit[] {
  return [...place.text.matchAll(pattern)].map((match) => {
    const from = match.index
    const to = from + match[0].length
    const text = replacement(match)
    return {
      block: place.index,
      spots: [{ from, to }],
      params: { text: shown(match[0]), fix: text ?? '' },
      ...(text === null
        ? {}
        : { fix: { kind: 'edit-text' as const, block: place.index, edits: [{ from, to, text }] } }),
    }
  })
}

/** As much of a text as a remark quotes. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** One hit for all edits of a block: a mistake made throughout is one remark with one repair. */
export function hitOfEdits(
  place: Pick<Place, 'index' | 'text'>,
  edits: readonly TextEdit[],
  canFix = true,
): readonly Hit[] {
  const first = edits[0]
  if (!first) return []
  return [
    {
      block: place.index,
      spots: edits.map(({ from, to }) => ({ from, to })),
      params: { text: shown(place.text.slice(first.from, first.to)), fix: first.text, count: edits.length },
      ...(canFix ? { fix: { kind: 'edit-text' as const, block: place.index, edits } } : {}),
    },
  ]
}

/** One hit for all matches of a block, without repair. */
export function hitOfMatches(place: Pick<Place, 'index' | 'text'>, pattern: RegExp): readonly Hit[] {
  const edits = [...place.text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    text: '',
  }))
  return hitOfEdits(place, edits, false)
}

/** A hit on a part of a block's text, on the whole block when it does not occur. */
export function hitOn(place: Pick<Place, 'index' | 'text'>, part: string, params: Hit['params'] = {}): Hit {
  const from = place.text.indexOf(part)
  const whole: Hit = { block: place.index, params: { text: shown(part), ...params } }
  return from < 0 || part === '' ? whole : { ...whole, spots: [{ from, to: from + part.length }] }
}

/** What a pattern matches in a block, for a document rule to gather; group 1 is the text when there is one. */
export function notesOf(place: Place, pattern: RegExp): readonly Note[] {
  return [...place.text.matchAll(pattern)].map((match) => ({
    block: place.index,
    from: match.index,
    to: match.index + match[0].length,
    text: match[1] ?? match[0],
  }))
}

/** A hit on a gathered note. */
export function hitOfNote(note: Note, params: Hit['params'] = {}): Hit {
  return { block: note.block, spots: [{ from: note.from, to: note.to }], params: { text: shown(note.text), ...params } }
}

const none: readonly Place[] = []

/** Places of these kinds in reading order, of the whole document. */
export function placesOf(scene: LintScene, ...kinds: readonly Block['kind'][]): readonly Place[] {
  if (kinds.length === 1 && kinds[0]) return scene.byKind.get(kinds[0]) ?? none
  return scene.places.filter((place) => kinds.includes(place.kind))
}

/** Places of these kinds before the attachments. */
export function mainPlacesOf(scene: LintScene, ...kinds: readonly Block['kind'][]): readonly Place[] {
  return placesOf(scene, ...kinds).filter((place) => place.part === 'main')
}

/** The title of the document, or null. */
export function titleOf(scene: LintScene): Place | null {
  return placesOf(scene, 'title')[0] ?? null
}

/** Whether the format prints a title of its own. */
export function hasTitle(scene: LintScene): boolean {
  const { format } = scene.document.elements
  return format !== 'order' && format !== 'minutes'
}
