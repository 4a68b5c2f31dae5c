/** Rules that look words up: in our own short lists and in those of the office (词库). */
import { hitsOf, shown } from '../hits.ts'
import type { BlockRule, DocumentRule, Hit, LintRule, Note, Place } from '../model.ts'
import type { HouseRules } from '../house.ts'
import { obsoleteWords, typos } from '../lexicon.ts'
import { findMiswritten } from '../miswritten.ts'

/** One pass tells whether any of the list occurs: almost always none does. */
const anyTypo = new RegExp(typos.map(({ pattern }) => pattern.source).join('|'))

/** Rules D18 D21 D22 D27. */
export const lexiconRules: readonly LintRule[] = [
  leaderRule(),
  {
    id: 'D21',
    level: 'practice',
    clause: '现代汉语规范用字',
    severity: 'hint',
    scope: 'block',
    check: (place) => [...miswrittenIn(place), ...(anyTypo.test(place.text) ? typosIn(place) : [])],
  },
  wordListRule({ id: 'D22', level: 'practice', clause: '规范用语词表', severity: 'warning' }, () => obsoleteWords),
  wordListRule({ id: 'D27', level: 'unit', clause: '本单位词库', severity: 'warning' }, wordsOf),
]

function miswrittenIn(place: Place): readonly Hit[] {
  return findMiswritten(place.text).map(({ from, wrong, right }): Hit => {
    const to = from + wrong.length
    return { block: place.index, spots: [{ from, to }], params: { text: wrong, fix: right }, fix: { kind: 'edit-text', block: place.index, edits: [{ from, to, text: right }] } }
  })
}

function typosIn(place: Place): readonly Hit[] {
  return typos.flatMap(({ pattern, right }) =>
    hitsOf(place, pattern, (match) => right.replace(/\$(\d)/g, (_whole, at: string) => match[Number(at)] ?? '')),
  )
}

interface ListedWord {
  readonly word: string
  /** What to write instead; empty when the word is not to be used at all. */
  readonly right: string
  readonly advice: string
  /** Set when the replacement never changes what is said. */
  readonly isSafe?: true
}

function wordListRule(
  head: Pick<BlockRule, 'id' | 'level' | 'clause' | 'severity'>,
  listOf: (house: HouseRules | undefined) => readonly ListedWord[],
): BlockRule {
  return {
    ...head,
    scope: 'block',
    check(place, { context }) {
      const index = indexOf(listOf(context.house))
      return index ? listedHits(place, index) : []
    },
  }
}

interface WordIndex {
  readonly pattern: RegExp
  readonly byWord: ReadonlyMap<string, ListedWord>
}

const indexes = new WeakMap<readonly ListedWord[], WordIndex>()

/** One pattern for a whole list, longest words first: a keystroke must not cost a pass for every word. */
function indexOf(list: readonly ListedWord[]): WordIndex | null {
  if (list.length === 0) return null
  const known = indexes.get(list)
  if (known) return known
  const words = list.map(({ word }) => word).sort((a, b) => b.length - a.length)
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  const index = { pattern: new RegExp(escaped.join('|'), 'g'), byWord: new Map(list.map((each) => [each.word, each])) }
  indexes.set(list, index)
  return index
}

/** Words inside their own right form are right: 常委 in 人大常委. */
function listedHits(place: Place, { pattern, byWord }: WordIndex): readonly Hit[] {
  return [...place.text.matchAll(pattern)].flatMap((match): readonly Hit[] => {
    const listed = byWord.get(match[0])
    if (!listed) return []
    const from = match.index
    const to = from + match[0].length
    if (isInside(place.text, from, listed) || (match[0].endsWith('部') && place.text.startsWith('门', to))) return []
    const fix = listed.right === '' ? listed.advice : listed.right
    const hit: Hit = { block: place.index, spots: [{ from, to }], params: { text: match[0], fix } }
    return [
      listed.isSafe
        ? { ...hit, fix: { kind: 'edit-text', block: place.index, edits: [{ from, to, text: listed.right }] } }
        : hit,
    ]
  })
}

function isInside(text: string, at: number, { word, right }: ListedWord): boolean {
  const offset = right === word ? -1 : right.indexOf(word)
  return offset >= 0 && text.startsWith(right, at - offset)
}

const houseLists = new WeakMap<HouseRules, readonly ListedWord[]>()

/** The office's lists: what is to be written otherwise, what is not to be used, names for their short forms. */
function wordsOf(house: HouseRules | undefined): readonly ListedWord[] {
  if (!house) return []
  const known = houseLists.get(house)
  if (known) return known
  const list = [
    ...house.terms.map(({ wrong, right }) => ({ word: wrong, right, advice: '', isSafe: true as const })),
    ...house.forbidden.map(({ word, advice }) => ({ word, right: '', advice })),
  ]
  houseLists.set(house, list)
  return list
}

const postWord = /(?:常务副|党组副|党委副|第一副|副)?(?:省长|市长|县长|区长|州长|书记|主任|局长|厅长|部长|处长|秘书长|主席|镇长|乡长|院长|检察长)$/

/** Names of leaders as the office has listed them: the right post before the name, and the right order in a row. */
function leaderRule(): DocumentRule {
  return {
    id: 'D18',
    level: 'unit',
    clause: '本单位领导名单',
    severity: 'warning',
    scope: 'document',
    check(scene) {
      const leaders = scene.context.house?.leaders ?? []
      if (leaders.length === 0) return []
      const ranks = new Map(leaders.map(({ name }, rank) => [name, rank]))
      const pattern = new RegExp(leaders.map(({ name }) => name.replace(/[^\u4e00-\u9fff·]/g, '')).filter(Boolean).join('|'), 'g')
      return scene.places.flatMap((place) => {
        const found = place.text === '' ? [] : [...place.text.matchAll(pattern)]
        const notes = found.map((match): Note => ({ block: place.index, from: match.index, to: match.index + match[0].length, text: match[0] }))
        return [...wrongPosts(place, notes, leaders), ...wrongOrder(place, notes, ranks)]
      })
    },
  }
}

function wrongPosts(place: Place, notes: readonly Note[], leaders: HouseRules['leaders']): readonly Hit[] {
  return notes.flatMap((note): readonly Hit[] => {
    const said = postWord.exec(place.text.slice(Math.max(0, note.from - 10), note.from))?.[0]
    const posts = leaders.filter(({ name }) => name === note.text).map(({ post }) => post)
    if (!said || posts.some((post) => isPost(post, said))) return []
    return [{ block: note.block, spots: [{ from: note.from - said.length, to: note.to }], params: { text: said + note.text, fix: posts.join('、') } }]
  })
}

/** 市委书记 may be said 书记; 副市长 is not 市长. */
function isPost(post: string, said: string): boolean {
  return post.split(/[、，]/).some((each) => each.endsWith(said) && (said.startsWith('副') || said.includes('副') || !each.slice(0, -said.length).endsWith('副')))
}

/** Names set apart by 、 or blanks stand in the order of the list. */
function wrongOrder(place: Place, notes: readonly Note[], ranks: ReadonlyMap<string, number>): readonly Hit[] {
  return notes.flatMap((note, at): readonly Hit[] => {
    const before = notes[at - 1]
    if (!before || !/^[、，\s]{1,3}$/.test(place.text.slice(before.to, note.from))) return []
    const isWrong = (ranks.get(note.text) ?? 0) < (ranks.get(before.text) ?? 0)
    return isWrong ? [{ block: note.block, spots: [{ from: before.from, to: note.to }], params: { text: shown(`${before.text}、${note.text}`), fix: `${note.text}、${before.text}` } }] : []
  })
}
