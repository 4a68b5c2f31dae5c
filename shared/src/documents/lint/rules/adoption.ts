/** Rules about 题注 of what a meeting adopted: it is there, names day and meeting, and stands for 署名 and date at the end. */
import { adoptionIn } from '../../rules/adoption.ts'
import { isSignedByNote } from '../../rules/elements-of-kind.ts'
import { parseDate } from '../../text/patterns.ts'
import { rightDate } from '../dates.ts'
import { hitOfEdits, mainPlacesOf, titleOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Place, TextEdit } from '../model.ts'

const practice = { level: 'practice', severity: 'warning' } as const
/** A kind a meeting passes, and the date of whatever it passes. */
const clause = '条例第八条（一）、第九条（十二）'

/** Rules F12–F14. */
export const adoptionRules: readonly LintRule[] = [
  {
    id: 'F12',
    ...practice,
    clause,
    scope: 'document',
    // A text with a date or a signature at its end is told by F14 what to do once it has a 题注.
    check(scene) {
      if (scene.document.elements.kind !== '决议' || notesOf(scene).length > 0) return []
      const title = titleOf(scene)
      return [{ ...(title ? { block: title.index } : {}), params: { text: title?.text.slice(0, 60) ?? '' } }]
    },
  },
  { id: 'F13', ...practice, clause, scope: 'block', kinds: ['title-note'], check: formHits },
  {
    id: 'F14',
    ...practice,
    clause,
    scope: 'document',
    check(scene) {
      const { kind, format } = scene.document.elements
      const note = notesOf(scene).find(({ text }) => adoptionIn(text) !== null)
      if (!note || !isSignedByNote({ kind, format, isAdopted: true })) return []
      return mainPlacesOf(scene, 'signature', 'date')
        .filter(({ text }) => text.trim() !== '')
        .map(({ index, text }) => ({ block: index, params: { text: text.slice(0, 60) }, fix: { kind: 'remove-block', block: index } }))
    },
  },
]

function notesOf(scene: LintScene): readonly Place[] {
  return mainPlacesOf(scene, 'title-note').filter(({ text }) => text.trim() !== '')
}

const anyDate = /(?:\d{4}|[一二三四五六七八九零〇○]{4})[年.\-/]\s?[\d一二三四五六七八九十]{1,3}[月.\-/]\s?[\d一二三四五六七八九十]{1,3}[日号]?/gu

/** 题注 stands in full-width round brackets, its dates are written like 成文日期, and it tells when and by whom. */
function formHits(place: Place): readonly Hit[] {
  const { index, text } = place
  if (text.trim() === '' || text.length > 300) return []
  const edits = [...bracketEdits(text), ...dateEdits(text)].toSorted((a, b) => a.from - b.from)
  if (edits.length > 0) {
    const fix = edits.toReversed().reduce((made, edit) => made.slice(0, edit.from) + edit.text + made.slice(edit.to), text)
    return hitOfEdits(place, edits).map((hit) => ({ ...hit, fault: 'form', params: { text: text.slice(0, 60), fix: fix.slice(0, 60) } }))
  }
  const adoption = adoptionIn(text)
  const isTold = adoption === null ? /公布|发布|印发|修订|修正|施行/u.test(text) : adoption.on !== null && /会|大会|全会/u.test(text)
  return isTold || text.includes('【待填') ? [] : [{ block: index, fault: 'untold', params: { text: text.slice(0, 60) } }]
}

function bracketEdits(text: string): readonly TextEdit[] {
  const [first, last] = [text.at(0), text.at(-1)]
  const end = text.length
  return [
    ...(first === '（' ? [] : [{ from: 0, to: first === '(' ? 1 : 0, text: '（' }]),
    ...(last === '）' ? [] : [{ from: last === ')' ? end - 1 : end, to: end, text: '）' }]),
  ]
}

function dateEdits(text: string): readonly TextEdit[] {
  return [...text.matchAll(anyDate)].flatMap((match): readonly TextEdit[] => {
    const [written] = match
    const right = rightDate(written)
    const isRight = /^\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$/u.test(written) && parseDate(written) !== null
    return isRight || right === null ? [] : [{ from: match.index, to: match.index + written.length, text: right }]
  })
}
