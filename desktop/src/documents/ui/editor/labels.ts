/** Shows derived numbers (一、 （一） 附件1 …) in front of blocks. They are attributes for the style sheet, not text. */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { type Block, blockKinds, deriveLabels, nodeNames, parseProposal, proposalAttribute, type TextBlockKind } from '@xiewen/shared/documents'

const kindByName = new Map<string, Block['kind']>(blockKinds.map((kind) => [nodeNames[kind], kind]))

/** The kind of block a node is. */
export function kindOfNode(node: Node): Block['kind'] {
  return kindByName.get(node.type.name) ?? 'paragraph'
}

/** The kind a node name stands for, or null when it is no line of text. */
export function kindOfName(name: string): TextBlockKind | null {
  const kind = kindByName.get(name)
  return kind === undefined || kind === 'table' || kind === 'figure' ? null : kind
}

/** What a block is, its pending proposal counted as accepted. */
export function shapeOfNode(node: Node): { readonly name: string; readonly level: 0 | 1 | 2 | 3 | 4; readonly isProposed: boolean } {
  const proposal = parseProposal(node.attrs[proposalAttribute])
  if (proposal !== null) return { name: nodeNames[proposal.kind], level: proposal.level, isProposed: true }
  return { name: node.type.name, level: node.type.name === nodeNames.heading ? levelOf(node) : 0, isProposed: false }
}

/** The structure of the text without its words: enough for numbering. */
export function skeletonOf(doc: Node): readonly Block[] {
  const blocks: Block[] = []
  doc.forEach((node) => {
    const shape = shapeOfNode(node)
    const kind = kindByName.get(shape.name) ?? 'paragraph'
    if (kind === 'heading') blocks.push({ kind, level: shape.level === 0 ? 1 : shape.level, ...(node.attrs['continues'] === true ? { continues: true } : {}), runs: [] })
    else if (kind === 'table') blocks.push({ kind, rows: [] })
    // Pictures carry no number: for numbering they are paragraphs.
    else if (kind === 'item') blocks.push({ kind, ...(node.attrs['continues'] === true ? { continues: true } : {}), runs: [] })
    else blocks.push({ kind: kind === 'figure' ? 'paragraph' : kind, runs: [] })
  })
  return blocks
}

/** The level of a heading node, 1 to 4. */
export function levelOf(node: Node): 1 | 2 | 3 | 4 {
  const level: unknown = node.attrs['level']
  return level === 2 || level === 3 || level === 4 ? level : 1
}

interface Shown {
  /** What decides labels, one entry a block; numbers need not be worked out again while it stays the same. */
  readonly keys: readonly string[]
  readonly drawn: DecorationSet
  readonly count: number
}

function keysOf(doc: Node): readonly string[] {
  const keys: string[] = []
  doc.forEach((node) => {
    const isEmpty = node.isTextblock && node.content.size === 0
    keys.push(`${node.type.name} ${node.attrs['level'] ?? ''} ${node.attrs[proposalAttribute] ?? ''} ${node.attrs['continues'] === true} ${isEmpty}`)
  })
  return keys
}

function decorate(doc: Node, keys: readonly string[]): Shown {
  const labels = deriveLabels(skeletonOf(doc))
  const found: Decoration[] = []
  doc.forEach((node, offset, index) => {
    const attrs: Record<string, string> = {}
    const label = labels[index] ?? ''
    const shape = shapeOfNode(node)
    if (shape.isProposed) Object.assign(attrs, { class: `proposed block-${shape.name === nodeNames.paragraph ? 'plain' : shape.name}`, 'data-level': String(shape.level) })
    if (label !== '') attrs['data-label'] = label
    if (node.isTextblock && node.content.size === 0) attrs['data-empty'] = ''
    if (Object.keys(attrs).length > 0) found.push(Decoration.node(offset, offset + node.nodeSize, attrs))
  })
  return { keys, drawn: DecorationSet.create(doc, found), count: found.length }
}

function follow(tr: Transaction, old: Shown): Shown {
  const keys = keysOf(tr.doc)
  if (keys.length === old.keys.length && keys.every((each, index) => each === old.keys[index])) {
    const drawn = old.drawn.map(tr.mapping, tr.doc)
    // A block that was replaced whole has lost its label on the way.
    if (drawn.find().length === old.count) return { keys, drawn, count: old.count }
  }
  return decorate(tr.doc, keys)
}

const key = new PluginKey<Shown>('labels')

/** The extension; numbers are worked out again when blocks come, go or change, not for every letter. */
export const Labels = Extension.create({
  name: 'labels',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: { init: (_config, state) => decorate(state.doc, keysOf(state.doc)), apply: (tr, old) => (tr.docChanged ? follow(tr, old) : old) },
      props: { decorations: (state) => key.getState(state)?.drawn ?? null },
    }),
  ],
})
