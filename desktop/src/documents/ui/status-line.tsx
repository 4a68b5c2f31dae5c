import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { changeMarks, countWords } from '@xiewen/shared/documents'
import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { useQuietState } from './use-quiet-state.ts'

/** The line below the text: 字数 as office programs count them, of the text and of what is selected, and the key for help. */
export function StatusLine({ editor, onHelp }: { readonly editor: Editor; readonly onHelp: () => void }) {
  const { t } = useWords()
  const count = useQuietState(editor, (each) => countWords(visibleText(each, 0, each.state.doc.content.size)), null)
  const selected = useEditorState({
    editor,
    selector: ({ editor: each }) => {
      const { from, to, empty } = each.state.selection
      // A whole long text is counted once above; counting it again for every move of the mouse would be felt.
      return empty || to - from > 20_000 ? 0 : countWords(visibleText(each, from, to)).words
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

/** The text as it reads with pending deletions left out. */
function visibleText(editor: Editor, from: number, to: number): string {
  const parts: string[] = []
  editor.state.doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock && parts.length > 0) parts.push('\n')
    if (!node.isText || node.marks.some((mark) => mark.type.name === changeMarks.deletion)) return
    parts.push((node.text ?? '').slice(Math.max(0, from - position), to - position))
  })
  return parts.join('')
}
