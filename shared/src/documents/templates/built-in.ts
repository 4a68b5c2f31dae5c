/** Templates every office has: one or more for each of the fifteen kinds, with the words such documents usually open and close
 * with. What is to be filled in stands in 【待填…】, which the checker will not let pass (rule D17).
 *
 * Source: 条例 第8条 for the kinds; opening and closing words are practice
 */
import { type DocumentKind, type OfficialDocument, versionOfContent } from '../model.ts'
import { firstElements, useOfElement } from '../rules/elements-of-kind.ts'
import { adoptedNote, blocksOf, type BuiltInId, type BuiltInTemplate, type Part, signed, template } from './built-in-parts.ts'
import { issuedRules, orderedRules } from './built-in-regulations.ts'
import { organToken } from './model.ts'

/** The built-in templates, in the order of the kinds; the first of a kind is its usual one. */
export const builtInTemplates: readonly BuiltInTemplate[] = [
  template('resolution', '决议', {
    name: '决议',
    purpose: '会议讨论通过的重大决策事项',
    parts: [
      ['title', `${organToken}关于【待填事项】的决议`],
      adoptedNote,
      ['paragraph', '【待填会议名称】审议了【待填议题】。会议认为，【待填会议的评价】。'],
      ['paragraph', '会议决定，【待填决定的事项】。'],
      ['paragraph', '会议要求，【待填贯彻要求】。'],
    ],
  }),
  template('decision', '决定', {
    name: '决定',
    purpose: '对重要事项作出决策和部署',
    parts: [
      ['title', `${organToken}关于【待填事项】的决定`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '为【待填目的】，根据【待填依据】，现就【待填事项】作出如下决定：'],
      ['h1', '【待填决定事项】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填工作要求】'],
      ['paragraph', '【待填具体内容】。'],
      ...signed,
    ],
  }),
  template('decision-meeting', '决定', {
    name: '决定（会议通过）',
    purpose: '会议审议通过的决定，日期和会议写在题注里，文末不署名',
    elements: { direction: 'public' },
    parts: [
      ['title', `${organToken}关于【待填事项】的决定`],
      adoptedNote,
      ['paragraph', '【待填会议名称】审议了【待填议题】，现就【待填事项】作出如下决定：'],
      ['h1', '【待填决定事项】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填工作要求】'],
      ['paragraph', '【待填具体内容】。'],
    ],
  }),
  template('order', '命令', {
    name: '公布令',
    purpose: '公布行政法规、规章',
    elements: { signerPost: '【待填职务】' },
    parts: [
      ['title', '关于公布《【待填规章名称】》的令'],
      ['paragraph', '《【待填规章名称】》已经【待填通过日期】【待填会议名称】通过，现予公布，自【待填施行日期】起施行。'],
      ['signature', '【待填签署人】'],
      ['date', ''],
    ],
  }),
  orderedRules,
  template('communique', '公报', {
    name: '公报',
    purpose: '公布重要决定或者重大事项',
    parts: [
      ['title', `${organToken}关于【待填事项】的公报`],
      ['paragraph', '【待填公布的依据和经过】，现将有关情况公布如下：'],
      ['h1', '【待填第一方面】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填第二方面】'],
      ['paragraph', '【待填具体内容】。'],
      ...signed,
    ],
  }),
  template('communique-meeting', '公报', {
    name: '会议公报',
    purpose: '公布会议情况和决定，日期和会议写在题注里，文末不署名',
    parts: [
      ['title', '【待填会议名称】公报'],
      adoptedNote,
      ['paragraph', '【待填会议名称】于【待填日期】在【待填地点】举行。'],
      ['paragraph', '会议审议了【待填议题】。会议认为，【待填会议的评价】。'],
      ['paragraph', '会议决定，【待填决定的事项】。'],
      ['paragraph', '会议号召，【待填贯彻要求】。'],
    ],
  }),
  template('announcement', '公告', {
    name: '公告',
    purpose: '向国内外宣布重要事项或者法定事项',
    parts: [
      ['title', `${organToken}关于【待填事项】的公告`],
      ['paragraph', '根据【待填依据】，现将【待填事项】公告如下：'],
      ['paragraph', '【待填公告内容】。'],
      ['paragraph', '特此公告。'],
      ...signed,
    ],
  }),
  template('public-notice', '通告', {
    name: '通告',
    purpose: '在一定范围内公布应当遵守或者周知的事项',
    parts: [
      ['title', `${organToken}关于【待填事项】的通告`],
      ['paragraph', '为【待填目的】，根据【待填依据】，现将有关事项通告如下：'],
      ['h1', '【待填时间和范围】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填应当遵守的事项】'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '本通告自【待填施行日期】起施行。'],
      ['paragraph', '特此通告。'],
      ...signed,
    ],
  }),
  template('opinions', '意见', {
    name: '意见（下行）',
    purpose: '对重要问题提出见解和处理办法，部署下级执行',
    parts: [
      ['title', `${organToken}关于【待填问题】的意见`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '为【待填目的】，根据【待填依据】，结合实际，现提出以下意见：'],
      ['h1', '【待填总体要求】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填重点任务】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填保障措施】'],
      ['paragraph', '【待填具体内容】。'],
      ...signed,
    ],
  }),
  template('opinions-up', '意见', {
    name: '意见（上行）',
    purpose: '向上级提出见解，请求批转执行',
    elements: { direction: 'up' },
    parts: [
      ['title', `${organToken}关于【待填问题】的意见`],
      ['recipients', '【待填上级机关】：'],
      ['paragraph', '为【待填目的】，根据【待填依据】，经研究，现提出以下意见：'],
      ['h1', '【待填主要措施】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填组织实施】'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '以上意见如无不妥，请批转【待填执行单位】执行。'],
      ...signed,
    ],
  }),
  template('notice', '通知', {
    name: '通知',
    purpose: '传达要求执行或者周知的事项',
    parts: [
      ['title', `${organToken}关于【待填事项】的通知`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '为【待填目的】，根据【待填依据】，现将有关事项通知如下：'],
      ['h1', '【待填事项】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填工作要求】'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '特此通知。'],
      ...signed,
    ],
  }),
  template('notice-issue', '通知', {
    name: '印发通知',
    purpose: '印发方案、办法、要点等',
    parts: [
      ['title', `${organToken}关于印发《【待填文件名称】》的通知`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '现将《【待填文件名称】》印发给你们，请结合实际认真贯彻执行。'],
      ...signed,
    ],
  }),
  issuedRules,
  template('notice-forward', '通知', {
    name: '转发通知',
    purpose: '转发上级机关和不相隶属机关的公文',
    parts: [
      ['title', `${organToken}转发【待填来文机关】关于【待填事项】文件的通知`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '现将《【待填来文标题】》（【待填来文字号】）转发给你们，请结合实际认真贯彻落实。'],
      ...signed,
    ],
  }),
  template('notice-meeting', '通知', {
    name: '会议通知',
    purpose: '召集会议',
    parts: [
      ['title', `${organToken}关于召开【待填会议名称】的通知`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '定于【待填日期】召开【待填会议名称】。现将有关事项通知如下：'],
      ['h1', '会议时间'],
      ['paragraph', '【待填起止时间】。'],
      ['h1', '会议地点'],
      ['paragraph', '【待填地点】。'],
      ['h1', '参会人员'],
      ['paragraph', '【待填参会人员】。'],
      ['h1', '有关要求'],
      ['paragraph', '请参会单位于【待填报名截止时间】前将参会人员名单报送【待填联系单位】（联系人：【待填姓名】，联系电话：【待填电话】）。'],
      ['paragraph', '特此通知。'],
      ...signed,
    ],
  }),
  template('circular', '通报', {
    name: '通报',
    purpose: '表彰先进、批评错误、告知重要情况',
    parts: [
      ['title', `${organToken}关于【待填情况】的通报`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '【待填起因和经过】。现将有关情况通报如下：'],
      ['h1', '【待填基本情况】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填有关要求】'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '特此通报。'],
      ...signed,
    ],
  }),
  template('report', '报告', {
    name: '工作报告',
    purpose: '向上级汇报工作、反映情况',
    parts: [
      ['title', `${organToken}关于【待填工作】情况的报告`],
      ['recipients', '【待填上级机关】：'],
      ['paragraph', '根据【待填依据】，现将【待填工作】情况报告如下：'],
      ['h1', '【待填主要做法和成效】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填存在的问题】'],
      ['paragraph', '【待填具体内容】。'],
      ['h1', '【待填下一步打算】'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '特此报告。'],
      ...signed,
    ],
  }),
  template('report-answer', '报告', {
    name: '答复报告',
    purpose: '答复上级机关的询问',
    parts: [
      ['title', `${organToken}关于【待填询问事项】的报告`],
      ['recipients', '【待填上级机关】：'],
      ['paragraph', '《【待填来文标题】》（【待填来文字号】）收悉。现将有关情况报告如下：'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '特此报告。'],
      ...signed,
    ],
  }),
  template('request', '请示', {
    name: '请示',
    purpose: '向上级请求指示、批准，一文一事',
    parts: [
      ['title', `${organToken}关于【待填事项】的请示`],
      ['recipients', '【待填上级机关】：'],
      ['paragraph', '为【待填理由】，根据【待填依据】，现就【待填事项】请示如下：'],
      ['paragraph', '【待填请示的事项和本机关的倾向性意见】。'],
      ['paragraph', '妥否，请批示。'],
      ...signed,
      ['note', '联系人：【待填姓名】，联系电话：【待填电话】'],
    ],
  }),
  template('reply', '批复', {
    name: '批复',
    purpose: '答复下级机关的请示',
    parts: [
      ['title', `${organToken}关于【待填事项】的批复`],
      ['recipients', '【待填请示机关】：'],
      ['paragraph', '《【待填请示标题】》（【待填请示字号】）收悉。经研究，现批复如下：'],
      ['paragraph', '【待填批复内容】。'],
      ['paragraph', '此复。'],
      ...signed,
    ],
  }),
  template('bill', '议案', {
    name: '议案',
    purpose: '政府向同级人民代表大会或者其常务委员会提请审议',
    elements: { signerPost: '【待填职务】' },
    parts: [
      ['title', `${organToken}关于提请审议【待填事项】的议案`],
      ['recipients', '【待填人民代表大会常务委员会】：'],
      ['paragraph', '为【待填理由】，根据【待填依据】，拟定了【待填事项】。该事项已经【待填政府会议】讨论通过，现提请审议。'],
      ['signature', '【待填签署人】'],
      ['date', ''],
    ],
  }),
  template('letter', '函', {
    name: '商洽函',
    purpose: '与不相隶属机关商洽工作、询问事项、请求批准',
    parts: [
      ['title', `${organToken}关于【待填事项】的函`],
      ['recipients', '【待填主送机关】：'],
      ['paragraph', '为【待填目的】，根据【待填依据】，现就【待填事项】函商如下：'],
      ['paragraph', '【待填具体内容】。'],
      ['paragraph', '请予支持为盼。'],
      ...signed,
    ],
  }),
  template('letter-answer', '函', {
    name: '复函',
    purpose: '答复来函',
    parts: [
      ['title', `${organToken}关于【待填事项】的复函`],
      ['recipients', '【待填来函机关】：'],
      ['paragraph', '《【待填来函标题】》（【待填来函字号】）收悉。经研究，现函复如下：'],
      ['paragraph', '【待填答复内容】。'],
      ['paragraph', '特此函复。'],
      ...signed,
    ],
  }),
  template('minutes', '纪要', {
    name: '会议纪要',
    purpose: '记载会议主要情况和议定事项',
    elements: { markSuffix: '会议纪要', printedBy: organToken, attendees: '【待填单位和姓名】' },
    parts: [
      ['title', '【待填会议名称】纪要'],
      ['paragraph', '【待填日期】，【待填主持人】在【待填地点】主持召开【待填会议名称】，研究【待填议题】。现将会议主要情况和议定事项纪要如下：'],
      ['h1', '【待填第一项议题】'],
      ['paragraph', '会议听取了【待填汇报内容】。会议认为，【待填会议的评价】。'],
      ['paragraph', '会议议定，【待填议定事项】。由【待填责任单位】负责，【待填完成时限】前完成。'],
    ],
  }),
]

/** An empty page of a kind: what every document of it has, to be filled in. */
export function skeletonOf(kind: DocumentKind): OfficialDocument {
  const first = firstElements(kind)
  const hasImprint = kind !== '函' && kind !== '纪要'
  const elements = { ...first, printedBy: hasImprint ? organToken : '' }
  const parts: readonly Part[] = [
    ['title', ''],
    ...(useOfElement('title-note', elements) === 'required' ? [adoptedNote] : []),
    ...(useOfElement('recipients', elements) === 'required' ? [['recipients', ''] as const] : []),
    ['paragraph', ''],
    ...(useOfElement('signature', elements) === 'required' ? signed : []),
  ]
  const blocks = blocksOf(parts)
  return { version: versionOfContent(blocks), elements, blocks }
}

/** The built-in templates of a kind, the usual one first. */
export function builtInsOfKind(kind: DocumentKind): readonly BuiltInTemplate[] {
  return builtInTemplates.filter((each) => each.document.elements.kind === kind)
}

/** A built-in template by its name. */
export function getBuiltIn(id: BuiltInId): BuiltInTemplate {
  const found = builtInTemplates.find((each) => each.id === id)
  if (!found) throw new Error(`Bug: no built-in template ${id}`)
  return found
}
