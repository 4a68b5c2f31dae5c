/** Official documents for tests of layout and rendering: one of every format, and any number of generated ones. */
import { civilDate } from '@xiewen/shared/base'
import { type Block, type DocumentKind, type Elements, emptyElements, type OfficialDocument, type TableRow, type TextRun } from '@xiewen/shared/documents'

const runs = (text: string): readonly TextRun[] => [{ text }]
const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: runs(text) })
const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, runs: runs(text) })

const sentences = [
  '为深入贯彻落实党中央、国务院关于加强数字政府建设的决策部署，按照省委、省政府工作要求，结合我市实际，现就有关事项通知如下。',
  '各县（市、区）人民政府，市政府各部门要切实加强组织领导，明确责任分工，细化工作举措，确保各项任务落地见效。',
  '到2026年底，全市政务服务事项网上可办率达到98.5%以上，“一件事一次办”事项不少于60项，群众满意度稳步提升。',
  '要坚持问题导向、目标导向、结果导向相统一，聚焦企业和群众反映强烈的办事难、办事慢、办事繁等问题，持续优化营商环境。',
  '市财政局、市人力资源和社会保障局要会同有关部门抓紧制定《云州市公共数据管理办法（试行）》，于9月30日前报市政府审定。',
  '对工作推进不力、造成严重后果的，依规依纪依法追究有关单位和人员责任；对成效明显的，予以通报表扬。',
]

function body(count: number, from = 0): readonly Block[] {
  return Array.from({ length: count }, (_each, index) => paragraph(sentences[(from + index) % sentences.length] ?? ''))
}

function documentOf(kind: DocumentKind, elements: Partial<Elements>, blocks: readonly Block[]): OfficialDocument {
  return { version: 1, elements: { ...emptyElements(kind), ...elements }, blocks }
}

const office = '云州市人民政府办公室'
const imprint = { copyTo: ['市委各部门，市人大常委会办公室，市政协办公室，市法院，市检察院，云州军分区'], printedBy: office, printedOn: civilDate('2026-08-02') }

function cells(texts: readonly string[], header = false): TableRow {
  return { header, cells: texts.map((text) => ({ columns: 1, runs: runs(text) })) }
}

const mergedTable: readonly TableRow[] = [
  { header: true, cells: [{ columns: 1, rows: 2, runs: runs('序号') }, { columns: 2, runs: runs('重点任务') }, { columns: 1, rows: 2, runs: runs('完成时限') }] },
  { header: true, cells: [{ columns: 1, runs: runs('任务名称') }, { columns: 1, runs: runs('牵头单位') }] },
  { header: false, cells: [{ columns: 1, runs: runs('1') }, { columns: 1, rows: 2, runs: runs('推进政务服务“一网通办”，建成全市统一的政务服务中台') }, { columns: 1, runs: runs('市行政审批局') }, { columns: 1, runs: runs('2026年9月') }] },
  { header: false, cells: [{ columns: 1, runs: runs('2') }, { columns: 1, runs: runs('市大数据局') }, { columns: 1, runs: runs('2026年10月') }] },
  cells(['3', '开展公共数据资源普查，编制责任清单，逐项明确数据来源、更新频率和共享条件', '各县（市、区）人民政府', '2026年12月']),
]

/** One document of every format the standard knows, each with the elements that format has. */
export function formatSamples(): Readonly<Record<string, OfficialDocument>> {
  return {
    down: documentOf('通知', { issuers: [office], number: { code: '云政办发', year: 2026, serial: 13 }, copyNumber: '000012', secrecy: '内部', urgency: 'extra-urgent', ...imprint }, [
      { kind: 'title', runs: runs('云州市人民政府办公室关于进一步做好2026年政务公开工作的通知') },
      { kind: 'recipients', runs: runs('各县（市、区）人民政府，市政府各部门、各直属机构：') },
      ...body(1),
      heading(1, '提高思想认识'), ...body(1, 1),
      heading(2, '加强组织领导。各地各部门主要负责同志要亲自抓。'), heading(3, '明确工作责任'), heading(4, '建立工作台账'), ...body(2, 2),
      { kind: 'attachment-note', runs: runs('2026年政务公开重点任务分工方案') },
      { kind: 'attachment-note', runs: runs('云州市政务公开标准化规范化建设三年行动计划重点项目责任清单') },
      { kind: 'signature', runs: runs(office) }, { kind: 'date', runs: runs('2026年8月1日') },
      { kind: 'note', runs: runs('此件公开发布') },
      { kind: 'annex-title', runs: runs('2026年政务公开重点任务分工方案') }, ...body(1, 3), { kind: 'table', rows: mergedTable },
      { kind: 'annex-title', runs: runs('云州市政务公开标准化规范化建设三年行动计划重点项目责任清单') }, ...body(2, 4),
    ]),
    up: documentOf('请示', { issuers: ['云州市人民政府'], direction: 'up', number: { code: '云政', year: 2026, serial: 8 }, signers: ['王建国', '李明', '欧阳文博'], urgency: 'urgent', ...imprint, copyTo: [] }, [
      { kind: 'title', runs: runs('云州市人民政府关于设立云州市临港经济开发区的请示') },
      { kind: 'recipients', runs: runs('省人民政府：') }, ...body(4), paragraph('妥否，请批示。'),
      { kind: 'signature', runs: runs('云州市人民政府') }, { kind: 'date', runs: runs('2026年11月18日') }, { kind: 'note', runs: runs('联系人：张三，联系电话：0123-4567890') },
    ]),
    letter: documentOf('函', { issuers: ['云州市财政局'], number: { code: '云财函', year: 2026, serial: 126 }, copyTo: ['市审计局'] }, [
      { kind: 'title', runs: runs('云州市财政局关于商请核实有关资金情况的函') },
      { kind: 'recipients', runs: runs('市人力资源和社会保障局：') }, ...body(4), paragraph('特此函达，请予支持。'),
      { kind: 'signature', runs: runs('云州市财政局') }, { kind: 'date', runs: runs('2026年8月1日') },
    ]),
    order: documentOf('命令', { issuers: ['云州市人民政府'], number: { code: '令', year: 2026, serial: 21 }, signerPost: '市长', ...imprint }, [
      paragraph('《云州市烟花爆竹安全管理办法》已经2026年7月20日市政府第35次常务会议通过，现予公布，自2026年10月1日起施行。'),
      { kind: 'signature', runs: runs('张志远') }, { kind: 'date', runs: runs('2026年8月1日') },
    ]),
    minutes: documentOf('纪要', { issuers: ['云州市人民政府常务会议'], number: { code: '第', year: 2026, serial: 5 }, attendees: '张志远、李明、王建国、欧阳文博、赵长河、钱世英、孙立新、周国华、吴天佑、郑淑兰、冯春生', absentees: '陈思远', observers: '市委办公室刘伟，市人大常委会办公室高洁，市财政局马骏', ...imprint }, [
      paragraph('2026年7月20日上午，市委副书记、市长张志远主持召开市政府第35次常务会议。现将会议议定事项纪要如下：'), heading(1, '会议听取了上半年经济运行情况汇报'), ...body(2, 1), heading(1, '会议审议并原则通过《云州市烟花爆竹安全管理办法》'), ...body(1, 4),
    ]),
    public: documentOf('通告', { issuers: ['云州市公安局'], direction: 'public', number: { code: '云公告', year: 2026, serial: 4 } }, [
      { kind: 'title', runs: runs('云州市公安局关于国庆节期间部分道路交通管制的通告') }, ...body(3),
      { kind: 'signature', runs: runs('云州市公安局') }, { kind: 'date', runs: runs('2026年9月20日') },
    ]),
    joint: documentOf('通知', { issuers: ['云州市人力资源和社会保障局', '云州市财政局', '云州市教育局', '云州市医疗保障局'], number: { code: '云人社发', year: 2026, serial: 31 }, ...imprint, printedBy: '云州市人力资源和社会保障局办公室' }, [
      { kind: 'title', runs: runs('云州市人力资源和社会保障局等四部门关于做好高校毕业生就业创业工作的通知') },
      { kind: 'recipients', runs: runs('各县（市、区）人力资源和社会保障局、财政局、教育局、医疗保障局：') }, ...body(3),
      ...['云州市人力资源和社会保障局', '云州市财政局', '云州市教育局', '云州市医疗保障局'].map((name): Block => ({ kind: 'signature', runs: runs(name) })),
      { kind: 'date', runs: runs('2026年11月18日') },
    ]),
    report: documentOf('报告', { issuers: ['云州市审计局'], direction: 'up', signers: ['孙立新'], number: { code: '云审', year: 2026, serial: 9 } }, [
      { kind: 'title', runs: runs('云州市审计局关于2025年度市级预算执行和其他财政收支的审计工作报告') },
      { kind: 'recipients', runs: runs('市人民政府：') },
      { kind: 'paragraph', runs: [{ text: '审计结果表明，市级预算执行情况总体较好', footnote: '本报告所列数据截至2025年12月31日，口径为市级一般公共预算，不含开发区。' }, { text: '，但部分专项资金支出进度偏慢。' }] },
      ...body(2, 2),
      { kind: 'figure', image: { digest: 'ab'.repeat(32), widthPx: 800, heightPx: 400, widthMm: 120 }, runs: runs('图1 2021—2025年市级预算支出') },
      { kind: 'table', landscape: true, rows: [cells(['序号', '单位', '预算数（万元）', '执行数（万元）', '执行率', '存在问题', '整改措施', '责任人'], true), ...Array.from({ length: 14 }, (_each, index) => cells([`${index + 1}`, '云州市教育局', '12345.67', '11890.02', '96.3%', '部分项目前期准备不足，支出进度偏慢', '加快项目前期工作，按月调度支出进度', '赵长河']))] },
      ...body(2, 4),
      { kind: 'signature', runs: runs('云州市审计局') }, { kind: 'date', runs: runs('2026年6月30日') },
    ]),
  }
}

/** Random numbers below `most`, always the same for a seed. */
function numbersOf(seed: number): (most: number) => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * most)
  }
}

/** A document made of a seed: every format, mixed blocks, revisions, rare signs, tables. */
export function generatedDocument(seed: number): OfficialDocument {
  const next = numbersOf(seed)
  const samples = Object.values(formatSamples())
  const base = samples[next(samples.length)]
  if (!base) throw new Error('there are samples')
  const isKept = (block: Block): boolean => block.kind !== 'figure' || next(2) === 0
  const extra = Array.from({ length: next(6) }, (): Block => {
    const text = `${sentences[next(sentences.length)] ?? ''}${['𫖯', '㙍', 'ABC-12', '1,234.5%', '“甲”《乙》', '——……'][next(6)] ?? ''}`
    // Between signs, never inside one beyond the BMP.
    const cut = [...text].slice(0, next([...text].length)).join('').length
    const kind = next(8)
    if (kind === 0) return heading(([1, 2, 3, 4] as const)[next(4)] ?? 1, text.slice(0, 18))
    if (kind === 1) return { kind: 'table', rows: [cells(['甲', '乙', text.slice(0, 20)], true), cells([text.slice(0, cut), 'x', '9'])] }
    if (kind === 2) return { kind: 'paragraph', runs: [{ text: text.slice(0, cut) }, { text: text.slice(cut), change: { kind: 'insertion', id: 'p:1', personId: 'p' } }] }
    if (kind === 3) return { kind: 'paragraph', runs: [{ text: text.slice(0, cut), bold: true }, { text: text.slice(cut) }] }
    return paragraph(text)
  })
  const at = 1 + next(base.blocks.length)
  return { ...base, blocks: [...base.blocks.slice(0, at), ...extra, ...base.blocks.slice(at)].filter(isKept) }
}
