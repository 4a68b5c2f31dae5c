/** Rules about characters that deceive the eye: direction overrides, invisible ones, private use, broken ones, look-alikes. */
import { hitOfEdits } from '../hits.ts'
import type { BlockRule, Hit, LintRule, Place } from '../model.ts'

/** A block is read up to here: no paragraph is longer, and hostile text must not cost more (UTF-16 units). */
export const longestBlock = 20_000

const head = { level: 'practice', clause: '文本安全', scope: 'block' } as const

const directions = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g
const invisible =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u2028\u2029\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\uddef]/g
const privateUse = /[\ue000-\uf8ff]|[\udb80-\udbff][\udc00-\udfff]/g
const broken = /[\ufffd\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|锟斤拷|烫烫烫|屯屯屯|(?:[ÃÂ][\u0080-\u00bf]){2,}/g
/** Radicals and compatibility forms that look like ordinary characters and are found by no search. */
const lookAlike = /[\u2e80-\u2eff\u2f00-\u2fdf\uf900-\ufaff]/g

function rule(id: string, severity: BlockRule['severity'], pattern: RegExp, replace: ((text: string) => string) | null): BlockRule {
  return { ...head, id, severity, check: (place) => found(place, pattern, replace) }
}

/** Rules X01–X06. Characters of the first two classes are never seen on screen: the remark names their code points. */
export const hiddenRules: readonly LintRule[] = [
  { ...rule('X01', 'error', directions, () => ''), level: 'law', clause: '条例第二十条（四），文本须与所见一致' },
  rule('X02', 'warning', invisible, () => ''),
  rule('X03', 'warning', privateUse, null),
  { ...rule('X04', 'error', broken, null), level: 'law', clause: '条例第二十条（四），文字须准确' },
  rule('X05', 'warning', lookAlike, (text) => text.normalize('NFKC')),
  {
    ...head,
    id: 'X06',
    severity: 'warning',
    check: (place: Place) => (place.text.length < longestBlock ? [] : [{ block: place.index, params: { count: longestBlock } }]),
  },
]

function found(place: Place, pattern: RegExp, replace: ((text: string) => string) | null): readonly Hit[] {
  const matches = [...place.text.matchAll(pattern)]
  if (matches.length === 0) return []
  const edits = matches.map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    text: replace ? replace(match[0]) : '',
  }))
  const codes = [...new Set(matches.map((match) => codeOf(match[0])))].slice(0, 5).join('、')
  const canFix = replace !== null && edits.every((edit, at) => edit.text !== matches[at]?.[0])
  return hitOfEdits(place, edits, canFix).map((hit) => ({ ...hit, params: { ...hit.params, text: codes } }))
}

function codeOf(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
