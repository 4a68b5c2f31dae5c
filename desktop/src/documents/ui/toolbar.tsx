import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { nodeNames } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { tellDone } from '../../platform/kit/index.ts'
import { type BlockChoice, chooseBlock, currentBlock, mayContinue, toggleContinues } from './editor/block-commands.ts'
import { punctuate, takeFormat } from './editor/comfort.ts'
import { shapeOfNode } from './editor/labels.ts'
import { FigureTools, InsertTools, TableTools } from './insert-tools.tsx'
import type { Desk } from './workbench-model.ts'

const headings = ['heading1', 'heading2', 'heading3', 'heading4'] as const
const choices: readonly (readonly [string, BlockChoice])[] = [
  ['paragraph', { name: nodeNames.paragraph }],
  ...headings.map((key, index) => [key, { name: nodeNames.heading, level: asLevel(index + 1) }] as const),
  ...(['chapter', 'section', 'article', 'item', 'subitem', 'title', 'title-note'] as const).map((key) => [key, { name: nodeNames[key] }] as const),
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

/** Props of `Toolbar`. */
export interface ToolbarProps {
  readonly desk: Desk
  readonly editor: Editor
  readonly isBrushLoaded: boolean
  readonly onBrush: (isLoaded: boolean) => void
  readonly onFind: (replacing: boolean) => void
  readonly onStructureRefused: () => void
  /** Whether the pages are shown beside the text. */
  readonly hasPages: boolean
  readonly onPages: () => void
}

/** What this line is, bold, painter, insert, table, comment, marks, find, undo: what an official document needs and no more. */
export function Toolbar({ desk, editor, isBrushLoaded, onBrush, onFind, onStructureRefused, hasPages, onPages }: ToolbarProps) {
  const { t } = useWords()
  const shown = useEditorState({ editor, selector: ({ editor: each }) => lookAt(each) })
  const structure = (act: () => unknown) => () => {
    if (desk.mode === 'revise') onStructureRefused()
    else act()
    editor.view.focus()
  }
  const marks = () => tellDone(t('documents.ui.punctuate.done', { count: punctuate(editor) }))
  return (
    <div className="toolbar" role="toolbar" aria-label={t('documents.ui.toolbar')}>
      <Select
        aria-label={t('documents.ui.block')}
        className="block-choice"
        value={shown.block}
        disabled={shown.block === 'table' || shown.block === 'figure'}
        popupMatchSelectWidth={false}
        options={[...choices.map(([value]) => ({ value, label: t(`documents.ui.block.${value}`) })), ...(shown.block === 'table' || shown.block === 'figure' ? [{ value: shown.block, label: t(`documents.block.${shown.block}`) }] : [])]}
        onChange={(value) => {
          const choice = choices.find(([key]) => key === value)?.[1]
          if (choice) chooseBlock(editor, choice)
          editor.view.focus()
        }}
      />
      {/* Where numbers cannot go on there is a tool of that place: the line of tools stays one line, and the text below stays where
          it is when the caret enters a table. */}
      {shown.block === 'table' ? <TableTools editor={editor} onAct={structure} /> : shown.block === 'figure' ? <FigureTools editor={editor} widthMm={shown.widthMm} onAct={structure} /> : (
        <Button type="text" disabled={!shown.mayContinue} aria-pressed={shown.continues} onClick={structure(() => toggleContinues(editor))} title={t('documents.ui.continues.hint')}>
          {t('documents.ui.continues')}
        </Button>
      )}
      <Button type="text" aria-pressed={shown.bold} onClick={() => editor.chain().focus().toggleMark('bold').run()} title="Ctrl+B">
        <b>{t('documents.ui.bold')}</b>
      </Button>
      <Button type="text" aria-pressed={isBrushLoaded} onMouseDown={(event) => event.preventDefault()} onClick={() => takeFormat(editor, onBrush)} title={t('documents.ui.brush.hint')}>
        {t('documents.ui.brush')}
      </Button>
      <InsertTools desk={desk} editor={editor} onStructureRefused={onStructureRefused} />
      <Button type="text" onMouseDown={(event) => event.preventDefault()} onClick={desk.comments.begin} title="Ctrl+Alt+M">
        {t('documents.ui.panel.comments')}
      </Button>
      <Button type="text" onMouseDown={(event) => event.preventDefault()} onClick={marks} title={t('documents.ui.punctuate.hint')}>
        {t('documents.ui.punctuate')}
      </Button>
      <span className="grow" />
      <Button type="text" className="pages-toggle" aria-pressed={hasPages} onMouseDown={(event) => event.preventDefault()} onClick={onPages} title={t('documents.ui.pages.hint')}>
        {t('documents.ui.pages')}
      </Button>
      <Button type="text" onClick={() => onFind(true)} title="Ctrl+F / Ctrl+H">
        {t('documents.ui.finder')}
      </Button>
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
  const shape = block === null ? null : shapeOfNode(block.node)
  const key = block === null ? 'table' : shape?.name === nodeNames.heading ? headings[(shape.level || 1) - 1] : shape?.name === nodeNames.figure ? 'figure' : choices.find(([, choice]) => choice.name === shape?.name)?.[0]
  return { block: key ?? 'paragraph', mayContinue: block !== null && mayContinue(block.node), continues: block?.node.attrs['continues'] === true, bold: editor.isActive('bold'), widthMm: Number(block?.node.attrs['widthMm'] ?? 0) }
}
