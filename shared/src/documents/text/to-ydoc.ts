/** Puts a document into an empty Y.Doc, in exactly the shapes the editor's binding (y-prosemirror) writes: one Y.XmlElement
 * per ProseMirror node, neighbouring text nodes in one Y.XmlText, marks as formatting attributes. */
import * as Y from 'yjs'
import type { Block, OfficialDocument, Reshaping, TableRow, TextRun } from '../model.ts'
import { bodyOf, changeMarks, elementsOf, footnoteMark, formatProposal, metaName, nodeNames, proposalAttribute, ydocVersion } from '../ydoc.ts'
import { mergeRuns } from './runs.ts'

/** Writes elements, text and version in one transaction. The server calls it once, when a document is created.
 *
 * @param doc an empty Y.Doc
 * @throws Error when the Y.Doc has a text already: writing twice would double it
 */
export function writeDocument(doc: Y.Doc, document: OfficialDocument): void {
  if (bodyOf(doc).length > 0) throw new Error('the shared document has a text already')
  doc.transact(() => {
    doc.getMap(metaName).set('version', ydocVersion)
    const elements = elementsOf(doc)
    for (const [name, value] of Object.entries(document.elements)) elements.set(name, value)
    bodyOf(doc).insert(0, document.blocks.map(elementOfBlock))
  })
}

function elementOfBlock(block: Block): Y.XmlElement {
  if (block.kind === 'table') {
    const table = elementOf(nodeNames.table, block.rows.map(elementOfRow))
    if (block.landscape) setAttribute(table, 'landscape', true)
    return table
  }
  if (block.reshaped && block.kind !== 'figure') return proposedElement(block, block.reshaped)
  const element = textElement(nodeNames[block.kind], block.runs)
  if (block.kind === 'heading') {
    setAttribute(element, 'level', block.level)
    if (block.continues) setAttribute(element, 'continues', true)
  }
  if (block.kind === 'item' && block.continues) setAttribute(element, 'continues', true)
  if (block.kind === 'figure') for (const [name, value] of Object.entries(block.image)) setAttribute(element, name, value)
  return element
}

/** The element is what the block was before; what it is to become stands in its attribute. */
function proposedElement(block: Exclude<Block, { kind: 'table' | 'figure' }>, { id, before }: Reshaping): Y.XmlElement {
  const element = textElement(nodeNames[before.kind], block.runs)
  if (before.kind === 'heading') setAttribute(element, 'level', before.level)
  setAttribute(element, proposalAttribute, formatProposal({ id, kind: block.kind, level: block.kind === 'heading' ? block.level : 0 }))
  return element
}

function elementOfRow(row: TableRow): Y.XmlElement {
  const cells = row.cells.map((cell) => {
    const element = elementOf(row.header ? 'tableHeader' : 'tableCell', [textElement(nodeNames.paragraph, cell.runs)])
    setAttribute(element, 'colspan', cell.columns)
    setAttribute(element, 'rowspan', cell.rows ?? 1)
    return element
  })
  return elementOf('tableRow', cells)
}

function elementOf(name: string, children: Y.XmlElement[]): Y.XmlElement {
  const element = new Y.XmlElement(name)
  if (children.length > 0) element.insert(0, children)
  return element
}

/** The binding stores ProseMirror attributes with their JSON type; Yjs declares strings only. */
function setAttribute(element: Y.XmlElement, name: string, value: number | boolean | string): void {
  // Safe because Y.XmlElement keeps any JSON value and y-prosemirror relies on it.
  element.setAttribute(name, value as unknown as string)
}

function textElement(name: string, runs: readonly TextRun[]): Y.XmlElement {
  const element = new Y.XmlElement(name)
  const merged = mergeRuns(runs)
  if (merged.length === 0) return element
  const text = new Y.XmlText()
  text.applyDelta(merged.map((run) => ({ insert: run.text, attributes: marksOf(run) })))
  element.insert(0, [text])
  return element
}

function marksOf(run: TextRun): Record<string, Record<string, string | boolean>> {
  return {
    ...(run.bold ? { bold: {} } : {}),
    ...(run.footnote === undefined ? {} : { [footnoteMark]: { text: run.footnote } }),
    ...(run.change ? { [changeMarks[run.change.kind]]: { id: run.change.id } } : {}),
    ...(run.reformatted ? { [changeMarks.format]: { id: run.reformatted.id, bold: run.reformatted.bold } } : {}),
  }
}
