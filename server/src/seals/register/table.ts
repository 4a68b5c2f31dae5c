/** The register as a table that office programs open: CSV (RFC 4180), UTF-8 with a mark, every cell safe as text. */
import { presentDay, presentMoment, type Register } from './read-register.ts'
import { wordOfValue, wordsOf } from './words.ts'

type Row = readonly (string | number)[]

/** One cell. Office programs take cells that begin with = + - @ (or a tab or return before them) for formulas, whoever wrote them; an
 * apostrophe makes them text. Source: OWASP, CSV injection */
export function writeCell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Bytes of a table. Without the mark the most used office program takes UTF-8 for GBK. */
export function writeTable(rows: readonly Row[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${rows.map((row) => row.map(writeCell).join(',')).join('\r\n')}\r\n`)
}

/** Every impression, the earliest first. */
export function tableOfImpressions({ impressions, locale }: Register): Uint8Array {
  const t = wordsOf(locale)
  const columns = ['row', 'used-at', 'seal', 'title', 'number', 'page', 'x', 'y', 'applicant', 'approver', 'keeper', 'behalf', 'digest', 'sealed-digest'] as const
  const rows = impressions.map((row, at): Row => [
    at + 1, presentMoment(Number(row.at)), row.seal_name, row.title, row.number, row.page, row.x_hundredths / 100, row.y_hundredths / 100, row.applicant_name, row.approver_name, row.keeper_name, row.on_behalf_of,
    row.digest, row.sealed_digest,
  ])
  return writeTable([columns.map((column) => t(`seals.register.column.${column}`)), ...rows])
}

/** Every act in the life of every seal. */
export function tableOfLives({ lives, locale }: Register): Uint8Array {
  const t = wordsOf(locale)
  const columns = ['seal', 'line', 'kind', 'state', 'organ', 'custodian', 'code', 'serial', 'valid', 'acted-at', 'act', 'by', 'note'] as const
  const rows = lives.flatMap(({ seal, acts }) =>
    acts.map((act): Row => [
      seal.name, seal.bottom_line, wordOfValue(locale, 'kind', seal.kind), wordOfValue(locale, 'state', seal.state), seal.organ_name, seal.custodian_name, seal.code, seal.certificate_serial,
      seal.valid_until === null ? '' : presentDay(Number(seal.valid_until)), presentMoment(act.at), act.act, act.by, act.note,
    ]),
  )
  return writeTable([columns.map((column) => t(`seals.register.column.${column}`)), ...rows])
}
