import { supervisionContract } from '@xiewen/shared/supervision'
import { Input } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'

/** 手工立项: a leader's instruction or another matter without a document here. */
export function CreateSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const create = useCommand(supervisionContract.create)
  const [title, setTitle] = useState('')
  const [label, setLabel] = useState('')
  const [quote, setQuote] = useState('')
  const [task, setTask] = useState('')
  const save = async () => {
    const made = await create.run({ source: { kind: 'instruction', documentId: null, block: null, label, quote }, title, task })
    if (made === null) return
    refreshQueries(supervisionContract.ledger)
    onClose()
    navigate(`/supervision/${made.assignmentId}`)
  }
  return (
    <ConfirmSheet
      open
      title={t('supervision.ui.create')}
      confirmLabel={t('supervision.ui.create.confirm')}
      busy={create.busy}
      disabled={title.trim() === '' || label.trim() === ''}
      error={create.error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <Field label={t('supervision.ui.field.title')} required>
        {(control) => <Input {...control} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label={t('supervision.ui.field.source')} hint={t('supervision.ui.field.source-hint')} required>
        {(control) => <Input {...control} maxLength={200} value={label} onChange={(event) => setLabel(event.target.value)} />}
      </Field>
      <Field label={t('supervision.ui.field.quote')}>
        {(control) => <Input.TextArea {...control} rows={3} maxLength={8000} value={quote} onChange={(event) => setQuote(event.target.value)} />}
      </Field>
      <Field label={t('supervision.ui.field.task')}>
        {(control) => <Input.TextArea {...control} rows={3} maxLength={8000} value={task} onChange={(event) => setTask(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
