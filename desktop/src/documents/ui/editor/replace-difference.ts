/** Changes one block of the text into another by the least: what is the same in both keeps its place, its marks and its carets. */
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'

/** Makes the node at `position` of the transaction's text the node `after`; in lines only the letters that differ are replaced,
 * in tables only the rows and cells that differ.
 *
 * @param position where `before` begins in the transaction's text
 */
export function replaceDifference(tr: Transaction, position: number, before: Node, after: Node): void {
  if (before === after || before.eq(after)) return
  if (!before.sameMarkup(after)) tr.replaceWith(position, position + before.nodeSize, after)
  else if (before.isTextblock) replaceLetters(tr, position + 1, before, after)
  else replaceChildren(tr, position + 1, before, after)
}

function replaceLetters(tr: Transaction, start: number, before: Node, after: Node): void {
  const from = before.content.findDiffStart(after.content)
  const end = before.content.findDiffEnd(after.content)
  if (from === null || end === null) return
  // Repeated letters let both searches overlap.
  const overlap = Math.max(0, from - Math.min(end.a, end.b))
  tr.replace(start + from, start + end.a + overlap, after.slice(from, end.b + overlap))
}

/** Rows and cells are replaced whole or not at all: a stretch that begins inside one cell and ends inside another cannot be cut out
 * and put back without cells growing or vanishing. */
function replaceChildren(tr: Transaction, start: number, before: Node, after: Node): void {
  const [old, fresh] = [before.children, after.children]
  const head = commonHead(old, fresh)
  const tail = commonHead(old.slice(head).toReversed(), fresh.slice(head).toReversed())
  const out = old.slice(head, old.length - tail)
  const into = fresh.slice(head, fresh.length - tail)
  const from = start + sizeOf(old.slice(0, head))
  if (out.length !== into.length) return void tr.replace(from, from + sizeOf(out), new Slice(Fragment.from(into), 0, 0))
  // From the end, so that the places in front keep their numbers.
  let position = from + sizeOf(out)
  for (const [index, node] of [...out.entries()].toReversed()) {
    position -= node.nodeSize
    const wanted = into[index]
    if (wanted) replaceDifference(tr, position, node, wanted)
  }
}

function commonHead(old: readonly Node[], fresh: readonly Node[]): number {
  const differing = old.findIndex((node, index) => fresh[index] === undefined || !node.eq(fresh[index]))
  return differing < 0 ? old.length : differing
}

function sizeOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + node.nodeSize, 0)
}
