import { auditContract } from '@xiewen/shared/base'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, tellDone } from '../../platform/kit/index.ts'

/** 导出留存: takes the ledger out as a file. The act is recorded first; then the file opens. */
export function TakeOutLedger({ onTaken }: { readonly onTaken: () => void }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('directory.ui.audit.export')}</Button>
      {open ? <TakeOutSheet onTaken={onTaken} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function TakeOutSheet({ onTaken, onClose }: { readonly onTaken: () => void; readonly onClose: () => void }) {
  const { t, format } = useWords()
  const take = useCommand(auditContract.takeOut)
  const [fromSeq, setFromSeq] = useState('1')
  const [rest, setRest] = useState<{ readonly most: number; readonly next: number } | null>(null)
  const confirm = async () => {
    const taken = await take.run({ fromSeq: Math.max(1, Number(fromSeq)) })
    if (taken === null) return
    window.location.href = urlOf(auditContract.export, { exportId: taken.exportId })
    tellDone(t('directory.ui.audit.export.done', { rows: format.count(taken.rows), until: taken.untilSeq }))
    onTaken()
    if (taken.nextSeq === null) return onClose()
    setRest({ most: taken.rows, next: taken.nextSeq })
    setFromSeq(String(taken.nextSeq))
  }
  return (
    <ConfirmSheet open title={t('directory.ui.audit.export')} confirmLabel={t('directory.ui.audit.export.save')} busy={take.busy} error={take.error} onConfirm={() => void confirm()} onClose={onClose}>
      {rest === null ? null : <Notice>{t('directory.ui.audit.export.more', rest)}</Notice>}
      <Field label={t('directory.ui.audit.export.from')}>{(control) => <Input {...control} inputMode="numeric" maxLength={12} value={fromSeq} onChange={(event) => setFromSeq(event.target.value.replaceAll(/\D/g, ''))} />}</Field>
      <p className="soft small">{t('directory.ui.audit.export.recorded')}</p>
    </ConfirmSheet>
  )
}
