/** Rules about the rest of the heading (版头): 份号, secrecy, urgency, 签发人, 发文机关标志. */
import { bareText } from '../../text/patterns.ts'
import { hitOfNote, hitsOf, notesOf, placesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'

const secrecyMark = /^(绝密|机密|秘密)\s?(★?)\s?(.*)$/
/** Longest periods in years. Source: 保守国家秘密法 (2024) 第二十条 */
const longestYears: Readonly<Record<string, number>> = { 绝密: 30, 机密: 20, 秘密: 10 }

/** Rules A09–A19. */
export const headRules: readonly LintRule[] = [
  {
    id: 'A09',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.2.1',
    severity: 'warning',
    scope: 'document',
    check: copyNumberHits,
  },
  {
    id: 'A10',
    level: 'regulation',
    clause: '条例第九条（二）',
    severity: 'error',
    scope: 'document',
    check: (scene) => (scene.context.isClassifiedAllowed ? periodHits(scene) : []),
  },
  {
    id: 'A11',
    level: 'law',
    clause: '保守国家秘密法，涉密不上网',
    severity: 'error',
    scope: 'document',
    gather: (place) => (place.text.includes('密') ? notesOf(place, /(?:绝密|机密|秘密)\s?★|^(?:绝密|机密|秘密)$/g) : []),
    check({ document: { elements }, context }, notes) {
      if (context.isClassifiedAllowed) return []
      const marked = /绝密|机密|秘密/.test(elements.secrecy)
      return [
        ...(marked ? [{ element: 'secrecy' as const, params: { text: elements.secrecy } }] : []),
        ...notes.map((note) => hitOfNote(note)),
      ]
    },
  },
  {
    id: 'A12',
    level: 'regulation',
    clause: '条例第九条（三）',
    severity: 'error',
    scope: 'block',
    check: (place) =>
      place.text.length > 12 ? [] : hitsOf(place, /^(?:急件|急|火急|紧急|特提|平急|十万火急|加急件|特急件|非常紧急)$/g),
  },
  {
    id: 'A13',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'hint',
    scope: 'block',
    kinds: ['title'],
    check: (place) => hitsOf(place, /(?:紧急|加急|特急)(?=通知|通报|请示|报告|函)|(?<=关于)紧急(?!医|救|避|状|呼|出口|征用预案)/g),
  },
  {
    id: 'A14',
    level: 'regulation',
    clause: '条例第九条（六）',
    severity: 'error',
    scope: 'document',
    check({ document: { elements } }) {
      if (elements.direction === 'up' && elements.signers.length === 0)
        return [{ element: 'signers', params: { text: elements.kind } }]
      const takesNone = elements.direction !== 'up' && elements.format !== 'order' && elements.kind !== '议案'
      return takesNone && elements.signers.length > 0
        ? [{ element: 'signers', params: { text: elements.kind }, severity: 'warning' }]
        : []
    },
  },
  {
    id: 'A15',
    level: 'regulation',
    clause: '条例第二十二条',
    severity: 'error',
    scope: 'document',
    check({ document: { elements }, context }) {
      const { principals } = context
      if (elements.direction !== 'up' || !principals || principals.length === 0 || elements.issuers.length > 1) return []
      return elements.signers
        .filter((name) => !principals.includes(name.replace(/\s/g, '')))
        .map((text): Hit => ({ element: 'signers', params: { text } }))
    },
  },
  {
    id: 'A16',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.2.6',
    severity: 'error',
    scope: 'document',
    check({ document: { elements } }) {
      const { direction, issuers, signers } = elements
      return direction === 'up' && signers.length > 0 && issuers.length > 0 && signers.length !== issuers.length
        ? [{ element: 'signers', params: { text: signers.join('、'), count: signers.length, issuers: issuers.length } }]
        : []
    },
  },
  {
    id: 'A17',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.2.4、10',
    severity: 'error',
    scope: 'document',
    check: markHits,
  },
  {
    id: 'A18',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.2.4',
    severity: 'error',
    scope: 'document',
    check({ document: { elements }, context }) {
      const lead = context.leadOrgan?.map(bareText) ?? []
      const at = elements.issuers.findIndex((organ) => lead.includes(bareText(organ)))
      if (at <= 0) return []
      const value = [...elements.issuers.slice(at, at + 1), ...elements.issuers.filter((_each, index) => index !== at)]
      return [
        {
          element: 'issuers',
          params: { text: elements.issuers[at] ?? '' },
          fix: { kind: 'set-element', name: 'issuers', value },
        },
      ]
    },
  },
  {
    id: 'A19',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.2.3',
    severity: 'error',
    scope: 'document',
    check: cornerHits,
  },
]

/** 份号 has six digits; a classified document must have one. */
function copyNumberHits(scene: LintScene): readonly Hit[] {
  const { copyNumber } = scene.document.elements
  if (copyNumber === '') {
    const { secrecy } = scene.document.elements
    const marked =
      scene.context.isClassifiedAllowed &&
      (secrecyMark.test(secrecy) || cornerPlaces(scene).some(({ text }) => secrecyMark.test(text)))
    return marked ? [{ element: 'copyNumber', params: { text: '', fix: '000001' }, severity: 'error' }] : []
  }
  if (/^\d{6}$/.test(copyNumber)) return []
  const value = /^\d{1,5}$/.test(copyNumber) ? copyNumber.padStart(6, '0') : null
  const hit: Hit = { element: 'copyNumber', params: { text: copyNumber, fix: value ?? '' } }
  return [value === null ? hit : { ...hit, fix: { kind: 'set-element', name: 'copyNumber', value } }]
}

/** Lines typed above the title: the corner of the heading. */
function cornerPlaces(scene: LintScene): readonly Place[] {
  const title = placesOf(scene, 'title')[0]?.index ?? 0
  return placesOf(scene, 'paragraph').filter((place) => place.index < title && place.text.length <= 20)
}

/** A mark and its period: 机密★1年, Arabic digits, within the lawful maximum; in the form or typed above the title. */
function periodHits(scene: LintScene): readonly Hit[] {
  const { secrecy } = scene.document.elements
  const own = wrongPeriod(secrecy)
  const typed = cornerPlaces(scene).flatMap(({ index, text }): readonly Hit[] => {
    const params = wrongPeriod(text)
    return params ? [{ block: index, params }] : []
  })
  return [...(own ? [{ element: 'secrecy' as const, params: own }] : []), ...typed]
}

function wrongPeriod(text: string): { readonly text: string; readonly fix: string } | null {
  const match = secrecyMark.exec(text)
  if (!match) return null
  const [, mark = '', star, period = ''] = match
  const years = /^(\d{1,2})年$/.exec(period)
  const longest = longestYears[mark] ?? 0
  const isLawful = /^(?:长期|\d{1,2}个月)$/.test(period) || (years !== null && Number(years[1]) <= longest)
  return star === '★' && isLawful ? null : { text, fix: `${mark}★${longest}年` }
}

const corner = [/^\d{6}$/, /^(?:绝密|机密|秘密)/, /^(?:特急|加急)$/] as const

/** 份号, 密级, 紧急程度 from above, where they were typed. */
function cornerHits(scene: LintScene): readonly Hit[] {
  let last = -1
  return cornerPlaces(scene).flatMap((place): readonly Hit[] => {
    const rank = corner.findIndex((pattern) => pattern.test(place.text))
    if (rank < 0) return []
    const isOut = rank < last
    last = Math.max(last, rank)
    return isOut ? [{ block: place.index, params: { text: place.text } }] : []
  })
}

function markHits({ document: { elements }, context }: LintScene): readonly Hit[] {
  const hits: Hit[] = []
  const suffix = (fault: string, value: string): Hit => ({
    fault,
    element: 'markSuffix',
    params: { text: elements.markSuffix, fix: value },
    fix: { kind: 'set-element', name: 'markSuffix', value },
  })
  if (elements.format === 'letter' && elements.markSuffix !== '') hits.push(suffix('letter', ''))
  if (elements.format === 'order' && !/令$/.test(elements.markSuffix)) hits.push(suffix('order', '令'))
  if (elements.format === 'minutes' && !/纪要$/.test(elements.markSuffix)) hits.push(suffix('minutes', '纪要'))
  if (elements.format === 'general' && !['', '文件'].includes(elements.markSuffix)) hits.push(suffix('general', '文件'))
  const known = context.organNames && new Set(context.organNames.map(bareText))
  for (const { short } of context.house?.shortNames ?? []) known?.add(bareText(short))
  if (!known || elements.format === 'minutes') return hits
  const strangers = elements.issuers.filter((organ) => !known.has(bareText(organ)))
  return [...hits, ...strangers.map((organ): Hit => ({ fault: 'organ', element: 'issuers', params: { text: organ, fix: '' } }))]
}
