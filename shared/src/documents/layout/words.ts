/** Where a title may break: between words, never inside names, quoted titles or numbers. A caller with a real segmenter hands
 * in its own boundaries; otherwise a small lexicon of official Chinese decides. */
import { isForbiddenAtHead, isForbiddenAtTail, isGlued } from './characters.ts'

/** Word boundaries of a text: UTF-16 offsets at which a word begins. */
export type WordBreaks = (text: string) => readonly number[]

const lexicon = new Set(
  `关于 印发 转发 批转 公布 发布 废止 修改 修订 调整 成立 撤销 设立 同意 召开 举办 开展 做好 加强 进一步 深化 推进 推动 促进 加快 规范 完善 建立 健全 落实 贯彻 实施 组织 申报 报送 表彰 表扬 任命 免去 任免 使用 管理 监督 检查 督查 考核 评估 审计 整治 治理 防治 应急 预案 安全 生产 消防 防汛 抗旱 森林 防火 突发 公共 事件 卫生 医疗 保障 社会 保险 养老 服务 教育 体育 文化 旅游 科技 创新 人才 就业 创业 住房 公积金 城乡 城市 农村 乡村 振兴 建设 规划 发展 改革 开放 经济 高质量 绿色 生态 环境 保护 水利 交通 运输 能源 工业 农业 商务 贸易 投资 项目 资金 财政 预算 税收 金融 国有 资产 资源 土地 自然 数据 数字 政府 政务 信息 公开 网站 平台 系统 电子 证照 审批 行政 许可 执法 复议 诉讼 法治 规章 规范性 文件 办法 规定 细则 条例 方案 意见 通知 通报 通告 公告 公报 决定 决议 命令 报告 请示 批复 议案 函 纪要 要点 计划 总结 制度 机制 体系 标准 目录 清单 名单 工作 任务 分工 责任 目标 重点 会议 培训 活动 评选 先进 集体 个人 单位 部门 机构 编制 人员 干部 领导 小组 办公室 委员会 人民代表大会 代表大会 常务委员会 常务会议 全体会议 通过 人民 全国 全省 全市 全县 全区 本市 我市 我省 我县 年度 上半年 下半年 第一季度 有关 若干 问题 事项 情况 措施 政策 行动 三年 五年 专项 统计 调查 普查 服务局 管理局 发展局 教育局 财政局 公安局 民政局 司法局 审计局 统计局 有限 公司 建议 提案 办理 答复 申请 举行 节假日 放假 安排 值班 春节 国庆 元旦 清明 劳动节 端午 中秋 安全生产 义务教育 公共数据 数字政府 政务公开 政务服务 基层治理 治理体系 治理能力 现代化 乡村振兴 养老服务 营商环境 失业保险 社会保障 生态环境 人力资源 自然资源 应急管理 市场 市场监管 市域 县域 区域 卫生健康 医疗保障 民营经济 国民经济 社会发展 五年规划 实施意见 指导意见 实施方案 工作方案 行动计划 管理办法 暂行办法 除险加固 初步设计 烟花爆竹 重点任务 分工方案 放假安排 高质量发展 标准化 规范化 责任清单 重点项目 院校 处理 处置 科学 委托 局部 州县 省级 市级 县级 区级 镇街 乡镇 省属 市属 县属 区属 市直 省直 县直 区直 部署 部队 临港 开发区 经济开发区 高新区 新区 园区 部分 期间 道路 交通 管制 国庆节 商请 核实 设立 撤并 变更 更名 命名 批准 核准 备案 登记 注册 颁发 授予 追授 嘉奖 处分 撤职 免职 任职 聘任 解聘 招聘 录用 考试 选调 培养 干部 人事 工资 津贴 补贴 补助 奖励 奖金 经费 专款 债券 贷款 融资 担保 采购 招标 投标 合同 协议 审计 决算 预算 执行 收支 清算 核算 征收 征用 补偿 安置 拆迁 搬迁 迁建 扩建 改建 新建 重建 维修 养护 绿化 亮化 供水 供电 供气 供热 排水 污水 垃圾 分类 回收 利用 节能 减排 降碳 碳达峰 碳中和 大气 污染 土壤 固体 废物 河长制 林长制 田长制 耕地 永久 基本农田 粮食 储备 种子 农药 化肥 畜牧 兽医 渔业 防疫 疫情 防控 传染病 医院 医师 护士 药品 医疗器械 食品 特种设备 危险 化学品 煤矿 非煤矿山 矿产 隧道 桥梁 公路 铁路 航空 港口 机场 物流 快递 邮政 通信 网络 信息化 大数据 人工智能 算力 云平台 数据库 档案 保密 信访 维稳 综治 网格 社区 街道 物业 小区 老旧 改造 棚户区 保障性 租赁 公租房 廉租 户籍 户口 身份证 居住证 出入境 消费 促销 会展 博览会 论坛 峰会 赛事 运动会 艺术节 非遗 文物 古籍 图书馆 博物馆 学校 幼儿园 小学 中学 高中 大学 高校 毕业生 学生 教师 校园 招生 学位 学历 职业 技能 技工 工匠 劳模 青年 妇女 儿童 未成年人 残疾人 老年人 退役 军人 双拥 烈士 优抚 慈善 救助 低保 特困 流浪 殡葬 婚姻 民族 宗教 侨务 台湾 外事 友城 等四部门 等三部门 等五部门 等部门 纪委 监委 巡视 巡察 问责 追责 督办 绩效 目标管理 整改 自查 互查 抽查 回头看 下达 拨付 调整 追加 分配 方式 范围 对象 期限 程序 流程 指南 指引 手册 细化 量化 强化 优化 简化 取消 下放 承接 衔接 移交 接收 报备 报批 会签 印章 公章 文书 公文 秘书 值守 接待 用车 差旅 会议费 办公用房 节约型 机关 食堂`.split(/\s+/u),
)
const longest = 6
const organTail = /^(?:省|市|县|区|自治区|自治州|人民政府|政府|办公厅|办公室|委员会|局|厅|部|院|处|所|中心|领导小组|管委会|镇|乡|街道办事处)$/u
const linking = '关于和与及暨并的等'
/** Ends of place and organ names: 云州 and 市 belong together. */
const nameTails = '省市县区州镇乡村局厅委部院处科'
/** Adverbs lean on the verb behind them. */
const leaning = /(?:进一步|切实|全面|深入|大力|扎实|有序|认真|持续|不断|积极|依法|联合|共同)$/u

/** Legal breaks with their price: 0 between words, more the less sure it is one. Absent offsets are forbidden.
 *
 * @param text  the title, as drawn
 * @param names organ names that must stay whole
 * @param breaks the caller's segmenter
 */
export function priceBreaks(text: string, names: readonly string[], breaks?: WordBreaks): ReadonlyMap<number, number> {
  const prices = new Map<number, number>()
  const own = breaks ? null : lexiconBreaks(text)
  const starts = new Set(breaks ? breaks(text) : own?.starts)
  const held = heldRanges(text, names)
  for (let at = 1; at < text.length; at += 1) {
    const [before, after] = [text[at - 1] ?? '', text[at] ?? '']
    if (isForbiddenAtHead(after) || isForbiddenAtTail(before) || isGlued(before, after)) continue
    if (isLowSurrogate(after) || '的了等之'.includes(after)) continue
    if (/[0-9]/u.test(before) && /[年月日号个项次届期%]/u.test(after)) continue
    const inside = held.find((range) => at > range.start && at < range.end)
    if (inside?.kind === 'name') continue
    const isTail = nameTails.includes(after) && !startsWord(text, at)
    const word = !starts.has(at) || isTail ? 60 : own && !own.sure.has(at) ? 22 : 0
    prices.set(at, word + (inside ? 14 : 0) + (leaning.test(text.slice(0, at)) ? 12 : 0) + joinPrice(before, text.slice(at)))
  }
  return prices
}

/** Breaks before 关于 and behind 的 or a closing mark read best; a line must not begin or end with a lone link word. */
function joinPrice(before: string, rest: string): number {
  if (rest.startsWith('关于') || before === '》' || before === '、') return 0
  if (before === '的') return 1
  if (linking.includes(before)) return 8
  return 3
}

function isLowSurrogate(char: string): boolean {
  const code = char.charCodeAt(0)
  return code >= 0xdc00 && code <= 0xdfff
}

interface Held {
  readonly kind: 'name' | 'quote'
  readonly start: number
  readonly end: number
}

/** Ranges that want to stay whole: organ names strictly, quoted titles if they can. */
function heldRanges(text: string, names: readonly string[]): readonly Held[] {
  const ranges: Held[] = []
  for (const name of names) {
    const start = name.length > 1 && name.length <= 16 ? text.indexOf(name) : -1
    if (start >= 0) ranges.push({ kind: 'name', start, end: start + name.length })
  }
  for (const match of text.matchAll(/《[^》]*》|“[^”]{1,12}”|（[^）]*）/gu)) {
    ranges.push({ kind: match[0].startsWith('《') ? 'quote' : 'name', start: match.index, end: match.index + match[0].length })
  }
  return ranges
}

/** Word starts by the longest match in the lexicon; what it does not know is taken in pairs, as most Chinese words are. `sure`
 * are those beside a known word: between two unknown pairs a break is a guess. */
function lexiconBreaks(text: string): { readonly starts: readonly number[]; readonly sure: ReadonlySet<number> } {
  const starts: number[] = []
  const sure = new Set<number>()
  let at = 0
  let wasKnown = true
  while (at < text.length) {
    const length = wordLength(text, at)
    const isKnown = isSureWord(text.slice(at, at + length))
    starts.push(at)
    if (isKnown || wasKnown) sure.add(at)
    wasKnown = isKnown
    at += length
  }
  return { starts, sure }
}

function isSureWord(word: string): boolean {
  return lexicon.has(word) || organTail.test(word) || linking.includes(word) || nameTails.includes(word) || !/[\u4E00-\u9FFF]/u.test(word)
}

function wordLength(text: string, at: number): number {
  for (let length = longest; length >= 2; length -= 1) {
    const word = text.slice(at, at + length)
    if (lexicon.has(word) || organTail.test(word)) return length
  }
  const char = text[at] ?? ''
  if (linking.includes(char) || nameTails.includes(char) || !/[\u4E00-\u9FFF]/u.test(char)) return 1
  const next = wordStartsAt(text, at + 1)
  return next || at + 1 >= text.length ? 1 : 2
}

/** Whether a word of the lexicon begins here. */
function startsWord(text: string, at: number): boolean {
  for (let length = longest; length >= 2; length -= 1) if (lexicon.has(text.slice(at, at + length))) return true
  return false
}

function wordStartsAt(text: string, at: number): boolean {
  if (linking.includes(text[at] ?? '') || startsWord(text, at)) return true
  return !/[\u4E00-\u9FFF]/u.test(text[at] ?? '的')
}
