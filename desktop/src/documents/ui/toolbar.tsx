import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { nodeNames } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { type BlockChoice, chooseBlock, currentBlock, toggleContinues } from './editor/block-commands.ts'
import { levelOf } from './editor/labels.ts'

const headings = ['heading1', 'heading2', 'heading3', 'heading4'] as const
const choices: readonly (readonly [string, BlockChoice])[] = [
  ['paragraph', { name: nodeNames.paragraph }],
  ...headings.map((key, index) => [key, { name: nodeNames.heading, level: asLevel(index + 1) }] as const),
  ['title', { name: nodeNames.title }],
  ['recipients', { name: nodeNames.recipients }],
  ['attachment-note', { name: nodeNames['attachment-note'] }],
  ['signature', { name: nodeNames.signature }],
  ['date', { name: nodeNames.date }],
  ['note', { name: nodeNames.note }],
  ['annex-title', { name: nodeNames['annex-title'] }],
]

function asLevel(value: number): 1 | 2 | 3 | 4 {
  return value === 2 || value === 3 || value === 4 ? value : 1
}

/** What this line is, undo, bold, table: the few things an official document needs. */
export function Toolbar({ editor, isRevising, onStructureRefused }: { readonly editor: Editor | null; readonly isRevising: boolean; readonly onStructureRefused: () => void }) {
  const { t } = useWords()
  const shown = useEditorState({ editor, selector: ({ editor: each }) => (each === null ? null : lookAt(each)) })
  if (editor === null || shown === null || shown === undefined) return <div className="toolbar" />
  const structure = (act: () => unknown) => () => {
    if (isRevising) onStructureRefused()
    else act()
    editor.view.focus()
  }
  return (
    <div className="toolbar" role="toolbar" aria-label={t('documents.ui.toolbar')}>
      <Select
        aria-label={t('documents.ui.block')}
        className="block-choice"
        value={shown.block}
        disabled={shown.block === 'table'}
        popupMatchSelectWidth={false}
        options={[...choices.map(([value]) => ({ value, label: t(`documents.ui.block.${value}`) })), ...(shown.block === 'table' ? [{ value: 'table', label: t('documents.block.table') }] : [])]}
        onChange={(value) => {
          const choice = choices.find(([key]) => key === value)?.[1]
          if (choice) structure(() => chooseBlock(editor, choice))()
        }}
      />
      <Button type="text" disabled={!shown.isHeading} aria-pressed={shown.continues} onClick={structure(() => toggleContinues(editor))} title={t('documents.ui.continues.hint')}>
        {t('documents.ui.continues')}
      </Button>
      <Button type="text" aria-pressed={shown.bold} onClick={() => editor.chain().focus().toggleMark('bold').run()} title="Ctrl+B">
        <b>{t('documents.ui.bold')}</b>
      </Button>
      <Button type="text" onClick={structure(() => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run())}>
        {t('documents.block.table')}
      </Button>
      {shown.block === 'table' ? (
        <>
          <Button type="text" onClick={structure(() => editor.chain().focus().addRowAfter().run())}>{t('documents.ui.table.row')}</Button>
          <Button type="text" onClick={structure(() => editor.chain().focus().addColumnAfter().run())}>{t('documents.ui.table.column')}</Button>
          <Button type="text" onClick={structure(() => editor.chain().focus().deleteRow().run())}>{t('documents.ui.table.drop-row')}</Button>
          <Button type="text" onClick={structure(() => editor.chain().focus().deleteTable().run())}>{t('documents.ui.table.drop')}</Button>
        </>
      ) : null}
      <span className="grow" />
      <Button type="text" onClick={() => editor.commands.undo()} title={t('documents.ui.undo.hint')}>
        {t('documents.ui.undo')}
      </Button>
      <Button type="text" onClick={() => editor.commands.redo()} title={t('documents.ui.redo.hint')}>
        {t('documents.ui.redo')}
      </Button>
    </div>
  )
}

function lookAt(editor: Editor) {
  const block = currentBlock(editor.state)
  const isHeading = block?.node.type.name === nodeNames.heading
  const key = block === null ? 'table' : isHeading ? headings[levelOf(block.node) - 1] : choices.find(([, choice]) => choice.name === block.node.type.name)?.[0]
  return { block: key ?? 'paragraph', isHeading, continues: block?.node.attrs['continues'] === true, bold: editor.isActive('bold') }
}
