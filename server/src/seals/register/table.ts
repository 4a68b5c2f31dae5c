/** The register as tables that office programs open. */
import { type Row, writeTable } from '../../platform/csv/write-table.ts'
import { presentDay, presentMoment, type Register } from './read-register.ts'
import { wordOfValue, wordsOf } from './words.ts'

/** Every impression, the earliest first. */
export function tableOfImpressions({ impressions, findings, locale }: Register): Uint8Array {
  const t = wordsOf(locale)
  const bad = new Set(findings.map((finding) => finding.id))
  const columns = ['row', 'used-at', 'seal', 'title', 'number', 'page', 'x', 'y', 'applicant', 'approver', 'keeper', 'behalf', 'digest', 'sealed-digest', 'agrees'] as const
  const rows = impressions.map((row, at): Row => [
    at + 1, presentMoment(Number(row.at)), row.seal_name, row.title, row.number, row.page, row.x_hundredths / 100, row.y_hundredths / 100, row.applicant_name, row.approver_name, row.keeper_name, row.on_behalf_of,
    row.digest, row.sealed_digest, t(bad.has(row.id) ? 'seals.register.agrees.no' : 'seals.register.agrees.yes'),
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
