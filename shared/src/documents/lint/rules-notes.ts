/** Rules F08–F10 and D20: 附注, disclosure (公开属性) and personal data. */
import { hitsOf, proseOf } from './hits.ts'
import type { Hit, LintRule, LintScene } from './model.ts'
import { blocksOfKind } from './model.ts'

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
    check: (scene) => blocksOfKind(scene, 'note').flatMap(typedBrackets),
  },
  {
    id: 'F09',
    level: 'practice',
    clause: '公文写作惯例',
    severity: 'hint',
    check(scene) {
      if (scene.document.elements.kind !== '请示') return []
      const hasContact = blocksOfKind(scene, 'note').some(({ text }) => /联系/.test(text) && /\d{7}/.test(text))
      return hasContact ? [] : [{}]
    },
  },
  { id: 'F10', level: 'law', clause: '政府信息公开条例', severity: 'warning', check: disclosureHits },
  {
    id: 'D20',
    level: 'law',
    clause: '个人信息保护法，政府信息公开条例第十五条',
    severity: 'warning',
    check(scene) {
      if (scene.document.elements.disclosure !== 'open') return []
      const prose = proseOf(scene).filter(({ index }) => scene.document.blocks[index]?.kind !== 'note')
      return prose.flatMap((place) =>
        hitsOf(place, /(?<!\d)(?:[1-9]\d{5}(?:19|20)\d{9}[\dXx]|1[3-9]\d{9}|62\d{14,17})(?!\d)/g, () => null),
      )
    },
  },
]

/** The brackets of 附注 are derived: typed ones would be printed twice. */
function typedBrackets(place: { readonly index: number; readonly text: string }): readonly Hit[] {
  const { index, text } = place
  if (text.length < 2 || !/^[（(]/.test(text) || !/[）)]$/.test(text)) return []
  const end = text.length
  const edits = [
    { from: 0, to: 1, text: '' },
    { from: end - 1, to: end, text: '' },
  ]
  return [
    {
      block: index,
      spots: edits,
      params: { text: text.slice(0, 20) },
      fix: { kind: 'edit-text', block: index, edits },
    },
  ]
}

/** 附注 says one thing about disclosure, the form another; or closed without a reason. */
function disclosureHits(scene: LintScene): readonly Hit[] {
  const { disclosure, disclosureReason } = scene.document.elements
  const said = blocksOfKind(scene, 'note').filter(({ text }) => /公开/.test(text))
  const wrong = said.filter(({ text }) => !disclosureWords[disclosure].test(text))
  const unreasoned = disclosure === 'closed' && disclosureReason.trim() === ''
  return [
    ...wrong.map(({ index, text }): Hit => ({ block: index, params: { text: text.slice(0, 20) } })),
    ...(unreasoned ? [{ element: 'disclosureReason' as const, params: { text: '不予公开' } }] : []),
  ]
}
