/** Rules about figures (数字用法) in one place of the text. */
import { chineseCount, chineseYear } from '../dates.ts'
import { hitOfEdits, hitsOf, notesOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, Note, Place, Severity } from '../model.ts'

const standard = { level: 'standard', clause: 'GB/T 15835-2011', scope: 'block' } as const

/** A rule that looks only at blocks with a digit in them, Chinese ones counted. */
function rule(id: string, clause: string, check: (place: Place) => readonly Hit[], severity: Severity = 'warning'): BlockRule {
  return { ...standard, id, clause: `GB/T 15835-2011 ${clause}`.trim(), severity, check }
}

const measured = '(?:元|人|户|亩|吨|平方米|立方米|公里|个|名|件|台|套|辆|公顷|株|头)'

/** Chinese and Arabic digits in one number: 十9大, 2十一项, 3百二十. Dates are N12's. */
const mixedNumeral = /(?<![初\d.])[二三四五六七八九]?十[1-9](?![\d.%％万亿]|[月日])|(?<![\d.〔])[1-9]十[一二三四五六七八九]?(?![月日])|(?<![\d.])[1-9]\d?[百千][一二三四五六七八九]|[二三四五六七八九]百[1-9]\d(?!\d)/g
/** Numbers inside set phrases, which are words: 20大, 4个意识, 3中全会. Source: GB/T 15835-2011 4.2.3 */
const setNumeral = /(?<![\d.])(?:1[0-9]|20|21)大(?=精神|报告|召开|以来|代表|胜利|闭幕|部署|提出)|(?<![\d.])\d{1,2}届(?=中央|[一二三四五六七八九\d]中全会)|(?<!\d)[1-9]中全会|(?<![\d.])[1-9]个(?:意识|自信|维护|确立|务必|允许|坚持不动摇)|(?<!\d)5位一体|[一1]带1路|1带[一1]路|(?<!\d)1国两制|1国2制|(?<!\d)1把手|(?<!\d)2手抓|(?<!\d)3公经费|(?<!\d)5保户|(?<!\d)3资企业|3重1大|(?<!\d)3重一大|(?<!\d)4好农村路|(?<!\d)5险[一1]金|(?<!\d)5四青年节|(?<!\d)3八(?:妇女)?节|(?<!\d)6一儿童节|(?<!\d)8一建军节|(?<!\d)7一建党/g

/** Rules N01–N12. */
export const numberTextRules: readonly LintRule[] = [
  rule('N01', '4.1', (place) =>
    /[０-９]/.test(place.text)
      ? hitOfEdits(place, [...place.text.matchAll(/[０-９]+/g)].map((match) => ({ from: match.index, to: match.index + match[0].length, text: halfWidth(match[0]) })))
      : [],
  ),
  rule('N02', '4.2', (place) => !/\d/.test(place.text) ? [] : [
    ...hitsOf(place, /(?<!\d)(?:3农|第1书记|[“"]?十?[45]5[”"]?规划|十[1-9]五|第?1[0-9]五[”"]?(?=规划|时期|期间)|8项规定|(?:农历|阴历|正月|腊月)\d{1,2}|2会期间|4史|[“"]12·[59][”"]|5一国际劳动节|10一国庆|3严3实|2学1做|几\d+|\d+几(?=[个人年天次]))/g),
    ...hitsOf(place, mixedNumeral),
    ...hitsOf(place, setNumeral),
  ]),
  rule('N03', '4.1.3、4.2.1', (place) => place.kind === 'date' ? [] : [
    ...hitsOf(place, /(?<![\d.])\d{2}年(?=(?:1[0-2]|[1-9])月)/g),
    ...hitsOf(place, /(?<![\d.])[12]\d年(?=[上下]半年|第?[一二三四1-4]季度|[年]?[初底末](?![\u4e00-\u9fff]*期))/g),
    ...hitsOf(place, /[一二][一二三四五六七八九零〇○Ｏ]{3}年/g, (match) => match[0].replace(/[零○Ｏ]/g, '〇')).filter(
      (hit) => /[零○Ｏ]/.test(String(hit.params?.['text'])),
    ),
  ]),
  rule('N04', '5.1.6', (place) =>
    place.kind === 'date' || !place.text.includes('月')
      ? []
      : [
          ...hitsOf(place, /(?<!\d)0([1-9])(?=月)/g, (match) => match[1] ?? null),
          ...hitsOf(place, /(?<=月)0([1-9])(?=[日号])/g, (match) => match[1] ?? null),
          ...hitsOf(place, /(?<=月\d{1,2})号(?![\u4e00-\u9fff]{0,1}(?:楼|线|桥|院|文|令|门|房|车))/g, () => '日'),
        ],
  ),
  {
    ...standard,
    id: 'N05',
    clause: 'GB/T 15835-2011 5.1.6',
    severity: 'hint',
    scope: 'document',
    gather: (place) =>
      /\d/.test(place.text)
        ? [
            ...notesOf(place, /(?<![\d:：.])((?:[01]?\d|2[0-4])(?::|：)[0-5]\d)(?![\d:：%])/g),
            ...notesOf(place, /(?<!\d)\d{1,2}时(?:[0-5]?\d分)?(?!间|效|段|代|期|空|速|针|许|长)/g),
            ...notesOf(place, /(?:下午|晚上|傍晚)\s?(?:[1-9]|1[01])\s?(?:时|点|:|：)/g),
            ...notesOf(place, doubledTime),
            ...notesOf(place, /(?<![\d:：.])(?:2[5-9]|[3-9]\d)时(?:[0-5]?\d分)|(?<![\d:：.])(?:[01]?\d|2[0-4])[:：][6-9]\d(?![\d:：%])/g),
          ]
        : [],
    check: (_scene, notes) => timeHits(notes),
  },
  rule('N06', '5.1.7', (place) =>
    hitsOf(place, /(?<![\d.\-—])(\d{1,12}(?:\.\d{1,6})?)([～~—–-])(\d{1,12}(?:\.\d{1,6})?)([%％‰万亿])/g, (match) =>
      match[4] === '万' || match[4] === '亿' ? null : `${match[1]}${match[4]}${match[2]}${match[3]}${match[4]}`,
    ),
  ),
  rule('N07', '5.1.4', (place) => [
    ...hitsOf(place, /(?<![\dA-Za-z.\u4e00-\u9fff])\.\d{1,9}(?![\dA-Za-z])|(?<=[\u4e00-\u9fff])\.\d{1,9}(?=[%％万亿\u4e00-\u9fff])/g, (match) => `0${match[0]}`),
    ...hitsOf(place, /(?<=\d)[．](?=\d)/g, () => '.'),
  ]),
  {
    ...standard,
    id: 'N08',
    clause: 'GB/T 15835-2011 5.1.3',
    severity: 'warning',
    scope: 'document',
    gather: (place) =>
      /\d{3}/.test(place.text)
        ? [
            ...notesOf(place, /(?<=\d)，(?=\d{3}(?!\d))/g).filter((note) => isGrouped(place.text, note)),
            ...notesOf(place, new RegExp(`(?<![\\d,.〔\\-])\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?=${measured})|(?<![\\d,.〔\\-])\\d{5,12}(?:\\.\\d+)?(?=${measured})`, 'g')),
          ]
        : [],
    check: (_scene, notes) => groupingHits(notes),
  },
  rule('N09', '5.1.3', (place) =>
    hitsOf(place, /(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)([千百])(?!分|克|米|瓦|伏|赫|卡|帕|兆|字|强|日|姓|货|家姓|年|里|牛|斤|升|安|焦|吨|名品牌)/g, (match) => {
      const value = Number(match[1]) * (match[2] === '千' ? 1000 : 100)
      return Number.isInteger(value) ? String(value) : null
    }),
  ),
  rule('N10', '', (place) => !/倍|百分/.test(place.text) ? [] : [
    ...hitsOf(place, /(?:降低|减少|下降|缩小|缩短|压缩|削减)(?:了|至|到)?\s?(?:近|约)?\d{1,6}(?:\.\d{1,4})?倍/g),
    ...hitsOf(place, /(?<=\d)[%％](?=个百分点)/g, () => ''),
    ...hitsOf(place, /百分之[\d.一二三四五六七八九十]{1,8}个百分点/g),
  ]),
  { ...rule('N11', '', unitHits), clause: 'GB 3100-1993，国务院关于在我国统一实行法定计量单位的命令' },
  rule('N12', '4.3', mixedDates),
]

function halfWidth(text: string): string {
  return [...text].map((digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30)).join('')
}

/** Both ends of a grouped number: 12，000. */
function isGrouped(text: string, note: Note): boolean {
  const before = /\d+$/.exec(text.slice(Math.max(0, note.from - 6), note.from))?.[0] ?? ''
  return before.length <= 3 && new RegExp(`^\\d{3}(?:\\.\\d+)?${measured}`).test(text.slice(note.to, note.to + 12))
}

/** One way of grouping a document: with a comma or without; the comma is half-width. */
function groupingHits(notes: readonly Note[]): readonly Hit[] {
  const wide = notes.filter((note) => note.text === '，')
  const grouped = notes.filter((note) => note.text.includes(','))
  const plain = notes.filter((note) => /^\d{5,}/.test(note.text))
  const [odd] = grouped.length > 0 && plain.length > 0 ? (grouped.length >= plain.length ? plain : grouped) : []
  const place = (note: Note): Hit => ({ block: note.block, spots: [{ from: note.from, to: note.to }], params: { text: note.text } })
  return [
    ...wide.map(
      (note): Hit => ({
        ...place(note),
        params: { text: '，', fix: ',' },
        fix: { kind: 'edit-text', block: note.block, edits: [{ from: note.from, to: note.to, text: ',' }] },
      }),
    ),
    ...(odd ? [{ ...place(odd), severity: 'hint' as const }] : []),
  ]
}

/** A part of the day before an hour that says it already: 下午15时. */
const doubledTime = /(?:下午|午后|傍晚|晚上|晚间|当晚|今晚)\s?(?:1[2-9]|2[0-4])\s?(?:时|点|:|：)|(?:早上|早晨|清晨|凌晨|上午)\s?(?:1[3-9]|2[0-4])\s?(?:时|点|:|：)|中午\s?(?:1[4-9]|2[0-4])\s?(?:时|点|:|：)/g

/** One way of writing times a document; 24 hours; no such time. */
function timeHits(notes: readonly Note[]): readonly Hit[] {
  const wrong = notes.filter((note) => /(?:2[5-9]|[3-9]\d)时|[:：][6-9]\d/.test(note.text) && !/^(?:下午|晚上|傍晚)/.test(note.text))
  const doubled = notes.filter((note) => new RegExp(doubledTime.source).test(note.text))
  const half = notes.filter((note) => /^(?:下午|晚上|傍晚)/.test(note.text) && !doubled.includes(note))
  const clock = notes.filter((note) => /^\d{1,2}[:：][0-5]\d$/.test(note.text))
  const words = notes.filter((note) => /^\d{1,2}时/.test(note.text) && !wrong.includes(note))
  const [mixed] = clock.length > 0 && words.length > 0 ? (clock.length >= words.length ? words : clock) : []
  const hit = (note: Note, severity: Severity): Hit => ({ block: note.block, spots: [{ from: note.from, to: note.to }], params: { text: note.text }, severity })
  return [
    ...wrong.map((note) => hit(note, 'warning')),
    ...doubled.map((note) => hit(note, 'warning')),
    ...half.map((note) => hit(note, 'hint')),
    ...(mixed ? [hit(mixed, 'hint')] : []),
  ]
}

const unlawful = /(?<=\d|[一二三四五六七八九十百千万两几])(华里|市斤|市尺|市里|英里|英寸|英尺|英亩|加仑|盎司|马力|公分|平米|(?<!公)斤(?![\u4e00-\u9fff]?斗)|尺(?!寸|度|码)|平方(?=[，。；、）]|$))/g
const renamed: Readonly<Record<string, string>> = { 公分: '厘米', 平米: '平方米', 平方: '平方米' }

function unitHits(place: Place): readonly Hit[] {
  if (!/[里斤尺寸亩仑司力分米方]/.test(place.text)) return []
  return hitsOf(place, unlawful, (match) => renamed[match[1] ?? ''] ?? null)
}

const count = '[一二三四五六七八九十]{1,3}'
const mixed = new RegExp(
  `(\\d{4})年(${count})月(?:(${count}|\\d{1,2})日)?|([一二][一二三四五六七八九零〇○]{3})年(\\d{1,2})月(?:(\\d{1,2}|${count})日)?|(?<![年\\d])(\\d{1,2})月(${count})日`,
    'g',
  )

/** Arabic and Chinese figures in one date. */
function mixedDates(place: Place): readonly Hit[] {
  if (!/[年月]/.test(place.text)) return []
  return hitsOf(place, mixed, (match) => {
    const [, year, month, day, oldYear, oldMonth, oldDay, onlyMonth, onlyDay] = match
    const parts = year
      ? [`${year}年`, arabic(month, '月'), arabic(day, '日')]
      : oldYear
        ? [`${chineseYear(oldYear)}年`, arabic(oldMonth, '月'), arabic(oldDay, '日')]
        : [arabic(onlyMonth, '月'), arabic(onlyDay, '日')]
    return parts.includes(null) ? null : parts.join('')
  })
}

/** A month or a day in Arabic digits with its word; empty when there is none, null when it is no number. */
function arabic(text: string | undefined, word: string): string | null {
  if (text === undefined) return ''
  const count = /^\d+$/.test(text) ? Number(text) : chineseCount(text)
  return count > 0 ? `${count}${word}` : null
}
