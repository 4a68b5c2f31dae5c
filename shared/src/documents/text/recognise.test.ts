import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveLabels } from '../gongwen/numbering.ts'
import type { Block } from '../model.ts'
import { elementsSchema } from '../model.ts'
import { lintDocument } from '../lint/lint.ts'
import { decodeText } from './decode.ts'
import { recogniseText } from './recognise.ts'
import { blockText } from './runs.ts'
import { textOf } from './text-of.ts'

const read = (name: string): string =>
  readFileSync(new URL(`../../../../tests/support/real-documents/${name}.txt`, import.meta.url), 'utf8')
const quzhou = read('quzhou-2018-action-plan')
const zhanjiang = read('zhanjiang-2022-work-points')

const textsOf = (text: string, kind: Block['kind']): string[] =>
  recogniseText(text)
    .document.blocks.filter((block) => block.kind === kind)
    .map(blockText)
const printed = (text: string): string[] => {
  const { blocks } = recogniseText(text).document
  const labels = deriveLabels(blocks)
  return blocks.map((block, index) => (labels[index] ?? '') + blockText(block))
}

const characters = (text: string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const character of text.replace(/\s/g, '').replaceAll('(', '（').replaceAll(')', '）').replaceAll(':', '：'))
    counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

describe.each([
  ['Quzhou', quzhou, 4, 22],
  ['Zhanjiang', zhanjiang, 5, 23],
])('the real document of %s', (_, source, level1, level2) => {
  test('keeps every character that is not page furniture', () => {
    const { document, report } = recogniseText(source)
    const dropped = new Set(report.dropped.map((entry) => entry.line))
    const wanted = characters(
      source
        .split('\n')
        .filter((_line, index) => !dropped.has(index + 1))
        .join(''),
    )

    const kept = characters(textOf(document))

    for (const [character, count] of wanted)
      expect([character, kept.get(character) ?? 0]).toEqual([character, expect.toSatisfy((n: number) => n >= count)])
    expect(dropped.size).toBeLessThan(6)
  })

  test('has its headings with the numbers that were typed', () => {
    const { blocks } = recogniseText(source).document
    const typed = [
      ...source.matchAll(/^[ \u00a0]*((?:[（(])?[一二三四五六七八九十]+(?:[）)、])?|\d+(?=\.[^\d]))(?=[^，,年是])/gm),
    ].map((match) => (match[1] ?? '').replace(/[（()）、]/g, ''))

    const labels = deriveLabels(blocks).flatMap((label, index) =>
      blocks[index]?.kind === 'heading' ? [(label ?? '').replace(/[（）、.]/g, '')] : [],
    )

    expect(labels).toEqual(typed)
    expect(blocks.filter((block) => block.kind === 'heading' && block.level === 1)).toHaveLength(level1)
    expect(blocks.filter((block) => block.kind === 'heading' && block.level === 2)).toHaveLength(level2)
  })

  test('is recognised the same when written out and read again', () => {
    const { document } = recogniseText(source)

    const again = recogniseText(textOf(document)).document

    expect(again.blocks.map((block) => [block.kind, blockText(block)])).toEqual(
      document.blocks.map((block) => [block.kind, blockText(block)]),
    )
    expect(again.elements.number).toEqual(document.elements.number)
  })
})

describe('elements of the two real documents', () => {
  test('Quzhou: damaged number, broken lines, the issued plan with its own attachment', () => {
    const { document, report } = recogniseText(quzhou)

    expect(document.elements.number).toEqual({ code: '衢政办发', year: 2018, serial: 59 })
    expect(report.guessed.map((entry) => entry.topic)).toContain('number-repaired')
    expect(textsOf(quzhou, 'signature')).toEqual(['衢州市人民政府办公室'])
    expect(textsOf(quzhou, 'date')).toEqual(['2018年7月16日'])
    expect(textsOf(quzhou, 'note')).toEqual(['此件公开发布'])
    expect(textsOf(quzhou, 'annex-title')).toEqual([
      '衢州市政府数字化转型行动计划(20182022',
      '衢州市政府数字化转型总体框架图',
    ])
    expect(textsOf(quzhou, 'paragraph').some((text) => text.includes('数据资源100%全共享'))).toBe(true)
    expect(textsOf(quzhou, 'paragraph').some((text) => text.includes('各县(市、区和市级各部门根据'))).toBe(true)
  })

  test('Zhanjiang: a letter, and numbers that run on from （三） to （四） across 二、', () => {
    const { document } = recogniseText(zhanjiang)

    expect(document.elements).toMatchObject({
      kind: '通知',
      format: 'letter',
      number: { code: '湛政数函', year: 2022, serial: 13 },
    })
    expect(printed(zhanjiang).some((line) => line.startsWith('（二十三）构建信息安全保障体系。'))).toBe(true)
    expect(textsOf(zhanjiang, 'annex-title')).toEqual(['湛江市数字政府改革建设2022年工作要点'])
  })
})

const memo = `000012
特急
云州市财政局
云州市审计局文件
云财发〔2026〕8号　　签发人：王 强
云州市财政局 云州市审计局
关于加强预算管理
工作的请示
云州市人民政府：
　　为加强管理，现请示如下。
　　一、基本情况
　　１．全市情况良好。
　　1、收入平稳。
　　附件：1. 收入表
　　　　　2. 支出表
云州市财政局
云州市审计局
2026年8月1日
（联系人：李明，电话：12345678）
— 1 —
附件1
收入表
略。
附件2
支出表
略。
抄送：市委办公室，市人大常委会办公室。
云州市财政局办公室　　2026年8月2日印发`

describe('a document with every element', () => {
  test('gives each its place', () => {
    const { document } = recogniseText(memo)

    expect(document.elements).toMatchObject({
      kind: '请示',
      direction: 'up',
      copyNumber: '000012',
      urgency: 'extra-urgent',
      issuers: ['云州市财政局', '云州市审计局'],
      markSuffix: '文件',
      number: { code: '云财发', year: 2026, serial: 8 },
      copyTo: ['市委办公室', '市人大常委会办公室'],
      printedBy: '云州市财政局办公室',
      printedOn: '2026-08-02',
    })
    expect(textsOf(memo, 'title')).toEqual(['云州市财政局 云州市审计局关于加强预算管理工作的请示'])
    expect(textsOf(memo, 'attachment-note')).toEqual(['收入表', '支出表'])
    expect(textsOf(memo, 'annex-title')).toEqual(['收入表', '支出表'])
    expect(textsOf(memo, 'signature')).toEqual(['云州市财政局', '云州市审计局'])
    expect(textsOf(memo, 'note')).toEqual(['联系人：李明，电话：12345678'])
  })

  test('a number that cannot be derived stays in the text', () => {
    expect(printed('关于甲的通知\n各县：\n　　一、甲\n　　七、乙\n　　三、四季度收入平稳。')).toEqual([
      '关于甲的通知',
      '各县：',
      '一、甲',
      '七、乙',
      '三、四季度收入平稳。',
    ])
  })

  test.each([
    ['000012\n机密★1年\n特急', { copyNumber: '000012', secrecy: '机密★1年', urgency: 'extra-urgent' }],
    ['份号：000012　密级：秘密★6个月　紧急程度：加急', { copyNumber: '000012', secrecy: '秘密★6个月', urgency: 'urgent' }],
    ['№000012\n内 部', { copyNumber: '000012', secrecy: '内部', urgency: 'none' }],
  ])('份号, 密级 and 紧急程度 typed above the title become elements: %s', (marks, elements) => {
    const { document } = recogniseText(`${marks}\n关于甲的通知\n各县：\n正文。`)
    expect(document.elements).toMatchObject(elements)
    expect(textsOf(`${marks}\n关于甲的通知\n各县：\n正文。`, 'paragraph')).toEqual(['正文。'])
  })

  test('a state secret is named to the drafter at once, and stands in the element the checker refuses', () => {
    const { document, report } = recogniseText('机密★1年\n关于甲的通知\n各县：\n正文。')
    expect(report.guessed.map((entry) => entry.topic)).toContain('classified')
    expect(lintDocument(document).map((finding) => finding.rule)).toContain('A11')
  })

  test('what only looks like a mark stays in the text', () => {
    expect(textsOf('000012\n000013\n特急 办理\n关于甲的通知\n各县：\n正文。', 'title')).toEqual(['000013特急 办理关于甲的通知'])
  })
})

describe('hostile input', () => {
  test('random text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => recogniseText(text).document.version === 1),
    )
    const pieces = fc.constantFrom(
      '附件',
      '：',
      '1.',
      '（一',
      '一、',
      '\n',
      '　',
      '2026年8月1日',
      '印发',
      '抄送：',
      '局',
      '。',
      '\u0000',
      '\ud800',
      '〔2026',
      '牵头）',
      '签发人：王强',
      '文件',
      '令',
      '第3号',
      '云财发〔2026〕3号',
      '关于甲的通知',
      '各县：',
    )
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 60 }),
        (parts) => elementsSchema.safeParse(recogniseText(parts.join('')).document.elements).success,
      ),
    )
  })

  test('a text cut at any place is still read', () => {
    for (let end = 0; end < memo.length; end += 1) expect(recogniseText(memo.slice(0, end)).document.version).toBe(1)
  })

  test.each([
    ['one line of 5 MB', '政'.repeat(5_000_000)],
    ['one line of blanks', `政${' '.repeat(2_000_000)}府`],
    ['a million blank-separated characters', '政 '.repeat(1_000_000)],
    ['sixty thousand broken lines', '这一行没有句号所以它与下一行相连接起来成为一段\n'.repeat(60_000)],
    ['sixty thousand headings', '一、甲\n'.repeat(60_000)],
    ['brackets without end', '（'.repeat(1_000_000)],
    ['nulls', '\u0000'.repeat(1_000_000)],
  ])('%s is read in bounded time', (_name, text) => {
    const before = performance.now()
    recogniseText(text)
    expect(performance.now() - before).toBeLessThan(15_000)
  })
})

describe('what an element cannot hold', () => {
  test('nor anything else is lost, whatever the order of lines', () => {
    const lines = fc.constantFrom(
      '附件：甲表',
      '附件',
      '附件1',
      '甲表',
      '一、总则',
      '（一）范围。适用于全市。',
      '1.要求',
      '正文没有句号并且足够长所以会与下一行相连',
      '正文。',
      '',
      '　　缩进的正文。',
      '云州市财政局',
      '云州市财政局文件',
      '云州市人民政府令',
      '第12号',
      '2026年8月1日',
      '（此件公开发布）',
      '抄送：市委办公室，市审计局。',
      '云州市财政局办公室　　2026年8月2日印发',
      '云财发〔2026〕8号',
      '关于甲表的通知',
      '各县：',
      '签发人：王强',
      '特急',
      '000012',
      '市长　张明',
      '出席：王强',
      '主题词：财政',
    )
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 14 }), (parts) => {
        const { document, report } = recogniseText(parts.join('\n'))
        const kept = characters(textOf(document) + report.dropped.map((entry) => entry.text).join(''))
        for (const [character, count] of characters(parts.join(''))) {
          expect([
            character,
            (kept.get(character) ?? 0) >= count || /[、，。：.一二三\d（）〔〕号附件第]/.test(character),
          ]).toEqual([character, true])
        }
      }),
      { numRuns: 400 },
    )
  })

  test('stays in the text', () => {
    const organs = Array.from({ length: 61 }, (_, index) => `第${index}局`).join('，')
    expect(textsOf(`关于甲的通知\n各县：\n正文。\n抄送：${organs}。`, 'paragraph')).toEqual([
      '正文。',
      `抄送：${organs}。`,
    ])
    expect(textOf(recogniseText('关于甲的通知\n各县：\n正文。\n抄送：甲局。\n抄送：乙局。').document)).toMatch(/乙局/)
  })
})

describe('decoding', () => {
  const decoder = (encoding: string, fatal: boolean): TextDecoder => new TextDecoder(encoding, { fatal })

  test('UTF-8 with and without mark, UTF-16 and GB 18030 give the same text', () => {
    const utf8 = new TextEncoder().encode('关于')
    const samples = [
      utf8,
      new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]),
      new Uint8Array([0xff, 0xfe, 0x73, 0x51, 0x8e, 0x4e]),
      new Uint8Array([0xfe, 0xff, 0x51, 0x73, 0x4e, 0x8e]),
      new Uint8Array([0xb9, 0xd8, 0xd3, 0xda]),
    ]
    for (const bytes of samples) expect(decodeText(bytes, decoder).text).toBe('关于')
  })

  test('bytes that are no text never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decodeText(bytes, decoder).text === 'string'),
    )
  })
})

describe('documents as offices publish them', () => {
  const page = `首页 > 政务公开 > 政策文件
索引号：000014349/2026-00012
发文机关：云州市人民政府办公室
标　　题：云州市人民政府办公室关于进一步加强防汛工作的通知
发文字号：云政办发〔2026〕15号
字体：大 中 小 打印
云州市人民政府办公室关于
进一步加强防汛工作的通知
云政办发〔2026〕15号
各县（市、区）人民政府：
　　一、提高思想认识
　　各级各部门要切实提高政治站位，树牢底线思维，坚决克服麻痹思想，扎实做
好各项防汛准备工作。
云州市人民政府办公室
2026年8月1日
【打印】 【关闭】`

  test('the table of a policy page is furniture, the number in it is read', () => {
    const { document } = recogniseText(page)
    expect(document.elements.number).toEqual({ code: '云政办发', year: 2026, serial: 15 })
    expect(document.blocks.map((block) => [block.kind, blockText(block)])).toEqual([
      ['title', '云州市人民政府办公室关于进一步加强防汛工作的通知'],
      ['recipients', '各县（市、区）人民政府：'],
      ['heading', '提高思想认识'],
      ['paragraph', '各级各部门要切实提高政治站位，树牢底线思维，坚决克服麻痹思想，扎实做好各项防汛准备工作。'],
      ['signature', '云州市人民政府办公室'],
      ['date', '2026年8月1日'],
    ])
  })

  test('a hundred organs named one by one are the addressees; a long sentence before a colon is none', () => {
    const organs = Array.from({ length: 100 }, (_, n) => `云州市第${n + 1}管理办公室`).join('、')
    const kindsOf = (line: string): readonly string[] => recogniseText(`关于做好有关工作的通知\n${line}：\n　　现就有关事项通知如下。\n云州市人民政府办公室\n2026年11月20日\n`).document.blocks.map((block) => block.kind)
    expect(kindsOf(organs).slice(0, 3)).toEqual(['title', 'recipients', 'paragraph'])
    expect(kindsOf('为了进一步做好全市的有关工作并且把各项要求都逐一落到实处'.repeat(25)).slice(0, 2)).toEqual(['title', 'paragraph'])
  })

  test('a notice to the public has no addressee and is public', () => {
    const { document } = recogniseText(
      '云州市公安局关于实施临时交通管制的通告\n根据有关规定，现就有关事项通告如下：\n一、管制时间：8时。\n特此通告。\n云州市公安局\n2026年7月30日',
    )
    expect(document.elements).toMatchObject({ kind: '通告', direction: 'public', issuers: ['云州市公安局'] })
    expect(document.blocks.map((block) => block.kind)).toEqual([
      'title',
      'paragraph',
      'heading',
      'paragraph',
      'signature',
      'date',
    ])
  })

  test('an order has a number without a year, a signer with a post and the text it issues', () => {
    const { document, report } = recogniseText(
      '云州市人民政府令\n第12号\n《云州市停车管理办法》已经市人民政府常务会议通过，现予公布。\n市长　张 明\n2026年7月5日\n云州市停车管理办法\n第一条　制定本办法。',
    )
    expect(document.elements).toMatchObject({
      kind: '命令',
      format: 'order',
      issuers: ['云州市人民政府'],
      number: { code: '令', year: 2026, serial: 12 },
      signerPost: '市长',
    })
    expect(document.blocks.map((block) => [block.kind, blockText(block).slice(0, 9)])).toEqual([
      ['paragraph', '《云州市停车管理办'],
      ['signature', '张明'],
      ['date', '2026年7月5日'],
      ['annex-title', '云州市停车管理办法'],
      ['article', '制定本办法。'],
    ])
    expect(report.guessed).toEqual([])
  })
})
