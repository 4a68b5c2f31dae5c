/** Rules about 附注, disclosure (公开属性) and personal data. */
import { hitsOf, mainPlacesOf, notesOf, placesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place } from '../model.ts'

const disclosureWords = {
  open: /(?<!不予|不|申请)公开/,
  'on-request': /依申请公开/,
  closed: /不予公开|不公开/,
} as const

/** Rules D20 F08 F09 F10. */
export const noteRules: readonly LintRule[] = [
  {
    id: 'F08',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.6',
    severity: 'error',
    scope: 'document',
    gather: (place) => (place.kind === 'paragraph' && place.part === 'main' ? notesOf(place, /^[（(]此件[^（）()]{2,20}[）)]$/g) : []),
    check: (scene, notes) => [
      ...placesOf(scene, 'note').flatMap(typedBrackets),
      ...misplaced(scene),
      ...notes.map((note) => ({ block: note.block, params: { text: note.text } })),
    ],
  },
  {
    id: 'F09',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'hint',
    scope: 'document',
    check(scene) {
      if (scene.document.elements.kind !== '请示') return []
      const hasContact = placesOf(scene, 'note').some(({ text }) => /联系/.test(text) && /\d{7}/.test(text.replace(/-/g, '')))
      return hasContact ? [] : [{}]
    },
  },
  { id: 'F10', level: 'law', clause: '政府信息公开条例', severity: 'warning', scope: 'document', check: disclosureHits },
  {
    id: 'D20',
    level: 'law',
    clause: '个人信息保护法，政府信息公开条例第十五条',
    severity: 'warning',
    scope: 'block',
    kinds: ['title', 'recipients', 'article', 'item', 'subitem', 'heading', 'paragraph', 'table', 'attachment-note', 'signature', 'date', 'annex-title'],
    check: (place, { disclosure }) =>
      disclosure === 'open' && place.text.length > 10
        ? hitsOf(place, /(?<!\d)(?:[1-9]\d{5}(?:19|20)\d{9}[\dXx]|1[3-9]\d{9}|62\d{14,17})(?!\d)/g)
        : [],
  },
]

/** The brackets of 附注 are derived: typed ones would be printed twice. */
function typedBrackets(place: Place): readonly Hit[] {
  const { index, text } = place
  if (text.length < 2 || !/^[（([［【〔]/.test(text) || !/[）)\]］】〕]$/.test(text.slice(-1))) return []
  const end = text.length
  const edits = [
    { from: 0, to: 1, text: '' },
    { from: end - 1, to: end, text: '' },
  ]
  return [
    {
      block: index,
      spots: edits.map(({ from, to }) => ({ from, to })),
      params: { text: text.slice(0, 20) },
      fix: { kind: 'edit-text', block: index, edits },
    },
  ]
}

/** 附注 stands under the date. */
function misplaced(scene: LintScene): readonly Hit[] {
  const date = mainPlacesOf(scene, 'date')[0]
  return date
    ? mainPlacesOf(scene, 'note')
        .filter((note) => note.index < date.index && note.text !== '')
        .map(({ index, text }) => ({ block: index, params: { text: text.slice(0, 20) } }))
    : []
}

/** 附注 says one thing about disclosure, the form another; or closed without a reason. */
function disclosureHits(scene: LintScene): readonly Hit[] {
  const { disclosure, disclosureReason } = scene.document.elements
  const said = placesOf(scene, 'note').filter(({ text }) => /公开/.test(text))
  const wrong = said.filter(({ text }) => !disclosureWords[disclosure].test(text))
  const unreasoned = disclosure === 'closed' && disclosureReason.trim() === ''
  return [
    ...wrong.map(({ index, text }): Hit => ({ block: index, params: { text: text.slice(0, 20) } })),
    ...(unreasoned ? [{ element: 'disclosureReason' as const, params: { text: '不予公开' } }] : []),
  ]
}
