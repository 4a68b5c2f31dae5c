/** Texts as they come from government web sites: what is no document is taken out and named, nothing else is lost. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from '../model.ts'
import { readHtml } from './markup/from-html.ts'
import { readMarkdown } from './markup/from-markdown.ts'
import { recogniseLines, recogniseText } from './recognise.ts'
import { openReport } from './report.ts'
import { blockText } from './runs.ts'
import { textOf } from './text-of.ts'

const shown = (blocks: readonly Block[]): string[] => blocks.map((block) => `${block.kind === 'heading' ? `heading ${block.level}` : block.kind}: ${blockText(block)}`)

const plan = `当前位置：首页 > 政务公开 > 规划计划 > 工作计划
云岭市2023年数字政府建设工作要点
来源：云岭市大数据管理局 发布时间：2023-03-15 10:22 浏览次数：1,024 次
字体：【大】【中】【小】 打印本页 分享到：
云岭市人民政府办公室关于印发
云岭市2023年数字政府建设工作要点的通知
云政办函〔2023〕 12 号
各县区人民政府，市政府各部门：
《云岭市2023年数字政府建设工作要点》已经市人民政府同意，现印发给你们，请认真抓好落实。
云岭市人民政府办公室
2023年3月10日
（此件主动公开）
云岭市2023年数字政府建设工作要点
为深入推进数字政府建设，制定本工作要点。
一、夯实数字底座
（一）升级政务云平台。完成市级政务云二期扩容，
新增计算节点40个。（责任单位：市大数据局；完成时限：2023年
6月底）
二 、深化一网通办
2．推进“一件事一次办”。
附件：任务分工表
序号	任务	牵头单位	完成时限
1	政务云扩容	市大数据局	6月底
2	专网整合	市大数据局	12月底
扫一扫在手机打开当前页
【打印】 【关闭窗口】
上一篇：关于做好统计工作的通知
下一篇：没有了
主办：云岭市人民政府　承办：云岭市大数据局
网站标识码：5300000001 滇ICP备12345678号-1`

const programme = `首页>>信息公开>>政策文件
索 引 号:	01512345-6/2021-00088	公开日期:	2021-05-08
发文字号:	临政办发[2021]35号	有 效 性:	有效
临江市人民政府办公厅
关于印发临江市“十四五”数字经济发展规划的通知
临政办发[2021]35号
各区县（自治县）人民政府，市政府有关部门：
  《临江市“十四五”数字经济发展规划》已经审议通过，现印发给你们，请认真贯彻实施。
                          临江市人民政府办公厅
                          2021年4月29日
临江市“十四五”数字经济发展规划
目  录
第一章 发展基础	1
第一节 发展成效	1
第二章 总体要求	5
第一章 发展基础
第一节 发展成效
“十三五”时期，全市数字经济增加值年均增长15 %，占GDP比重达到 25 . 5 %，到 2020 年底建成基站 40 个。
- 3 -
第二章 总体要求
解读链接：一图读懂《规划》
相关附件：
临江市“十四五”数字经济发展规划.pdf
版权所有：临江市人民政府`

describe('a plan copied from a web page', () => {
  test('has its own title, headings, broken lines and table, and none of the page around it', () => {
    const { document, report } = recogniseText(plan)
    expect(shown(document.blocks)).toEqual([
      'title: 云岭市人民政府办公室关于印发云岭市2023年数字政府建设工作要点的通知',
      'recipients: 各县区人民政府，市政府各部门：',
      'paragraph: 《云岭市2023年数字政府建设工作要点》已经市人民政府同意，现印发给你们，请认真抓好落实。',
      'signature: 云岭市人民政府办公室',
      'date: 2023年3月10日',
      'note: 此件主动公开',
      'annex-title: 云岭市2023年数字政府建设工作要点',
      'paragraph: 为深入推进数字政府建设，制定本工作要点。',
      'heading 1: 夯实数字底座',
      'heading 2: 升级政务云平台。完成市级政务云二期扩容，新增计算节点40个。（责任单位：市大数据局；完成时限：2023年6月底）',
      'heading 1: 深化一网通办',
      'heading 3: 推进“一件事一次办”。',
      'attachment-note: 任务分工表',
      'table: 序号\t任务\t牵头单位\t完成时限\n1\t政务云扩容\t市大数据局\t6月底\n2\t专网整合\t市大数据局\t12月底',
    ])
    expect(document.elements.number).toEqual({ code: '云政办函', year: 2023, serial: 12 })
    expect(report.dropped).toHaveLength(10)
  })

  test('with facts in a table, a table of contents and blanks in its figures', () => {
    const { document, report } = recogniseText(programme)
    expect(document.elements.number).toEqual({ code: '临政办发', year: 2021, serial: 35 })
    expect(shown(document.blocks).slice(5)).toEqual([
      'annex-title: 临江市“十四五”数字经济发展规划',
      'chapter: 发展基础',
      'section: 发展成效',
      'paragraph: “十三五”时期，全市数字经济增加值年均增长15%，占GDP比重达到25.5%，到2020年底建成基站40个。',
      'chapter: 总体要求',
    ])
    expect(report.dropped.filter((entry) => entry.topic === 'contents')).toHaveLength(4)
  })

  test('or as HTML is the same document', () => {
    const rows = (text: string): string => text.split('\n').map((line) => (line.includes('\t') ? `<tr>${line.split('\t').map((cell) => `<td>${cell}</td>`).join('')}</tr>` : `<p>${line}</p>`)).join('\n')
    const html = rows(plan).replace(/(?:<tr>.*<\/tr>\n?)+/, (table) => `<table>${table}</table>`)
    const report = openReport()
    const { document } = recogniseLines(readHtml(html, report), report)
    const texts = (blocks: readonly Block[]): string => blocks.filter((block) => block.kind !== 'table').map(blockText).join('')
    expect(texts(document.blocks)).toBe(texts(recogniseText(plan).document.blocks))
    expect(document.blocks.filter((block) => block.kind === 'table')).toHaveLength(1)
  })
})

test('Markdown gives title, levels, emphasis and tables', () => {
  const report = openReport()
  const lines = readMarkdown('# 关于开展检查的通知\n\n各科室：\n\n## 总体要求\n\n要**高度重视**，见[细则](http://example.com/a)。\n\n### 范围\n\n- 全市\n\n| 项目 | 时限 |\n|---|---|\n| 自查 | 8月 |\n\n云州市财政局\n\n2026年8月1日\n', report)
  const { document } = recogniseLines(lines, report)
  expect(shown(document.blocks)).toEqual([
    'title: 关于开展检查的通知', 'recipients: 各科室：', 'heading 1: 总体要求', 'paragraph: 要高度重视，见细则。', 'heading 2: 范围', 'paragraph: 全市', 'table: 项目\t时限\n自查\t8月', 'signature: 云州市财政局', 'date: 2026年8月1日',
  ])
  expect(document.blocks[3]).toMatchObject({ runs: [{ text: '要' }, { text: '高度重视', bold: true }, { text: '，见细则。' }] })
  expect(report.dropped).toContainEqual({ topic: 'external-reference', line: 7, text: 'http://example.com/a' })
})

test('Traditional Chinese is kept as it is', () => {
  expect(textOf(recogniseText('關於開展檢查的通知\n各縣：\n　　正文內容臺灣。').document)).toBe('關於開展檢查的通知\n各縣：\n　　正文內容臺灣。')
})

describe('nothing of a text is lost', () => {
  const signs = (text: string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const sign of text.replace(/\s/g, '')) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    return counts
  }
  /** Numbers and brackets are derived or set right; all other signs must be there. */
  const isDerived = (sign: string): boolean => /[、，。：:.．()（）〔〕[\]第号附件一二三四五六七八九十\d①-⑳]/.test(sign)

  test('whatever lines of a page come in whatever order, each sign is in the document or in the report', () => {
    const lines = fc.constantFrom(...plan.split('\n'), ...programme.split('\n'), '', '第3页 共5页', '甲\t乙\t丙', '丁\t戊\t己', '（2026年1月8日市政府常务会议通过）')
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 25 }), (parts) => {
        const { document, report } = recogniseText(parts.join('\n'))
        const kept = signs(textOf(document) + report.dropped.map((entry) => entry.text).join(''))
        for (const [sign, count] of signs(parts.join(''))) expect([sign, isDerived(sign) || (kept.get(sign) ?? 0) >= count, parts]).toEqual([sign, true, parts])
      }),
      { numRuns: 300 },
    )
  })
})
