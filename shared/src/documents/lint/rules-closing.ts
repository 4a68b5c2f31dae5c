/** Rules E, F, G: attachments, signature, date, imprint. */
import { deriveLabels } from '../gongwen/numbering.ts'
import { chineseNumeral } from '../gongwen/numerals.ts'
import { bareText, parseDate } from '../text/patterns.ts'
import { hitsOf, titleOf } from './hits.ts'
import type { Hit, LintScene, LintRule } from './model.ts'
import { blocksOfKind } from './model.ts'

const attachmentClause = { level: 'national-standard', clause: 'GB/T 9704-2012 7.3.4', severity: 'error' } as const
const typedLabel = /^附件\s?\d{0,2}\s?[:：]\s?(?:\d{1,2}\s?[.．、]\s?)?|^\d{1,2}\s?[.．、]\s?(?!\d)/

/** Rules E01 E02 E03 F01 F02 F03 F04 G08. */
export const closingRules: readonly LintRule[] = [
  { id: 'E01', ...attachmentClause, check: labelHits },
  {
    id: 'E02',
    ...attachmentClause,
    check: (scene) =>
      blocksOfKind(scene, 'attachment-note').flatMap((place): readonly Hit[] => [
        ...hitsOf(place, /[。；;，,、.：:]+$/g, () => ''),
        ...quotedName(place).map((hit): Hit => ({ ...hit, severity: 'hint' })),
      ]),
  },
  {
    id: 'E03',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.7',
    severity: 'error',
    check: attachmentListHits,
  },
  {
    id: 'F01',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.3.5.4',
    severity: 'error',
    check: (scene) => blocksOfKind(scene, 'date').flatMap(dateHits),
  },
  {
    id: 'F02',
    level: 'regulation',
    clause: '条例第九条（十二）',
    severity: 'error',
    check(scene) {
      const { signedOn } = scene.context
      if (!signedOn) return []
      return mainDates(scene)
        .filter((date) => date.on !== null && date.on !== signedOn)
        .map((date) => ({ block: date.index, params: { text: date.text, fix: printDate(signedOn) } }))
    },
  },
  {
    id: 'F03',
    level: 'national-standard',
    clause: 'GB/T 9704-2012 7.4.3',
    severity: 'error',
    check(scene) {
      const { printedOn } = scene.document.elements
      if (!printedOn) return []
      return mainDates(scene)
        .filter((date) => date.on !== null && printedOn < date.on)
        .map((date) => ({ element: 'printedOn' as const, params: { text: printDate(printedOn), issued: date.text } }))
    },
  },
  { id: 'F04', level: 'regulation', clause: '条例第九条（十一）', severity: 'error', check: signatureHits },
  {
    id: 'G08',
    level: 'regulation',
    clause: '条例第四十二条',
    severity: 'error',
    check: (scene) =>
      blocksOfKind(scene, 'paragraph').flatMap((place) => hitsOf(place, /^主题词\s?[:：].*/g, () => null)),
  },
]

/** Labels and numbers of 附件说明 are derived: typed ones would be printed twice. */
function labelHits(scene: LintScene): readonly Hit[] {
  return blocksOfKind(scene, 'attachment-note', 'paragraph', 'annex-title').flatMap(
    ({ index, text, block }): readonly Hit[] => {
      const match = typedLabel.exec(text)
      const isLabel = match && (block.kind === 'attachment-note' || match[0].startsWith('附件'))
      if (!match || !isLabel || match[0].length === text.length) return []
      const edits = [{ from: 0, to: match[0].length, text: '' }]
      const hit = { block: index, spots: [{ from: 0, to: match[0].length }], params: { text: match[0] } }
      return [
        {
          ...hit,
          fix:
            block.kind === 'paragraph'
              ? { kind: 'change-block', block: index, to: 'attachment-note', edits }
              : { kind: 'edit-text', block: index, edits },
        },
      ]
    },
  )
}

/** A name wholly in 《》. */
function quotedName(place: { readonly index: number; readonly text: string }): readonly Hit[] {
  const match = /^(?:附件\s?\d{0,2}[:：]\s?)?(?:\d{1,2}[.．、]\s?)?《([^《》]+)》/.exec(place.text)
  const rest = place.text.slice(match?.[0].length ?? 0)
  return match && /^[。；;，,、.]*$/.test(rest)
    ? [{ block: place.index, params: { text: place.text, fix: match[1] ?? '' } }]
    : []
}

/** Titles that issue another text; that text is no attachment in the sense of 附件说明. */
const issuing = /印发|转发|批转|发布|公布|颁布|修订|修改/

/** 附件说明 and the attachments agree in number, order and name. */
function attachmentListHits(scene: LintScene): readonly Hit[] {
  const labels = deriveLabels(scene.document.blocks)
  const hits: Hit[] = []
  const notes: { index: number; text: string }[] = []
  let next = 0
  let isIssued = issuing.test(titleOf(scene)?.text ?? '') || scene.document.elements.format === 'order'
  scene.document.blocks.forEach((block, index) => {
    const text = scene.texts[index] ?? ''
    if (block.kind === 'attachment-note') notes.push({ index, text })
    if (block.kind !== 'annex-title') return
    if (labels[index] === null) {
      if (!isIssued) hits.push({ block: index, params: { text: '', found: text } })
      isIssued = false
      return
    }
    const note = notes[next]
    next += 1
    if (!note) hits.push({ block: index, params: { text: '', found: text } })
    else if (bareText(note.text) !== bareText(text))
      hits.push({ block: index, params: { text: note.text, found: text } })
  })
  return [...hits, ...notes.slice(next).map(({ index, text }): Hit => ({ block: index, params: { text, found: '' } }))]
}

const dateForm = /^\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日$/

function dateHits(place: { readonly index: number; readonly text: string }): readonly Hit[] {
  if (place.text === '' || (dateForm.test(place.text) && parseDate(place.text) !== null)) return []
  const fix = rightDate(place.text)
  const hit: Hit = { block: place.index, params: { text: place.text.slice(0, 30), fix: fix ?? '' } }
  return [
    fix === null
      ? hit
      : {
          ...hit,
          fix: { kind: 'edit-text', block: place.index, edits: [{ from: 0, to: place.text.length, text: fix }] },
        },
  ]
}

const chineseDigits = '〇一二三四五六七八九'

/** The lawful form of a date written otherwise, or null when it names no day. */
function rightDate(text: string): string | null {
  const tight = text.slice(0, 40).replace(/\s+/g, '')
  const arabic = /^(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?$/.exec(tight)
  const chinese =
    /^([一二三四五六七八九零〇○OoＯ]{4})年([一二三四五六七八九十元]{1,2})月([一二三四五六七八九十]{1,3})日$/.exec(tight)
  const parts =
    arabic?.slice(1).map(Number) ??
    (chinese ? [yearOf(chinese[1] ?? ''), countOf(chinese[2] ?? ''), countOf(chinese[3] ?? '')] : null)
  if (!parts) return null
  const written = `${parts[0]}年${parts[1]}月${parts[2]}日`
  return parseDate(written) === null ? null : written
}

function yearOf(text: string): number {
  return Number([...text.replace(/[零○OoＯ]/g, '〇')].map((digit) => chineseDigits.indexOf(digit)).join(''))
}

function countOf(text: string): number {
  if (text === '元') return 1
  for (let count = 1; count <= 31; count += 1) if (chineseNumeral(count) === text) return count
  return 0
}

function printDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

function mainDates(
  scene: LintScene,
): readonly { readonly index: number; readonly text: string; readonly on: string | null }[] {
  return blocksOfKind(scene, 'date')
    .filter(({ index }) => index < scene.mainEnd)
    .map(({ index, text }) => ({ index, text, on: parseDate(rightDate(text) ?? text) }))
}

/** 署名 names the organs of the mark, 主办 first; both are registered names. */
function signatureHits(scene: LintScene): readonly Hit[] {
  const { issuers, format } = scene.document.elements
  const signatures = blocksOfKind(scene, 'signature').filter(({ index, text }) => index < scene.mainEnd && text !== '')
  if (format === 'order' || format === 'minutes' || signatures.length === 0 || issuers.length === 0) return []
  const isEqual =
    signatures.length === issuers.length && signatures.every((each, index) => each.text.trim() === issuers[index])
  const wrong = signatures.find((each, index) => each.text.trim() !== issuers[index]) ?? signatures.at(-1)
  return isEqual || !wrong
    ? []
    : [
        {
          block: wrong.index,
          params: { text: signatures.map((each) => each.text).join('、'), issuers: issuers.join('、') },
        },
      ]
}
