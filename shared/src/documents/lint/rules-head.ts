/** Rules A: 版头 — number, secrecy, urgency, signer, organ mark. */
import { bareText } from '../text/patterns.ts'
import { hitsOf, proseOf } from './hits.ts'
import type { Hit, LintScene, LintRule } from './model.ts'
import { blocksOfKind } from './model.ts'
import type { NumberFault } from './number-text.ts'
import { citedNumber, findNumberFaults } from './number-text.ts'

/** The number in the register is built from parts, so only its code can be wrong; numbers cited in the text are checked whole. */
function numberHits(scene: LintScene, rule: NumberFault['rule']): readonly Hit[] {
  const { number } = scene.document.elements
  const own: readonly Hit[] =
    rule === 'A01' &&
    number &&
    !/^[\u4e00-\u9fff]{2,20}$/.test(number.code) &&
    scene.document.elements.format !== 'order'
      ? [{ element: 'number', params: { text: number.code, fix: '' } }]
      : []
  return [...own, ...proseOf(scene).flatMap((place) => citedHits(place, rule))]
}

/** Only the part from the bracket on is marked and repaired: where the code begins in a sentence is not known. */
function citedHits(
  place: { readonly index: number; readonly text: string },
  rule: NumberFault['rule'],
): readonly Hit[] {
  return [...place.text.matchAll(citedNumber)].flatMap((match): readonly Hit[] => {
    const fault = findNumberFaults(match[0]).find((each) => each.rule === rule)
    if (!fault) return []
    const from = match.index + match[0].search(/[〔[［（(【〖]/)
    const to = match.index + match[0].length
    const text = fault.fix?.slice(fault.fix.indexOf('〔')) ?? null
    const hit: Hit = {
      block: place.index,
      severity: 'warning',
      spots: [{ from, to }],
      params: { text: match[0], fix: fault.fix ?? '' },
    }
    return [
      text === null ? hit : { ...hit, fix: { kind: 'edit-text', block: place.index, edits: [{ from, to, text }] } },
    ]
  })
}

const number7 = { level: 'national-standard', clause: 'GB/T 9704-2012 7.2.5', severity: 'error' } as const

/** Rules A01 A02 A03 A05 A11 A12 A13 A14 A17. */
export const headRules: readonly LintRule[] = [
  { id: 'A01', ...number7, check: (scene) => numberHits(scene, 'A01') },
  { id: 'A02', ...number7, check: (scene) => numberHits(scene, 'A02') },
  { id: 'A03', ...number7, check: (scene) => numberHits(scene, 'A03') },
  {
    id: 'A05',
    level: 'unit',
    clause: '本单位机关代字登记',
    severity: 'warning',
    check({ document, context }) {
      const code = document.elements.number?.code
      return code && context.codes && !context.codes.includes(code)
        ? [{ element: 'number', params: { text: code } }]
        : []
    },
  },
  {
    id: 'A11',
    level: 'law',
    clause: '保守国家秘密法，涉密不上网',
    severity: 'error',
    check(scene) {
      if (scene.context.isClassifiedAllowed) return []
      return proseOf(scene).flatMap((place) =>
        hitsOf(place, /(?:绝密|机密|秘密)\s?★|^(?:绝密|机密|秘密)$/g, () => null),
      )
    },
  },
  {
    id: 'A12',
    level: 'regulation',
    clause: '条例第九条（三）',
    severity: 'error',
    check: (scene) =>
      proseOf(scene).flatMap((place) => hitsOf(place, /^(?:急件|火急|紧急|特提|平急|十万火急)$/g, () => null)),
  },
  {
    id: 'A13',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'hint',
    check: (scene) =>
      blocksOfKind(scene, 'title').flatMap((place) => hitsOf(place, /紧急(?=通知|通报|请示|报告)/g, () => null)),
  },
  {
    id: 'A14',
    level: 'regulation',
    clause: '条例第九条（六）',
    severity: 'error',
    check({ document: { elements } }) {
      if (elements.direction === 'up' && elements.signers.length === 0)
        return [{ element: 'signers', params: { text: elements.kind } }]
      return elements.direction !== 'up' && elements.signers.length > 0
        ? [{ element: 'signers', params: { text: elements.kind }, severity: 'warning' }]
        : []
    },
  },
  { id: 'A17', level: 'national-standard', clause: 'GB/T 9704-2012 7.2.4、10', severity: 'error', check: markHits },
]

function markHits({ document: { elements }, context }: LintScene): readonly Hit[] {
  const hits: Hit[] = []
  const suffix = (value: string): Hit => ({
    element: 'markSuffix',
    params: { text: elements.markSuffix, fix: value },
    fix: { kind: 'set-element', name: 'markSuffix', value },
  })
  if (elements.format === 'letter' && elements.markSuffix !== '') hits.push(suffix(''))
  if (elements.format === 'order' && !/令$/.test(elements.markSuffix)) hits.push(suffix('令'))
  if (elements.format === 'minutes' && !/纪要$/.test(elements.markSuffix)) hits.push(suffix('纪要'))
  if (elements.format === 'general' && !['', '文件'].includes(elements.markSuffix)) hits.push(suffix('文件'))
  const known = context.organNames && new Set(context.organNames.map(bareText))
  if (!known || elements.format === 'minutes') return hits
  const strangers = elements.issuers.filter((organ) => !known.has(bareText(organ)))
  return [...hits, ...strangers.map((organ): Hit => ({ element: 'issuers', params: { text: organ, fix: '' } }))]
}
