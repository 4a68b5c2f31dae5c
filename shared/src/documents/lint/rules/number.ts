/** Rules about the number (发文字号, 令号, 期号): in the heading and as cited in the text. */
import { formatDocumentNumber } from '../../model.ts'
import { hitsOf, placesOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, LintScene, Place } from '../model.ts'
import type { NumberFault } from '../number-text.ts'
import { citedNumber, findNumberFaults } from '../number-text.ts'

const form = { level: 'national-standard', clause: 'GB/T 9704-2012 7.2.5' } as const

/** Numbers cited in prose with that fault. Only the part from the bracket on is marked and repaired: where the code begins in a
 * sentence is not known. */
function citedRule(id: NumberFault['rule']): BlockRule {
  return { id, ...form, severity: 'warning', scope: 'block', check: (place) => citedHits(place, id) }
}

function citedHits(place: Place, rule: NumberFault['rule']): readonly Hit[] {
  if (!/\d/.test(place.text)) return []
  return [...place.text.matchAll(citedNumber)].flatMap((match): readonly Hit[] => {
    const fault = findNumberFaults(match[0]).find((each) => each.rule === rule)
    if (!fault) return []
    const from = match.index + match[0].search(/[〔[［（(【〖]|\d{4}年/)
    const to = match.index + match[0].length
    const text = fault.fix?.slice(fault.fix.indexOf('〔')) ?? null
    const hit: Hit = { block: place.index, spots: [{ from, to }], params: { text: match[0], fix: fault.fix ?? '' } }
    return [
      text === null ? hit : { ...hit, fix: { kind: 'edit-text', block: place.index, edits: [{ from, to, text }] } },
    ]
  })
}

/** Only formats that carry 代字〔年〕序号号 in their heading. */
function ownNumber({ document: { elements } }: LintScene) {
  return elements.format === 'order' || elements.kind === '纪要' ? null : elements.number
}

const element = (text: string, fix = ''): readonly Hit[] => [{ element: 'number', params: { text, fix } }]

/** Rules A01–A08 and A20. */
export const numberRules: readonly LintRule[] = [
  citedRule('A01'),
  citedRule('A02'),
  citedRule('A03'),
  {
    id: 'A04',
    level: 'practice',
    clause: '公文登记编号惯例',
    severity: 'warning',
    scope: 'document',
    check(scene) {
      const number = ownNumber(scene)
      const { signedOn } = scene.context
      return number && signedOn && number.year !== Number(signedOn.slice(0, 4))
        ? element(String(number.year), signedOn.slice(0, 4))
        : []
    },
  },
  {
    id: 'A05',
    level: 'unit',
    clause: '本单位机关代字登记',
    severity: 'warning',
    scope: 'document',
    check(scene) {
      const code = ownNumber(scene)?.code
      const { codes } = scene.context
      if (!code || !codes) return []
      if (!codes.includes(code)) return element(code)
      const isLetter = scene.document.elements.format === 'letter'
      return isLetter && !code.includes('函') && codes.some((each) => each.includes('函')) ? element(code) : []
    },
  },
  {
    id: 'A06',
    level: 'regulation',
    clause: '条例第二十五条（二）',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const number = ownNumber(scene)
      if (!number) return []
      const { isSigned, serialsInUse } = scene.context
      const written = formatDocumentNumber(number)
      if (isSigned === false || serialsInUse?.includes(number.serial)) return element(written)
      const last = serialsInUse?.at(-1)
      return last !== undefined && number.serial > last + 1
        ? [{ element: 'number', params: { text: written }, severity: 'warning' }]
        : []
    },
  },
  {
    id: 'A07',
    level: 'regulation',
    clause: '条例第九条（五）',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const code = ownNumber(scene)?.code
      const { codes } = scene.context
      const isJoint = scene.document.elements.issuers.length > 1
      return isJoint && code && codes && codes.length > 0 && !codes.includes(code) ? element(code) : []
    },
  },
  {
    id: 'A08',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 10.2',
    severity: 'error',
    scope: 'document',
    check: serialHits,
  },
  {
    id: 'A20',
    ...form,
    severity: 'error',
    scope: 'document',
    check(scene) {
      const code = ownNumber(scene)?.code
      return code && !/^[\u4e00-\u9fff]{2,20}$/.test(code) ? element(code) : []
    },
  },
]

/** An order carries 第N号, minutes their own number or issue; other documents carry neither. Lines typed above the text are looked at. */
function serialHits(scene: LintScene): readonly Hit[] {
  const { format, number, kind } = scene.document.elements
  const heads = placesOf(scene, 'paragraph').filter((place) => place.index < 4 && place.part === 'main')
  if (format === 'order') {
    const typed = heads.flatMap((place) => hitsOf(place, /^[\u4e00-\u9fff]{2,15}〔\d{4}〕\d{1,5}号$/g))
    return number && !/^[令第\s]*$/.test(number.code) && !number.code.endsWith('令')
      ? [...element(number.code), ...typed]
      : typed
  }
  return kind === '纪要' || format === 'minutes'
    ? []
    : heads.flatMap((place) => hitsOf(place, /^[\u4e00-\u9fff]{0,20}\s?第\s?\d{1,5}\s?[号期]$/g))
}
