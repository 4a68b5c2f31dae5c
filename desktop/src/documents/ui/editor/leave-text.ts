/** Leaving the text by keyboard: Tab is a level there, so Escape leads out. */

const stops = 'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex="0"]'

/** Moves the focus to the first control behind the text; Tab goes on from there.
 *
 * @returns false when there is none
 */
export function leaveText(text: HTMLElement): boolean {
  const next = [...document.querySelectorAll<HTMLElement>(stops)].find(
    (each) => !text.contains(each) && (text.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && each.getClientRects().length > 0,
  )
  next?.focus()
  return next !== undefined
}
