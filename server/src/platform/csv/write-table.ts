/** Tables that office programs open: CSV (RFC 4180), UTF-8 with a mark, every cell safe as text. The only writer of CSV in the server. */

/** One line of a table. */
export type Row = readonly (string | number)[]

/** One cell. Office programs take cells that begin with = + - @ (or a tab or return before them) for formulas, whoever wrote them; an
 * apostrophe makes them text. Source: OWASP, CSV injection */
export function writeCell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Bytes of a table, its headings first. Without the mark the most used office program takes UTF-8 for GBK. */
export function writeTable(rows: readonly Row[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${rows.map((row) => row.map(writeCell).join(',')).join('\r\n')}\r\n`)
}
