/** The editor's schema: exactly the nodes and marks of `shared/src/documents/ydoc.ts`. */
import { Extension, Mark, mergeAttributes, Node } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table } from '@tiptap/extension-table'
import { TableCell } from '@tiptap/extension-table/cell'
import { TableHeader } from '@tiptap/extension-table/header'
import { TableRow } from '@tiptap/extension-table/row'
import { Text } from '@tiptap/extension-text'
import { Plugin } from '@tiptap/pm/state'
import { CellSelection } from '@tiptap/pm/tables'
import type { EditorView } from '@tiptap/pm/view'
import { changeMarks, footnoteMark, nodeNames, proposalAttribute } from '@xiewen/shared/documents'
import { colourOf } from '../person-colours.ts'
import { authorOfId } from './track-changes.ts'

/** Names of the blocks that hold one line of text and have no attributes. */
export const lineNodes = [
  nodeNames.title, nodeNames['title-note'], nodeNames.recipients, nodeNames.chapter, nodeNames.section, nodeNames.article, nodeNames.item, nodeNames.subitem, nodeNames['attachment-note'], nodeNames.signature, nodeNames.date, nodeNames.note, nodeNames['annex-title'],
] as const

const continuesAttribute = {
  default: null,
  parseHTML: (element: HTMLElement) => (element.hasAttribute('data-continues') ? true : null),
  renderHTML: ({ continues }: Record<string, unknown>) => (continues ? { 'data-continues': '' } : {}),
}

function lineNode(name: string): Node {
  return Node.create({
    name,
    group: 'block',
    content: 'inline*',
    defining: true,
    // A 项 may go on from the last one across a 款.
    ...(name === nodeNames.item ? { addAttributes: () => ({ continues: continuesAttribute }) } : {}),
    parseHTML: () => [{ tag: `div[data-block="${name}"]` }],
    renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-block': name, class: `block-${name}` }), 0],
  })
}

/** 层次标题. Numbers are shown by decoration and never part of the text. */
const heading = Node.create({
  name: nodeNames.heading,
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({
    level: { default: 1, parseHTML: (element) => Number(element.getAttribute('data-level') ?? element.tagName.slice(1)) || 1, renderHTML: ({ level }) => ({ 'data-level': level }) },
    continues: continuesAttribute,
  }),
  parseHTML: () => [{ tag: 'div[data-block="heading"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-block': 'heading', class: 'block-heading' }), 0],
})

function numberAttribute(name: string): { default: number; parseHTML: (element: HTMLElement) => number; renderHTML: (attributes: Record<string, unknown>) => Record<string, unknown> } {
  return { default: 0, parseHTML: (element) => Number(element.getAttribute(`data-${name}`)) || 0, renderHTML: (attributes) => ({ [`data-${name}`]: attributes[name] }) }
}

/** 图 with its caption; the picture itself is a file of the document. */
export const figure = Node.create({
  name: nodeNames.figure,
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({
    digest: { default: '', parseHTML: (element) => element.getAttribute('data-digest') ?? '', renderHTML: ({ digest }) => ({ 'data-digest': digest }) },
    widthPx: numberAttribute('widthPx'),
    heightPx: numberAttribute('heightPx'),
    widthMm: numberAttribute('widthMm'),
  }),
  parseHTML: () => [{ tag: 'figure[data-block="figure"]' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', mergeAttributes(HTMLAttributes, { 'data-block': 'figure', class: 'block-figure' }), 0],
})

/** 脚注: its text belongs to the stretch it hangs on. */
const footnote = Mark.create({
  name: footnoteMark,
  inclusive: false,
  addAttributes: () => ({ text: { default: '', parseHTML: (element) => element.getAttribute('data-footnote') ?? '', renderHTML: ({ text }) => ({ 'data-footnote': text, title: text }) } }),
  parseHTML: () => [{ tag: 'span[data-footnote]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'footnote' }), 0],
})

/** A wide table stands on pages of its own, turned by a quarter. */
const table = Table.extend({
  addProseMirrorPlugins() {
    return [...(this.parent?.() ?? []), new Plugin({ props: { handleDOMEvents: { dragstart: keepCells } } })]
  },
  addAttributes() {
    return { ...this.parent?.(), landscape: { default: null, parseHTML: (element) => (element.hasAttribute('data-landscape') ? true : null), renderHTML: ({ landscape }) => (landscape ? { 'data-landscape': '' } : {}) } }
  },
})

/** Cells are chosen by dragging the mouse over them. Where the press began on chosen cells the browser would carry them off instead
 * and drop them into the middle of another row. */
function keepCells(view: EditorView, event: DragEvent): boolean {
  if (!(view.state.selection instanceof CellSelection)) return false
  event.preventDefault()
  // The table's own way of choosing cells would end at this event, which never became a carrying off.
  event.stopPropagation()
  return true
}

function changeMark(name: string, tag: 'ins' | 'del'): Mark {
  return Mark.create({
    name,
    inclusive: false,
    addAttributes: () => ({ id: { default: '', parseHTML: (element) => element.getAttribute('data-change') ?? '', renderHTML: ({ id }) => ({ 'data-change': id, style: `--by: ${colourOf(authorOfId(String(id)))}` }) } }),
    parseHTML: () => [{ tag: `${tag}[data-change]` }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })
}

/** A change of boldness that waits; `bold` says how the letters were. */
const formatChange = Mark.create({
  name: changeMarks.format,
  inclusive: false,
  addAttributes: () => ({
    id: { default: '', parseHTML: (element) => element.getAttribute('data-format-change') ?? '', renderHTML: ({ id }) => ({ 'data-format-change': id }) },
    bold: { default: false, parseHTML: (element) => element.getAttribute('data-was-bold') === 'true', renderHTML: ({ bold }) => ({ 'data-was-bold': String(bold) }) },
  }),
  parseHTML: () => [{ tag: 'span[data-format-change]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'format-change' }), 0],
})

/** What a block is proposed to become, see `proposalAttribute`. Shown by decoration, never pasted. */
const proposals = Extension.create({
  name: 'proposals',
  addGlobalAttributes: () => [
    { types: [nodeNames.paragraph, nodeNames.heading, ...lineNodes], attributes: { [proposalAttribute]: { default: null, parseHTML: () => null, renderHTML: () => ({}) } } },
  ],
})

/** Everything the schema is made of. */
export const schemaExtensions = [
  Document.extend({ content: 'block+' }),
  Paragraph,
  Text,
  Bold,
  heading,
  ...lineNodes.map((name) => lineNode(name)),
  figure,
  table.configure({ resizable: false }),
  TableRow,
  TableHeader.extend({ content: 'paragraph+' }),
  TableCell.extend({ content: 'paragraph+' }),
  footnote,
  proposals,
  formatChange,
  changeMark(changeMarks.insertion, 'ins'),
  changeMark(changeMarks.deletion, 'del'),
]
