/** The editor's schema: exactly the nodes and marks of `shared/src/documents/ydoc.ts`. */
import { Mark, mergeAttributes, Node } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table } from '@tiptap/extension-table'
import { TableCell } from '@tiptap/extension-table/cell'
import { TableHeader } from '@tiptap/extension-table/header'
import { TableRow } from '@tiptap/extension-table/row'
import { Text } from '@tiptap/extension-text'
import { changeMarks, nodeNames } from '@xiewen/shared/documents'

/** Names of the blocks that hold one line of text and have no attributes. */
export const lineNodes = [
  nodeNames.title, nodeNames.recipients, nodeNames['attachment-note'], nodeNames.signature, nodeNames.date, nodeNames.note, nodeNames['annex-title'],
] as const

function lineNode(name: string): Node {
  return Node.create({
    name,
    group: 'block',
    content: 'inline*',
    defining: true,
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
    continues: { default: null, parseHTML: (element) => (element.hasAttribute('data-continues') ? true : null), renderHTML: ({ continues }) => (continues ? { 'data-continues': '' } : {}) },
  }),
  parseHTML: () => [{ tag: 'div[data-block="heading"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { 'data-block': 'heading', class: 'block-heading' }), 0],
})

function changeMark(name: string, tag: 'ins' | 'del'): Mark {
  return Mark.create({
    name,
    inclusive: false,
    addAttributes: () => ({ id: { default: '', parseHTML: (element) => element.getAttribute('data-change') ?? '', renderHTML: ({ id }) => ({ 'data-change': id }) } }),
    parseHTML: () => [{ tag: `${tag}[data-change]` }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  })
}

/** Everything the schema is made of. */
export const schemaExtensions = [
  Document.extend({ content: 'block+' }),
  Paragraph,
  Text,
  Bold,
  heading,
  ...lineNodes.map((name) => lineNode(name)),
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader.extend({ content: 'paragraph+' }),
  TableCell.extend({ content: 'paragraph+' }),
  changeMark(changeMarks.insertion, 'ins'),
  changeMark(changeMarks.deletion, 'del'),
]
