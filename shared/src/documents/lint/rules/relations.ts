/** Rules about who may write to whom (行文规则). */
import { bareText, isOrganName } from '../../text/patterns.ts'
import { hitOn, mainPlacesOf, notesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene } from '../model.ts'
import { recipientsOf } from './recipients.ts'

const person =
  /(?:同志|书记|市长|县长|区长|省长|州长|乡长|镇长|厅长|局长|处长|科长|部长|主任|秘书长|主席|领导|先生|女士)$|(?:书记|[省市县区州乡镇厅局处部]长|主任|秘书长|主席)(?!.*(?:办公厅|[办室处局会院校部委厅署队站所]$))[\u4e00-\u9fff]{2,3}$/
/** 各…, 所属… name subordinates as a class. */
const collectiveSubordinates = /^(?:各|所属|下属|直属)/

const article15 = { level: 'regulation', clause: '条例第十五条（一）' } as const
const copyHit = (text: string): Hit => ({ element: 'copyTo', params: { text } })

function isOneOf(organs: readonly string[] | undefined, organ: string): boolean {
  return organs?.some((each) => isSameOrgan(each, organ)) ?? false
}

/** 市政府 is 云州市人民政府 seen from within: a short form is the end of the full one. */
function isSameOrgan(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => bareText(name).replace('人民政府', '政府').replace(/^中共/, ''))
  if (!one || !other) return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return long === short || (short.length >= 2 && long.endsWith(short) && /[省市县区州旗镇乡]$|^[省市县区州]/.test(long.slice(0, -short.length) + short.slice(0, 1)))
}

/** Rules C03–C09 C15–C18. */
export const relationRules: readonly LintRule[] = [
  {
    id: 'C03',
    ...article15,
    severity: 'warning',
    scope: 'document',
    check(scene) {
      const to = recipientsOf(scene)
      return scene.document.elements.direction === 'up' && to && to.organs.length > 1
        ? [{ block: to.place.index, params: { count: to.organs.length, text: to.organs.join('、') } }]
        : []
    },
  },
  {
    id: 'C04',
    ...article15,
    severity: 'error',
    scope: 'document',
    check({ document: { elements }, context }) {
      if (elements.direction !== 'up') return []
      return elements.copyTo
        .filter((organ) => collectiveSubordinates.test(organ) || isOneOf(context.subordinates, organ))
        .map(copyHit)
    },
  },
  {
    id: 'C05',
    level: 'regulation',
    clause: '条例第十五条（五）',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const to = recipientsOf(scene)
      const named = to ? to.organs.filter((organ) => person.test(organ)).map((organ) => hitOn(to.place, organ)) : []
      return [...named, ...scene.document.elements.copyTo.filter((organ) => person.test(organ)).map(copyHit)]
    },
  },
  { id: 'C06', level: 'regulation', clause: '条例第十四条', severity: 'warning', scope: 'document', check: skippedHits },
  {
    id: 'C07',
    level: 'regulation',
    clause: '条例第十六条（一）',
    severity: 'hint',
    scope: 'document',
    check({ document: { elements }, context }) {
      const isImportant = ['决定', '意见', '决议'].includes(elements.kind) && elements.direction === 'down'
      const { superiors } = context
      if (!isImportant || !superiors || superiors.length === 0) return []
      const [direct = ''] = superiors
      return elements.copyTo.some((organ) => bareText(organ).includes(bareText(direct))) ? [] : [copyHit(direct)]
    },
  },
  {
    id: 'C08',
    level: 'regulation',
    clause: '条例第十六条（二）',
    severity: 'error',
    scope: 'document',
    gather: (place) =>
      place.part === 'main' && place.kind !== 'table' ? notesOf(place, /(?:经|已经|报经|受)[^。；]{2,30}(?:同意|批准|授权|委托|研究决定)/g) : [],
    check: (scene, notes) => (notes.length > 0 ? [] : commandHits(scene)),
  },
  {
    id: 'C09',
    level: 'regulation',
    clause: '条例第十七条',
    severity: 'error',
    scope: 'document',
    check: ({ document: { elements } }) =>
      elements.issuers
        .filter((organ) => /(?:处|科|股)$/.test(organ) && !/(?:办事处|管理处|代表处|筹备处|联络处|接待处|征收处|服务处)$/.test(organ))
        .map((text): Hit => ({ element: 'issuers', params: { text } })),
  },
  {
    id: 'C15',
    level: 'regulation',
    clause: '条例第八条',
    severity: 'warning',
    scope: 'document',
    check: kindOfRelationHits,
  },
  { id: 'C16', level: 'regulation', clause: '条例第八条（十三）', severity: 'error', scope: 'document', check: billHits },
  {
    id: 'C17',
    level: 'regulation',
    clause: '条例第八条（三）',
    severity: 'error',
    scope: 'document',
    check({ document: { elements } }) {
      if (elements.kind !== '命令') return []
      // County governments do issue orders (戒严, 禁火): what is named here may not in any reading.
      const unentitled =
        /(?:局|处|科|股|室|站|所|中心|公司|学校|学院|大学|医院|乡人民政府|镇人民政府|街道办事处|村民委员会|居民委员会|协会)$/
      return elements.issuers
        .filter((organ) => unentitled.test(organ))
        .map((text): Hit => ({ element: 'issuers', params: { text } }))
    },
  },
  {
    id: 'C18',
    level: 'regulation',
    clause: '条例第十五条（六）',
    severity: 'hint',
    scope: 'document',
    check(scene) {
      const { elements } = scene.document
      const others = scene.context.house?.dualSuperiors ?? []
      const to = recipientsOf(scene)
      if (elements.direction !== 'up' || others.length === 0 || !to) return []
      const reached = [...to.organs, ...elements.copyTo]
      return others.filter((organ) => !isOneOf(reached, organ)).map(copyHit)
    },
  },
]

/** 请示 and 报告 go to the direct superior; a skipped one is at least copied. */
function skippedHits(scene: LintScene): readonly Hit[] {
  const { elements } = scene.document
  const to = recipientsOf(scene)
  const [direct, ...higher] = scene.context.superiors ?? []
  if ((elements.kind !== '请示' && elements.kind !== '报告') || !to || !direct) return []
  if (isOneOf(to.organs, direct) || isOneOf(elements.copyTo, direct)) return []
  return to.organs.filter((organ) => isOneOf(higher, organ)).map((organ) => hitOn(to.place, organ, { skipped: direct }))
}

/** Ends of names that are departments beyond doubt; committees and commands may stand for the government itself. */
const department = /(?:局|(?<!办公)厅|发展改革委|发改委|卫生健康委|卫健委|国资委|住房城乡建设委|教委|科委|部门)$/
const lowerGovernment = /(?:县|区|市|乡|镇|州|旗)[）)]?(?:人民政府|党委|党工委)|^各[^，、]{0,12}(?:人民政府|党委)$|(?:县委|区委)$/

/** A department commands a lower government without saying that its own government agreed. */
function commandHits(scene: LintScene): readonly Hit[] {
  const { elements } = scene.document
  const [lead = ''] = elements.issuers
  const to = recipientsOf(scene)
  const commands = ['决定', '通知', '意见', '通报', '批复'].includes(elements.kind)
  if (!to || !commands || elements.direction !== 'down' || !department.test(lead) || elements.format === 'letter') return []
  const joint = elements.issuers.some((organ) => /政府|党委|市委|县委|区委/.test(organ))
  if (joint) return []
  return to.organs.filter((organ) => lowerGovernment.test(organ) && !isOneOf(scene.context.superiors, organ)).slice(0, 1).map((organ) => hitOn(to.place, organ, { issuer: lead }))
}

/** 请示 and 报告 go to superiors, 函 to organs that are neither superior nor subordinate. */
function kindOfRelationHits(scene: LintScene): readonly Hit[] {
  const to = recipientsOf(scene)
  const { superiors, subordinates } = scene.context
  const { kind } = scene.document.elements
  if (!to || !superiors) return []
  const isWrong = (organ: string): boolean => {
    // A person is no organ at all, which C05 says.
    if (person.test(organ)) return false
    if (kind === '请示' || kind === '报告') return !isOneOf(superiors, organ) && !scene.document.elements.issuers.some((issuer) => isSameTrade(issuer, organ))
    return kind === '函' && (isOneOf(superiors, organ) || isOneOf(subordinates, organ))
  }
  return to.organs.filter(isWrong).map((organ) => hitOn(to.place, organ, { kind }))
}

/** 市财政局 and 省财政厅: the departments of one trade guide each other up and down (业务指导). */
function isSameTrade(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => /^(?:.*[省市县区州旗盟]|国家)?([\u4e00-\u9fff]{2,12}?)(?:总局|局|厅|部|委员会|委|署)$/.exec(bareText(name))?.[1])
  return one !== undefined && one === other && a !== b
}

/** A bill goes from a government to the congress of its level or its standing committee. */
function billHits(scene: LintScene): readonly Hit[] {
  const { elements } = scene.document
  if (elements.kind !== '议案') return []
  const to = mainPlacesOf(scene, 'recipients').length > 0 ? recipientsOf(scene) : null
  const issuers = elements.issuers.filter((organ) => isOrganName(organ) && !/(?:人民政府|国务院)$/.test(organ))
  const strangers = to ? to.organs.filter((organ) => !/(?:人民代表大会|人大|常务委员会|常委会|会议)$/.test(organ)) : []
  return [
    ...issuers.map((text): Hit => ({ element: 'issuers', params: { text } })),
    ...(to ? strangers.map((organ) => hitOn(to.place, organ)) : []),
  ]
}
