/** Pasting: only words come in. Several lines are read like an imported text, so typed numbers become levels. */
import { Extension } from '@tiptap/core'
import { Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin } from '@tiptap/pm/state'
import { type Block, blockText, nodeNames, recogniseText } from '@xiewen/shared/documents'

/** Longest paste (characters). */
const mostCharacters = 400_000

/** The extension. Tables from a sheet or a web page come in as tables, without their looks. */
export const CleanPaste = Extension.create({
  name: 'cleanPaste',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        transformPastedHTML: (html) => html.replaceAll(/<(?:style|script)[\s\S]*?<\/(?:style|script)>/gi, '').replaceAll(/\sdata-(?:change|pm-slice|block)="[^"]*"/gi, ''),
        handlePaste: (view, event) => {
          const data = event.clipboardData
          const text = data?.getData('text/plain') ?? ''
          if (text === '' || /<table/i.test(data?.getData('text/html') ?? '')) return false
          const slice = sliceOf(view.state, text.slice(0, mostCharacters))
          if (!slice) return false
          view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))
          return true
        },
      },
    }),
  ],
})

function sliceOf(state: EditorState, text: string): Slice | null {
  const lines = text.split(/\r?\n/).map((line) => line.replaceAll(/^[\s\u3000]+|[\s\u3000]+$/g, '')).filter((line) => line !== '')
  const [only] = lines
  if (only === undefined) return null
  if (lines.length === 1) return new Slice(Fragment.from(state.schema.text(only)), 0, 0)
  const isBlank = state.doc.textContent.trim() === ''
  const nodes = recogniseText(text).document.blocks.map((block) => nodeOf(state.schema, block, isBlank))
  return new Slice(Fragment.from(nodes), isBlank ? 0 : 1, isBlank ? 0 : 1)
}

/** In a text that has a head already, pasted heads and closings are paragraphs. */
function nodeOf(schema: Schema, block: Block, isBlank: boolean): Node {
  const keeps = isBlank || block.kind === 'heading'
  const type = schema.nodes[keeps && block.kind !== 'table' && block.kind !== 'figure' ? nodeNames[block.kind] : nodeNames.paragraph]
  if (!type) throw new Error('Bug: the schema has no paragraph')
  const text = blockText(block)
  const attrs = block.kind === 'heading' ? { level: block.level, continues: block.continues ?? null } : null
  return type.create(attrs, text === '' ? null : schema.text(text))
}
