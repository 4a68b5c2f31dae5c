import { workflowContract } from '@xiewen/shared/workflow'
import { Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field } from '../../platform/kit/index.ts'
import type { ActSheetProps } from './bar-props.ts'

/** 终止: says what follows and asks for a reason. */
export function CancelSheet({ seen, acting, onClose }: ActSheetProps) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  // A received document is no draft: its receivers take it up again.
  const kind = seen.template === 'incoming' ? '-incoming' : ''
  const confirm = async () => {
    const input = { caseId: seen.id, expectedVersion: seen.version, opinion: reason }
    if (await acting.act(workflowContract.cancel, input, t(`workflow.ui.done.cancelled${kind}`))) onClose()
  }
  return (
    <ConfirmSheet
      open
      danger
      title={t('workflow.ui.cancel.title')}
      confirmLabel={t('workflow.ui.cancel')}
      disabled={reason.trim() === ''}
      busy={acting.busy}
      error={acting.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{t(`workflow.ui.cancel.explain${kind}`)}</p>
      <Field label={t('workflow.ui.cancel.reason')} required>
        {(control) => <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
