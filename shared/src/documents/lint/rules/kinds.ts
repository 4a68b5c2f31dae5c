/** Rules about what a kind of document (文种) must say and must not say. */
import { hitOfNote, hitsOf, mainPlacesOf, notesOf, titleOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, LintScene, Note, Place } from '../model.ts'

const practice = { level: 'practice', clause: '公文写作惯例' } as const

/** Words that ask for a decision. */
const request =
  /请(?:予以?)?(?:批示|批复|审批|批准|审示|审定|核准|核批|指示|审议|核定)|妥否|当否|可否|是否(?:妥当|可行)|恳请/g
const mustNotAsk = /请(?:予以?)?(?:批示|批复|审批|批准|审示|核准|批准同意)|(?:恳请|请求)[^，。；]{0,12}(?:批准|批复|审批)|妥否|当否|可否/g

const isProse = (place: Place): boolean => place.kind === 'paragraph' || place.kind === 'heading'

/** Rules D07–D11. */
export const kindRules: readonly LintRule[] = [
  {
    id: 'D07',
    level: 'regulation',
    clause: '条例第十五条（四）',
    severity: 'warning',
    scope: 'document',
    gather: (place) =>
      place.part === 'main' && isProse(place)
        ? notesOf(place, /(?:恳请|拟请|请求|[一二三四五]是请|并请|同时请|现请|特请)([^，。；]{2,40}?)(?=[，。；])/g)
        : [],
    check: (scene, notes) => (scene.document.elements.kind === '请示' ? manyRequestHits(scene, notes) : []),
  },
  {
    id: 'D08',
    level: 'regulation',
    clause: '条例第十五条（四）',
    severity: 'error',
    scope: 'block',
    check: (place, { kind }) => (kind === '报告' && place.part === 'main' ? hitsOf(place, mustNotAsk) : []),
  },
  {
    id: 'D09',
    ...practice,
    severity: 'warning',
    scope: 'document',
    gather: (place) => (place.part === 'main' && isProse(place) ? notesOf(place, request) : []),
    check(scene, notes) {
      if (scene.document.elements.kind !== '请示' || notes.length > 0) return []
      const prose = mainPlacesOf(scene, 'paragraph', 'heading').filter(({ text }) => text !== '')
      const last = prose.findLast(({ kind }) => kind === 'paragraph')
      return prose.length === 0 ? [] : [{ ...(last ? { block: last.index } : {}) }]
    },
  },
  closingPhraseRule(),
  {
    id: 'D11',
    ...practice,
    severity: 'warning',
    scope: 'document',
    check: answeredHits,
  },
]

/** One 请示, one matter. */
function manyRequestHits(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  const title = titleOf(scene)?.text.slice(0, 300) ?? ''
  const matters = new Map(notes.map((note) => [note.text.slice(-4), note]))
  const [, second] = [...matters.values()]
  const titled = /(?:等|若干|几个|两个|多个|有关)(?:事项|问题|事宜)的请示$/.test(title)
  if (titled) return [{ block: titleOf(scene)?.index ?? 0, params: { text: title } }]
  return second && matters.size > 1 ? [hitOfNote(second)] : []
}

/** Closing phrases and the kinds they belong to. */
const phrases: readonly (readonly [RegExp, readonly string[]])[] = [
  [/特此通知/g, ['通知']],
  [/特此通报/g, ['通报']],
  [/特此(?:公告|周知)/g, ['公告', '通告']],
  [/特此通告/g, ['通告']],
  [/特此报告/g, ['报告']],
  [/特此请示/g, ['请示']],
  [/特此批复|此复(?=。|$)/g, ['批复', '函', '通知']],
  [/特此(?:函[告达复商]|致函)/g, ['函']],
  [/现?提请审议/g, ['议案', '请示', '报告']],
]

function closingPhraseRule(): BlockRule {
  return {
    id: 'D10',
    ...practice,
    severity: 'hint',
    scope: 'block',
    kinds: ['paragraph'],
    check(place, { kind }) {
      if (place.part === 'annex' || place.text.length > 400) return []
      const end = Math.max(0, place.text.length - 16)
      const tail = { ...place, text: '　'.repeat(end) + place.text.slice(end) }
      return phrases.flatMap(([phrase, kinds]) =>
        kinds.includes(kind) ? [] : hitsOf(tail, phrase).map((hit) => ({ ...hit, params: { ...hit.params, kind } })),
      )
    },
  }
}

/** An answer (批复, 复函) names what it answers, its number, and that it was received. */
function answeredHits(scene: LintScene): readonly Hit[] {
  const title = titleOf(scene)?.text ?? ''
  const isAnswer = scene.document.elements.kind === '批复' || title.endsWith('复函')
  const first = mainPlacesOf(scene, 'paragraph').find(({ text }) => text.trim() !== '')
  if (!isAnswer || !first) return []
  const head = first.text.slice(0, 300)
  // Proposals and letters of citizens have a number of another kind, or none.
  if (/《[^》]*(?:提案|建议|议案)》|第\d+号(?:提案|建议|议案)|来信/.test(head)) return []
  const cites = /《[^》]+》/.test(head) && /〔\d{4}〕\d+号/.test(head)
  const isAcknowledged = /收悉|收到|来函|来文/.test(head)
  return cites && isAcknowledged ? [] : [{ block: first.index, params: { text: head.slice(0, 30) } }]
}
