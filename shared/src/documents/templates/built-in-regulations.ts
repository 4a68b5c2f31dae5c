/** Built-in templates of regulations (规章、办法、规定): 章, 条, 款 and 项, whose numbers nobody types. The one that promulgates comes
 * first (an order or a notice); the text itself follows on pages of its own.
 *
 * Source: 立法法 第65条 for the parts; 规章制定程序条例 第32条 for what the order names; the order of 总则, 分则, 附则 is practice
 */
import { adoptedNote, type Part, signed, template } from './built-in-parts.ts'
import { organToken } from './model.ts'

/** The text of a regulation behind what promulgates it; 题注 says who adopted it where that is no act of the issuing organ alone. */
function rulesText(...titleNote: readonly Part[]): readonly Part[] {
  return [
    ['annex-title', '【待填规章名称】'],
    ...titleNote,
    ['chapter', '总则'],
    ['article', '为了【待填目的】，根据【待填上位法依据】，结合本地实际，制定本办法。'],
    ['article', '【待填适用范围】，适用本办法。'],
    ['article', '【待填主管部门】负责【待填主管事项】，其他有关部门按照各自职责做好相关工作。'],
    ['chapter', '【待填管理内容】'],
    ['article', '【待填义务主体】应当符合下列要求：'],
    ['item', '【待填第一项要求】；'],
    ['item', '【待填第二项要求】。'],
    ['article', '【待填办理程序】。'],
    ['paragraph', '【待填例外情形】的，从其规定。'],
    ['chapter', '监督管理'],
    ['article', '违反本办法第四条规定的，由【待填主管部门】【待填处理措施】。'],
    ['chapter', '附则'],
    ['article', '本办法自【待填施行日期】起施行。'],
  ]
}

/** 公布令 with the regulation it promulgates. */
export const orderedRules = template('order-regulation', '命令', {
  name: '公布令（附规章全文）',
  purpose: '公布规章，令后另页印规章全文，章、条、项自动编号',
  elements: { signerPost: '【待填职务】' },
  parts: [
    ['title', '关于公布《【待填规章名称】》的令'],
    ['paragraph', '《【待填规章名称】》已经【待填通过日期】【待填会议名称】通过，现予公布，自【待填施行日期】起施行。'],
    ['signature', '【待填签署人】'],
    ['date', ''],
    ...rulesText(adoptedNote),
  ],
})

/** 通知 that issues a 办法 or 规定 of the organ itself. */
export const issuedRules = template('notice-regulation', '通知', {
  name: '印发办法、规定的通知',
  purpose: '印发办法、规定、细则，通知后另页印全文，章、条、项自动编号',
  parts: [
    ['title', `${organToken}关于印发《【待填规章名称】》的通知`],
    ['recipients', '【待填主送机关】：'],
    ['paragraph', '现将《【待填规章名称】》印发给你们，请认真贯彻执行。'],
    ...signed,
    ...rulesText(),
  ],
})
