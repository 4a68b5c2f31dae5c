/** Rules about figures that must agree with each other. */
import { hitOfNote, notesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Note, Place } from '../model.ts'

/** Measures named once in a document; named twice they must be the same. */
const totals = /((?:计划|项目|工程)?总(?:投资|金额|面积|户数|预算)|总?编制数|核定编制)(?:约|为|共|达|达到)?(\d[\d,.]*)(亿元|万元|元|平方米|亩|公顷|公里|户|人|个|名)/g
const shares = /(?:分别占|占比分别为|分别为|比例分别为)(\d+(?:\.\d+)?%(?:[、，和及](?:\d+(?:\.\d+)?%))+)/g
const parts = /共(?:计|有)?[^\d，。；：]{0,6}(\d[\d,.]*)([万亿]?[\u4e00-\u9fff]{1,2})[^，。；]{0,8}[，：]其中[：，]?([^。；]{4,160})/g
/** What was done, and what of: 新建公厕40座，其中城区22座、乡镇15座. Such lists may name the foremost parts only. */
const doneParts = /(?:新建|建成|改造|新增|完成|修建|发放|培训|排查|整改|查处|受理|办结|安排|招录|慰问|救助)[^\d，。；：]{0,10}(\d[\d,.]*)([万亿]?[\u4e00-\u9fff]{1,2})[^，。；]{0,8}[，：]其中[：，]?([^。；]{4,160})/g
/** Parts that make this much of the whole were meant to make all of it. */
const nearlyAll = 0.9

/** Rule D19. */
export const figureRules: readonly LintRule[] = [
  {
    id: 'D19',
    level: 'regulation',
    clause: '条例第二十条（四）',
    severity: 'warning',
    scope: 'document',
    gather: (place) => (/\d/.test(place.text) && place.kind !== 'table' ? [...wrongShares(place), ...wrongSums(place, parts, 0), ...wrongSums(place, doneParts, nearlyAll), ...notesOfTotals(place)] : []),
    check: disagreements,
  },
]

function notesOfTotals(place: Place): readonly Note[] {
  return [...place.text.matchAll(totals)].map((match) => ({
    block: place.index,
    from: match.index,
    to: match.index + match[0].length,
    text: `=${match[1]} ${match[3]} ${match[2]?.replace(/,/g, '')}`,
  }))
}

const tolerance = 0.15

/** 分别占40%、35%、30%: shares of one whole make a hundred. Only where the sentence says 占. */
function wrongShares(place: Place): readonly Note[] {
  return notesOf(place, shares).filter((note) => {
    if (!place.text.slice(note.from, note.to).includes('占')) return false
    const sum = (note.text.match(/\d+(?:\.\d+)?/g) ?? []).reduce((total, each) => total + Number(each), 0)
    return sum > 100 + tolerance || (sum < 100 - tolerance && sum > 90)
  })
}

/** 共120人，其中男70人、女40人: parts of one unit that are less than the whole though the list looks complete, or more.
 *
 * @param least share of the whole below which a list is taken for an excerpt
 */
function wrongSums(place: Place, pattern: RegExp, least: number): readonly Note[] {
  return [...place.text.matchAll(pattern)].flatMap((match): readonly Note[] => {
    const [whole, total = '', unit = '', list = ''] = match
    const numbers = [...list.matchAll(/(\d[\d,.]*)([万亿]?[\u4e00-\u9fff]{1,2})/g)]
    const same = numbers.filter(([, , each = '']) => each.startsWith(unit) || unit.startsWith(each))
    if (same.length < 2 || same.length !== numbers.length) return []
    const sum = same.reduce((value, [, each = '']) => value + Number(each.replace(/,/g, '')), 0)
    const all = Number(total.replace(/,/g, ''))
    const isWrong = Math.abs(sum - all) > 1e-6 && sum >= all * least
    return isWrong ? [{ block: place.index, from: match.index, to: match.index + whole.length, text: whole }] : []
  })
}

/** The same measure with two values; what did not add up in one place. */
function disagreements(_scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  const values = new Map<string, string>()
  return notes.flatMap((note): readonly Hit[] => {
    if (!note.text.startsWith('=')) return [hitOfNote(note)]
    const [measure = '', unit = '', value = ''] = note.text.slice(1).split(' ')
    const key = `${measure} ${unit}`
    const before = values.get(key)
    values.set(key, before ?? value)
    return before !== undefined && before !== value ? [hitOfNote(note, { text: `${measure}${value}${unit}`, fix: `${before}${unit}` })] : []
  })
}
