/** Recognises a number typed into a search box: 云政办发〔2026〕13号, 〔2026〕13, 〕13号, 13号. Pure. */

/** What of a number was typed. `codeEnd` is the end of the code (代字), perhaps empty. */
export interface NumberQuery {
  readonly codeEnd: string
  readonly year: number | null
  readonly serial: number
}

const form = /^([^\d〔〕[\]()（）]*)[〔[(（]?(\d{4})?([〕\])）]?)(\d{1,5})(号?)$/u

/** The number in a query, or null: digits alone may be a year or anything, so a bracket or 号 must say that it is a number. */
export function parseNumberQuery(text: string): NumberQuery | null {
  const found = form.exec(text.replaceAll(/\s+/g, ''))
  if (!found) return null
  const [, codeEnd = '', year, bracket = '', serial = '', sign = ''] = found
  if (bracket === '' && (sign === '' || year !== undefined)) return null
  return { codeEnd, year: year === undefined ? null : Number(year), serial: Number(serial) }
}
