import { readFileSync } from 'node:fs'
import { cpuUsage } from 'node:process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate } from '../../base/instant.ts'
import type { Block, Elements, OfficialDocument } from '../model.ts'
import { emptyElements } from '../model.ts'
import { recogniseText } from '../text/recognise.ts'
import { blockText } from '../text/runs.ts'
import { lintRules } from './catalogue.ts'
import { blocksSubmission, createLinter, lintDocument, remarkKey } from './lint.ts'
import { emptyHouse } from './house.ts'
import { isTunable } from './weights.ts'
import { applyFix, repairDocument } from './repair.ts'
import type { LintContext } from './context.ts'
import { lintEn } from './strings.en.ts'
import { lintZh } from './strings.zh-CN.ts'

/** A block of plain text. */
function block(kind: Exclude<Block['kind'], 'table' | 'figure' | 'heading'>, text: string): Block {
  return { kind, runs: text === '' ? [] : [{ text }] }
}

/** A heading of plain text. */
function heading(level: 1 | 2 | 3 | 4, text: string): Block {
  return { kind: 'heading', level, runs: [{ text }] }
}

/** A notice without a mistake. */
function aNotice(): OfficialDocument {
  return {
    version: 1,
    elements: {
      ...emptyElements('通知'),
      issuers: ['云州市财政局'],
      number: { code: '云财发', year: 2026, serial: 8 },
      copyTo: ['市委办公室', '市审计局'],
    },
    blocks: [
      block('title', '云州市财政局关于加强预算管理工作的通知'),
      block('recipients', '各县（市、区）财政局，市直各单位：'),
      block(
        'paragraph',
        '根据《云州市预算管理办法》（云政发〔2025〕12号）精神，现就有关事项通知如下。2026—2030年压减15%～30%，详见附件1。',
      ),
      heading(1, '总体要求'),
      heading(2, '加强领导。各单位要把预算管理摆在重要位置，主要负责人亲自抓，分管负责人具体抓，一级抓一级。'),
      heading(2, '明确责任'),
      block('paragraph', '各单位要细化措施，“谁用款、谁负责”，访问www.example.cn，编号A-1,B-2。'),
      heading(1, '工作安排'),
      heading(3, '编制预算。8月底前完成。'),
      heading(3, '批复预算。9月底前完成。'),
      block('attachment-note', '任务分工表'),
      block('attachment-note', '时间安排表'),
      block('signature', '云州市财政局'),
      block('date', '2026年8月1日'),
      block('note', '此件公开发布'),
      block('annex-title', '任务分工表'),
      block('paragraph', '略。'),
      block('annex-title', '时间安排表'),
      block('paragraph', '略。'),
    ],
  }
}

/** A request (请示) without a mistake. */
function aRequest(): OfficialDocument {
  return {
    version: 1,
    elements: { ...emptyElements('请示'), issuers: ['云州市财政局'], signers: ['王强'], copyTo: ['市审计局'] },
    blocks: [
      block('title', '云州市财政局关于追加防汛经费的请示'),
      block('recipients', '云州市人民政府：'),
      block('paragraph', '为做好防汛工作，拟追加经费500万元。'),
      block('paragraph', '妥否，请批示。'),
      block('signature', '云州市财政局'),
      block('date', '2026年8月1日'),
      block('note', '联系人：李明，电话：12345678'),
    ],
  }
}

/** A letter (函) without a mistake. */
function aLetter(): OfficialDocument {
  const request = aRequest()
  return {
    ...request,
    elements: { ...emptyElements('函'), issuers: ['云州市财政局'] },
    blocks: [
      block('title', '云州市财政局关于商请支持审计工作的函'),
      block('recipients', '云州市审计局：'),
      block('paragraph', '请予支持为盼。'),
      ...request.blocks.slice(4),
    ],
  }
}

/** The document with some elements changed. */
function withElements(document: OfficialDocument, elements: Partial<Elements>): OfficialDocument {
  return { ...document, elements: { ...document.elements, ...elements } }
}

/** The document with the first block of that kind replaced. */
function withBlock(document: OfficialDocument, kind: Block['kind'], replacement: Block): OfficialDocument {
  const at = document.blocks.findIndex((each) => each.kind === kind)
  return { ...document, blocks: document.blocks.map((each, index) => (index === at ? replacement : each)) }
}

const office: LintContext = {
  organNames: ['云州市财政局', '云州市审计局', '云州市人民政府'],
  superiors: ['云州市人民政府'],
  subordinates: ['东湖县财政局'],
  codes: ['云财发'],
  signedOn: civilDate('2026-08-01'),
}
const paragraph = (text: string): Block => block('paragraph', text)
const said = (text: string): OfficialDocument => withBlock(aNotice(), 'paragraph', paragraph(`${text}详见附件1。`))
const titled = (text: string): OfficialDocument => withBlock(aNotice(), 'title', block('title', text))
const idsOf = (document: OfficialDocument, context = office): string[] =>
  lintDocument(document, context).map((finding) => finding.rule)

describe('clean documents', () => {
  test.each([
    ['a notice', aNotice()],
    ['a request', aRequest()],
    ['a letter', aLetter()],
  ])('%s without a mistake has no finding', (_name, document) => {
    expect(lintDocument(document, office)).toEqual([])
    expect(lintDocument(document)).toEqual([])
  })
})

const minutes = withElements(withBlock(aNotice(), 'title', block('title', '云州市人民政府会议纪要')), {
  kind: '纪要',
  format: 'minutes',
  markSuffix: '文件',
  direction: 'down',
})
const annexes = aNotice().blocks
const report = withElements(withBlock(aRequest(), 'title', block('title', '云州市财政局关于防汛经费使用情况的报告')), {
  kind: '报告',
})

/** One planted mistake a row: rule, document, whether it blocks 送审, and what the repair turns the marked text into. */
const planted: readonly (readonly [string, OfficialDocument, 'error' | 'warning' | 'hint', string?])[] = [
  ['A20', withElements(aNotice(), { number: { code: '云财[2026]', year: 2026, serial: 8 } }), 'error'],
  ['A01', said('按照云政办发〔26〕3号要求，'), 'warning'],
  ['A01', said('按照云政办发〔201859要求，'), 'warning'],
  ['A02', said('按照国办发[2026]3号要求，'), 'warning', '〔2026〕3号'],
  ['A02', said('按照国办发（2026）3号要求，'), 'warning', '〔2026〕3号'],
  ['A03', said('按照国办发〔2026〕第03号要求，'), 'warning', '〔2026〕3号'],
  ['A05', withElements(aNotice(), { number: { code: '云政发', year: 2026, serial: 8 } }), 'warning'],
  ['A11', { ...aNotice(), blocks: [paragraph('机密★1年'), ...aNotice().blocks] }, 'error'],
  ['A12', { ...aNotice(), blocks: [paragraph('急件'), ...aNotice().blocks] }, 'error'],
  ['A13', titled('云州市财政局关于防汛工作的紧急通知'), 'hint'],
  ['A14', withElements(aRequest(), { signers: [] }), 'error'],
  ['A14', withElements(aNotice(), { signers: ['王强'] }), 'warning'],
  ['A17', withElements(aLetter(), { markSuffix: '文件' }), 'error'],
  ['A17', minutes, 'error'],
  ['A17', withElements(aNotice(), { issuers: ['云财局'] }), 'error'],
  ['B01', titled('云州市财政局加强预算管理通知'), 'warning'],
  ['B01', titled(''), 'error'],
  ['B02', titled('云州市财政局关于加强预算管理工作的方案'), 'error'],
  ['B03', titled('云州市财政局关于加强预算管理工作的通报'), 'error'],
  [
    'B04',
    withElements(withBlock(aRequest(), 'title', block('title', '云州市财政局关于召开会议的请示报告')), {
      kind: '报告',
    }),
    'error',
  ],
  ['B04', titled('云州市财政局关于转发云州市人民政府关于防汛的通知的通知'), 'error'],
  ['B05', titled('云州市财政局关于加强预算管理工作的通知。'), 'warning', ''],
  ['B05', titled('云州市财政局关于加强预算管理，做好审计工作的通知'), 'warning'],
  ['B07', said('根据《关于印发《云州市预算管理办法》的通知》，'), 'error', '〈'],
  ['B09', titled(`云州市财政局关于${'加强预算管理'.repeat(10)}的通知`), 'hint'],
  ['C01', withBlock(aNotice(), 'recipients', block('recipients', '市直各单位:')), 'error', '：'],
  ['C01', withBlock(aNotice(), 'recipients', block('recipients', '市直各单位，')), 'error', '：'],
  ['C03', withBlock(aRequest(), 'recipients', block('recipients', '市政府、市委：')), 'warning'],
  ['C04', withElements(aRequest(), { copyTo: ['各县区财政局'] }), 'error'],
  ['C04', withElements(aRequest(), { copyTo: ['东湖县财政局'] }), 'error'],
  ['C05', withBlock(aRequest(), 'recipients', block('recipients', '张××市长：')), 'error'],
  ['C05', withElements(aRequest(), { copyTo: ['李明同志'] }), 'error'],
  ['C10', { ...aRequest(), blocks: aRequest().blocks.filter((each) => each.kind !== 'recipients') }, 'error'],
  ['C10', withElements(titled('云州市财政局关于停车的通告'), { kind: '通告' }), 'warning'],
  ['C11', withElements(aNotice(), { copyTo: ['市审计局', '市审计局'] }), 'warning'],
  [
    'C12',
    {
      ...aNotice(),
      blocks: [...annexes.slice(0, 15), paragraph('抄送：市委办公室，市人大办公室'), ...annexes.slice(15)],
    },
    'error',
    '。',
  ],
  ['C12', withElements(aNotice(), { copyTo: ['抄报：市委办公室'] }), 'error'],
  ['C12', withElements(aNotice(), { copyTo: ['抄发各县（市、区）财政局'] }), 'error'],
  ['C02', withBlock(aNotice(), 'recipients', block('recipients', '各县财政局。市属各高等学校：')), 'warning', '，'],
  ['D01', withBlock(aNotice(), 'heading', heading(2, '总体要求')), 'warning'],
  ['D03', said('（一）、加强领导，'), 'warning', ''],
  ['D03', said('1、加强领导，'), 'warning', ''],
  ['D03', said('一. 加强领导，'), 'warning', ''],
  ['D03', withBlock(aNotice(), 'heading', heading(1, '一、总体要求')), 'warning', ''],
  ['D05', withBlock(aNotice(), 'heading', heading(1, '总体要求。')), 'warning', ''],
  ['D08', { ...report, blocks: report.blocks }, 'error'],
  [
    'D09',
    { ...aRequest(), blocks: aRequest().blocks.filter((each) => blockText(each) !== '妥否，请批示。') },
    'warning',
  ],
  ['D16', said('整改分三步：一是自查自纠，二是集中整治。'), 'hint'],
  ['D16', said('主要有三类问题：一是底数不清，二是责任不明。'), 'hint'],
  ['D17', said('拟追加经费××万元，'), 'error'],
  ['D17', said('【待补】，'), 'error'],
  ['D17', said('由XX局负责，'), 'error'],
  ['D24', said('（此页无正文）'), 'warning'],
  ['E01', withBlock(aNotice(), 'attachment-note', block('attachment-note', '附件：1．任务分工表')), 'error', ''],
  [
    'E01',
    { ...aNotice(), blocks: [...annexes.slice(0, 10), paragraph('附件：任务分工表'), ...annexes.slice(11)] },
    'error',
    '',
  ],
  ['E02', withBlock(aNotice(), 'attachment-note', block('attachment-note', '任务分工表。')), 'error', ''],
  ['E02', withBlock(aNotice(), 'attachment-note', block('attachment-note', '《任务分工表》')), 'hint'],
  ['E03', withBlock(aNotice(), 'annex-title', block('annex-title', '任务分解表')), 'error'],
  ['E03', { ...aNotice(), blocks: annexes.slice(0, 17) }, 'error'],
  ['E03', { ...aNotice(), blocks: [...annexes, block('annex-title', '名单')] }, 'error'],
  [
    'E04',
    {
      ...aRequest(),
      blocks: [...aRequest().blocks.slice(0, 3), paragraph('详见附件。'), ...aRequest().blocks.slice(3)],
    },
    'warning',
  ],
  ['F01', withBlock(aNotice(), 'date', block('date', '二○二六年八月一日')), 'error', '2026年8月1日'],
  ['F01', withBlock(aNotice(), 'date', block('date', '2026年08月01日')), 'error', '2026年8月1日'],
  ['F01', withBlock(aNotice(), 'date', block('date', '2026.8.1')), 'error', '2026年8月1日'],
  ['F01', withBlock(aNotice(), 'date', block('date', '2026年2月30日')), 'error'],
  ['F02', withBlock(aNotice(), 'date', block('date', '2026年8月3日')), 'error'],
  ['F03', withElements(aNotice(), { printedBy: '云州市财政局办公室', printedOn: civilDate('2026-07-31') }), 'error'],
  ['F04', withBlock(aNotice(), 'signature', block('signature', '云州市审计局')), 'error'],
  [
    'G08',
    { ...aNotice(), blocks: [...annexes.slice(0, 15), paragraph('主题词：财政　预算　通知'), ...annexes.slice(15)] },
    'error',
  ],
  ['H01', said('加强领导,落实责任(见下文)；'), 'warning', '，'],
  ['C15', withBlock(aRequest(), 'recipients', block('recipients', '云州市审计局：')), 'warning'],
  ['C15', withBlock(aLetter(), 'recipients', block('recipients', '东湖县财政局：')), 'warning'],
  ['D20', said('联系人手机13800138000，'), 'warning'],
  ['D20', said('身份证号11010519491231002X，'), 'warning'],
  ['F08', withBlock(aNotice(), 'note', block('note', '（此件公开发布）')), 'error', ''],
  ['F09', { ...aRequest(), blocks: aRequest().blocks.filter((each) => each.kind !== 'note') }, 'hint'],
  ['F10', withElements(aNotice(), { disclosure: 'closed', disclosureReason: '内部管理信息' }), 'warning'],
  ['F10', withElements(aRequest(), { disclosure: 'closed' }), 'warning'],
  ['H02', said('各县（市、区要落实，'), 'warning'],
  ['H02', said('“谁用款、谁负责，'), 'warning'],
  ['H03', said('财政、审计...部门，'), 'warning', '……'],
  ['H13', said('加强领导，，落实责任，'), 'warning', '，'],
  ['H13', said('加强领导，。'), 'warning'],
  ['H15', said('推进"一网统管"，'), 'warning', '“'],
  ['N03', said('26年8月，'), 'warning'],
  ['N03', said('二○二六年，'), 'warning', '二〇二六年'],
  ['N06', said('增长5～10%，'), 'warning', '5%～10%'],
  ['N06', said('补助3～5万元，'), 'warning'],
  ['N07', said('下降.5%，'), 'warning', '0.5'],
]

describe('one planted mistake each', () => {
  test.each(planted.map(([rule, document, severity, fixed], row) => ({ rule, document, severity, fixed, row })))(
    'row $row: $rule is found as $severity and its repair removes it',
    ({ rule, document, severity, fixed }) => {
      const found = lintDocument(document, office).filter((finding) => finding.rule === rule)
      expect(found.map((finding) => finding.severity)).toContain(severity)

      const fix = found.find((finding) => finding.fix)?.fix
      if (fixed !== undefined) {
        expect(fix).toBeDefined()
        if (fix && 'edits' in fix) expect(fix.edits[0]?.text).toBe(fixed)
      }
      if (!fix) return
      const after = lintDocument(applyFix(document, fix), office).filter(
        (finding) => finding.rule === rule && finding.severity === severity,
      )
      expect(after.length).toBeLessThan(found.filter((finding) => finding.severity === severity).length)
    },
  )

  test('only errors block 送审', () => {
    for (const [rule, document, severity] of planted) {
      const own = lintDocument(document, office).filter(
        (finding) => finding.rule === rule && finding.severity === severity,
      )
      expect([rule, blocksSubmission(own)]).toEqual([rule, severity === 'error'])
    }
  })
})

describe('what is no mistake', () => {
  test('an item that is a whole sentence keeps its stop', () => {
    const items = [
      heading(1, '管制时间：8时至18时。'),
      heading(2, '各单位要加强监测。'),
      heading(3, '加强监测。'),
      heading(4, '物资准备；'),
    ]
    for (const item of items) {
      const before =
        item.kind === 'heading'
          ? Array.from({ length: item.level - 1 }, (_, level) => heading(([1, 2, 3] as const)[level] ?? 1, '总则'))
          : []
      const document = {
        ...aRequest(),
        blocks: [...aRequest().blocks.slice(0, 3), ...before, item, item, ...aRequest().blocks.slice(3)],
      }
      // A heading with one part under it is another rule's concern.
      expect(idsOf(document).filter((id) => id !== 'D02')).toEqual([])
    }
  })

  test('a heading that is no sentence has none', () => {
    const document = {
      ...aRequest(),
      blocks: [
        ...aRequest().blocks.slice(0, 3),
        heading(1, '工作情况。'),
        heading(1, '基本情况。'),
        ...aRequest().blocks.slice(3),
      ],
    }
    expect(idsOf(document)).toEqual(['D05', 'D05'])
  })
})

describe('knowledge a rule lacks', () => {
  test('keeps it silent rather than wrong', () => {
    expect(idsOf(withElements(aRequest(), { copyTo: ['东湖县财政局'] }), {})).toEqual([])
    expect(idsOf(withElements(aNotice(), { issuers: ['云财局'] }), {})).toEqual(['F04'])
    expect(idsOf(withBlock(aNotice(), 'date', block('date', '2026年8月3日')), {})).toEqual([])
  })

  test('an installation for classified documents is not told to stop', () => {
    const numbered = withElements(aNotice(), { copyNumber: '000001' })
    const document = { ...numbered, blocks: [paragraph('机密★1年'), ...numbered.blocks] }
    expect(idsOf(document, { ...office, isClassifiedAllowed: true })).toEqual([])
  })
})

describe('the real documents', () => {
  const read = (name: string): OfficialDocument =>
    recogniseText(
      readFileSync(new URL(`../../../../tests/support/real-documents/${name}.txt`, import.meta.url), 'utf8'),
    ).document

  test('half-width marks are one remark a block, and one repair sets a block right', () => {
    const document = read('zhanjiang-2022-work-points')
    const findings = lintDocument(document)
    const halfWidth = findings.filter((finding) => finding.rule === 'H01')
    expect(halfWidth.length).toBeGreaterThan(80)
    expect(new Set(halfWidth.map((finding) => finding.block)).size).toBe(halfWidth.length)

    const repaired = findings.reduce(
      (each, finding) => (finding.fix && ['H01', 'C01'].includes(finding.rule) ? applyFix(each, finding.fix) : each),
      document,
    )

    expect(lintDocument(repaired).filter((finding) => finding.rule === 'H01')).toEqual([])
    expect(blockText(repaired.blocks[1] ?? block('note', ''))).toBe('各县（市、区）人民政府（管委会），市有关单位：')
  })

  test('the half-width colon after the addressees is the only thing that blocks the work points', () => {
    const errors = lintDocument(read('zhanjiang-2022-work-points')).filter((finding) => finding.severity === 'error')
    expect(errors.map((finding) => finding.rule)).toEqual(['C01'])
  })

  test('the brackets lost in Quzhou are found', () => {
    const ids = new Set(lintDocument(read('quzhou-2018-action-plan')).map((finding) => finding.rule))
    for (const id of ['H01', 'H02', 'A01', 'D05']) expect(ids).toContain(id)
  })
})

describe('hostile text', () => {
  test('random documents never make the checker throw, and fixes keep them documents', () => {
    const pieces = fc.constantFrom(
      '附件',
      '：',
      '1.',
      '（',
      '》',
      '《',
      '一、',
      '〔2026〕',
      '3号',
      '"',
      ',',
      '2026年8月1日',
      '抄送：',
      '。',
      '，',
      '…',
      '关于',
      '的通知',
      '5～',
      '10%',
    )
    const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
    const kinds = fc.constantFrom(
      'title',
      'recipients',
      'paragraph',
      'attachment-note',
      'signature',
      'date',
      'note',
      'annex-title',
    )
    const anyBlock = fc.tuple(kinds, text).map(([kind, content]) => block(kind, content))
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 8 }), (blocks) => {
        const document = { ...aNotice(), blocks }
        for (const finding of lintDocument(document, office)) {
          const length = finding.block === null ? 0 : blockText(blocks[finding.block] ?? block('note', '')).length
          expect(finding.to).toBeLessThanOrEqual(length)
          if (finding.fix) lintDocument(applyFix(document, finding.fix), office)
        }
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['marks', '（《“'],
    ['quotes', '"政'],
    ['commas', '政,'],
    ['stops', '。'],
    ['digits', '1'],
    ['numbers', '国办发[2026]3号'],
    ['about', '关于'],
    ['at', 'a@'],
    ['stars', '*'],
    ['private', '\ue000'],
    ['zero width', '\u200b'],
    ['overrides', '\u202e'],
    ['ranges', '5-'],
    ['years', '二〇二六年'],
    ['parts', '共1个，其中'],
    ['ones', '一是'],
    ['blanks', ' '],
    ['colons', '政：'],
    ['shares', '分别占1%、'],
    ['organs', '中共云州市委、'],
    ['quotes of titles', '转发《关于'],
  ])('the time for %s grows no faster than their length', (_name, unit) => {
    const work = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length))
      const kinds = ['title', 'recipients', 'paragraph', 'attachment-note', 'date', 'signature', 'note'] as const
      const document = { ...aNotice(), blocks: [...kinds.map((kind) => block(kind, text)), heading(2, text)] }
      return Math.min(...[1, 2].map(() => cpuMsOf(() => lintDocument(document, office))))
    }
    const [short, long] = [work(3_000), work(12_000)]
    // Four times the text: sixteen times the work would be quadratic. The floor keeps the noise of small times out.
    expect(long).toBeLessThan(Math.max(10 * short, 600))
  })
})

/** Processor time, not the clock: what else the machine does is no concern of a test. */
function cpuMsOf(act: () => unknown): number {
  const before = cpuUsage()
  act()
  const { user, system } = cpuUsage(before)
  return (user + system) / 1000
}

describe('while typing', () => {
  test('a checker that remembers says what a fresh one says, whatever was changed, moved, added or taken away', () => {
    const pieces = fc.constantFrom('附件', '见附件2', '一是', '三是', '（以下简称“平台”）', '平台', '你局', '12,000元', '12000元', '  ', ',', '今年', '5-10天', '')
    const text = fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join(''))
    const kinds = fc.constantFrom('title', 'recipients', 'paragraph', 'attachment-note', 'date', 'annex-title')
    const anyBlock = fc.tuple(kinds, text).map(([kind, content]) => block(kind, content))
    const step = fc.tuple(fc.nat(20), fc.nat(2), anyBlock)
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 10 }), fc.array(step, { maxLength: 6 }), (start, steps) => {
        const linter = createLinter(office)
        let blocks: readonly Block[] = start
        for (const [at, removed, added] of steps) {
          blocks = blocks.toSpliced(at % (blocks.length + 1), removed, ...(removed === 2 ? [] : [added]))
          const document = { ...aNotice(), blocks }
          expect(linter.check(document)).toEqual(lintDocument(document, office))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a keystroke reads one block', () => {
    const linter = createLinter(office)
    const reads: number[] = []
    const watched = aNotice().blocks.map((each, index): Block => {
      if (each.kind === 'table') return each
      const { runs } = each
      return Object.defineProperty({ ...each }, 'runs', { get: () => (reads.push(index), runs) })
    })
    linter.check({ ...aNotice(), blocks: watched })
    reads.length = 0
    linter.check({ ...aNotice(), blocks: watched.with(2, paragraph('改了一段。')) })
    expect(reads).toEqual([])
  })
})

describe('what an office may set', () => {
  const house = { ...emptyHouse, weights: { D14: 'off' as const, H14: 'error' as const, A11: 'off' as const, F01: 'hint' as const } }

  test('turns rules of practice off or gives them another weight', () => {
    expect(idsOf(said('今年要完成，'), office)).toContain('D14')
    expect(idsOf(said('今年要完成，'), { ...office, house })).not.toContain('D14')
    const [spaced] = lintDocument(said('共有 120 个，'), { ...office, house }).filter(({ rule }) => rule === 'H14')
    expect(spaced?.severity).toBe('error')
  })

  test('never touches law, regulation and standards', () => {
    const secret = { ...aNotice(), blocks: [paragraph('机密★1年'), ...aNotice().blocks] }
    expect(idsOf(secret, { ...office, house })).toContain('A11')
    const [date] = lintDocument(withBlock(aNotice(), 'date', block('date', '2026.8.1')), { ...office, house }).filter(({ rule }) => rule === 'F01')
    expect(date?.severity).toBe('error')
    expect(lintRules.filter((rule) => isTunable(rule)).every((rule) => rule.level === 'practice' || rule.level === 'unit')).toBe(true)
  })
})

describe('repairs', () => {
  test('all safe ones together leave nothing that could be repaired, and say what they did', () => {
    const document = withBlock(said('加强领导,落实责任，，2026-2030年 共有 120 个"平台"，'), 'date', block('date', '2026.8.1'))
    const { document: after, repaired } = repairDocument(document, (each) => lintDocument(each, office))
    expect(lintDocument(after, office).filter((finding) => finding.fix)).toEqual([])
    expect(new Set(repaired.map(({ rule }) => rule))).toEqual(new Set(['F01', 'H01', 'H05', 'H13', 'H14', 'H15']))
    expect(blockText(after.blocks[2] ?? block('note', ''))).toContain('加强领导，落实责任，2026—2030年共有120个“平台”，')
  })
})

describe('words', () => {
  test('every rule has a name and a remark in both languages', () => {
    for (const { id } of lintRules)
      for (const words of [lintZh, lintEn] as readonly Readonly<Record<string, string>>[]) {
        expect(words).toHaveProperty([`documents.lint.${id}.name`])
        const remarks = Object.keys(words).filter((key) => key === `documents.lint.${id}` || (key.startsWith(`documents.lint.${id}.`) && !key.endsWith('.name')))
        expect(remarks, id).not.toEqual([])
      }
  })

  test('a wrong organ mark is told by what is wrong with it, not by everything that could be', () => {
    const faults = [
      ['letter', withElements(aLetter(), { markSuffix: '文件' })],
      ['minutes', minutes],
      ['order', withElements(aNotice(), { format: 'order', markSuffix: '文件' })],
      ['general', withElements(aNotice(), { markSuffix: '通知' })],
      ['organ', withElements(aNotice(), { issuers: ['云财局'] })],
    ] as const
    for (const [fault, document] of faults) {
      const told = lintDocument(document, office).filter(({ rule }) => rule === 'A17')
      expect(told.map(remarkKey)).toEqual([`documents.lint.A17.${fault}`])
    }
  })

  test('every placeholder of a remark is filled', () => {
    for (const [rule, document] of planted) {
      for (const finding of lintDocument(document, office).filter((each) => each.rule === rule)) {
        for (const words of [lintZh, lintEn] as readonly Readonly<Record<string, string>>[]) {
          const names = [...(words[remarkKey(finding)] ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1])
          expect(words).toHaveProperty([remarkKey(finding)])
          expect(Object.keys(finding.params)).toEqual(expect.arrayContaining(names))
        }
      }
    }
  })
})
