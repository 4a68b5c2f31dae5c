/** Rules about the levels of the text (结构层次): numbers, headings, type, blanks. */
import { chineseNumeral } from '../../gongwen/numerals.ts'
import { cleanText } from '../../model.ts'
import { parseTypedNumber, type TypedNumber } from '../../text/patterns.ts'
import { hitOfEdits, hitsOf, notesOf, placesOf, shown } from '../hits.ts'
import type { Hit, LintRule, LintScene, Note, Place } from '../model.ts'

const numbering = { level: 'national-standard', clause: 'GB/T 9704-2012 7.3.3' } as const
const practice = { level: 'practice', clause: '公文写作惯例' } as const

/** Rules D01–D06. */
export const levelRules: readonly LintRule[] = [
  { id: 'D01', ...numbering, severity: 'warning', scope: 'document', check: levelHits },
  {
    id: 'D02',
    ...practice,
    severity: 'warning',
    scope: 'document',
    gather: (place) => (place.kind === 'paragraph' ? notesOf(place, /^(?:\d{1,3}\s?[.．、](?!\d)|[（(]\d{1,3}[）)]|[①-⑳])/g) : []),
    check: (scene, notes) => [...lonelyHits(scene), ...gapHits(scene, notes)],
  },
  {
    id: 'D03',
    level: 'standard',
    clause: 'GB/T 15834-2011 4.5、附录B',
    severity: 'warning',
    scope: 'block',
    kinds: ['paragraph', 'heading'],
    check: typedNumberHits,
  },
  {
    id: 'D04',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 5.2.2、7.3.3',
    severity: 'warning',
    scope: 'block',
    check: boldHits,
  },
  { id: 'D05', ...practice, severity: 'warning', scope: 'document', check: headingHits },
  {
    id: 'D06',
    ...numbering,
    severity: 'warning',
    scope: 'document',
    gather: (place) => (place.kind === 'table' ? [] : notesOf(place, /^[\s\u3000]+(?=\S)|(?<=\S)[\s\u3000]+$/g)),
    check: (scene, notes) => [...notes.map(blankHit), ...emptyHits(scene)],
  },
]

/** 一、→（一）→1.→（1）, none skipped but 一、→1.; a part begins at 一、. */
function levelHits(scene: LintScene): readonly Hit[] {
  const hits: Hit[] = []
  let previous = 0
  for (const { index, block } of placesOf(scene, 'heading', 'annex-title')) {
    if (block.kind !== 'heading') {
      previous = 0
      continue
    }
    const isInOrder = block.level <= previous + 1 || (previous === 1 && block.level === 3)
    if (!isInOrder) hits.push({ block: index, params: { level: block.level, previous } })
    previous = block.level
  }
  return hits
}

/** A heading without a sibling divides nothing. */
function lonelyHits(scene: LintScene): readonly Hit[] {
  const open: { level: number; count: number; first: Place }[] = []
  const hits: Hit[] = []
  const close = (level: number): void => {
    for (let top = open.at(-1); top && top.level > level; top = open.at(-1)) {
      open.pop()
      if (top.count === 1) hits.push({ block: top.first.index, params: { text: shown(top.first.text) } })
    }
  }
  for (const place of placesOf(scene, 'heading', 'annex-title')) {
    if (place.block.kind !== 'heading') {
      close(0)
      continue
    }
    const { level, continues } = place.block
    close(level)
    const same = open.at(-1)
    if (same?.level === level) same.count += 1
    // A count that goes on from another part has its siblings there.
    else open.push({ level, count: continues ? 2 : 1, first: place })
  }
  close(0)
  return hits
}

/** Numbers typed at the head of paragraphs that follow each other: none may be left out or doubled. */
function gapHits(scene: LintScene, notes: readonly Note[]): readonly Hit[] {
  let last: { readonly style: string; readonly count: number; readonly block: number } | null = null
  return notes.flatMap((note): readonly Hit[] => {
    const circled = note.text.codePointAt(0) ?? 0
    const isCircled = circled >= 0x2460 && circled <= 0x2473
    const count = isCircled ? circled - 0x245f : Number(note.text.replace(/\D/g, ''))
    const style = isCircled ? '①' : /^\d/.test(note.text) ? '1' : '('
    const goesOn = last !== null && last.style === style && note.block - last.block <= 3 && count !== 1
    const isRight = !goesOn || count === (last?.count ?? 0) + 1
    const expected = (last?.count ?? 0) + 1
    last = { style, count, block: note.block }
    return isRight ? [] : [{ block: note.block, spots: [{ from: note.from, to: note.to }], params: { text: note.text, fix: String(expected) } }]
  })
}

/** Numbers typed by hand: wrong ones with the right form, right ones as headings to be. */
function typedNumberHits(place: Place): readonly Hit[] {
  const { index, text, block } = place
  const typed = parseTypedNumber(text)
  const isOdd = /^(?:[⑴-⒇]|[一二三四五六七八九十]{1,3}\s?[.．])/.test(text)
  if (!typed || text.length === typed.length)
    return isOdd ? [{ block: index, spots: [{ from: 0, to: 1 }], params: { text: text.slice(0, 2), fix: '' } }] : []
  const edits = [{ from: 0, to: typed.length, text: '' }]
  const params = { text: text.slice(0, typed.length), fix: rightNumber(typed.level, typed.count) }
  const spots = [{ from: 0, to: typed.length }]
  if (block.kind === 'heading')
    return [{ block: index, spots, params, fix: { kind: 'edit-text', block: index, edits } }]
  const fix = { kind: 'change-block', block: index, to: { level: typed.level }, edits } as const
  return [{ block: index, spots, params, fix, ...(isRight(text, typed) ? { severity: 'hint' as const } : {}) }]
}

function rightNumber(level: number, count: number): string {
  const numeral = count <= 999 ? chineseNumeral(count) : String(count)
  return level === 1 ? `${numeral}、` : level === 2 ? `（${numeral}）` : level === 3 ? `${count}.` : `（${count}）`
}

function isRight(text: string, typed: TypedNumber): boolean {
  return text.slice(0, typed.length).trim() === rightNumber(typed.level, typed.count)
}

/** The standard sets faces, never bold. Emphasis in tables is left alone. */
function boldHits(place: Place): readonly Hit[] {
  if (place.block.kind === 'table') return []
  const spots: { from: number; to: number }[] = []
  let at = 0
  for (const run of place.block.runs) {
    const length = cleanText([run]).length
    if (run.bold && length > 0) spots.push({ from: at, to: at + length })
    at += length
  }
  const [first] = spots
  return first ? [{ block: place.index, spots, params: { text: shown(place.text.slice(first.from, first.to)), count: spots.length } }] : []
}

/** A whole sentence under a number is an item of the body, not a heading: its stop is right. */
function isItem(place: Place): boolean {
  const level = place.block.kind === 'heading' ? place.block.level : 4
  if (level >= 3 || (place.text.length > 16 && place.text.endsWith('。'))) return true
  return /[，,：:；;](?=.)|应当|必须|(?<![主重必需首简概])要(?![求点素义件目领务])/.test(place.text)
}

const marks = '。：:；;，,、.'
const endStops = /(?<![。：:；;，,、.])[。：:；;，,、.]+$/g

/** A short line that ends with its stop or has none. */
function isAloneLine({ text }: Place): boolean {
  const stop = text.indexOf('。')
  return text.length <= 40 && (stop < 0 || stop === text.length - 1)
}

/** A heading that stands alone has no stop; one that runs on ends with 。 */
function headingHits(scene: LintScene): readonly Hit[] {
  const hits: Hit[] = []
  for (const group of siblingsOf(scene)) {
    // Nearly all headings are right: the others of a group are looked at only when one of it may not be.
    const suspects = group.filter(({ text }) => text.length > 40 || marks.includes(text.slice(-1)))
    if (suspects.length === 0) continue
    const isOfHeadings = suspects.some(({ text }) => text.length <= 40) && areHeadings(scene, group)
    for (const place of suspects) hits.push(...headingStopHits(place, isOfHeadings))
  }
  return hits
}

function headingStopHits(place: Place, isOfHeadings: boolean): readonly Hit[] {
  if (isAloneLine(place)) {
    // Among headings a line with a comma is one too: 加强领导，落实责任。 A colon may lead on to a list.
    if (isItem(place)) return isOfHeadings ? hitsOf(place, /(?<![。：:；;，,、.])[。；;，,、]+$/g, () => '') : []
    return hitsOf(place, endStops, () => '')
  }
  const colon = /^[^。，；]{2,20}[：:](?=[^“《])/.exec(place.text)
  if (!colon || place.text.length <= 40) return []
  const at = colon[0].length - 1
  return hitOfEdits(place, [{ from: at, to: at + 1, text: '。' }])
}

/** Headings of one level under one parent. */
function siblingsOf(scene: LintScene): readonly (readonly Place[])[] {
  const groups: Place[][] = []
  const open: { readonly level: number; readonly group: Place[] }[] = []
  const annexes = placesOf(scene, 'annex-title')
  let annex = 0
  for (const place of placesOf(scene, 'heading')) {
    // An attachment counts anew.
    for (; (annexes[annex]?.index ?? Number.MAX_SAFE_INTEGER) < place.index; annex += 1) open.length = 0
    const level = place.block.kind === 'heading' ? place.block.level : 1
    while ((open.at(-1)?.level ?? 0) > level) open.pop()
    const same = open.at(-1)
    if (same?.level === level) same.group.push(place)
    else {
      const group = [place]
      groups.push(group)
      open.push({ level, group })
    }
  }
  return groups
}

/** Whether siblings are headings and no sentences of a numbered list: text stands under them, or most end without a stop. The last
 * one proves nothing, since the text goes on behind any list. */
function areHeadings(scene: LintScene, group: readonly Place[]): boolean {
  const lines = group.filter(isAloneLine)
  const bare = lines.filter((place) => !marks.includes(place.text.slice(-1))).length
  const isTopLevel = lines.every(({ block }) => block.kind === 'heading' && block.level <= 2)
  if (isTopLevel && bare > 0 && bare >= lines.length - bare) return true
  const early = group.slice(0, -1).filter(isAloneLine)
  return early.length > 0 && early.every((place) => hasTextBelow(scene, place))
}

function hasTextBelow(scene: LintScene, place: Place): boolean {
  const next = scene.places[place.index + 1]
  if (next?.kind === 'heading') return next.block.kind === 'heading' && place.block.kind === 'heading' && next.block.level > place.block.level
  return next?.kind === 'paragraph' || next?.kind === 'table' || next?.kind === 'figure'
}

/** Indents are made by the layout: blanks typed at either end of a paragraph come on top of them. */
function blankHit(note: Note): Hit {
  return {
    block: note.block,
    spots: [{ from: note.from, to: note.to }],
    params: { text: '', count: note.to - note.from },
    fix: { kind: 'edit-text', block: note.block, edits: [{ from: note.from, to: note.to, text: '' }] },
  }
}

/** Empty paragraphs between two that are not: blank lines are the layout's. The last one may be where somebody is about to write. */
function emptyHits(scene: LintScene): readonly Hit[] {
  const last = scene.places.findLastIndex((place) => place.text !== '')
  return placesOf(scene, 'paragraph')
    .filter((place) => place.text.trim() === '' && place.index < last)
    .map(({ index }) => ({
      block: index,
      severity: 'hint' as const,
      params: { text: '', count: 1 },
      fix: { kind: 'remove-block' as const, block: index },
    }))
}
