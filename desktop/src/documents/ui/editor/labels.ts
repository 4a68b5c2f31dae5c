/** Shows derived numbers (一、 （一） 附件1 …) in front of blocks. They are attributes for the style sheet, not text. */
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { type Block, blockKinds, deriveLabels, nodeNames } from '@xiewen/shared/documents'

const kindByName = new Map<string, Block['kind']>(blockKinds.map((kind) => [nodeNames[kind], kind]))

/** The kind of block a node is. */
export function kindOfNode(node: Node): Block['kind'] {
  return kindByName.get(node.type.name) ?? 'paragraph'
}

/** The structure of the text without its words: enough for numbering. */
export function skeletonOf(doc: Node): readonly Block[] {
  const blocks: Block[] = []
  doc.forEach((node) => {
    const kind = kindOfNode(node)
    if (kind === 'heading') blocks.push({ kind, level: levelOf(node), ...(node.attrs['continues'] === true ? { continues: true } : {}), runs: [] })
    else if (kind === 'table') blocks.push({ kind, rows: [] })
    // Pictures carry no number: for numbering they are paragraphs.
    else blocks.push({ kind: kind === 'figure' ? 'paragraph' : kind, runs: [] })
  })
  return blocks
}

/** The level of a heading node, 1 to 4. */
export function levelOf(node: Node): 1 | 2 | 3 | 4 {
  const level: unknown = node.attrs['level']
  return level === 2 || level === 3 || level === 4 ? level : 1
}

function decorate(state: EditorState): DecorationSet {
  const labels = deriveLabels(skeletonOf(state.doc))
  const found: Decoration[] = []
  state.doc.forEach((node, offset, index) => {
    const attrs: Record<string, string> = {}
    const label = labels[index] ?? ''
    if (label !== '') attrs['data-label'] = label
    if (node.isTextblock && node.content.size === 0) attrs['data-empty'] = ''
    if (Object.keys(attrs).length > 0) found.push(Decoration.node(offset, offset + node.nodeSize, attrs))
  })
  return DecorationSet.create(state.doc, found)
}

const key = new PluginKey<DecorationSet>('labels')

/** The extension; recomputes when the text changes. */
export const Labels = Extension.create({
  name: 'labels',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: { init: (_config, state) => decorate(state), apply: (tr, old, _before, state) => (tr.docChanged ? decorate(state) : old) },
      props: { decorations: (state) => key.getState(state) ?? null },
    }),
  ],
})
