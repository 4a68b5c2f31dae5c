import type { Editor } from '@tiptap/core'
import { documentsContract, footnoteMark, nodeNames, typeArea } from '@xiewen/shared/documents'
import { Button, Dropdown, Input } from 'antd'
import { useRef, useState } from 'react'
import { call, type CallError, isCallError, upload } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import { insertFigure, pictureLimits } from './editor/figure-view.ts'
import type { Desk } from './workbench-model.ts'

/** 插入: table, figure, footnote. */
export function InsertTools({ desk, editor, onStructureRefused }: { readonly desk: Desk; readonly editor: Editor; readonly onStructureRefused: () => void }) {
  const { t } = useWords()
  const picker = useRef<HTMLInputElement>(null)
  const [noting, setNoting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [error, setError] = useState<CallError | null>(null)
  const structure = (act: () => unknown) => () => {
    if (desk.mode === 'revise') onStructureRefused()
    else act()
  }
  const insert = async (file: File) => {
    setError(null)
    setProblem(null)
    const size = await sizeOf(file)
    if (size === null) return setProblem(t('documents.ui.figure.unreadable', { name: file.name }))
    if (file.size > pictureLimits.bytes) return setProblem(t('documents.ui.figure.too-large', { limit: pictureLimits.bytes / 1024 / 1024 }))
    try {
      const { attachmentId } = await upload(documentsContract.addAttachment, { documentId: desk.opened.document.id, fileName: file.name.slice(0, 200) }, file)
      const { attachments } = await call(documentsContract.open, { documentId: desk.opened.document.id })
      const stored = attachments.find((each) => each.id === attachmentId)
      if (stored === undefined) return
      desk.reload()
      // 96 dots an inch, as pictures of screens have; never wider than the type area.
      insertFigure(editor, { digest: stored.digest, ...size, widthMm: Math.max(20, Math.min(typeArea.width, Math.round((size.widthPx / 96) * 25.4))) })
    } catch (cause) {
      if (!isCallError(cause)) throw cause
      setError(cause)
    }
  }
  const items = [
    { key: 'table', label: t('documents.block.table'), onClick: structure(() => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()) },
    { key: 'figure', label: t('documents.block.figure'), onClick: structure(() => picker.current?.click()) },
    { key: 'footnote', label: t('documents.ui.footnote'), onClick: structure(() => setNoting(true)) },
  ]
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text">{t('documents.ui.insert')}</Button>
      </Dropdown>
      <input
        ref={picker}
        type="file"
        hidden
        accept={pictureLimits.types.join(',')}
        aria-label={t('documents.block.figure')}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void insert(file)
        }}
      />
      {problem === null ? null : <Notice kind="warning">{problem}</Notice>}
      <RefusalNotice error={error} />
      {noting ? <FootnoteSheet editor={editor} onClose={() => setNoting(false)} /> : null}
    </>
  )
}

/** The size of a picture, or null when it is none that a page can show. */
async function sizeOf(file: File): Promise<{ readonly widthPx: number; readonly heightPx: number } | null> {
  if (!pictureLimits.types.some((type) => type === file.type)) return null
  try {
    const bitmap = await createImageBitmap(file)
    const { width: widthPx, height: heightPx } = bitmap
    bitmap.close()
    return widthPx > pictureLimits.sidePx || heightPx > pictureLimits.sidePx ? null : { widthPx, heightPx }
  } catch {
    // The browser could not read it: broken, or something else under a picture's name.
    return null
  }
}

function FootnoteSheet({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const { t } = useWords()
  const attributes = editor.getAttributes(footnoteMark)
  const [text, setText] = useState(typeof attributes['text'] === 'string' ? attributes['text'] : '')
  const isEmpty = editor.state.selection.empty && text === ''
  const put = () => {
    const chain = editor.chain().focus()
    if (text.trim() === '') chain.extendMarkRange(footnoteMark).unsetMark(footnoteMark).run()
    else if (editor.isActive(footnoteMark)) chain.extendMarkRange(footnoteMark).setMark(footnoteMark, { text: text.trim() }).run()
    else chain.setMark(footnoteMark, { text: text.trim() }).run()
    onClose()
  }
  return (
    <ConfirmSheet open title={t('documents.ui.footnote')} confirmLabel={t('documents.ui.footnote.put')} disabled={editor.state.selection.empty && !editor.isActive(footnoteMark)} onConfirm={put} onClose={onClose}>
      {isEmpty ? <Notice>{t('documents.ui.footnote.select')}</Notice> : null}
      <Field label={t('documents.ui.footnote.text')} hint={t('documents.ui.footnote.hint')}>
        {(control) => <Input.TextArea {...control} autoFocus value={text} maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => setText(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}

/** Acts on the table the cursor stands in. `onDrop` takes it away where it is not the editor's to delete. */
export function TableTools({ editor, onAct, onDrop }: { readonly editor: Editor; readonly onAct: (act: () => unknown) => () => void; readonly onDrop?: () => void }) {
  const { t } = useWords()
  const run = (key: string, act: () => unknown) => ({ key, label: t(`documents.ui.table.${key}`), onClick: onAct(act) })
  const items = [
    run('row-before', () => editor.chain().focus().addRowBefore().run()),
    run('row', () => editor.chain().focus().addRowAfter().run()),
    run('column-before', () => editor.chain().focus().addColumnBefore().run()),
    run('column', () => editor.chain().focus().addColumnAfter().run()),
    { type: 'divider' as const },
    run('merge', () => editor.chain().focus().mergeCells().run()),
    run('split', () => editor.chain().focus().splitCell().run()),
    run('header', () => editor.chain().focus().toggleHeaderRow().run()),
    run('landscape', () => editor.chain().focus().updateAttributes('table', { landscape: editor.getAttributes('table')['landscape'] === true ? null : true }).run()),
    { type: 'divider' as const },
    run('drop-row', () => editor.chain().focus().deleteRow().run()),
    run('drop-column', () => editor.chain().focus().deleteColumn().run()),
    run('drop', onDrop ?? (() => editor.chain().focus().deleteTable().run())),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text">{t('documents.ui.table.tools')}</Button>
    </Dropdown>
  )
}

/** Widths a figure is given (mm): the type area, three quarters, half, a third and a quarter of it. */
const figureWidths = [typeArea.width, 117, 78, 52, 39] as const

/** 图宽: how wide the figure the cursor stands in is printed. */
export function FigureTools({ editor, widthMm, onAct }: { readonly editor: Editor; readonly widthMm: number; readonly onAct: (act: () => unknown) => () => void }) {
  const { t } = useWords()
  const items = figureWidths.map((width) => ({
    key: String(width),
    label: t('documents.ui.figure.width', { width }),
    onClick: onAct(() => editor.chain().focus().updateAttributes(nodeNames.figure, { widthMm: width }).run()),
  }))
  return (
    <Dropdown menu={{ items, selectedKeys: [String(widthMm)] }} trigger={['click']}>
      <Button type="text">{t('documents.ui.figure.tools')}</Button>
    </Dropdown>
  )
}
