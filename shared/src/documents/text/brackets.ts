/** Brackets that nest, full-width and half-width alike. */

const opening = /[（(]/
const closing = /[）)]/

/** The bracketed end of a text and where it begins, e.g. `（市财政局牵头）` at the end of an item; a stop after it is allowed.
 *
 * @returns null when the text does not end in a closed bracket
 */
export function trailingBracket(text: string): { readonly start: number; readonly inner: string } | null {
  let end = text.length
  while (end > 0 && /[。.\s]/.test(text.charAt(end - 1))) end -= 1
  if (end === 0 || !closing.test(text.charAt(end - 1))) return null
  let depth = 0
  for (let index = end - 1; index >= 0; index -= 1) {
    if (closing.test(text.charAt(index))) depth += 1
    else if (opening.test(text.charAt(index))) depth -= 1
    if (depth === 0) return { start: index, inner: text.slice(index + 1, end - 1) }
  }
  return null
}

/** Cuts a text at characters of `separators` that stand in no bracket; empty parts are left out. */
export function splitOutsideBrackets(text: string, separators: RegExp): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (opening.test(character)) depth += 1
    else if (closing.test(character)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && separators.test(character)) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  parts.push(text.slice(start))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
