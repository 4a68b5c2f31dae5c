/** Rules about wording: how organs address each other, times, sequences, what was left unfinished. */
import { hitOfMatches, hitOfNote, hitsOf, notesOf } from '../hits.ts'
import type { Hit, LintRule, LintScene, Note } from '../model.ts'

const practice = { level: 'practice', clause: '公文写作惯例' } as const
const organWord = '(?:局|厅|委|办|部|院|校|处|县|市|区|镇|乡|单位|公司|中心)'
const yourBelow = new RegExp(`(?<![\\u4e00-\\u9fff]迷)你${organWord}`, 'g')
const yourPeer = new RegExp(`贵${organWord}(?!州|阳|池|港|溪|南|安)`, 'g')
const ours = new RegExp(`(?<![\\u4e00-\\u9fff]自)(我|本)(局|厅|委|办|部|院|校|处|县|市|区|镇|乡|单位|公司)(?!人|们|来|级|届|着|身|次)`, 'g')
const left =
  /[×＊]{2,}|\*{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])[XxＸ×](?:年[XxＸ×])?月[XxＸ×]日|TODO|[【〔[](?:待|此处)[^】〕\]]{1,20}[】〕\]]|_{3,}|＿{2,}|（(?:待[补定填核][^）]{0,10}|单位名称|此处填写[^）]{0,10})）/g

/** Rules D13 D14 D16 D17 D24 D26. */
export const wordingRules: readonly LintRule[] = [
  {
    id: 'D13',
    ...practice,
    severity: 'warning',
    scope: 'document',
    gather: (place) =>
      place.part === 'main' && place.kind !== 'table'
        ? [...notesOf(place, yourBelow), ...notesOf(place, yourPeer), ...notesOf(place, ours).map((note) => ({ ...note, text: place.text.slice(note.from, note.to) }))]
        : [],
    check: salutationHits,
  },
  {
    id: 'D14',
    ...practice,
    severity: 'hint',
    scope: 'block',
    kinds: ['paragraph', 'article', 'item', 'subitem', 'heading'],
    check: (place) =>
      hitOfMatches(place, /(?<!截至|到)(?:今年|去年|前年|明年|近日|近期|最近|(?<![\d０-９_＿一二三四五六七八九十])日前|目前为止|上个?月|下个?月|本月|前不久|不久前)(?!度)/g),
  },
  {
    id: 'D16',
    ...practice,
    severity: 'hint',
    scope: 'document',
    gather: (place) => (place.text.includes('是') ? notesOf(place, /(?<![之第唯统同万专单划]|一是一、)([一二三四五六七八九])是(?!否|不|非|\1(?:[，。；、]|$)|\1、)|[二两三四五六七八九](?:项|点|条|件|类|种|步|大|方面|个方面|个)[\u4e00-\u9fff]{0,8}：(?=一是)/g) : []),
    check: (_scene, notes) => [...sequenceHits(notes.filter(isCounting)), ...announcedHits(notes)],
  },
  {
    id: 'D17',
    level: 'unit',
    clause: '送审前内容应当完整',
    severity: 'error',
    scope: 'block',
    check: (place) => hitsOf(place, left),
  },
  {
    id: 'D24',
    ...practice,
    severity: 'warning',
    scope: 'block',
    kinds: ['paragraph', 'note', 'heading'],
    check: (place) => hitsOf(place, /[（(]?(?:此|本)页无正文[）)]?/g),
  },
  {
    id: 'D26',
    level: 'practice',
    clause: '整治形式主义为基层减负若干规定（2024）',
    severity: 'hint',
    scope: 'block',
    kinds: ['paragraph', 'article', 'item', 'subitem', 'heading'],
    check: (place, { direction }) =>
      direction === 'down'
        ? hitsOf(
            place,
            /(?:每日|每天|日日|每周|逐日)[^，。；]{0,8}(?:报送|上报|报告|填报)|(?:填写|填报|报送|上报)[^，。；]{0,12}(?:台账|报表|登记簿)|(?:乡镇|街道|村|社区|基层|办事处)[^，。；]{0,12}建立[^，。；]{0,12}(?:台账|报表|登记簿)|(?:留痕|打卡|拍照上传|截图上传)|(?:下载|安装|注册)[^，。；]{0,16}(?:APP|App|小程序|公众号)/g,
          )
        : [],
  },
]

/** 你局 downward only, 贵局 between peers, 我局 and 本局 not both. */
function salutationHits(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  const { direction, kind } = scene.document.elements
  const of = (first: string): readonly Note[] => notes.filter((note) => note.text.startsWith(first))
  const yours = direction === 'up' || kind === '函' ? of('你') : []
  const peers = direction === 'down' && kind !== '函' ? of('贵') : []
  const isMixed = of('我').some((mine) => of('本').some((own) => own.text.slice(1) === mine.text.slice(1)))
  return [
    ...yours.map((note) => hitOfNote(note)),
    ...peers.map((note): Hit => ({ ...hitOfNote(note), severity: 'hint' })),
    ...(isMixed ? of('本').slice(0, 1).map((note): Hit => ({ ...hitOfNote(note), severity: 'hint' })) : []),
  ]
}

const counts = '一二三四五六七八九'

/** 二是, and not the announcement of how many there will be (四项：), which is kept as it stands. */
function isCounting(note: Note): boolean {
  return note.text.length === 1
}

/** 四项：一是…二是…三是: as many as were announced. */
function announcedHits(notes: readonly Note[]): readonly Hit[] {
  return notes.flatMap((note, index): readonly Hit[] => {
    if (isCounting(note)) return []
    const wanted = note.text.startsWith('两') ? 2 : counts.indexOf(note.text.charAt(0)) + 1
    let reached = 0
    for (const each of notes.slice(index + 1)) {
      if (!isCounting(each) || counts.indexOf(each.text) !== reached) break
      reached += 1
    }
    return reached === wanted ? [] : [hitOfNote(note, { text: note.text.replace('：', '') })]
  })
}

/** 一是…二是…三是: none missing, none alone. */
function sequenceHits(notes: readonly Note[]): readonly Hit[] {
  const hits: Hit[] = []
  let last: Note | null = null
  const alone = (): void => {
    if (last?.text === '一') hits.push(hitOfNote(last, { text: '一是' }))
  }
  for (const note of notes) {
    const count = counts.indexOf(note.text) + 1
    const before = last ? counts.indexOf(last.text) + 1 : 0
    if (count === 1) alone()
    else if (count !== before + 1) hits.push(hitOfNote(note, { text: `${note.text}是` }))
    last = note
  }
  alone()
  return hits
}
