/** Rules D: the body — numbering, headings, what a kind of document must and must not say, what was left unfinished. */
import type { Block } from '../model.ts'
import { chineseNumeral } from '../gongwen/numerals.ts'
import { parseTypedNumber } from '../text/patterns.ts'
import { hitOfEdits, hitsOf, proseOf } from './hits.ts'
import type { Hit, LintScene, LintRule } from './model.ts'
import { blocksOfKind } from './model.ts'

const numbering = { level: 'national-standard', clause: 'GB/T 9704-2012 7.3.3' } as const
const practice = { level: 'practice', clause: '公文写作惯例' } as const

/** Words that ask for a decision. */
const request = /请(?:予以?)?(?:批示|批复|审批|批准|审示|审定|核准|核批|指示)|妥否|当否|可否|是否(?:妥当|可行)|恳请/
const mustNotAsk = /请(?:予以?)?(?:批示|批复|审批|批准|审示|核准)|妥否|当否/g

/** Rules D01 D03 D05 D08 D09 D17 D24 E04. */
export const bodyRules: readonly LintRule[] = [
  { id: 'D01', ...numbering, severity: 'warning', check: levelHits },
  { id: 'D03', level: 'standard', clause: 'GB/T 15834-2011 4.5、附录B', severity: 'warning', check: typedNumberHits },
  { id: 'D05', ...practice, severity: 'warning', check: headingStopHits },
  {
    id: 'D08',
    level: 'regulation',
    clause: '条例第十五条（四）',
    severity: 'error',
    check: (scene) =>
      scene.document.elements.kind === '报告'
        ? mainProse(scene).flatMap((place) => hitsOf(place, mustNotAsk, () => null))
        : [],
  },
  {
    id: 'D09',
    ...practice,
    severity: 'warning',
    check(scene) {
      if (scene.document.elements.kind !== '请示') return []
      const prose = mainProse(scene).filter(({ index }) => scene.document.blocks[index]?.kind !== 'title')
      const last = prose.filter(({ index }) => scene.document.blocks[index]?.kind === 'paragraph').at(-1)
      return prose.length === 0 || prose.some((place) => request.test(place.text))
        ? []
        : [{ ...(last ? { block: last.index } : {}) }]
    },
  },
  {
    id: 'D17',
    level: 'unit',
    clause: '送审前内容应当完整',
    severity: 'error',
    check: (scene) =>
      proseOf(scene).flatMap((place) =>
        hitsOf(
          place,
          /[×＊]{2,}|\*{2,}|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|TODO|[【〔[](?:待|此处)[^】〕\]]{1,20}[】〕\]]/g,
          () => null,
        ),
      ),
  },
  {
    id: 'D24',
    ...practice,
    severity: 'warning',
    check: (scene) => proseOf(scene).flatMap((place) => hitsOf(place, /此页无正文/g, () => null)),
  },
  { id: 'E04', ...practice, severity: 'warning', check: missingAttachmentHits },
]

function mainProse(scene: LintScene): readonly { readonly index: number; readonly text: string }[] {
  return proseOf(scene).filter(({ index }) => index < scene.mainEnd)
}

/** 一、→（一）→1.→（1）, none skipped but 一、→1.; a part begins at 一、. */
function levelHits(scene: LintScene): readonly Hit[] {
  const hits: Hit[] = []
  let previous = 0
  scene.document.blocks.forEach((block, index) => {
    if (block.kind === 'annex-title') previous = 0
    if (block.kind !== 'heading') return
    const isInOrder = block.level <= previous + 1 || (previous === 1 && block.level === 3)
    if (!isInOrder) hits.push({ block: index, params: { level: block.level, previous } })
    previous = block.level
  })
  return hits
}

/** Numbers typed by hand: wrong ones with the right form, right ones as headings to be. */
function typedNumberHits(scene: LintScene): readonly Hit[] {
  return blocksOfKind(scene, 'paragraph', 'heading').flatMap(({ index, text, block }): readonly Hit[] => {
    const typed = parseTypedNumber(text)
    const isOdd = /^(?:[⑴-⒇]|[一二三四五六七八九十]{1,3}\s?[.．])/.test(text)
    if (!typed || text.length === typed.length)
      return isOdd ? [{ block: index, spots: [{ from: 0, to: 1 }], params: { text: text.slice(0, 2), fix: '' } }] : []
    const edits = [{ from: 0, to: typed.length, text: '' }]
    const params = { text: text.slice(0, typed.length), fix: rightNumber(typed.level, typed.count) }
    const spots = [{ from: 0, to: typed.length }]
    if (block.kind === 'heading')
      return [{ block: index, spots, params, fix: { kind: 'edit-text', block: index, edits } }]
    return [
      {
        block: index,
        spots,
        params,
        fix: { kind: 'change-block', block: index, to: { level: typed.level }, edits },
        ...(isRight(text, typed) ? { severity: 'hint' as const } : {}),
      },
    ]
  })
}

function rightNumber(level: number, count: number): string {
  const numeral = count <= 999 ? chineseNumeral(count) : String(count)
  return level === 1 ? `${numeral}、` : level === 2 ? `（${numeral}）` : level === 3 ? `${count}.` : `（${count}）`
}

function isRight(
  text: string,
  typed: { readonly level: number; readonly count: number; readonly length: number },
): boolean {
  return text.slice(0, typed.length).trim() === rightNumber(typed.level, typed.count)
}

/** A whole sentence under a number is an item of the body, not a heading: its stop is right. */
function isItem(place: { readonly text: string; readonly block: Block }): boolean {
  const level = place.block.kind === 'heading' ? place.block.level : 4
  return level >= 3 || /[，,：:；;](?=.)|应当|必须|(?<![主重必需首简概])要(?![求点素义件目领务])/.test(place.text)
}

/** A heading that stands alone has no stop; one that runs on ends with 。 */
function headingStopHits(scene: LintScene): readonly Hit[] {
  return blocksOfKind(scene, 'heading').flatMap((place) => {
    const stop = place.text.indexOf('。')
    const isAlone = place.text.length <= 40 && (stop < 0 || stop === place.text.length - 1)
    if (isAlone) return isItem(place) ? [] : hitsOf(place, /[。：:；;，,、.]+$/g, () => '')
    const colon = /^[^。，；]{2,20}[：:](?=.)/.exec(place.text)
    if (!colon || place.text.length <= 40) return []
    const at = colon[0].length - 1
    return hitOfEdits(place, [{ from: at, to: at + 1, text: '。' }])
  })
}

/** 见附件N where there is no such attachment. */
function missingAttachmentHits(scene: LintScene): readonly Hit[] {
  const listed = Math.max(blocksOfKind(scene, 'attachment-note').length, blocksOfKind(scene, 'annex-title').length)
  return blocksOfKind(scene, 'paragraph', 'heading').flatMap((place) =>
    hitsOf(place, /(?:详?见|参见|按照?|参照)附件\s?(?:\d{1,2})?/g, () => null).filter((hit) => {
      const number = /\d+$/.exec(String(hit.params?.['text']))
      return number ? Number(number[0]) > listed : listed === 0
    }),
  )
}
