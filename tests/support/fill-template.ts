/** Filling in what a built-in template leaves open, as a clerk would: every 【待填…】 gets words that fit. */
import { bodyOf, type Elements, elementsOf } from '@xiewen/shared/documents'
import * as Y from 'yjs'

const words: Readonly<Record<string, string>> = {
  事项: '加强政务数据共享管理', 议题: '云州市数字政府改革建设规划', 会议名称: '云州市第十六届人民政府第八次常务会议', 会议的评价: '规划符合本市实际，切实可行',
  决定的事项: '批准《云州市数字政府改革建设规划》', 贯彻要求: '各部门认真组织实施，按期完成各项任务', 主送机关: '各县（区）政务服务数据管理局，局属各单位',
  目的: '进一步提升政务服务水平', 依据: '《云州市政务数据管理办法》', 决定事项: '建立共享目录', 工作要求: '落实工作责任', 具体内容: '各单位按照职责分工抓好落实，于2026年12月31日前完成',
  职务: '市长', 规章名称: '云州市政务数据管理办法', 通过日期: '2026年11月10日', 施行日期: '2027年1月1日', 签署人: '陈国栋', 公布的依据和经过: '2026年全市人口抽样调查工作已经结束',
  第一方面: '常住人口', 第二方面: '城乡构成', 公告内容: '自2027年1月1日起，全市启用统一的政务服务热线', 时间和范围: '时间和范围', 应当遵守的事项: '应当遵守的事项', 问题: '推进政务数据共享',
  总体要求: '总体要求', 重点任务: '重点任务', 保障措施: '保障措施', 上级机关: '云州市人民政府', 主要措施: '主要措施', 组织实施: '组织实施', 执行单位: '各县（区）、各部门',
  文件名称: '云州市政务数据共享工作方案', 来文机关: '云州市人民政府', 来文标题: '云州市人民政府关于加强政务公开工作的通知', 来文字号: '云府发〔2026〕12号', 日期: '2026年12月10日',
  起止时间: '2026年12月10日上午9时至11时', 地点: '市行政中心三楼会议室', 参会人员: '各单位分管负责同志', 报名截止时间: '2026年12月8日', 联系单位: '局办公室', 姓名: '张晓雨', 电话: '0712—1234567',
  情况: '政务公开工作检查情况', 起因和经过: '2026年10月，我局组织开展了政务公开工作检查', 基本情况: '基本情况', 有关要求: '有关要求', 工作: '政务数据共享工作', 主要做法和成效: '主要做法和成效',
  存在的问题: '存在的问题', 下一步打算: '下一步打算', 询问事项: '政务数据共享进展情况', 理由: '保障政务服务平台稳定运行', 请示的事项和本机关的倾向性意见: '拟新建政务云备份中心，所需经费列入2027年部门预算。我局认为该项目十分必要',
  请示标题: '青川县政务服务数据管理局关于设立政务服务大厅的请示', 请示机关: '青川县政务服务数据管理局', 请示字号: '青政数〔2026〕8号', 批复内容: '同意设立青川县政务服务大厅', 人民代表大会常务委员会: '云州市人民代表大会常务委员会', 政府会议: '市政府第八次常务会议',
  来函标题: '云州市财政局关于商请提供数据的函', 来函机关: '云州市财政局', 来函字号: '云财函〔2026〕5号', 答复内容: '同意按有关规定提供所需数据', 单位和姓名: '市政府办公室陈国栋，市财政局马晓峰', 主持人: '陈国栋', 第一项议题: '关于数据共享工作',
  汇报内容: '市政务服务数据管理局关于数据共享工作情况的汇报', 议定事项: '建立数据共享工作台账', 责任单位: '市政务服务数据管理局', 完成时限: '2026年12月31日',
  上位法依据: '《中华人民共和国数据安全法》和有关法律、行政法规', 适用范围: '本市行政区域内政务数据的归集、共享和安全管理活动', 主管部门: '市政务服务数据管理部门', 主管事项: '本市政务数据共享的统筹协调和监督检查', 管理内容: '共享管理',
  义务主体: '政务部门编制政务数据目录，', 第一项要求: '数据来源合法', 第二项要求: '数据内容准确', 办理程序: '政务部门收到共享申请后，应当在五个工作日内答复', 例外情形: '法律、法规另有规定', 处理措施: '责令限期改正',
}

function filled(text: string): string {
  return text.replaceAll(/【待填([^】]+)】/gu, (_whole, what: string) => words[what] ?? `${what}事项`)
}

/** Fills in every placeholder of a live text and sets the elements given. */
export function fillIn(doc: Y.Doc, elements: Partial<Elements>): void {
  for (const node of bodyOf(doc).createTreeWalker((each) => each instanceof Y.XmlText)) {
    if (!(node instanceof Y.XmlText)) continue
    const text = node.toJSON()
    const whole = filled(text)
    if (whole === text) continue
    node.delete(0, node.length)
    node.insert(0, whole)
  }
  const map = elementsOf(doc)
  for (const name of ['signerPost', 'attendees', 'observers', 'absentees']) map.set(name, filled(String(map.get(name) ?? '')))
  for (const [name, value] of Object.entries(elements)) map.set(name, value)
}

/** Dates and signatures a clerk writes last: the empty 成文日期 gets a day. */
export function dateIt(doc: Y.Doc, day: string): void {
  for (const node of bodyOf(doc).toArray()) {
    if (node instanceof Y.XmlElement && node.nodeName === 'issueDate' && node.length === 0) node.insert(0, [new Y.XmlText(day)])
    else if (node instanceof Y.XmlElement && node.nodeName === 'issueDate') {
      const text = node.get(0)
      if (text instanceof Y.XmlText && text.length === 0) text.insert(0, day)
    }
  }
}
