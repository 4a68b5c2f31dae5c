/** Rules about 署名, 成文日期, 印发日期, seals as declared, and what is abolished. */
import { bareText, parseDate } from '../../text/patterns.ts'
import { hitsOf, mainPlacesOf, titleOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'
import { adoptedByMeetings, readAdoption } from '../../rules/adoption.ts'
import { printDate, rightDate } from '../dates.ts'

/** Rules F01–F05 F07 G08 D25. */
export const closingRules: readonly LintRule[] = [
  {
    id: 'F01',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.5.4',
    severity: 'error',
    scope: 'block',
    kinds: ['date'],
    check: dateHits,
  },
  {
    id: 'F02',
    level: 'regulation',
    clause: '条例第九条（十二）',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const { signedOn } = scene.context
      // What a meeting adopted keeps the day of the meeting: signing replaces nothing.
      if (!signedOn || adoptedByMeetings.has(scene.document.elements.kind)) return []
      return mainDates(scene)
        .filter((date) => date.on !== null && date.on !== signedOn)
        .map((date) => ({ block: date.index, params: { text: date.text, fix: printDate(signedOn) } }))
    },
  },
  {
    id: 'F03',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.4.3',
    severity: 'error',
    scope: 'document',
    check(scene) {
      const { printedOn } = scene.document.elements
      if (!printedOn) return []
      const adoption = readAdoption(scene.document)
      const dates = mainDates(scene)
      return (dates.length > 0 || !adoption?.on ? dates : [{ text: printDate(adoption.on), on: adoption.on }])
        .filter((date) => date.on !== null && printedOn < date.on)
        .map((date) => ({ element: 'printedOn' as const, params: { text: printDate(printedOn), issued: date.text } }))
    },
  },
  {
    id: 'F04',
    level: 'regulation',
    clause: '条例第九条（十一）',
    severity: 'error',
    scope: 'document',
    check: signatureHits,
  },
  {
    id: 'F05',
    level: 'regulation',
    clause: '条例第九条（十三）',
    severity: 'error',
    scope: 'document',
    check: sealHits,
  },
  {
    id: 'F07',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.5.3',
    severity: 'error',
    scope: 'document',
    check({ document: { elements } }) {
      const isStamped = elements.format === 'order' || elements.kind === '议案'
      return isStamped && elements.signerPost.trim() === '' ? [{ element: 'signerPost', params: { text: elements.kind } }] : []
    },
  },
  {
    id: 'G08',
    level: 'regulation',
    clause: '条例第四十二条',
    severity: 'error',
    scope: 'block',
    kinds: ['paragraph', 'note'],
    check: (place) => hitsOf({ ...place, text: place.text.slice(0, 400) }, /^主\s?题\s?词\s?[:：].*/g),
  },
  {
    id: 'D25',
    level: 'practice',
    clause: '国办发〔2018〕115号、公平竞争审查条例',
    severity: 'hint',
    scope: 'document',
    check: reviewHits,
  },
]

function dateHits(place: Place): readonly Hit[] {
  if (place.text === '' || (/^\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$/.test(place.text) && parseDate(place.text) !== null)) return []
  const fix = rightDate(place.text)
  const hit: Hit = { block: place.index, params: { text: place.text.slice(0, 30), fix: fix ?? '' } }
  if (fix === null) return [hit]
  const edits = [{ from: 0, to: place.text.length, text: fix }]
  return [{ ...hit, fix: { kind: 'edit-text', block: place.index, edits } }]
}

function mainDates(
  scene: LintScene,
): readonly { readonly index: number; readonly text: string; readonly on: string | null }[] {
  return mainPlacesOf(scene, 'date').map(({ index, text }) => ({ index, text: text.slice(0, 40), on: parseDate(rightDate(text) ?? text) }))
}

/** 署名 names the organs of the mark, 主办 first; both are registered names. */
function signatureHits(scene: LintScene): readonly Hit[] {
  const { issuers, format, kind } = scene.document.elements
  const signatures = mainPlacesOf(scene, 'signature').filter(({ text }) => text !== '')
  const isStamped = format === 'order' || kind === '议案'
  if (isStamped || format === 'minutes' || signatures.length === 0 || issuers.length === 0) return []
  // A joint document may bear the leading organ's mark alone (7.2.4): then the first signature is its.
  const isLedAlone = issuers.length === 1 && signatures.length > 1 && signatures[0]?.text.trim() === issuers[0]
  const isEqual =
    isLedAlone ||
    signatures.length === issuers.length && signatures.every((each, index) => each.text.trim() === issuers[index])
  const wrong = signatures.find((each, index) => each.text.trim() !== issuers[index]) ?? signatures.at(-1)
  const params = { text: signatures.map((each) => each.text).join('、').slice(0, 120), issuers: issuers.join('、') }
  return isEqual || !wrong ? [] : [{ block: wrong.index, params }]
}

/** One seal for each signature, of the same organ. Silent until the document is sealed. */
function sealHits(scene: LintScene): readonly Hit[] {
  const { seals } = scene.context
  if (!seals || scene.document.elements.format === 'minutes') return []
  const signatures = mainPlacesOf(scene, 'signature').filter(({ text }) => text.trim() !== '')
  const sealed = new Set(seals.map(bareText))
  const signed = new Set(signatures.map(({ text }) => bareText(text)))
  const missing = signatures.filter(({ text }) => !sealed.has(bareText(text)))
  const strange = seals.filter((organ) => !signed.has(bareText(organ)))
  return [
    ...missing.map(({ index, text }): Hit => ({ block: index, params: { text, seals: seals.join('、') } })),
    ...strange.map((text): Hit => ({ params: { text, seals: seals.join('、') } })),
  ]
}

const normative = /印发《[^》]*(?:办法|规定|细则|实施意见|管理规范|准则)(?:（(?:试行|暂行)）)?》的通知$/

/** A normative text needs a legality review and a fair competition review: a reminder where nobody knows of a record, a warning
 * where one is known to be missing. */
function reviewHits(scene: LintScene): readonly Hit[] {
  const title = titleOf(scene)
  if (!title || !normative.test(title.text.slice(0, 300))) return []
  const { reviews } = scene.context
  if (reviews?.legality && reviews.fairCompetition) return []
  // The text itself says that both took place.
  const said = mainPlacesOf(scene, 'paragraph').map(({ text }) => text.slice(0, 400)).join('')
  if (/合法性审[核查]/.test(said) && /公平竞争审查/.test(said)) return []
  return [{ block: title.index, params: { text: title.text.slice(0, 60) }, ...(reviews ? { severity: 'warning' as const } : {}) }]
}
