/** Comparing two texts (对比): paragraphs are aligned first, then characters inside changed ones. A general diff that grows
 * changes to word ends marks whole clauses of Chinese, which has no spaces. */
import { deriveLabels } from '../gongwen/numbering.ts'
import { type Block, cleanText, type OfficialDocument, type TextRun } from '../model.ts'
import { blockText } from '../text/runs.ts'
import { commonSteps, isAlike } from './common-steps.ts'
import { type ShapeChange, shapeChanges } from './compare-shapes.ts'

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
  /** What else changed in a block both texts have: its table, its picture, its footnotes, how it is counted. */
  readonly shapes: readonly ShapeChange[]
  readonly parts: readonly DiffPart[]
}

interface Line {
  readonly block: Block
  readonly kind: Block['kind']
  readonly level: number
  readonly label: string
  readonly text: string
  /** One digit a code point of `text`: 1 where it is bold. */
  readonly bold: string
}


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
      const shapes = shapeChanges(a.block, b.block)
      const op = before === null && shapes.length === 0 && parts.every((part) => part.op === 'same' && part.format === undefined) ? 'same' : 'changed'
      return { op, kind: b.kind, level: b.level, label: b.label, before, shapes, parts }
    }
    const line = a ?? b ?? emptyLine
    const op = a ? 'removed' : 'added'
    return { op, kind: line.kind, level: line.level, label: line.label, before: null, shapes: [], parts: [{ op, text: line.text }] }
  })
}

function linesOf(document: OfficialDocument): readonly Line[] {
  const labels = deriveLabels(document.blocks)
  return document.blocks.map((block, index) => ({ block, kind: block.kind, level: block.kind === 'heading' ? block.level : 0, label: labels[index] ?? '', text: blockText(block), bold: boldOf(block) }))
}

const emptyLine: Line = { block: { kind: 'paragraph', runs: [] }, kind: 'paragraph', level: 0, label: '', text: '', bold: '' }

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
  const picture = line.block.kind === 'figure' ? line.block.image.digest : ''
  return `${line.kind}\n${line.level}\n${line.bold}\n${picture}\n${line.text}`
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
    const found = old.findIndex((each, index) => index >= taken && isSameSort(each, line) && isAlike(each.text, line.text))
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

/** A table becomes no paragraph, nor a paragraph a figure, however like their words. */
function isSameSort(a: Line, b: Line): boolean {
  return a.kind === b.kind || ![a.kind, b.kind].some((kind) => kind === 'table' || kind === 'figure')
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
