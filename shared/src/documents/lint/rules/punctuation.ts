/** Rules about punctuation (标点符号): width, pairs, doubles, quotation marks, spaces. */
import { hitOfEdits, hitsOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, Place, TextEdit } from '../model.ts'

const standard = { level: 'standard', clause: 'GB/T 15834-2011', severity: 'warning', scope: 'block' } as const
const chinese = /[\u4e00-\u9fff\u3001-\u3011\u3014-\u301f\uff00-\uffef“”‘’]/

/** A rule of this file that reads every block. */
function onProse(id: string, check: BlockRule['check'], clause: string = standard.clause): BlockRule {
  return { ...standard, id, clause, check }
}

/** Rules H01 H02 H13 H14 H15. */
export const punctuationRules: readonly LintRule[] = [
  onProse('H01', (place) => (/[,;:?!().]/.test(place.text) ? hitOfEdits(place, ownEdits(place)) : [])),
  onProse('H02', unpairedMarks),
  onProse('H13', (place) =>
    hitsOf(place, /([，。、；：])\1(?!\1)(?<!\1\1\1)|[，、；：]。|。[，、；]|，[、；：]|、[，；：]|[？！]。|。[？！]/g, (match) =>
      match[1] ? match[1] : null,
    ),
  ),
  {
    ...standard,
    id: 'H14',
    level: 'practice',
    clause: '公文排版惯例',
    kinds: ['paragraph', 'article', 'item', 'subitem', 'heading', 'attachment-note'],
    check: (place: Place) => (place.text.includes(' ') ? hitOfEdits(place, spacesIn(place.text)) : []),
  },
  onProse('H15', straightQuotes, 'GB/T 15834-2011 4.8'),
]

const fullWidth: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '.': '。',
}
const untouched = /(?:https?:\/\/|www\.)[\x21-\x7e]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}/g

/** Marks that other rules repair: the colon after the addressees, brackets of typed numbers, of cited numbers, of the note. */
function ownEdits(place: Place): readonly TextEdit[] {
  const { text } = place
  const head = /^\([一二三四五六七八九十\d]{1,3}\)/.exec(text)?.[0].length ?? 0
  const isOthers = ({ from }: TextEdit): boolean => {
    if (place.kind === 'recipients') return from === text.length - 1
    if (place.kind === 'note') return from === 0 || from === text.length - 1
    return from < head || /\(\d{4}\)\s?第?\d{1,5}\s?号/.test(text.slice(Math.max(0, from - 5), from + 14))
  }
  return halfWidthMarks(text).filter((edit) => !isOthers(edit))
}

/** Half-width marks beside Chinese text. Marks inside figures, Latin words, addresses stay. */
function halfWidthMarks(text: string): readonly TextEdit[] {
  const hasAddress = text.includes('@') || text.includes('www.') || text.includes('://')
  const kept = (hasAddress ? [...text.matchAll(untouched)] : []).map((match) => [match.index, match.index + match[0].length] as const)
  const edits: TextEdit[] = []
  let next = 0
  for (const match of text.matchAll(/[,;:?!().]/g)) {
    const at = match.index
    while (next < kept.length && (kept[next]?.[1] ?? 0) <= at) next += 1
    const isKept = (kept[next]?.[0] ?? Number.POSITIVE_INFINITY) <= at
    const replacement = fullWidth[match[0]]
    if (!isKept && replacement && isBesideChinese(text, at)) edits.push({ from: at, to: at + 1, text: replacement })
  }
  return edits
}

function isBesideChinese(text: string, at: number): boolean {
  const before =
    chinese.test(text.charAt(at - 1)) || (/[%)"]/.test(text.charAt(at - 1)) && chinese.test(text.charAt(at + 1)))
  const after = chinese.test(text.charAt(at + 1))
  if (text.charAt(at) === '.') return before && (after || at === text.length - 1)
  return before || after
}

const pairs: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['‘', '’'],
  ['《', '》'],
  ['〈', '〉'],
  ['（', '）'],
  ['〔', '〕'],
  ['【', '】'],
  ['「', '」'],
])
const closers: ReadonlySet<string> = new Set(pairs.values())
const widened: Readonly<Record<string, string>> = { '(': '（', ')': '）' }

/** Marks without their other half. A bracket that closes a number at the head of a paragraph, 1）, is no pair. */
function unpairedMarks(place: Place): readonly Hit[] {
  const stack: { readonly at: number; readonly mark: string }[] = []
  const alone: { readonly at: number; readonly mark: string }[] = []
  for (const match of place.text.matchAll(/[“”‘’《》〈〉（）〔〕【】「」()]/g)) {
    const mark = widened[match[0]] ?? match[0]
    if (!closers.has(mark)) stack.push({ at: match.index, mark })
    else if (pairs.get(stack.at(-1)?.mark ?? '') === mark) stack.pop()
    else if (mark !== '’') {
      const opened = findLastOpener(stack, mark)
      if (opened < 0) alone.push({ at: match.index, mark })
      else alone.push(...stack.splice(opened).slice(1))
    }
  }
  const spots = [...alone, ...stack].sort((a, b) => a.at - b.at).map(({ at }) => ({ from: at, to: at + 1 }))
  const first = spots[0]
  return first
    ? [{ block: place.index, spots, params: { text: place.text.slice(first.from, first.to), count: spots.length } }]
    : []
}

/** Looks back a little only: real text nests three deep, and hostile text must not cost more. */
function findLastOpener(stack: readonly { readonly mark: string }[], closer: string): number {
  for (let index = stack.length - 1; index >= Math.max(0, stack.length - 8); index -= 1) {
    if (pairs.get(stack[index]?.mark ?? '') === closer) return index
  }
  return -1
}

/** Blanks between Chinese characters and figures. 第一章 总则 keeps its blank, and so do lists of names. */
function spacesIn(text: string): readonly TextEdit[] {
  const found = [...text.matchAll(/(?<=[\u4e00-\u9fff0-9）》”])[ \u00a0]+(?=[，。；：、！？）》”])|(?<=[\u4e00-\u9fff，。；：、])[ \u00a0]+(?=[\u4e00-\u9fff0-9（《“])|(?<=[0-9％%）》”])[ \u00a0]+(?=[\u4e00-\u9fff])/g)]
  const isList = found.length > 1 && !/[。；]/.test(text)
  if (isList) return []
  return found
    .filter((match) => !/第[一二三四五六七八九十百零\d]{1,6}[章节条编款篇]$|^附件\s?\d*$|图\s?\d+$|表\s?\d+$/.test(text.slice(Math.max(0, match.index - 10), match.index)))
    .map((match) => ({ from: match.index, to: match.index + match[0].length, text: '' }))
}

/** Straight quotation marks in Chinese text; repaired where they come in pairs. */
function straightQuotes(place: Place): readonly Hit[] {
  return ['"', "'"].flatMap((mark) => {
    if (!place.text.includes(mark)) return []
    const marks = [...place.text.matchAll(mark === '"' ? /"/g : /'/g)].map((match) => match.index)
    const isChinese = marks.some(
      (at) => chinese.test(place.text.charAt(at - 1)) || chinese.test(place.text.charAt(at + 1)),
    )
    if (!isChinese) return []
    const [open, close] = mark === '"' ? ['“', '”'] : ['‘', '’']
    const edits = marks.map((at, order) => ({ from: at, to: at + 1, text: (order % 2 === 0 ? open : close) ?? mark }))
    return hitOfEdits(place, edits, marks.length % 2 === 0)
  })
}
