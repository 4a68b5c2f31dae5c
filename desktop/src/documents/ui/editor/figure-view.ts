/** Figures (图) on screen: the picture over its caption. A picture is a file of the document, named by its digest. */
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { typeArea } from '@xiewen/shared/documents'
import { figure } from './nodes.ts'

/** Options: where the bytes of a picture are, null when the document has no such file; and what to say then. */
export interface FigureOptions {
  readonly addressOf: (digest: string) => string | null
  readonly brokenWords: () => string
}

/** The figure with its view. */
export const Figure = figure.extend<FigureOptions>({
  addOptions: () => ({ addressOf: () => null, brokenWords: () => '' }),
  addNodeView() {
    const { options } = this
    return ({ node }) => {
      const dom = document.createElement('figure')
      dom.className = 'block-figure'
      const image = document.createElement('img')
      const broken = document.createElement('p')
      broken.className = 'figure-broken'
      broken.hidden = true
      const contentDOM = document.createElement('figcaption')
      for (const part of [image, broken]) part.contentEditable = 'false'
      dom.append(image, broken, contentDOM)
      image.onerror = () => {
        image.hidden = true
        broken.hidden = false
        broken.textContent = options.brokenWords()
      }
      const show = (shown: Node): void => {
        const address = options.addressOf(String(shown.attrs['digest']))
        image.style.width = `${(Math.min(typeArea.width, Number(shown.attrs['widthMm']) || typeArea.width) / typeArea.width) * 100}%`
        image.alt = shown.textContent
        if (address === null) return void image.onerror?.(new Event('error'))
        if (image.getAttribute('src') !== address) {
          image.hidden = false
          broken.hidden = true
          image.src = address
        }
      }
      show(node)
      return {
        dom,
        contentDOM,
        update: (next) => {
          if (next.type !== node.type) return false
          show(next)
          return true
        },
        ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      }
    }
  },
})

/** Largest picture (bytes) and what kinds there are. */
export const pictureLimits = { bytes: 20 * 1024 * 1024, sidePx: 20_000, types: ['image/png', 'image/jpeg'] } as const

/** Puts a figure behind the block at the cursor. `widthMm` is at most the width of the type area (156 mm). */
export function insertFigure(editor: Editor, image: { readonly digest: string; readonly widthPx: number; readonly heightPx: number; readonly widthMm: number }): void {
  const { $from } = editor.state.selection
  const type = editor.schema.nodes['figure']
  if (!type) return
  const after = $from.depth === 0 ? editor.state.doc.content.size : $from.after(1)
  editor.view.dispatch(editor.state.tr.insert(after, type.create(image)).scrollIntoView())
  editor.commands.setTextSelection(after + 1)
}
