import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { tellDone } from '../../platform/kit/index.ts'
import { findingOf, goToHit, lookFor, replaceAllHits, replaceHit } from './editor/find-text.ts'

/** 查找和替换: how many there are, from one to the next, one or all replaced. Enter goes on, Shift+Enter back, Escape closes. */
export function FindBar({ editor, replacing, onClose }: { readonly editor: Editor; readonly replacing: boolean; readonly onClose: () => void }) {
  const { t } = useWords()
  const { from, to } = editor.state.selection
  const [words, setWords] = useState(() => editor.state.doc.textBetween(from, Math.min(to, from + 60)))
  const [replacement, setReplacement] = useState('')
  const [matchCase, setMatchCase] = useState(false)
  const field = useRef<InputRef>(null)
  const shown = useEditorState({ editor, selector: ({ editor: each }) => ({ count: findingOf(each).hits.length, current: findingOf(each).current }) })
  useEffect(() => lookFor(editor, words, matchCase), [editor, words, matchCase])
  useEffect(() => {
    field.current?.focus({ cursor: 'all' })
    return () => {
      if (!editor.isDestroyed) lookFor(editor, '', false)
    }
  }, [editor])
  const close = () => {
    onClose()
    editor.view.focus()
  }
  const all = () => {
    tellDone(t('documents.ui.finder.replaced', { count: replaceAllHits(editor, replacement) }))
    // The button goes off when nothing is left; the keyboard stays in the bar.
    field.current?.focus()
  }
  return (
    <div
      className="find-bar row"
      role="search"
      aria-label={t('documents.ui.finder')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <Input
        ref={field}
        aria-label={t('documents.ui.finder.words')}
        placeholder={t('documents.ui.finder.words')}
        value={words}
        maxLength={200}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={(event) => goToHit(editor, event.shiftKey ? -1 : 1)}
      />
      <span className="small figures" role="status">
        {words === '' ? '' : t('documents.ui.finder.count', { count: shown.count, current: shown.count === 0 ? 0 : shown.current + 1 })}
      </span>
      <Button size="small" disabled={shown.count === 0} onClick={() => goToHit(editor, -1)}>
        {t('documents.ui.finder.back')}
      </Button>
      <Button size="small" disabled={shown.count === 0} onClick={() => goToHit(editor, 1)}>
        {t('documents.ui.finder.on')}
      </Button>
      <Checkbox checked={matchCase} onChange={(event) => setMatchCase(event.target.checked)}>
        {t('documents.ui.finder.case')}
      </Checkbox>
      {replacing && editor.isEditable ? (
        <>
          <Input aria-label={t('documents.ui.finder.replacement')} placeholder={t('documents.ui.finder.replacement')} value={replacement} maxLength={200} onChange={(event) => setReplacement(event.target.value)} onPressEnter={() => replaceHit(editor, replacement)} />
          <Button size="small" disabled={shown.count === 0} onClick={() => replaceHit(editor, replacement)}>
            {t('documents.ui.finder.replace')}
          </Button>
          <Button size="small" disabled={shown.count === 0} onClick={all}>
            {t('documents.ui.finder.replace-all')}
          </Button>
        </>
      ) : null}
      <span className="grow" />
      <Button size="small" type="text" aria-label={t('ui.close')} onClick={close}>
        ✕
      </Button>
    </div>
  )
}
