/** Rules B: the title. */
import { documentKinds } from '../model.ts'
import { kindOfTitle } from '../text/patterns.ts'
import { hitOfEdits, hitsOf, proseOf, titleOf } from './hits.ts'
import type { Hit, LintScene, LintRule, TextEdit } from './model.ts'

const kinds = documentKinds.join('|')
const stacked = new RegExp(
  `(?:请示报告|请示函|报告函|申请报告|申请函|通知函|请示的报告|报告的请示|意见的函|函的函|(${kinds})的\\1)$`,
)
/** Kinds whose titles need no 关于…的. */
const freeTitles: readonly string[] = ['命令', '公告', '通告', '公报', '决议', '纪要']

/** Formats that print no title of their own. */
function hasTitle(scene: LintScene): boolean {
  return scene.document.elements.format !== 'order' && scene.document.elements.format !== 'minutes'
}

/** Text with what stands in 《》 blanked out, offsets kept. */
function withoutQuoted(text: string): string {
  return text.replace(/《[^》]*》/g, (quoted) => '　'.repeat(quoted.length))
}

/** No title is longer; what is beyond is not looked at, so that hostile text costs no time. */
const longestTitle = 300

/** A check of the title that runs only where the format prints one. */
function onTitle(
  check: (title: { index: number; text: string }, scene: LintScene) => readonly Hit[],
): (scene: LintScene) => readonly Hit[] {
  return (scene) => {
    const title = titleOf(scene)
    return title && title.text !== '' && hasTitle(scene)
      ? check({ ...title, text: title.text.slice(0, longestTitle) }, scene)
      : []
  }
}

const practice = { level: 'practice', clause: '公文写作惯例' } as const

/** Rules B01 B02 B03 B04 B05 B07 B09. */
export const titleRules: readonly LintRule[] = [
  {
    id: 'B01',
    level: 'regulation',
    clause: '条例第九条（七）',
    severity: 'warning',
    check(scene) {
      const title = titleOf(scene)
      if (!hasTitle(scene)) return []
      if (!title || title.text === '')
        return [{ ...(title ? { block: title.index } : {}), params: { text: '' }, severity: 'error' }]
      const isComplete =
        /关于.+的/.test(title.text.slice(0, longestTitle)) || freeTitles.includes(scene.document.elements.kind)
      return isComplete ? [] : [{ block: title.index, params: { text: title.text.slice(0, 60) } }]
    },
  },
  {
    id: 'B02',
    level: 'regulation',
    clause: '条例第八条',
    severity: 'error',
    check: onTitle((title) =>
      kindOfTitle(title.text) === null ? [{ block: title.index, params: { text: title.text.slice(-6) } }] : [],
    ),
  },
  {
    id: 'B03',
    level: 'regulation',
    clause: '条例第八条',
    severity: 'error',
    check: onTitle((title, scene) => {
      const kind = kindOfTitle(title.text)
      const selected = scene.document.elements.kind
      return kind !== null && kind !== selected
        ? [{ block: title.index, element: 'kind', params: { text: kind, selected } }]
        : []
    }),
  },
  {
    id: 'B04',
    ...practice,
    severity: 'error',
    check: onTitle((title) => {
      const plain = withoutQuoted(title.text)
      const place = { index: title.index, text: plain }
      return [
        ...hitsOf(place, new RegExp(stacked.source, 'g'), () => null),
        ...hitsOf(place, /(?<=关于.*)关于/g, () => null).slice(0, 1),
      ]
    }),
  },
  {
    id: 'B05',
    ...practice,
    severity: 'warning',
    check: onTitle((title) => {
      const place = { index: title.index, text: withoutQuoted(title.text) }
      const end = hitsOf(place, /[，。；：、！？,.;:!?]+$/g, () => '')
      const inside = hitsOf(place, /[，。；：！？,;:!?](?=.*[^，。；：、！？,.;:!?])/g, () => null)
      const soft = hitsOf(place, /、(?=.*[^，。；：、！？,.;:!?])/g, () => null).map(
        (hit): Hit => ({ ...hit, severity: 'hint' }),
      )
      return [...end, ...inside, ...soft.slice(0, 1)]
    }),
  },
  {
    id: 'B07',
    level: 'standard',
    clause: 'GB/T 15834-2011 4.15',
    severity: 'error',
    check: (scene) => proseOf(scene).flatMap((place) => hitOfEdits(place, nestedTitles(place.text))),
  },
  {
    id: 'B09',
    ...practice,
    severity: 'hint',
    check: onTitle((title) =>
      title.text.length > 60 ? [{ block: title.index, params: { count: title.text.length } }] : [],
    ),
  },
]

/** 《…《…》…》: the inner marks must be 〈〉; deeper ones alternate. Unbalanced marks are rule H02's. */
function nestedTitles(text: string): readonly TextEdit[] {
  const stack: { at: number; mark: string }[] = []
  const edits: TextEdit[] = []
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark === '《' || mark === '〈') stack.push({ at, mark })
    if (mark !== '》' && mark !== '〉') continue
    const opened = stack.pop()
    if (!opened || stack.length % 2 === 0 || opened.mark !== '《' || mark !== '》') continue
    edits.push({ from: opened.at, to: opened.at + 1, text: '〈' }, { from: at, to: at + 1, text: '〉' })
  }
  return stack.length > 0 ? [] : edits.sort((a, b) => a.from - b.from)
}
