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

/** What an act was about in words people read: the texts written in it (titles, names, opinions, reasons), without ids, digests
 * and codes. Empty when it carries none; the record itself stays whole in its sheet.
 *
 * @param data the canonical JSON of the record
 */
export function wordsOfData(data: string): string {
  const found: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/\p{Script=Han}/u.test(value) && !found.includes(value)) found.push(value)
    } else if (Array.isArray(value)) value.forEach(collect)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  try {
    collect(JSON.parse(data))
  } catch (problem) {
    // A record that is no JSON is shown as it is: the audit hides nothing.
    if (problem instanceof SyntaxError) return data
    throw problem
  }
  return found.join(' · ')
}
