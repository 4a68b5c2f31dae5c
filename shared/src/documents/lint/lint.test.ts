import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate } from '../../base/instant.ts'
import type { Block, Elements, OfficialDocument } from '../model.ts'
import { emptyElements } from '../model.ts'
import { recogniseText } from '../text/recognise.ts'
import { blockText } from '../text/runs.ts'
import { applyFix, blocksSubmission, lintDocument, lintRules } from './lint.ts'
import type { LintContext } from './model.ts'
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
  ['A01', withElements(aNotice(), { number: { code: '云财[2026]', year: 2026, serial: 8 } }), 'error'],
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
      blocks: [...annexes.slice(0, 14), paragraph('抄送：市委办公室，市人大办公室'), ...annexes.slice(14)],
    },
    'error',
    '。',
  ],
  ['C12', withElements(aNotice(), { copyTo: ['抄报：市委办公室'] }), 'error'],
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
  ['D17', said('拟追加经费××万元，'), 'error'],
  ['D17', said('【待补】，'), 'error'],
  ['D17', said('由XX局负责，'), 'error'],
  ['D24', said('（此页无正文）'), 'warning'],
  ['E01', withBlock(aNotice(), 'attachment-note', block('attachment-note', '附件：1．任务分工表')), 'error', ''],
  [
    'E01',
    { ...aNotice(), blocks: [...annexes.slice(0, 9), paragraph('附件：任务分工表'), ...annexes.slice(10)] },
    'error',
    '',
  ],
  ['E02', withBlock(aNotice(), 'attachment-note', block('attachment-note', '任务分工表。')), 'error', ''],
  ['E02', withBlock(aNotice(), 'attachment-note', block('attachment-note', '《任务分工表》')), 'hint'],
  ['E03', withBlock(aNotice(), 'annex-title', block('annex-title', '任务分解表')), 'error'],
  ['E03', { ...aNotice(), blocks: annexes.slice(0, 16) }, 'error'],
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
    { ...aNotice(), blocks: [...annexes.slice(0, 14), paragraph('主题词：财政　预算　通知'), ...annexes.slice(14)] },
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
  ['H03', said('财政、审计...等，'), 'warning', '……'],
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
        if (fix && fix.kind !== 'set-element') expect(fix.edits[0]?.text).toBe(fixed)
      }
      if (!fix) return
      const after = lintDocument(applyFix(document, fix), office).filter(
        (finding) => finding.rule === rule && finding.severity === severity,
      )
      expect(after.length).toBeLessThan(found.filter((finding) => finding.severity === severity).length)
    },
  )

  test('every rule has a planted mistake', () => {
    expect([...new Set(planted.map(([rule]) => rule))].sort()).toEqual(lintRules.map((rule) => rule.id).sort())
  })

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
        blocks: [...aRequest().blocks.slice(0, 3), ...before, item, ...aRequest().blocks.slice(3)],
      }
      expect(idsOf(document)).toEqual([])
    }
  })

  test('a heading that is no sentence has none', () => {
    const document = {
      ...aRequest(),
      blocks: [
        ...aRequest().blocks.slice(0, 3),
        heading(1, '工作情况。'),
        heading(2, '基本情况。'),
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
    const document = { ...aNotice(), blocks: [paragraph('机密★1年'), ...aNotice().blocks] }
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
      (each, finding) => (finding.fix && finding.rule === 'H01' ? applyFix(each, finding.fix) : each),
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

  test('a check of 14,000 characters is quick enough for typing', () => {
    const document = read('zhanjiang-2022-work-points')
    lintDocument(document)
    const before = performance.now()
    for (let round = 0; round < 10; round += 1) lintDocument(document)
    expect((performance.now() - before) / 10).toBeLessThan(100)
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
  ])('200,000 characters of %s take bounded time', (_name, unit) => {
    const text = unit.repeat(Math.ceil(200_000 / unit.length))
    const blocks = (['title', 'recipients', 'paragraph', 'attachment-note', 'date', 'signature'] as const).map((kind) =>
      block(kind, text),
    )
    const before = performance.now()
    lintDocument({ ...aNotice(), blocks: [...blocks, heading(2, text)] }, office)
    expect(performance.now() - before).toBeLessThan(15_000)
  })
})

describe('words', () => {
  test('every rule has a name and a remark in both languages', () => {
    for (const { id } of lintRules)
      for (const words of [lintZh, lintEn])
        expect(Object.keys(words)).toEqual(
          expect.arrayContaining([`documents.lint.${id}`, `documents.lint.${id}.name`]),
        )
  })

  test('every placeholder of a remark is filled', () => {
    for (const [rule, document] of planted) {
      for (const finding of lintDocument(document, office).filter((each) => each.rule === rule)) {
        for (const words of [lintZh, lintEn] as readonly Readonly<Record<string, string>>[]) {
          const names = [...(words[`documents.lint.${rule}`] ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1])
          expect(Object.keys(finding.params)).toEqual(expect.arrayContaining(names))
        }
      }
    }
  })
})
