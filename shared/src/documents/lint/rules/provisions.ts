/** Rules about regulations (规定、办法、条例): what their articles say of one another. */
import { parseChineseNumeral } from '../../gongwen/numerals.ts'
import { hitOfNote, notesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Note } from '../model.ts'

/** 本办法第三条至第五条: articles of the regulation itself; those of other laws are somebody else's. */
const ownArticles = /本(?:办法|规定|条例|细则|规则|规程|准则|章程|制度)第[一二三四五六七八九十百零]{1,7}条(?:(?:、|和|至|或者?|以及)第[一二三四五六七八九十百零]{1,7}条)*/g

/** Rule D28. */
export const provisionRules: readonly LintRule[] = [
  {
    id: 'D28',
    level: 'practice',
    clause: '立法技术规范（试行）',
    severity: 'warning',
    scope: 'document',
    gather: (place) => (place.text.includes('条') ? notesOf(place, ownArticles) : []),
    check: missingArticles,
  },
]

/** Articles that are referred to and do not exist. A text whose numbers are typed has no articles to count and is left alone. */
function missingArticles(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  if (notes.length === 0) return []
  const counts = articleCounts(scene)
  return notes.flatMap((note): readonly Hit[] => {
    const count = counts[note.block] ?? 0
    const beyond = [...note.text.matchAll(/第([^条]+)条/g)].find(([, numeral = '']) => (parseChineseNumeral(numeral) ?? 0) > count)
    return count === 0 || !beyond ? [] : [hitOfNote(note, { text: beyond[0], count })]
  })
}

/** How many articles the regulation around each block has: the main text is one, every attachment another. */
function articleCounts(scene: LintScene): readonly number[] {
  const { blocks } = scene.document
  const parts: number[] = []
  const of = blocks.map((block) => {
    if (block.kind === 'annex-title' || parts.length === 0) parts.push(0)
    if (block.kind === 'article') parts[parts.length - 1] = (parts.at(-1) ?? 0) + 1
    return parts.length - 1
  })
  return of.map((part) => parts[part] ?? 0)
}
