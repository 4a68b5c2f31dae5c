/** Documents without a mistake for mistakes to be planted in, and what their office knows. */
import { civilDate } from '@xiewen/shared/base'
import { type Block, type DocumentKind, type Elements, emptyElements, type LintContext, type OfficialDocument } from '@xiewen/shared/documents'

/** A block of plain text. */
export function block(kind: Exclude<Block['kind'], 'table' | 'heading' | 'figure'>, text: string): Block {
  return { kind, runs: text === '' ? [] : [{ text }] }
}

/** The office all planted documents come from, unless they say otherwise. */
export const office: LintContext = {
  organNames: ['云州市财政局', '云州市审计局', '云州市教育局', '云州市水利局', '云州市公安局', '云州市人民政府'],
  leadOrgan: ['云州市财政局', '云州市人民政府'],
  superiors: ['云州市人民政府', '东江省人民政府'],
  subordinates: ['东湖县财政局', '西山县财政局'],
  codes: ['云财发', '云财函', '云财请'],
  // As the installed faces: nothing of the extensions since 2020, and not every sign before.
  signs: { has: (codePoint) => codePoint < 0x30000 && codePoint !== 0x2b370, lender: (_role, codePoint) => (codePoint >= 0x20000 && codePoint < 0x30000 ? '霞鹜文楷' : null) },
}

interface Host {
  readonly title: string
  readonly recipients: string
  /** 题注 of what a meeting adopted: nobody signs at the end. */
  readonly titleNote?: string
  readonly first: string
  readonly last: string
  readonly note?: string
  readonly elements?: Partial<Elements>
}

const finance: Partial<Elements> = { issuers: ['云州市财政局'] }
const government: Partial<Elements> = { issuers: ['云州市人民政府'], signerPost: '市长' }

const hosts: Readonly<Record<DocumentKind, Host>> = {
  通知: {
    title: '云州市财政局关于加强预算管理工作的通知',
    recipients: '各县（市、区）财政局，市直各单位：',
    first: '为进一步规范预算管理，提高财政资金使用效益，现就有关工作通知如下：',
    last: '请认真贯彻执行。',
    note: '此件公开发布',
  },
  请示: {
    title: '云州市财政局关于追加防汛经费的请示',
    recipients: '云州市人民政府：',
    first: '为做好防汛抢险工作，需要追加经费500万元。',
    last: '妥否，请批示。',
    note: '联系人：李明，电话：12345678',
    elements: { signers: ['王强'] },
  },
  报告: {
    title: '云州市财政局关于预算执行情况的报告',
    recipients: '云州市人民政府：',
    first: '按照部署，现将2026年上半年预算执行情况报告如下：',
    last: '特此报告。',
    elements: { signers: ['王强'] },
  },
  函: {
    title: '云州市财政局关于商请支持审计工作的函',
    recipients: '云州市审计局：',
    first: '因开展专项检查需要，商请贵局派员参加。',
    last: '请予支持为盼。',
  },
  批复: {
    title: '云州市财政局关于追加防汛经费的批复',
    recipients: '东湖县财政局：',
    first: '你局《关于追加防汛经费的请示》（东财请〔2026〕3号）收悉。经研究，现批复如下：',
    last: '此复。',
  },
  通报: {
    title: '云州市财政局关于专项检查情况的通报',
    recipients: '各县（市、区）财政局，市直各单位：',
    first: '为加强财会监督，市财政局组织开展了专项检查，情况通报如下：',
    last: '各单位要引以为戒，举一反三。',
  },
  意见: {
    title: '云州市财政局关于加强财源建设的意见',
    recipients: '各县（市、区）财政局，市直各单位：',
    first: '为加强财源建设，提出以下意见。',
    last: '各单位要结合实际抓好落实。',
    elements: { copyTo: ['云州市人民政府办公室'] },
  },
  决定: {
    title: '云州市财政局关于表彰先进集体的决定',
    recipients: '各县（市、区）财政局，市直各单位：',
    first: '为激励先进，决定对下列集体予以表彰。',
    last: '希望受表彰的集体再创佳绩。',
    elements: { copyTo: ['云州市人民政府办公室'] },
  },
  通告: {
    title: '云州市财政局关于公布收费目录的通告',
    recipients: '',
    first: '为规范收费行为，现将收费目录予以公布。',
    last: '特此通告。',
    elements: { direction: 'public' },
  },
  公告: {
    title: '云州市财政局关于发布信息的公告',
    recipients: '',
    first: '现将有关信息予以公告。',
    last: '特此公告。',
    elements: { direction: 'public' },
  },
  公报: { title: '云州市财政局决算公报', recipients: '', first: '现公布2025年度决算情况。', last: '数据以批复的决算为准。', elements: { direction: 'public' } },
  决议: { title: '云州市财政学会第三次会议决议', titleNote: '（2026年8月1日云州市财政学会第三次会议通过）', recipients: '', first: '会议审议通过了工作报告。', last: '会议号召全体会员为之努力。', elements: { direction: 'public' } },
  命令: { title: '', recipients: '', first: '现发布禁火令，自发布之日起施行。', last: '违反本令的，依法处理。', elements: { ...government, direction: 'public' } },
  议案: {
    title: '云州市人民政府关于提请审议城市规划的议案',
    recipients: '云州市人民代表大会常务委员会：',
    first: '为统筹城市发展，市人民政府组织编制了城市规划。',
    last: '现提请审议。',
    elements: { ...government, direction: 'flat' },
  },
  纪要: { title: '', recipients: '', first: '会议听取了预算执行情况汇报。', last: '会议要求，各单位要抓好落实。', elements: { issuers: ['云州市财政局办公会议'] } },
}

/** The clean document of a kind. */
export function hostOf(kind: DocumentKind): OfficialDocument {
  const host = hosts[kind]
  const elements: Elements = { ...emptyElements(kind), ...finance, ...host.elements }
  const signature = elements.format === 'order' || kind === '议案' ? '张明' : (elements.issuers[0] ?? '')
  const isSigned = elements.format !== 'minutes' && host.titleNote === undefined
  return {
    version: host.titleNote === undefined ? 1 : 2,
    elements,
    blocks: [
      ...(host.title === '' ? [] : [block('title', host.title)]),
      ...(host.titleNote === undefined ? [] : [block('title-note', host.titleNote)]),
      ...(host.recipients === '' ? [] : [block('recipients', host.recipients)]),
      block('paragraph', host.first),
      block('paragraph', host.last),
      ...(isSigned ? [block('signature', signature), block('date', '2026年8月1日')] : []),
      ...(host.note === undefined ? [] : [block('note', host.note)]),
    ],
  }
}

/** Day the planted documents are signed on, when they are. */
export const signingDay = civilDate('2026-08-01')
