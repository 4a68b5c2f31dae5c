/** Numbers nobody types: headings (层次序数), names in 附件说明, labels of attachments. All are derived from the place of a
 * block, so they cannot be wrong. */
import { type Block, isProvision, type ProvisionKind } from '../model.ts'
import { chineseNumeral } from './numerals.ts'

/** Levels of heading the model knows. */
export type HeadingLevel = 1 | 2 | 3 | 4

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

/** The printed number of a heading: 一、 （一） 1. （1）; level 5 gives the ① used below them.
 *
 * @param level 1 to 5
 * @param count from 1; beyond 999 (levels 1–2) or 20 (level 5) plain digits stand in
 * Source: GB/T 9704-2012 7.3.3; ① by GB/T 33476.2-2016 7.2.3
 */
export function headingLabel(level: HeadingLevel | 5, count: number): string {
  switch (level) {
    case 1:
      return `${count > 999 ? count : chineseNumeral(count)}、`
    case 2:
      return `（${count > 999 ? count : chineseNumeral(count)}）`
    case 3:
      return `${count}.`
    case 4:
      return `（${count}）`
    case 5:
      return circled[count - 1] ?? `${count}`
  }
}

/** Counts headings the way they are numbered. Each attachment starts anew. */
export interface HeadingCounter {
  /** The number the next heading of that level gets, restarting under its parent unless `continues`. */
  next(level: HeadingLevel, continues: boolean): number
  /** Counts a heading and returns its number. */
  count(level: HeadingLevel, continues: boolean): number
  /** Begins a new part: an attachment. */
  restart(): void
}

/** A counter at the beginning of a document. */
export function headingCounter(): HeadingCounter {
  const current = [0, 0, 0, 0, 0]
  const last = [0, 0, 0, 0, 0]
  const next = (level: HeadingLevel, continues: boolean): number =>
    (continues ? (last[level] ?? 0) : (current[level] ?? 0)) + 1
  return {
    next,
    count(level, continues) {
      const number = next(level, continues)
      current[level] = number
      last[level] = number
      current.fill(0, level + 1)
      return number
    },
    restart() {
      current.fill(0)
      last.fill(0)
    },
  }
}

/** The printed number of a part of a regulation with the blank behind it: 第一章　 第一节　 第一条　 （一） 1.
 *
 * @param count from 1; beyond 999 plain digits stand in
 */
export function provisionLabel(kind: ProvisionKind, count: number): string {
  const numeral = count > 999 ? String(count) : chineseNumeral(count)
  switch (kind) {
    case 'chapter':
      return `第${numeral}章　`
    case 'section':
      return `第${numeral}节　`
    case 'article':
      return `第${numeral}条　`
    case 'item':
      return `（${numeral}）`
    case 'subitem':
      return `${count}.`
  }
}

/** Counts the parts of a regulation: 章 and 条 through the whole of it, 节 under its 章, 项 under its 条 or 款, 目 under its 项. */
export interface ProvisionCounter {
  /** The number the next part of that kind gets; a 项 that `continues` goes on from the last one of its 条. */
  next(kind: ProvisionKind, continues?: boolean): number
  /** Counts a part and returns its number. */
  count(kind: ProvisionKind, continues?: boolean): number
  /** A 款 or anything else that stands between: 项 begin anew after it. */
  pass(): void
  /** Begins a new text: an attachment. */
  restart(): void
  /** Whether a 条 stands open, so that 项 and 目 may follow. */
  isInArticle(): boolean
}

/** A counter at the beginning of a text. */
export function provisionCounter(): ProvisionCounter {
  const counts = { chapter: 0, section: 0, article: 0, item: 0, subitem: 0 }
  let isOpen = false
  let lastItem = 0
  const next = (kind: ProvisionKind, continues = false): number => (kind === 'item' && continues ? lastItem : counts[kind]) + 1
  return {
    next,
    count(kind, continues = false) {
      counts[kind] = next(kind, continues)
      if (kind === 'item') lastItem = counts.item
      else if (kind !== 'subitem') lastItem = 0
      if (kind === 'chapter') counts.section = 0
      if (kind !== 'item' && kind !== 'subitem') {
        counts.item = 0
        isOpen = kind === 'article'
      }
      if (kind !== 'subitem') counts.subitem = 0
      return counts[kind]
    },
    pass() {
      counts.item = 0
      counts.subitem = 0
    },
    restart() {
      Object.assign(counts, { chapter: 0, section: 0, article: 0, item: 0, subitem: 0 })
      lastItem = 0
      isOpen = false
    },
    isInArticle: () => isOpen,
  }
}

/** The derived text before each block, null where a block has none.
 *
 * Headings: 一、 （一） 1. （1）, a heading with `continues` goes on from the last of its level. Names in 附件说明: 附件： for a
 * single one, else 附件：1. then 2. and so on. Attachments: 附件 or 附件1 when a 附件说明 before them lists them; an attachment
 * no 附件说明 lists is the text a notice issues (印发件) and carries no label. Parts of a regulation: see `provisionCounter`.
 *
 * @returns one entry per block
 * Source: GB/T 9704-2012 7.3.3, 7.3.4, 7.3.7
 */
export function deriveLabels(blocks: readonly Block[]): readonly (string | null)[] {
  const counter = headingCounter()
  let list: AttachmentList | null = null
  let fresh = true
  const provisions = provisionCounter()
  return blocks.map((block, index) => {
    if (isProvision(block)) return provisionLabel(block.kind, provisions.count(block.kind, block.continues))
    provisions.pass()
    switch (block.kind) {
      case 'heading':
        return headingLabel(block.level, counter.count(block.level, block.continues === true))
      case 'attachment-note':
        if (fresh || list === null) list = { size: countNotes(blocks, index), notes: 0, annexes: 0 }
        fresh = false
        list.notes += 1
        return noteLabel(list)
      case 'annex-title':
        counter.restart()
        provisions.restart()
        fresh = true
        if (list === null) return null
        list.annexes += 1
        return list.size === 1 && list.annexes === 1 ? '附件' : `附件${list.annexes}`
      default:
        return null
    }
  })
}

interface AttachmentList {
  readonly size: number
  notes: number
  annexes: number
}

function noteLabel(list: AttachmentList): string {
  if (list.size === 1) return '附件：'
  return list.notes === 1 ? '附件：1. ' : `${list.notes}. `
}

/** Notes from `start` up to the next attachment: one 附件说明. */
function countNotes(blocks: readonly Block[], start: number): number {
  let count = 0
  for (let index = start; index < blocks.length && blocks[index]?.kind !== 'annex-title'; index += 1) {
    if (blocks[index]?.kind === 'attachment-note') count += 1
  }
  return count
}
