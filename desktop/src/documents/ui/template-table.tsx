import { Extension } from '@tiptap/core'
import { Document } from '@tiptap/extension-document'
import { history, redo, undo } from '@tiptap/pm/history'
import { EditorContent, useEditor } from '@tiptap/react'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { schemaExtensions } from './editor/nodes.ts'
import { nodeOf } from './editor/restore-version.ts'
import { type TableBlock, tableOf } from './editor/table-block.ts'
import { TableTools } from './insert-tools.tsx'

/** Props of `TemplateTable`. */
export interface TemplateTableProps {
  readonly table: TableBlock
  readonly label: string
  readonly disabled: boolean
  readonly onChange: (table: TableBlock) => void
  readonly onDrop: () => void
}

const undoing = Extension.create({
  name: 'tableHistory',
  addProseMirrorPlugins: () => [history()],
  addKeyboardShortcuts() {
    const { editor } = this
    const run = (act: typeof undo) => () => act(editor.state, editor.view.dispatch)
    return { 'Mod-z': run(undo), 'Mod-y': run(redo), 'Shift-Mod-z': run(redo) }
  },
})

const extensions = [Document.extend({ content: 'table' }), ...schemaExtensions.filter(({ name }) => name !== 'doc'), undoing]

/** 表: one table of a template with the very commands the document's editor has; nothing but the table can be in it. */
export function TemplateTable({ table, label, disabled, onChange, onDrop }: TemplateTableProps) {
  const { t } = useWords()
  const now = useRef({ table, onChange })
  now.current.onChange = onChange
  const editor = useEditor(
    {
      extensions,
      editable: !disabled,
      immediatelyRender: true,
      shouldRerenderOnTransaction: false,
      onCreate: ({ editor: made }) => show(made, now.current.table),
      onUpdate: ({ editor: changed }) => {
        const node = changed.state.doc.firstChild
        if (node === null) return
        now.current.table = tableOf(node)
        now.current.onChange(now.current.table)
      },
    },
    [],
  )
  // Lines are moved and taken away beside it: what stands in this place may be another table now.
  useEffect(() => {
    if (table === now.current.table) return
    now.current.table = table
    show(editor, table)
  }, [editor, table])
  useEffect(() => {
    editor.setEditable(!disabled, false)
    editor.view.dom.setAttribute('aria-label', label)
  }, [editor, disabled, label])
  return (
    <div className="template-table">
      {disabled ? null : (
        <div className="row">
          <TableTools editor={editor} onAct={(act) => () => void act()} onDrop={onDrop} />
          <Button type="text" onClick={() => editor.chain().focus().toggleBold().run()}>
            {t('documents.ui.bold')}
          </Button>
        </div>
      )}
      <EditorContent editor={editor} className="template-table-sheet" />
    </div>
  )
}

/** Puts a table into the editor without a step back to what stood there before, and without telling anybody. */
function show(editor: NonNullable<ReturnType<typeof useEditor>>, table: TableBlock): void {
  const { state } = editor
  editor.view.dispatch(state.tr.replaceWith(0, state.doc.content.size, nodeOf(state.schema, table)).setMeta('addToHistory', false).setMeta('preventUpdate', true))
}
