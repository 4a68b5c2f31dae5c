import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { useEditorState } from '@tiptap/react'
import { changeMarks, countWords, type WordCount } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { useQuietState } from './use-quiet-state.ts'

/** The line below the text: 字数 as office programs count them, of the text and of what is selected, and the key for help. */
export function StatusLine({ editor, onHelp }: { readonly editor: Editor; readonly onHelp: () => void }) {
  const { t } = useWords()
  const count = useQuietState(editor, (each) => countBlocks(each.state.doc), null)
  const selected = useEditorState({
    editor,
    selector: ({ editor: each }) => {
      const { from, to, empty } = each.state.selection
      // A whole long text is counted once above; counting it again for every move of the mouse would be felt.
      return empty || to - from > 20_000 ? 0 : countWords(visibleText(each.state.doc, from, to)).words
    },
  })
  return (
    <footer className="status-line row small">
      {count === null ? null : <span title={t('documents.ui.count.more', { characters: count.characters, spaces: count.withSpaces, paragraphs: count.paragraphs })}>{t('documents.ui.count.words', { count: count.words })}</span>}
      {selected === 0 ? null : <span>{t('documents.ui.count.selected', { count: selected })}</span>}
      <span className="grow" />
      <Button size="small" type="text" onClick={onHelp}>
        {t('documents.ui.keys')}
      </Button>
    </footer>
  )
}

/** Counts of blocks that still stand as they were counted: a key changes one of a thousand. */
const counted = new WeakMap<Node, WordCount>()

/** No word goes on from one block to the next, so that the counts of the blocks add up. */
function countBlocks(doc: Node): WordCount {
  const sum = { words: 0, characters: 0, withSpaces: 0, paragraphs: 0 }
  doc.forEach((block) => {
    const count = counted.get(block) ?? countWords(visibleText(block, 0, block.content.size))
    counted.set(block, count)
    sum.words += count.words
    sum.characters += count.characters
    sum.withSpaces += count.withSpaces
    sum.paragraphs += count.paragraphs
  })
  return sum
}

/** The text as it reads with pending deletions left out. */
function visibleText(node: Node, from: number, to: number): string {
  const parts: string[] = []
  node.nodesBetween(from, to, (child, position) => {
    if (child.isTextblock && parts.length > 0) parts.push('\n')
    if (!child.isText || child.marks.some((mark) => mark.type.name === changeMarks.deletion)) return
    parts.push((child.text ?? '').slice(Math.max(0, from - position), to - position))
  })
  return parts.join('')
}
