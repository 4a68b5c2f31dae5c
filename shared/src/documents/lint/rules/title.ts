/** Rules about the form of the title: its three parts, its kind, its marks, its length. */
import { documentKinds } from '../../model.ts'
import { kindOfTitle } from '../../text/patterns.ts'
import { hasTitle, hitOfEdits, hitsOf, titleOf } from '../hits.ts'
import type { BlockRule, Hit, LintRule, LintScene, Place, TextEdit } from '../model.ts'

const kinds = documentKinds.join('|')
const stacked = new RegExp(
  `(?:请示报告|请示函|报告函|申请报告|汇报的?报告|请示汇报|申请函|通知函|通报通知|通告通知|决定通知|意见通知|请示的报告|报告的请示|(?<!征求.{0,80})意见的函|函的函|报告的报告|请示的请示|(${kinds})的\\1)$`,
  'g',
)
/** Kinds whose titles need no 关于…的. */
const freeTitles: readonly string[] = ['命令', '公告', '通告', '公报', '决议', '纪要']

/** Text with what stands in 《》 blanked out, offsets kept. */
export function withoutQuoted(text: string): string {
  return text.replace(/《[^》]*》/g, (quoted) => '　'.repeat(quoted.length))
}

/** No title is longer; what is beyond is not looked at, so that hostile text costs no time. */
export const longestTitle = 300

/** A check of the title that runs only where the format prints one. */
function onTitle(check: (title: Place, scene: LintScene) => readonly Hit[]): (scene: LintScene) => readonly Hit[] {
  return (scene) => {
    const title = titleOf(scene)
    return title && title.text !== '' && hasTitle(scene)
      ? check({ ...title, text: title.text.slice(0, longestTitle) }, scene)
      : []
  }
}

const practice = { level: 'practice', clause: '公文写作惯例' } as const
const printed = (format: string): boolean => format !== 'order' && format !== 'minutes'

/** A check of the title block alone. */
function ofTitle(head: Pick<BlockRule, 'id' | 'level' | 'clause' | 'severity'>, check: (place: Place) => readonly Hit[]): BlockRule {
  return {
    ...head,
    scope: 'block',
    kinds: ['title'],
    check: (place, { format }) =>
      printed(format) && place.text !== '' ? check({ ...place, text: place.text.slice(0, longestTitle) }) : [],
  }
}

/** Rules B01–B05 B07 B09. */
export const titleRules: readonly LintRule[] = [
  {
    id: 'B01',
    level: 'regulation',
    clause: '条例第九条（七）',
    severity: 'warning',
    scope: 'document',
    check(scene) {
      const title = titleOf(scene)
      if (!hasTitle(scene)) return []
      if (!title || title.text === '')
        return [{ ...(title ? { block: title.index } : {}), params: { text: '' }, severity: 'error' }]
      const isComplete =
        /关于.+的/.test(title.text.slice(0, longestTitle)) ||
        /(?:印发|转发|批转|发布).+的/.test(title.text.slice(0, longestTitle)) ||
        freeTitles.includes(scene.document.elements.kind)
      return isComplete ? [] : [{ block: title.index, params: { text: title.text.slice(0, 60) } }]
    },
  },
  ofTitle({ id: 'B02', level: 'regulation', clause: '条例第八条', severity: 'error' }, (title) =>
    kindOfTitle(title.text) === null ? [{ block: title.index, params: { text: title.text.slice(-6) } }] : [],
  ),
  {
    id: 'B03',
    level: 'regulation',
    clause: '条例第八条',
    severity: 'error',
    scope: 'document',
    check: onTitle((title, scene) => {
      const kind = kindOfTitle(title.text)
      const selected = scene.document.elements.kind
      // 请示报告, 申请报告 are two kinds in one, which B04 says.
      const isStacked = new RegExp(stacked.source).test(withoutQuoted(title.text))
      return kind !== null && kind !== selected && !isStacked
        ? [{ block: title.index, element: 'kind', params: { text: kind, selected } }]
        : []
    }),
  },
  ofTitle({ id: 'B04', ...practice, severity: 'error' }, (title) => {
    const place = { ...title, text: withoutQuoted(title.text) }
    const second = place.text.indexOf('关于', place.text.indexOf('关于') + 2)
    const twice = place.text.includes('关于') && second > 0
    return [
      ...hitsOf(place, stacked),
      ...(twice ? [{ block: title.index, spots: [{ from: second, to: second + 2 }], params: { text: '关于' } }] : []),
    ]
  }),
  ofTitle({ id: 'B05', ...practice, severity: 'warning' }, titleMarks),
  {
    id: 'B07',
    level: 'standard',
    clause: 'GB/T 15834-2011 4.15',
    severity: 'error',
    scope: 'block',
    check: (place) => (place.text.includes('《') ? hitOfEdits(place, nestedTitles(place.text)) : []),
  },
  ofTitle({ id: 'B09', ...practice, severity: 'hint' }, (title) =>
    title.text.length > 50 ? [{ block: title.index, params: { count: title.text.length } }] : [],
  ),
]

/** Punctuation in a title: a stop at the end goes, one inside is for the drafter, 、 is tolerated. */
function titleMarks(title: Place): readonly Hit[] {
  const text = withoutQuoted(title.text)
  const place = { ...title, text }
  const end = /[，。；：、！？,.;:!?]+$/.exec(text)
  const inner = { ...place, text: text.slice(0, end?.index ?? text.length) }
  // 、 between the names of joint issuers is how they are parted.
  const matter = Math.max(0, text.search(/关于|印发|转发|批转/))
  const soft = hitsOf(inner, /、/g).filter((hit) => (hit.spots?.[0]?.from ?? 0) >= matter).slice(0, 1)
  return [
    ...hitsOf(place, /(?<![，。；：、！？,.;:!?])[，。；：、！？,.;:!?]+$/g, () => ''),
    ...hitsOf(inner, /[，。；：！？;!?]/g),
    ...soft.map((hit): Hit => ({ ...hit, severity: 'hint' })),
  ]
}

/** 《…《…》…》: the inner marks must be 〈〉; deeper ones alternate. Unbalanced marks are rule H02's. */
function nestedTitles(text: string): readonly TextEdit[] {
  const stack: { at: number; mark: string }[] = []
  const edits: TextEdit[] = []
  for (const match of text.matchAll(/[《》〈〉]/g)) {
    const at = match.index
    const [mark] = match
    if (mark === '《' || mark === '〈') {
      stack.push({ at, mark })
      continue
    }
    const opened = stack.pop()
    if (!opened || stack.length % 2 === 0 || opened.mark !== '《' || mark !== '》') continue
    edits.push({ from: opened.at, to: opened.at + 1, text: '〈' }, { from: at, to: at + 1, text: '〉' })
  }
  return stack.length > 0 ? [] : edits.sort((a, b) => a.from - b.from)
}
