/** The demonstration office: a fictional city, 云州市, with three bureaus, two counties and everyone a document meets. */
import type { Duty } from '@xiewen/shared/base'

/** A unit of the demonstration; `under` names its parent by full name, null stands for the root. */
export interface DemoUnit {
  readonly name: string
  readonly shortName: string
  readonly kind: 'region' | 'organ' | 'section'
  readonly under: string | null
  readonly codes?: readonly string[]
}

/** A post of the demonstration. */
export interface DemoPost {
  readonly unit: string
  readonly title: string
  readonly duties: readonly Duty[]
}

/** A person of the demonstration, the first post being the primary one. */
export interface DemoPerson {
  readonly name: string
  readonly login: string
  readonly posts: readonly DemoPost[]
}

/** Name of the fictional city; also the office's name. */
export const cityName = '云州市'

const hall = '云州市人民政府'
const hallOffice = '云州市人民政府办公室'
const dataBureau = '云州市政务服务数据管理局'
const planBureau = '云州市发展和改革局'
const financeBureau = '云州市财政局'
const qingchuan = '青川县人民政府办公室'
const baishui = '白水县人民政府办公室'

/** Units, parents first, in order of precedence. */
export const demoUnits: readonly DemoUnit[] = [
  { name: hall, shortName: '市政府', kind: 'organ', under: null, codes: ['云府发', '云府函'] },
  { name: hallOffice, shortName: '市政府办公室', kind: 'organ', under: null, codes: ['云府办发', '云府办函'] },
  { name: '市政府办公室秘书科', shortName: '秘书科', kind: 'section', under: hallOffice },
  { name: '市政府办公室督查室', shortName: '督查室', kind: 'section', under: hallOffice },
  { name: '市政府办公室会务科', shortName: '会务科', kind: 'section', under: hallOffice },
  { name: '市政府办公室机要科', shortName: '机要科', kind: 'section', under: hallOffice },
  { name: dataBureau, shortName: '市政务服务数据管理局', kind: 'organ', under: null, codes: ['云政数发', '云政数函'] },
  { name: '市政数局办公室', shortName: '市政数局办公室', kind: 'section', under: dataBureau },
  { name: '市政数局数据资源科', shortName: '数据资源科', kind: 'section', under: dataBureau },
  { name: '市政数局政务服务科', shortName: '政务服务科', kind: 'section', under: dataBureau },
  { name: planBureau, shortName: '市发展和改革局', kind: 'organ', under: null, codes: ['云发改发', '云发改函'] },
  { name: '市发改局综合科', shortName: '市发改局综合科', kind: 'section', under: planBureau },
  { name: financeBureau, shortName: '市财政局', kind: 'organ', under: null, codes: ['云财发', '云财函'] },
  { name: '市财政局预算科', shortName: '预算科', kind: 'section', under: financeBureau },
  { name: '青川县', shortName: '青川县', kind: 'region', under: null },
  { name: qingchuan, shortName: '青川县政府办公室', kind: 'organ', under: '青川县', codes: ['青府办发', '青府办函'] },
  { name: '青川县政府办公室综合股', shortName: '青川县综合股', kind: 'section', under: qingchuan },
  { name: '白水县', shortName: '白水县', kind: 'region', under: null },
  { name: baishui, shortName: '白水县政府办公室', kind: 'organ', under: '白水县', codes: ['白府办发', '白府办函'] },
  { name: '白水县政府办公室综合股', shortName: '白水县综合股', kind: 'section', under: baishui },
]

function person(name: string, login: string, unit: string, title: string, ...duties: readonly Duty[]): DemoPerson {
  return { name, login, posts: [{ unit, title, duties }] }
}

/** Everyone but the three administrators, whom set-up creates. */
export const demoPeople: readonly DemoPerson[] = [
  person('周文博', 'zhouwenbo', hall, '市长', 'principal-leader'),
  person('沈慧兰', 'shenhuilan', hall, '副市长', 'deputy-leader'),
  person('韩立新', 'hanlixin', hallOffice, '主任', 'principal-leader', 'office-director', 'seal-approver'),
  person('唐雪梅', 'tangxuemei', '市政府办公室秘书科', '科长', 'section-head', 'office-checker', 'drafter'),
  {
    name: '梁思远',
    login: 'liangsiyuan',
    posts: [
      { unit: '市政府办公室督查室', title: '督查专员', duties: ['supervisor', 'section-head'] },
      { unit: '市政府办公室秘书科', title: '副科长', duties: ['drafter'] },
    ],
  },
  person('罗佳', 'luojia', '市政府办公室会务科', '科员', 'meeting-clerk', 'drafter'),
  person('郑明', 'zhengming', '市政府办公室机要科', '机要员', 'registrar', 'receiver'),
  person('何玉珍', 'heyuzhen', '市政府办公室机要科', '印章管理员', 'seal-keeper'),
  person('秦松', 'qinsong', '市政府办公室机要科', '档案员', 'archivist'),
  person('陈国栋', 'chenguodong', dataBureau, '局长', 'principal-leader'),
  person('林若溪', 'linruoxi', dataBureau, '副局长', 'deputy-leader', 'seal-approver'),
  person('高志远', 'gaozhiyuan', dataBureau, '副局长', 'deputy-leader'),
  person('王静怡', 'wangjingyi', '市政数局办公室', '主任', 'office-director', 'office-checker', 'section-head'),
  person('赵敏', 'zhaomin', '市政数局办公室', '文书', 'registrar'),
  person('孙浩', 'sunhao', '市政数局办公室', '收文员', 'receiver'),
  person('吴桂芳', 'wuguifang', '市政数局办公室', '印章管理员', 'seal-keeper'),
  person('丁一鸣', 'dingyiming', '市政数局办公室', '档案员', 'archivist'),
  person('刘建华', 'liujianhua', '市政数局数据资源科', '科长', 'section-head', 'drafter'),
  person('张晓雨', 'zhangxiaoyu', '市政数局数据资源科', '科员', 'drafter'),
  person('李明轩', 'limingxuan', '市政数局数据资源科', '科员', 'drafter'),
  person('许丽', 'xuli', '市政数局政务服务科', '科长', 'section-head', 'drafter'),
  person('邓凯', 'dengkai', planBureau, '局长', 'principal-leader'),
  person('马晓峰', 'maxiaofeng', '市发改局综合科', '科长', 'section-head', 'drafter', 'office-checker'),
  person('谢婷', 'xieting', '市发改局综合科', '收文员', 'receiver', 'registrar'),
  person('曹阳', 'caoyang', financeBureau, '局长', 'principal-leader'),
  person('彭丽华', 'penglihua', '市财政局预算科', '科长', 'section-head', 'drafter', 'office-checker'),
  person('蒋涛', 'jiangtao', '市财政局预算科', '收文员', 'receiver', 'registrar'),
  person('贺庆丰', 'heqingfeng', qingchuan, '主任', 'principal-leader', 'office-director', 'office-checker'),
  person('方琳', 'fanglin', '青川县政府办公室综合股', '收文员', 'receiver', 'registrar'),
  person('石磊', 'shilei', '青川县政府办公室综合股', '股长', 'section-head', 'drafter'),
  person('邱国平', 'qiuguoping', baishui, '主任', 'principal-leader', 'office-director', 'office-checker'),
  person('廖敏', 'liaomin', '白水县政府办公室综合股', '收文员', 'receiver', 'registrar'),
  person('范文杰', 'fanwenjie', '白水县政府办公室综合股', '股长', 'section-head', 'drafter'),
]

/** Whom the README's five-minute tour asks for, step by step; their links are printed first. */
export const tourSteps: readonly (readonly string[])[] = [
  ['zhangxiaoyu'],
  ['limingxuan'],
  ['maxiaofeng', 'penglihua'],
  ['chenguodong'],
  ['zhaomin', 'linruoxi', 'wuguifang'],
  ['liaomin', 'xieting', 'heqingfeng'],
  ['liangsiyuan', 'luojia'],
  ['auditadmin'],
]

/** The phone number of the person at this place of the list. No network in China has numbers that begin with 120: they reach nobody. */
export function demoPhone(index: number): string {
  return `1200000${String(index + 101).padStart(4, '0')}`
}
