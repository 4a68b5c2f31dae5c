/** Words for acts in the ledger. Pure. */

/** The word of a fact kind: the room's own key `<kind>` under `fact.`, or the kind itself when the room names none.
 *
 * @param t the translator, which answers with the key when it knows no word
 */
export function wordOfAct(kind: string, t: (key: string) => string): string {
  const key = `fact.${kind}`
  const word = t(key)
  return word === key ? kind : word
}
