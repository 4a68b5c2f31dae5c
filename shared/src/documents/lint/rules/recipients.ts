/** Rules about 主送 and 抄送 as written: marks, doubles, order. */
import { splitOutsideBrackets } from '../../text/brackets.ts'
import { bareText } from '../../text/patterns.ts'
import { hitsOf, hitOn, mainPlacesOf, placesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'

const needsRecipients: readonly string[] = ['请示', '报告', '议案', '函', '批复']
const takesNoRecipients: readonly string[] = ['公告', '通告', '决议', '公报', '命令']

/** 主送 of the main document with the organs it names, or null. */
export interface Recipients {
  readonly place: Place
  readonly organs: readonly string[]
}

/** The organs named in 主送. */
export function recipientsOf(scene: LintScene): Recipients | null {
  const place = mainPlacesOf(scene, 'recipients')[0]
  if (!place || place.text.trim() === '') return null
  const organs = splitOutsideBrackets(place.text.slice(0, 2000).replace(/[:：\s]+$/, ''), /[、，,；;]/)
  return { place, organs }
}

/** Rules C01 C02 C10 C11 C12 C14. */
export const recipientRules: readonly LintRule[] = [
  {
    id: 'C01',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.2',
    severity: 'error',
    scope: 'block',
    kinds: ['recipients'],
    check(place) {
      if (place.text === '' || /[^：:]：$/.test(place.text)) return []
      return hitsOf(place, /(?<![：:，,。；;、\s])[：:，,。；;、\s]*$/g, () => '：').slice(0, 1)
    },
  },
  {
    id: 'C02',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'warning',
    scope: 'block',
    kinds: ['recipients'],
    check: separatorHits,
  },
  {
    id: 'C10',
    level: 'regulation',
    clause: '条例第八条、第九条（八）',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const { kind } = scene.document.elements
      const to = recipientsOf(scene)
      if (!to && needsRecipients.includes(kind)) return [{ params: { text: kind } }]
      return to && takesNoRecipients.includes(kind)
        ? [{ block: to.place.index, params: { text: kind }, severity: 'warning' }]
        : []
    },
  },
  {
    id: 'C11',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'warning',
    scope: 'document',
    check: doubleHits,
  },
  {
    id: 'C12',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.4.2',
    severity: 'error',
    scope: 'document',
    check: copyLineHits,
  },
  {
    id: 'C14',
    level: 'practice',
    clause: '机关排列惯例',
    severity: 'hint',
    scope: 'document',
    check(scene) {
      const hit = (organ: string, before: string): Hit => ({ element: 'copyTo', params: { text: organ, before } })
      const out = outOfOrder(scene.document.elements.copyTo)
      const to = recipientsOf(scene)
      const outTo = to ? outOfOrder(to.organs) : null
      return [
        ...(out ? [hit(out.organ, out.before)] : []),
        ...(to && outTo ? [hitOn(to.place, outTo.organ, { before: outTo.before })] : []),
      ]
    },
  },
]

/** Organs of one class are set apart by 、, classes by ，; blanks, slashes, stops and 和 do not part them. */
function separatorHits(place: Place): readonly Hit[] {
  const text = place.text.slice(0, 2000)
  const blanks = hitsOf({ ...place, text }, /(?<=[\u4e00-\u9fff）])[ 　/;；。.!！:：]+(?=[\u4e00-\u9fff])/g, () => '，')
  const organs = splitOutsideBrackets(text.replace(/[:：\s]+$/, ''), /[、，,；;]/)
  const ends = new Set(
    organs.map((organ) => /(?:人民政府|办公室|委员会|街道办事处|[局厅委办院])$/.exec(organ)?.[0] ?? organ),
  )
  const isOneClass = organs.length > 1 && ends.size === 1 && !organs.some((organ) => /^各|[（(]/.test(organ))
  const commas = isOneClass ? hitsOf({ ...place, text }, /，/g, () => '、').slice(0, 1) : []
  return [...blanks, ...commas]
}

/** Organs that stand in 抄送 though they are addressee or issuer, and organs named twice. */
function doubleHits(scene: LintScene): readonly Hit[] {
  const to = recipientsOf(scene)
  const organs = (to?.organs ?? []).map(bareText)
  const seen = new Set(organs)
  const doubled = (to?.organs ?? []).filter((organ, index) => organs.indexOf(bareText(organ)) !== index)
  for (const issuer of scene.document.elements.issuers) seen.add(bareText(issuer))
  const twice = scene.document.elements.copyTo.filter((organ) => {
    const bare = bareText(organ)
    const known = bare !== '' && seen.has(bare)
    seen.add(bare)
    return known
  })
  return [
    ...(to ? doubled.map((organ) => hitOn(to.place, organ)) : []),
    ...twice.map((organ): Hit => ({ element: 'copyTo', params: { text: organ } })),
  ]
}

/** No organ is called so, with a colon behind or without. */
const labelled = /^(?:(?:抄报|抄发|抄送)[:：]?|[报送发][:：])/

/** The stop of 抄送 is derived; what can be wrong is its words, and a 抄送 line typed into the text. */
function copyLineHits(scene: LintScene): readonly Hit[] {
  const { copyTo } = scene.document.elements
  const value = copyTo.map((organ) => organ.replace(labelled, '').replace(/[。；;，,、]+$/, '')).filter(Boolean)
  const own = copyTo
    .filter((organ) => labelled.test(organ) || /[。；;，,、]$/.test(organ))
    .map(
      (organ): Hit => ({
        element: 'copyTo',
        params: { text: organ, fix: '' },
        fix: { kind: 'set-element', name: 'copyTo', value },
      }),
    )
  return [...own, ...placesOf(scene, 'paragraph').flatMap(typedCopyLine)]
}

function typedCopyLine(place: Place): readonly Hit[] {
  if (!/^(?:抄送|抄报|抄发)[:：]/.test(place.text)) return []
  if (!place.text.startsWith('抄送') || place.text.endsWith('。'))
    return [{ block: place.index, params: { text: place.text.slice(0, 20), fix: '' }, severity: 'warning' }]
  const end = place.text.length
  return [
    {
      block: place.index,
      params: { text: place.text.slice(0, 20), fix: '。' },
      fix: { kind: 'edit-text', block: place.index, edits: [{ from: end, to: end, text: '。' }] },
    },
  ]
}

/** Usual order of the organs of one region. Which one an office keeps is its own affair: the rule may be switched off. */
const precedence = [
  /^(?:中共)?[^政]{0,12}(?:省委|市委|县委|区委|州委)(?:办公厅|办公室)?$/,
  /人大常委会(?:办公厅|办公室)?$/,
  /(?:省|市|县|区|州|人民)政府(?:办公厅|办公室)?$/,
  /政协(?:办公厅|办公室)?$/,
  /(?:纪委监委|监察委员会|监委)$/,
  /(?:人民)?法院$/,
  /检察院$/,
] as const

function outOfOrder(organs: readonly string[]): { readonly organ: string; readonly before: string } | null {
  let last = -1
  let before = ''
  for (const organ of organs) {
    const rank = precedence.findIndex((pattern) => pattern.test(organ.slice(0, 60)))
    if (rank < 0) continue
    if (rank < last) return { organ, before }
    last = rank
    before = organ
  }
  return null
}
