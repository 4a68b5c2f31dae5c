/** Rules H and N: punctuation and figures. */
import { hitOfEdits, hitsOf, proseOf } from './hits.ts'
import type { Hit, LintScene, LintRule, TextEdit } from './model.ts'

const punctuation = { level: 'standard', clause: 'GB/T 15834-2011', severity: 'warning' } as const
const figures = { level: 'standard', clause: 'GB/T 15835-2011', severity: 'warning' } as const
const chinese = /[\u4e00-\u9fff\u3001-\u3011\u3014-\u301f\uff00-\uffef“”‘’]/

function onProse(
  check: (place: { readonly index: number; readonly text: string }) => readonly Hit[],
): (scene: LintScene) => readonly Hit[] {
  return (scene) => proseOf(scene).flatMap(check)
}

/** Rules H01 H02 H03 H13 H15 N03 N06 N07. */
export const markRules: readonly LintRule[] = [
  { id: 'H01', ...punctuation, check: onProse((place) => hitOfEdits(place, halfWidthMarks(place.text))) },
  { id: 'H02', ...punctuation, check: onProse(unpairedMarks) },
  {
    id: 'H03',
    ...punctuation,
    clause: 'GB/T 15834-2011 4.11',
    check: onProse((place) => hitsOf(place, /(?<=[\u4e00-\u9fff])(?:\.{3,}|。{3,}|…(?!…)(?<!……))/g, () => '……')),
  },
  {
    id: 'H13',
    ...punctuation,
    check: onProse((place) =>
      hitsOf(place, /([，。、；：])\1(?!\1)(?<!\1\1\1)|[，、；：]。|。[，、；]|，[、；：]|、[，；：]/g, (match) =>
        match[1] ? match[1] : null,
      ),
    ),
  },
  { id: 'H15', ...punctuation, check: onProse(straightQuotes) },
  {
    id: 'N03',
    ...figures,
    check: onProse((place) => [
      ...hitsOf(place, /(?<!\d)\d{2}年(?=(?:1[0-2]|[1-9])月)/g, () => null),
      ...hitsOf(place, /[一二][一二三四五六七八九零〇○Ｏ]{3}年/g, (match) => match[0].replace(/[零○Ｏ]/g, '〇')).filter(
        (hit) => /[零○Ｏ]/.test(String(hit.params?.['text'])),
      ),
    ]),
  },
  {
    id: 'N06',
    ...figures,
    check: onProse((place) =>
      hitsOf(place, /(?<![\d.\-—])(\d{1,12}(?:\.\d{1,6})?)([～~—–-])(\d{1,12}(?:\.\d{1,6})?)([%％‰万亿])/g, (match) =>
        match[4] === '万' || match[4] === '亿' ? null : `${match[1]}${match[4]}${match[2]}${match[3]}${match[4]}`,
      ),
    ),
  },
  {
    id: 'N07',
    ...figures,
    check: onProse((place) => hitsOf(place, /(?<![\dA-Za-z.])\.\d{1,9}(?![\dA-Za-z])/g, (match) => `0${match[0]}`)),
  },
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
const untouched = /(?:https?:\/\/|www\.)[\x21-\x7e]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}/g

/** Half-width marks beside Chinese text. Marks inside figures, Latin words, addresses stay. */
function halfWidthMarks(text: string): readonly TextEdit[] {
  const kept = [...text.matchAll(untouched)].map((match) => [match.index, match.index + match[0].length] as const)
  const edits: TextEdit[] = []
  let next = 0
  for (const match of text.matchAll(/[,;:?!().]/g)) {
    const at = match.index
    while (next < kept.length && (kept[next]?.[1] ?? 0) <= at) next += 1
    const isKept = (kept[next]?.[0] ?? Infinity) <= at
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

/** Marks without their other half. */
function unpairedMarks(place: { readonly index: number; readonly text: string }): readonly Hit[] {
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

/** Straight quotation marks in Chinese text; repaired where they come in pairs. */
function straightQuotes(place: { readonly index: number; readonly text: string }): readonly Hit[] {
  const marks = [...place.text.matchAll(/"/g)].map((match) => match.index)
  const isChinese = marks.some(
    (at) => chinese.test(place.text.charAt(at - 1)) || chinese.test(place.text.charAt(at + 1)),
  )
  if (!isChinese) return []
  const edits = marks.map((at, order) => ({ from: at, to: at + 1, text: order % 2 === 0 ? '“' : '”' }))
  return hitOfEdits(place, edits, marks.length % 2 === 0)
}
