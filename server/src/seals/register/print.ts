/** The register laid out for printing (印章台账): A4 across, a seal's picture beside its life, heads and page numbers on every sheet. */
import { presentDay, presentMoment, type Register, type SealLife } from './read-register.ts'
import { type RegisterLocale, type RegisterWords, wordOfValue, wordsOf } from './words.ts'

/** What stands around the register. `days` and `summary` are worded; `pictures` are the seals' pictures as SVG by seal id. */
export interface PrintFrame {
  readonly officeName: string
  readonly printedAt: number
  readonly printedBy: string
  readonly days: string
  readonly summary: string
  readonly pictures: ReadonlyMap<string, string>
}

/** Everything but the sheet itself. */
const style = `*{box-sizing:border-box}body{margin:0 auto;max-width:273mm;font:10.5pt/1.45 "SimSun","Songti SC","Noto Serif CJK SC",serif;color:#000}
h1{margin:0 0 2mm;font-size:20pt;text-align:center;letter-spacing:.1em}h2{margin:7mm 0 2mm;font-size:14pt}h3{margin:0 0 1.5mm;font-size:12pt}p{margin:0 0 1mm}
.frame{display:flex;justify-content:space-between;font-size:9.5pt;border-bottom:.5pt solid #000;padding-bottom:1.5mm}.seal{display:grid;grid-template-columns:48mm 1fr;gap:6mm;padding:4mm 0;border-bottom:.3pt solid #999;break-inside:avoid-page}
.picture{display:flex;justify-content:center}.picture svg{width:42mm;height:42mm}.void .picture svg{opacity:.35}table{width:100%;border-collapse:collapse;font-size:9.5pt}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:.3pt solid #666;padding:.8mm 1.4mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2;font-weight:bold;white-space:nowrap}.figures{font-variant-numeric:tabular-nums;white-space:nowrap}.facts{font-size:9.5pt;margin-bottom:2mm}
.sign{display:flex;gap:30mm;margin-top:12mm}@media screen{body{padding:10mm;background:#fff}}`

/** The sheet: page numbers in its lower margin, drawn by the browser that prints (Chromium 131, the desktop client). Source: CSS Paged Media 3, 5 */
function sheetOf(t: RegisterWords, officeName: string): string {
  const text = (words: string): string => `"${words.replaceAll(/["\\<>\r\n]/g, '')}"`
  const pages = [text(t('seals.register.page-before')), 'counter(page)', text(t('seals.register.page-between')), 'counter(pages)', text(t('seals.register.page-after'))].join(' ')
  const small = 'font:9pt "SimSun","Songti SC","Noto Serif CJK SC",serif'
  return `@page{size:A4 landscape;margin:14mm 12mm 16mm;@bottom-left{${small};content:${text(`${t('seals.register.title')} · ${officeName}`)}}@bottom-right{${small};content:${pages}}}`
}

/** A whole page of HTML without scripts; whatever people wrote stands in it as text only. */
export function printRegister(register: Register, frame: PrintFrame): Uint8Array {
  const { lives, impressions, findings, locale } = register
  const bad = new Set(findings.map((finding) => finding.id))
  const t = wordsOf(locale)
  const columns = ['row', 'used-at', 'seal', 'title', 'number', 'place', 'applicant', 'approver', 'keeper', 'digest-short'] as const
  const rows = impressions.map((row, at) =>
    cells([
      String(at + 1), presentMoment(Number(row.at)), row.seal_name, row.title, row.number, t('seals.register.place', { page: row.page }), row.applicant_name, row.approver_name,
      row.on_behalf_of === '' ? row.keeper_name : t('seals.register.behalf', { name: row.keeper_name, whom: row.on_behalf_of }), bad.has(row.id) ? t('seals.register.agrees.no') : row.sealed_digest.slice(0, 16),
    ], [0, 1, 4, 5, 9]),
  )
  const title = t('seals.register.title')
  const marks = [frame.officeName, frame.days, frame.summary, t('seals.register.printed', { at: presentMoment(frame.printedAt), by: frame.printedBy })]
  const signs = (['keeper', 'auditor', 'date'] as const).map((who) => `<span>${t(`seals.register.${who}-signs`)}</span>`)
  const body = [
    `<h1>${title}</h1><div class="frame">${marks.map((mark) => `<span>${escapeHtml(mark)}</span>`).join('')}</div>`,
    `<h2>${t('seals.register.seals', { count: lives.length })}</h2>`,
    ...lives.map((life) => sealSection(life, frame, locale)),
    `<h2>${t('seals.register.impressions', { count: impressions.length })}</h2>`,
    tableOf(columns.map((column) => t(`seals.register.column.${column}`)), rows, t),
    `<div class="sign">${signs.join('')}</div>`,
  ]
  return new TextEncoder().encode(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title}</title><style>${sheetOf(t, frame.officeName)}${style}</style></head><body>${body.join('')}</body></html>`)
}

function sealSection({ seal, acts }: SealLife, { pictures }: PrintFrame, locale: RegisterLocale): string {
  const t = wordsOf(locale)
  const facts = [
    wordOfValue(locale, 'kind', seal.kind), wordOfValue(locale, 'state', seal.state), t('seals.register.diameter', { mm: seal.diameter_mm }), t('seals.register.custodian', { name: seal.custodian_name }),
    ...(seal.code === '' ? [] : [t('seals.register.code', { code: seal.code })]),
    ...(seal.valid_until === null ? [] : [t('seals.register.valid', { day: presentDay(Number(seal.valid_until)) })]),
  ]
  const rows = acts.map((act) => cells([presentMoment(act.at), act.act, act.by, act.note], [0]))
  const heads = (['acted-at', 'act', 'by', 'note'] as const).map((column) => t(`seals.register.column.${column}`))
  return `<section class="seal${seal.state === 'active' ? '' : ' void'}"><div class="picture">${pictures.get(seal.id) ?? ''}</div><div><h3>${escapeHtml(seal.name)}${seal.bottom_line === '' ? '' : `（${escapeHtml(seal.bottom_line)}）`}</h3><p class="facts">${escapeHtml(facts.join(' · '))}</p>${tableOf(heads, rows, t)}</div></section>`
}

function tableOf(heads: readonly string[], rows: readonly string[], t: RegisterWords): string {
  const empty = `<tr><td colspan="${heads.length}">${t('seals.register.none')}</td></tr>`
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.length === 0 ? empty : rows.join('')}</tbody></table>`
}

function cells(values: readonly string[], figures: readonly number[]): string {
  return `<tr>${values.map((value, at) => `<td${figures.includes(at) ? ' class="figures"' : ''}>${escapeHtml(value)}</td>`).join('')}</tr>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
