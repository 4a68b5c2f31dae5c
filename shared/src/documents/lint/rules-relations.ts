/** Rules C: 主送, 抄送 and who may write to whom. */
import { splitOutsideBrackets } from '../text/brackets.ts'
import { bareText } from '../text/patterns.ts'
import { hitsOf } from './hits.ts'
import type { Hit, LintScene, LintRule } from './model.ts'
import { blocksOfKind } from './model.ts'

const person = /(?:同志|书记|市长|县长|区长|省长|州长|乡长|镇长|厅长|局长|处长|科长|部长|主任|秘书长|主席|领导)$/
/** 各…, 所属… name subordinates as a class. */
const collectiveSubordinates = /^(?:各|所属|下属|直属)/
const needsRecipients: readonly string[] = ['请示', '报告', '议案', '函', '批复']
const takesNoRecipients: readonly string[] = ['公告', '通告', '决议', '公报', '命令']

/** The organs named in 主送 of the main document, with the block that names them. */
function recipientsOf(
  scene: LintScene,
): { readonly index: number; readonly text: string; readonly organs: readonly string[] } | null {
  const block = blocksOfKind(scene, 'recipients').find(({ index }) => index < scene.mainEnd)
  if (!block || block.text.trim() === '') return null
  const organs = splitOutsideBrackets(block.text.replace(/[:：\s]+$/, ''), /[、，,；;]/)
  return { index: block.index, text: block.text, organs }
}

function spotOf(place: { readonly index: number; readonly text: string }, part: string): Hit {
  const from = place.text.indexOf(part)
  return { block: place.index, spots: [{ from, to: from + part.length }], params: { text: part } }
}

function isSubordinate(scene: LintScene, organ: string): boolean {
  return scene.context.subordinates?.some((each) => bareText(each) === bareText(organ)) ?? false
}

const article15 = { level: 'regulation', clause: '条例第十五条（一）' } as const

/** Rules C01 C03 C04 C05 C10 C11 C12 C15. */
export const relationRules: readonly LintRule[] = [
  {
    id: 'C01',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.2',
    severity: 'error',
    check: (scene) =>
      blocksOfKind(scene, 'recipients').flatMap((place) =>
        /[^：:]：$/.test(place.text)
          ? []
          : hitsOf({ ...place, text: place.text }, /(?<![：:，,。；;、\s])[：:，,。；;、\s]*$/g, () => '：').slice(
              0,
              place.text === '' ? 0 : 1,
            ),
      ),
  },
  {
    id: 'C03',
    ...article15,
    severity: 'warning',
    check(scene) {
      const to = recipientsOf(scene)
      return scene.document.elements.direction === 'up' && to && to.organs.length > 1
        ? [{ block: to.index, params: { count: to.organs.length, text: to.organs.join('、') } }]
        : []
    },
  },
  {
    id: 'C04',
    ...article15,
    severity: 'error',
    check(scene) {
      if (scene.document.elements.direction !== 'up') return []
      const below = scene.document.elements.copyTo.filter(
        (organ) => collectiveSubordinates.test(organ) || isSubordinate(scene, organ),
      )
      return below.map((organ): Hit => ({ element: 'copyTo', params: { text: organ } }))
    },
  },
  {
    id: 'C05',
    level: 'regulation',
    clause: '条例第十五条（五）',
    severity: 'error',
    check(scene) {
      const to = recipientsOf(scene)
      const named = (to?.organs ?? [])
        .filter((organ) => person.test(organ))
        .map((organ) => (to ? spotOf(to, organ) : {}))
      const copied = scene.document.elements.copyTo.filter((organ) => person.test(organ))
      return [...named, ...copied.map((organ): Hit => ({ element: 'copyTo', params: { text: organ } }))]
    },
  },
  {
    id: 'C10',
    level: 'regulation',
    clause: '条例第八条、第九条（八）',
    severity: 'error',
    check(scene) {
      const { kind } = scene.document.elements
      const to = recipientsOf(scene)
      if (!to && needsRecipients.includes(kind)) return [{ params: { text: kind } }]
      return to && takesNoRecipients.includes(kind)
        ? [{ block: to.index, params: { text: kind }, severity: 'warning' }]
        : []
    },
  },
  {
    id: 'C11',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'warning',
    check(scene) {
      const seen = new Set((recipientsOf(scene)?.organs ?? []).map(bareText))
      for (const issuer of scene.document.elements.issuers) seen.add(bareText(issuer))
      const twice = scene.document.elements.copyTo.filter((organ) => {
        const known = seen.has(bareText(organ))
        seen.add(bareText(organ))
        return known
      })
      return twice.map((organ): Hit => ({ element: 'copyTo', params: { text: organ } }))
    },
  },
  { id: 'C15', level: 'regulation', clause: '条例第八条', severity: 'warning', check: kindOfRelationHits },
  { id: 'C12', level: 'national-standard', clause: 'GB/T 9704-2012 7.4.2', severity: 'error', check: copyLineHits },
]

/** The stop of 抄送 is derived; what can be wrong is its words, and a 抄送 line typed into the text. */
function copyLineHits(scene: LintScene): readonly Hit[] {
  const { copyTo } = scene.document.elements
  const words = copyTo.filter((organ) => /^(?:抄报|抄发|抄送|报|送|发)[:：]/.test(organ) || /[。；;，,、]$/.test(organ))
  const repaired = copyTo
    .map((organ) => organ.replace(/^(?:抄报|抄发|抄送|报|送|发)[:：]/, '').replace(/[。；;，,、]+$/, ''))
    .filter(Boolean)
  const own = words.map(
    (organ): Hit => ({
      element: 'copyTo',
      params: { text: organ, fix: '' },
      fix: { kind: 'set-element', name: 'copyTo', value: repaired },
    }),
  )
  const typed = blocksOfKind(scene, 'paragraph').flatMap((place): readonly Hit[] => {
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
  })
  return [...own, ...typed]
}

/** 请示 and 报告 go to superiors, 函 to organs that are neither superior nor subordinate. */
function kindOfRelationHits(scene: LintScene): readonly Hit[] {
  const to = recipientsOf(scene)
  const { superiors } = scene.context
  const { kind } = scene.document.elements
  if (!to || !superiors) return []
  const isAbove = (organ: string): boolean => superiors.some((each) => bareText(each) === bareText(organ))
  const isWrong = (organ: string): boolean => {
    if (kind === '请示' || kind === '报告') return !isAbove(organ)
    return kind === '函' && (isAbove(organ) || isSubordinate(scene, organ))
  }
  return to.organs.filter(isWrong).map((organ) => {
    const hit = spotOf(to, organ)
    return { ...hit, params: { text: organ, kind } }
  })
}
