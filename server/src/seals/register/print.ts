/** The register laid out for printing (印章台账): A4 across, a seal's picture beside its life, heads repeated on every sheet. */
import { presentDay, presentMoment, type Register, type SealLife, wordOf } from './read-register.ts'

/** What stands around the register. `pictures` are the seals' pictures as SVG by seal id. */
export interface PrintFrame {
  readonly officeName: string
  readonly printedAt: number
  readonly printedBy: string
  readonly summary: string
  readonly pictures: ReadonlyMap<string, string>
}

const style = `@page{size:A4 landscape;margin:14mm 12mm}*{box-sizing:border-box}body{margin:0 auto;max-width:273mm;font:10.5pt/1.45 "SimSun","Songti SC","Noto Serif CJK SC",serif;color:#000}
h1{margin:0 0 2mm;font-size:20pt;text-align:center;letter-spacing:.1em}h2{margin:7mm 0 2mm;font-size:14pt}h3{margin:0 0 1.5mm;font-size:12pt}p{margin:0 0 1mm}
.frame{display:flex;justify-content:space-between;font-size:9.5pt;border-bottom:.5pt solid #000;padding-bottom:1.5mm}.seal{display:grid;grid-template-columns:48mm 1fr;gap:6mm;padding:4mm 0;border-bottom:.3pt solid #999;break-inside:avoid-page}
.picture{display:flex;justify-content:center}.picture svg{width:42mm;height:42mm}.void .picture svg{opacity:.35}table{width:100%;border-collapse:collapse;font-size:9.5pt}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border:.3pt solid #666;padding:.8mm 1.4mm;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2;font-weight:bold;white-space:nowrap}.figures{font-variant-numeric:tabular-nums;white-space:nowrap}.facts{font-size:9.5pt;margin-bottom:2mm}
.sign{display:flex;gap:30mm;margin-top:12mm}@media screen{body{padding:10mm;background:#fff}}`

/** A whole page of HTML without scripts; whatever people wrote stands in it as text only. */
export function printRegister(register: Register, frame: PrintFrame): Uint8Array {
  const { lives, impressions } = register
  const rows = impressions.map((row, at) =>
    cells([String(at + 1), presentMoment(Number(row.at)), row.seal_name, row.title, row.number, `第 ${row.page} 页`, row.applicant_name, row.approver_name, row.on_behalf_of === '' ? row.keeper_name : `${row.keeper_name}（代${row.on_behalf_of}）`, row.sealed_digest.slice(0, 16)], [0, 1, 4, 9]),
  )
  const body = [
    '<h1>印章台账</h1>',
    `<div class="frame"><span>${escapeHtml(frame.officeName)}</span><span>${escapeHtml(frame.summary)}</span><span>打印：${presentMoment(frame.printedAt)} ${escapeHtml(frame.printedBy)}</span></div>`,
    `<h2>一、印章（${lives.length} 枚）</h2>`,
    ...lives.map((life) => sealSection(life, frame)),
    `<h2>二、用印登记（${impressions.length} 次）</h2>`,
    tableOf(['序号', '用印时间', '印章', '文件标题', '发文字号', '位置', '申请人', '审批人', '用印人', '用印后摘要'], rows),
    '<div class="sign"><span>印章管理员：</span><span>审核人：</span><span>日期：</span></div>',
  ]
  return new TextEncoder().encode(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>印章台账</title><style>${style}</style></head><body>${body.join('')}</body></html>`)
}

function sealSection({ seal, acts }: SealLife, { pictures }: PrintFrame): string {
  const facts = [
    wordOf('kind', seal.kind), wordOf('state', seal.state), `直径 ${seal.diameter_mm} 毫米`, `保管单位：${seal.custodian_name}`, ...(seal.code === '' ? [] : [`印章编码：${seal.code}`]),
    ...(seal.valid_until === null ? [] : [`有效期至 ${presentDay(Number(seal.valid_until))}`]),
  ]
  const rows = acts.map((act) => cells([presentMoment(act.at), act.act, act.by, act.note], [0]))
  return `<section class="seal${seal.state === 'active' ? '' : ' void'}"><div class="picture">${pictures.get(seal.id) ?? ''}</div><div><h3>${escapeHtml(seal.name)}${seal.bottom_line === '' ? '' : `（${escapeHtml(seal.bottom_line)}）`}</h3><p class="facts">${escapeHtml(facts.join(' · '))}</p>${tableOf(['时间', '事项', '办理人', '备注'], rows)}</div></section>`
}

function tableOf(heads: readonly string[], rows: readonly string[]): string {
  const empty = `<tr><td colspan="${heads.length}">无</td></tr>`
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.length === 0 ? empty : rows.join('')}</tbody></table>`
}

function cells(values: readonly string[], figures: readonly number[]): string {
  return `<tr>${values.map((value, at) => `<td${figures.includes(at) ? ' class="figures"' : ''}>${escapeHtml(value)}</td>`).join('')}</tr>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
