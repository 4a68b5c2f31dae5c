/** Ways rules make hits. */
import type { Hit, LintScene, TextEdit } from './model.ts'

/** A hit on what a pattern matches in one block. `replacement` null means there is no safe repair.
 *
 * @param pattern global
 */
export function hitsOf(
  place: { readonly index: number; readonly text: string },
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string | null,
): readonly Hit[] {
  return [...place.text.matchAll(pattern)].map((match) => {
    const from = match.index
    const to = from + match[0].length
    const text = replacement(match)
    return {
      block: place.index,
      spots: [{ from, to }],
      params: { text: match[0], fix: text ?? '' },
      ...(text === null
        ? {}
        : { fix: { kind: 'edit-text' as const, block: place.index, edits: [{ from, to, text }] } }),
    }
  })
}

/** One hit for all edits of a block: a mistake made throughout is one remark with one repair. */
export function hitOfEdits(
  place: { readonly index: number; readonly text: string },
  edits: readonly TextEdit[],
  canFix = true,
): readonly Hit[] {
  const first = edits[0]
  if (!first) return []
  return [
    {
      block: place.index,
      spots: edits.map(({ from, to }) => ({ from, to })),
      params: { text: place.text.slice(first.from, first.to), fix: first.text, count: edits.length },
      ...(canFix ? { fix: { kind: 'edit-text' as const, block: place.index, edits } } : {}),
    },
  ]
}

/** Every block that holds prose, with its text. */
export function proseOf(scene: LintScene): readonly { readonly index: number; readonly text: string }[] {
  return scene.texts.flatMap((text, index) => (text === '' ? [] : [{ index, text }]))
}

/** The title block of the document, or null. */
export function titleOf(scene: LintScene): { readonly index: number; readonly text: string } | null {
  const index = scene.document.blocks.findIndex((block) => block.kind === 'title')
  return index < 0 ? null : { index, text: scene.texts[index] ?? '' }
}
