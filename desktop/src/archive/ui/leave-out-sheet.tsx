import { archiveContract, type PendingRow } from '@xiewen/shared/archive'
import { Input } from 'antd'
import { useState } from 'react'
import { refreshQueries, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'

/** 不归档, with the reason. */
export function LeaveOutSheet({ row, onClose }: { readonly row: PendingRow; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const leaveOut = useCommand(archiveContract.leaveOut)
  const confirm = async () => {
    if ((await leaveOut.run({ documentId: row.documentId, reason })) === null) return
    refreshQueries(archiveContract.pending)
    tellDone(t('archive.ui.left-out'))
    onClose()
  }
  return (
    <ConfirmSheet
      open
      title={t('archive.ui.leave-out-title')}
      confirmLabel={t('archive.ui.leave-out')}
      disabled={reason.trim() === ''}
      busy={leaveOut.busy}
      error={leaveOut.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{row.title}</p>
      <Field label={t('archive.ui.column.reason')} hint={t('archive.ui.leave-out-hint')} required>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}
