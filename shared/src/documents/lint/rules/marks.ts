/** Rules about single marks: ellipsis, dash, range, colon, 顿号, stops in brackets and captions. */
import { hitsOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, Place } from '../model.ts'

const standard = { level: 'standard', severity: 'warning', scope: 'block' } as const

function rule(id: string, clause: string, check: BlockRule['check'], more: Partial<BlockRule> = {}): BlockRule {
  return { ...standard, id, clause: `GB/T 15834-2011 ${clause}`, check, ...more }
}

const unit =
  '(?:%|‰|万|亿|元|天|个|人|名|户|家|次|项|件|倍|岁|公里|千米|米|厘米|毫米|亩|公顷|吨|公斤|千克|克|小时|分钟|平方米|立方米|摄氏度|℃|度|米高|个月|个工作日|工作日|年期|千瓦|兆瓦)'
const valueRange = new RegExp(
  `(?<![\\d.\\-—A-Za-z/〔])(\\d{1,9}(?:\\.\\d{1,4})?(?:%|‰|万|亿)?)([-~－–])(\\d{1,9}(?:\\.\\d{1,4})?)(?=${unit})`,
  'g',
)
/** Spans of years: 3-5年, not years of the calendar nor 1-9年级. */
const spanOfYears = /(?<![\d.\-—A-Za-z/〔])(\d{1,2})([-~－–])(\d{1,2})(?=年(?!级|段|度|代))/g
const yearRange = /(?<![\d.\-/])(\d{4}年?)(?:[-~～－–]|——|--)(\d{4}年)/g
/** 9:00-11:30. */
const clockRange = /(?<![\d:])(\d{1,2}[:：][0-5]\d)(?:[-~～－–]|——|--)(\d{1,2}[:：][0-5]\d)(?![\d:])/g
const dayRange = /(\d{1,2}月\d{1,2}日?|\d{1,2}[月时点])(?:[-~～－–]|——|--)((?:\d{1,2}月)?\d{1,2}[日月时点])/g

/** Rules H03–H11. */
export const singleMarkRules: readonly LintRule[] = [
  rule('H03', '4.11', (place) => [
    ...hitsOf(place, /(?<=[\u4e00-\u9fff])(?:\.{3,}|。{3,}|…(?!…)(?<!……)|(?<!…)…{3,})/g, () => '……'),
    ...hitsOf(place, /等(?:等)?……|……等(?!级|候|待|于|同|额|次|距)/g),
  ]),
  rule('H04', '4.10', (place) =>
    hitsOf(place, /(?<=[\u4e00-\u9fff”》）])(?:(?!——(?![-－–—―ー]))[-－—―ー]{2,}|–+)(?=[\u4e00-\u9fff“《（])/g, () => '——'),
  ),
  {
    ...standard,
    id: 'H05',
    clause: 'GB/T 15834-2011 4.13、GB/T 15835-2011 5.1.7',
    check: (place: Place) => (/\d/.test(place.text) ? rangeHits(place) : []),
  },
  rule('H06', '附录B', (place) => [
    ...hitsOf(place, /(?<=^|[。；：，])(第[一二三四五六七八九十]|首先|其次|再次|最后)、(?!第|其次|再次|最后)/g, (match) => `${match[1]}，`),
    ...hitsOf(place, /([一二三四五六七八九]是)[、：]/g, (match) => match[1] ?? null),
  ]),
  rule('H07', '4.5.3.5', (place) => hitsOf(place, /(?<=[》”])、(?=[《“])/g, () => ''), { severity: 'hint' }),
  rule('H08', '4.5.3', (place) => !place.text.includes('、') ? [] : [
    ...hitsOf(place, /、(?=等(?:等)?(?:[，。；：）]|[\u4e00-\u9fff]))(?!等级|等次|等候|等待|等额|等离)/g, () => ''),
    ...hitsOf(place, /、(?=和(?!谐|平|睦|美|顺|解|气|县|田|好|蔼|缓|声|面|政|平里))/g, () => ''),
    ...approximations(place),
  ]),
  rule('H09', '4.1', captionHits, { kinds: ['annex-title', 'table'] }),
  rule('H10', '4.7', colonHits, { kinds: ['paragraph', 'article', 'item', 'subitem', 'heading'] }),
  rule('H11', '4.9', bracketStops, { kinds: ['paragraph', 'article', 'item', 'subitem', 'heading'] }),
]

/** Times take 一字线, values 浪纹线. */
function rangeHits(place: Place): readonly Hit[] {
  return [
    ...hitsOf(place, yearRange, (match) => `${match[1]}—${match[2]}`),
    ...hitsOf(place, dayRange, (match) => `${match[1]}—${match[2]}`),
    ...hitsOf(place, clockRange, (match) => `${match[1]}—${match[2]}`),
    ...hitsOf(place, valueRange, (match) => `${match[1]}～${match[3]}`),
    ...hitsOf(place, spanOfYears, (match) => `${match[1]}～${match[3]}`),
  ]
}

const digits = '一二三四五六七八九'

/** 三、四个 is either three or four: neighbours before a measure are an approximation and take no mark. */
function approximations(place: Place): readonly Hit[] {
  return hitsOf(
    place,
    /(?<![第、一二三四五六七八九十])([一二三四五六七八九])、([一二三四五六七八九])(?=(?:个(?!方面|问题|阶段)|天|次|人|项(?!目)|家|万|百|千|公里|岁|名|年(?!级)|户|里|米|小时))/g,
    (match) => `${match[1]}${match[2]}`,
  ).filter(({ params }) => {
    const [a = '', , b = ''] = [...String(params?.['text'])]
    return digits.indexOf(b) - digits.indexOf(a) === 1
  })
}

/** Titles of attachments and phrases in tables take no stop. */
function captionHits(place: Place): readonly Hit[] {
  if (place.kind === 'annex-title') return hitsOf(place, /(?<![。；：，、])[。；：，、]+$/g, () => '')
  return hitsOf(place, /(?<=^|[\t\n])[^\t\n。；，]{1,20}。(?=$|[\t\n])/g).map((hit) => ({ ...hit, severity: 'hint' }))
}

const listWords = /联系|电话|邮箱|地址|传真|时间|地点|网址|账号|户名|开户/

/** One colon a sentence; 如下 asks for one. */
function colonHits(place: Place): readonly Hit[] {
  // 如下。 is a whole sentence, and met in good documents.
  const last = /(?:如下|以下几点|以下要求)([，、；.]?)$/.exec(place.text.slice(-12))
  const end = place.text.length
  const stop = last?.[1]?.length ?? 0
  const missing: readonly Hit[] = last
    ? [
        {
          block: place.index,
          spots: [{ from: end - last[0].length, to: end }],
          params: { text: last[0], fix: '：' },
          fix: { kind: 'edit-text', block: place.index, edits: [{ from: end - stop, to: end, text: '：' }] },
        },
      ]
    : []
  if (listWords.test(place.text.slice(0, 2000))) return missing
  const first = place.text.indexOf('：')
  if (first < 0 || place.text.indexOf('：', first + 1) < 0) return missing
  const twice = hitsOf(place, /(?<=^|[。；！？”])[^。；！？：“”]{1,120}：[^。；！？：“”（）《》]{1,120}：(?=[^\d])/g)
  return [...missing, ...twice]
}

/** A bracket inside a sentence has no stop of its own; the stop follows the bracket. One that is a sentence of its own stands behind
 * the stop and has its own inside. */
function bracketStops(place: Place): readonly Hit[] {
  if (!place.text.includes('（')) return []
  return [
    ...hitsOf(place, /(?<=[\u4e00-\u9fff”》%\d])（[^（）。！？]{1,80}。）(?:。|$|(?=[，、；]))/g, (match) => {
      const inner = match[0].replace(/。）。?$/, '）')
      const follows = place.text.charAt(match.index + match[0].length)
      return /[，、；]/.test(follows) ? inner : `${inner}。`
    }),
    // …（近三年。）和…: the sentence goes on, or a new one begins; only a person can tell which.
    ...hitsOf(place, /(?<=[\u4e00-\u9fff”》%\d])（[^（）。！？]{1,80}。）(?=[\u4e00-\u9fff])/g),
    ...hitsOf(place, /(?<=（[^（）]{1,80})[，、；：](?=）)/g, () => ''),
    // 。（…） without a stop inside, and 。（…）。 with one on either side. Numbers in brackets are no sentences.
    ...hitsOf(place, /。（(?![\d一二三四五六七八九十]{1,3}）)([^（）。！？…]{1,80})）(?:。|$|(?=[\u4e00-\u9fff]))/g, (match) => `（${match[1]}）。`),
  ]
}
