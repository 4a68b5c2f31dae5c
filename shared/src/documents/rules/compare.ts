/** Comparing two texts (对比): paragraphs are aligned first, then characters inside changed ones. A general diff that grows
 * changes to word ends marks whole clauses of Chinese, which has no spaces. */
import { deriveLabels } from '../gongwen/numbering.ts'
import { type Block, cleanText, type OfficialDocument, type TextRun } from '../model.ts'
import { blockText } from '../text/runs.ts'

/** A stretch of a compared block. */
export interface DiffPart {
  readonly op: 'same' | 'added' | 'removed'
  readonly text: string
  /** Set on words that stayed but became bold or plain. */
  readonly format?: 'bold' | 'plain'
}

/** One aligned pair, or a block only one text has. */
export interface ComparedBlock {
  readonly op: 'same' | 'changed' | 'added' | 'removed'
  readonly kind: Block['kind']
  /** Level of a heading, else 0. */
  readonly level: number
  readonly label: string
  /** What it was before when its kind or level changed. */
  readonly before: { readonly kind: Block['kind']; readonly level: number } | null
  readonly parts: readonly DiffPart[]
}

interface Line {
  readonly kind: Block['kind']
  readonly level: number
  readonly label: string
  readonly text: string
  /** One digit a code point of `text`: 1 where it is bold. */
  readonly bold: string
}

/** Below this likeness two paragraphs are a removal and an addition, not a change. */
const likeness = 0.4
/** Cells of the dynamic programme above which changes are shown coarsely. */
const largestTable = 4_000_000

/** Compares the clean texts of two documents.
 *
 * @returns blocks in the order of the newer text, removed ones where they stood
 */
export function compareDocuments(before: OfficialDocument, after: OfficialDocument): readonly ComparedBlock[] {
  const [old, next] = [linesOf(before), linesOf(after)]
  return alignLines(old, next).map(([a, b]) => {
    if (a && b) {
      const parts = withFormats(diffText(a.text, b.text), a.bold, b.bold)
      const before = a.kind === b.kind && a.level === b.level ? null : { kind: a.kind, level: a.level }
      const op = before === null && parts.every((part) => part.op === 'same' && part.format === undefined) ? 'same' : 'changed'
      return { op, kind: b.kind, level: b.level, label: b.label, before, parts }
    }
    const line = a ?? b ?? emptyLine
    const op = a ? 'removed' : 'added'
    return { op, kind: line.kind, level: line.level, label: line.label, before: null, parts: [{ op, text: line.text }] }
  })
}

function linesOf(document: OfficialDocument): readonly Line[] {
  const labels = deriveLabels(document.blocks)
  return document.blocks.map((block, index) => ({ kind: block.kind, level: block.kind === 'heading' ? block.level : 0, label: labels[index] ?? '', text: blockText(block), bold: boldOf(block) }))
}

const emptyLine: Line = { kind: 'paragraph', level: 0, label: '', text: '', bold: '' }

function boldOf(block: Block): string {
  const mask = (runs: readonly TextRun[]): string => runs.map((run) => (run.bold ? '1' : '0').repeat([...cleanText([run])].length)).join('')
  return block.kind === 'table' ? block.rows.map((row) => row.cells.map((cell) => mask(cell.runs)).join('0')).join('0') : mask(block.runs)
}

/** Marks what stayed but changed its boldness. */
function withFormats(parts: readonly DiffPart[], old: string, next: string): readonly DiffPart[] {
  let [i, j] = [0, 0]
  return parts.flatMap((part): readonly DiffPart[] => {
    const letters = [...part.text]
    if (part.op !== 'same') {
      if (part.op === 'removed') i += letters.length
      else j += letters.length
      return [part]
    }
    const split: DiffPart[] = []
    for (const letter of letters) {
      const format = old[i] === next[j] ? undefined : next[j] === '1' ? 'bold' : 'plain'
      const last = split.at(-1)
      if (last && last.format === format) split[split.length - 1] = { ...last, text: last.text + letter }
      else split.push({ op: 'same', text: letter, ...(format === undefined ? {} : { format }) })
      i += 1
      j += 1
    }
    return split
  })
}

type Pair = readonly [Line | null, Line | null]

/** Aligns equal lines by longest common subsequence, then pairs like ones in the stretches between. */
function alignLines(old: readonly Line[], next: readonly Line[]): readonly Pair[] {
  const pairs: Pair[] = []
  let gapOld: Line[] = []
  let gapNext: Line[] = []
  const closeGap = (): void => {
    pairs.push(...pairLikeLines(gapOld, gapNext))
    gapOld = []
    gapNext = []
  }
  for (const step of commonSteps(old.map(keyOf), next.map(keyOf))) {
    if (step.op === 'removed') gapOld.push(at(old, step.index))
    else if (step.op === 'added') gapNext.push(at(next, step.index))
    else {
      closeGap()
      pairs.push([at(old, step.index), at(next, step.other)])
    }
  }
  closeGap()
  return pairs
}

function keyOf(line: Line): string {
  return `${line.kind}\n${line.level}\n${line.bold}\n${line.text}`
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new Error('Bug: an index outside of its list')
  return item
}

function pairLikeLines(old: readonly Line[], next: readonly Line[]): readonly Pair[] {
  const pairs: Pair[] = []
  let taken = 0
  for (const line of next) {
    const found = old.findIndex((each, index) => index >= taken && likenessOf(each.text, line.text) >= likeness)
    if (found < 0) pairs.push([null, line])
    else {
      for (const gone of old.slice(taken, found)) pairs.push([gone, null])
      pairs.push([at(old, found), line])
      taken = found + 1
    }
  }
  for (const gone of old.slice(taken)) pairs.push([gone, null])
  return pairs
}

/** Dice's coefficient of the bigrams of two texts, 0 to 1. */
function likenessOf(a: string, b: string): number {
  if (a === b) return 1
  const [first, second] = [bigramsOf(a), bigramsOf(b)]
  if (first.size + second.size === 0) return 0
  let shared = 0
  for (const bigram of first) if (second.has(bigram)) shared += 1
  return (2 * shared) / (first.size + second.size)
}

function bigramsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (let index = 0; index < text.length - 1; index += 1) found.add(text.slice(index, index + 2))
  return found
}

/** Character differences of two texts; surrogate pairs are never split. */
export function diffText(before: string, after: string): readonly DiffPart[] {
  const [old, next] = [[...before], [...after]]
  let head = 0
  while (head < old.length && head < next.length && old[head] === next[head]) head += 1
  let tail = 0
  while (tail < old.length - head && tail < next.length - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1
  const parts: DiffPart[] = []
  append(parts, 'same', old.slice(0, head).join(''))
  const [oldMiddle, nextMiddle] = [old.slice(head, old.length - tail), next.slice(head, next.length - tail)]
  for (const step of commonSteps(oldMiddle, nextMiddle)) {
    append(parts, step.op, step.op === 'added' ? at(nextMiddle, step.index) : at(oldMiddle, step.index))
  }
  append(parts, 'same', old.slice(old.length - tail).join(''))
  return parts
}

function append(parts: DiffPart[], op: DiffPart['op'], text: string): void {
  if (text === '') return
  const last = parts.at(-1)
  if (last?.op === op) parts[parts.length - 1] = { op, text: last.text + text }
  else parts.push({ op, text })
}

type Step =
  | { readonly op: 'same'; readonly index: number; readonly other: number }
  | { readonly op: 'added'; readonly index: number }
  | { readonly op: 'removed'; readonly index: number }

/** A shortest list of steps from one list to another; removals come before additions. Too long lists are replaced whole. */
function commonSteps(old: readonly string[], next: readonly string[]): readonly Step[] {
  if (old.length * next.length > largestTable) {
    return [...old.map((_, index): Step => ({ op: 'removed', index })), ...next.map((_, index): Step => ({ op: 'added', index }))]
  }
  const width = next.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const here = i * width + j
      lengths[here] = old[i] === next[j] ? cell(lengths, here + width + 1) + 1 : Math.max(cell(lengths, here + width), cell(lengths, here + 1))
    }
  }
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      steps.push({ op: 'same', index: i, other: j })
      i += 1
      j += 1
    } else if (j >= next.length || (i < old.length && cell(lengths, (i + 1) * width + j) >= cell(lengths, i * width + j + 1))) {
      steps.push({ op: 'removed', index: i })
      i += 1
    } else {
      steps.push({ op: 'added', index: j })
      j += 1
    }
  }
  return steps
}

function cell(lengths: Uint32Array, index: number): number {
  return lengths[index] ?? 0
}
