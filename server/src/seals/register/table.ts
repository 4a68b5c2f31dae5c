/** The register as a table that office programs open: CSV (RFC 4180), UTF-8 with a mark, every cell safe as text. */
import { presentDay, presentMoment, type Register, wordOf } from './read-register.ts'

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
export function tableOfImpressions({ impressions }: Register): Uint8Array {
  const head = ['序号', '用印时间', '印章', '文件标题', '发文字号', '页码', '横坐标（毫米）', '纵坐标（毫米）', '申请人', '审批人', '用印人', '代', '用印前摘要（SM3）', '用印后摘要（SM3）']
  const rows = impressions.map((row, at): Row => [
    at + 1, presentMoment(Number(row.at)), row.seal_name, row.title, row.number, row.page, row.x_hundredths / 100, row.y_hundredths / 100, row.applicant_name, row.approver_name, row.keeper_name, row.on_behalf_of,
    row.digest, row.sealed_digest,
  ])
  return writeTable([head, ...rows])
}

/** Every act in the life of every seal. */
export function tableOfLives({ lives }: Register): Uint8Array {
  const head = ['印章', '横排文字', '种类', '现状', '用章机关', '保管单位', '印章编码', '证书序列号', '有效期至', '办理时间', '事项', '办理人', '备注']
  const rows = lives.flatMap(({ seal, acts }) =>
    acts.map((act): Row => [
      seal.name, seal.bottom_line, wordOf('kind', seal.kind), wordOf('state', seal.state), seal.organ_name, seal.custodian_name, seal.code, seal.certificate_serial,
      seal.valid_until === null ? '' : presentDay(Number(seal.valid_until)), presentMoment(act.at), act.act, act.by, act.note,
    ]),
  )
  return writeTable([head, ...rows])
}
