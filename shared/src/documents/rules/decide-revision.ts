/** What 修订 may do to a shared text: every change stays marked with its author, so taking the author's marks back gives the text
 * as it was. The server holds this for everybody whose right is `suggest`, before an update is stored.
 *
 * Source: 条例 第23条 (会签); 机关公文办理 practice of 留痕修改 */
import * as Y from 'yjs'
import { bodyOf, changeMarks, elementsOf, metaName, parseProposal, personOfChange, proposalAttribute } from '../ydoc.ts'

/** Deeper than any document of ours; what lies below counts as it is. */
const maxDepth = 20

/** A shared text as it would read if one person had never revised it: equal strings mean equal texts.
 *
 * Not compared: comments, which may be written; bold, which is not tracked; empty lines, which revising leaves behind.
 */
export function withoutRevisionsOf(doc: Y.Doc, personId: string): string {
  const body = bodyOf(doc)
    .toArray()
    .map((child) => plainNode(child, personId, 0))
    .filter((node) => node !== null)
  return JSON.stringify([body, sortedEntries(elementsOf(doc).toJSON()), sortedEntries(doc.getMap(metaName).toJSON())])
}

function plainNode(node: Y.XmlElement | Y.XmlText | Y.XmlHook, personId: string, depth: number): unknown {
  if (node instanceof Y.XmlText) return plainText(node, personId)
  if (!(node instanceof Y.XmlElement) || depth > maxDepth) return node.toString()
  const children = node
    .toArray()
    .map((child) => plainNode(child, personId, depth + 1))
    .filter((child) => child !== null)
  // A line without text: the split that made it, or the join that emptied it, is not a change by itself. A figure is one.
  if (children.length === 0 && !hasContent(node)) return null
  return [node.nodeName, sortedEntries(withoutProposalOf(node.getAttributes(), personId)), mergeTexts(children)]
}

/** A proposal to make a block something else is a revision of its author. */
function withoutProposalOf(attributes: Readonly<Record<string, unknown>>, personId: string): Readonly<Record<string, unknown>> {
  const proposal = parseProposal(attributes[proposalAttribute])
  const others = Object.entries(attributes).filter(([name, value]) => value !== null && !(name === proposalAttribute && proposal !== null && personOfChange(proposal.id) === personId))
  return Object.fromEntries(others)
}

function hasContent(node: Y.XmlElement): boolean {
  return node.nodeName === 'figure' || node.nodeName.startsWith('table')
}

interface PlainRun {
  readonly text: string
  readonly marks: string
}

function plainText(text: Y.XmlText, personId: string): readonly PlainRun[] | null {
  const runs: { text: string; readonly marks: string }[] = []
  // Safe because every part is read as unknown.
  for (const { insert, attributes } of text.toDelta() as readonly { readonly insert: unknown; readonly attributes?: Record<string, unknown> }[]) {
    const marks = Object.entries(attributes ?? {}).filter(([, value]) => value !== null)
    if (marks.some(([name, value]) => isMark(name, changeMarks.insertion) && isOf(value, personId))) continue
    const kept = marks.filter(([name, value]) => !isBold(name) && !((isMark(name, changeMarks.deletion) || isMark(name, changeMarks.format)) && isOf(value, personId)))
    const run = { text: typeof insert === 'string' ? insert : JSON.stringify(insert), marks: JSON.stringify(sortedEntries(Object.fromEntries(kept))) }
    const last = runs.at(-1)
    if (last?.marks === run.marks) last.text += run.text
    else runs.push(run)
  }
  return runs.length === 0 ? null : runs
}

/** Neighbouring texts of one line read as one: where the editor's binding cuts them is no change. */
function mergeTexts(children: readonly unknown[]): readonly unknown[] {
  const merged: unknown[] = []
  for (const child of children) {
    const last = merged.at(-1)
    if (isRuns(child) && isRuns(last)) merged.splice(-1, 1, joinRuns(last, child))
    else merged.push(child)
  }
  return merged
}

function isRuns(value: unknown): value is readonly PlainRun[] {
  return Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null && 'marks' in value[0]
}

function joinRuns(left: readonly PlainRun[], right: readonly PlainRun[]): readonly PlainRun[] {
  const [last, first] = [left.at(-1), right[0]]
  if (last === undefined || first === undefined || last.marks !== first.marks) return [...left, ...right]
  return [...left.slice(0, -1), { text: last.text + first.text, marks: last.marks }, ...right.slice(1)]
}

/** The binding appends `--<hash>` to names of marks that may overlap themselves. */
function isMark(name: string, mark: string): boolean {
  return name === mark || name.startsWith(`${mark}--`)
}

function isBold(name: string): boolean {
  return isMark(name, 'bold')
}

/** Whether a change belongs to a person: its id is `<personId>:<serial>`. */
function isOf(value: unknown, personId: string): boolean {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' && id.slice(0, id.lastIndexOf(':')) === personId && id.includes(':')
}

function sortedEntries(value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}
