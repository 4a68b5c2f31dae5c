import { type CivilDate, civilDateAt, civilDateSchema, instant } from '@xiewen/shared/base'
import { exchangeContract, type ReceiptView } from '@xiewen/shared/exchange'
import { Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, Notice, tellDone } from '../../platform/kit/index.ts'

interface Props {
  readonly receipt: ReceiptView
  readonly reload: () => void
  readonly onClose: () => void
}

/** 重新办理: until when, and what the next one to act should know. Says why the former case was stopped. */
export function ResumeSheet({ receipt, reload, onClose }: Props) {
  const { t, format } = useWords()
  const [chosen, setChosen] = useState<CivilDate | null>(null)
  const [note, setNote] = useState('')
  const resume = useCommand(exchangeContract.resume)
  const [usual] = useState(() => usualLimit(receipt, Date.now()))
  const stopped = receipt.events.findLast((event) => event.act === 'stop')
  const run = async () => {
    if ((await resume.run({ receiptId: receipt.id, dueOn: chosen ?? usual, note })) === null) return
    tellDone(t('exchange.ui.done.resumed'))
    onClose()
    reload()
  }
  return (
    <ConfirmSheet open title={t('exchange.ui.resume-title')} confirmLabel={t('exchange.act.resume')} busy={resume.busy} error={resume.error} onConfirm={() => void run()} onClose={onClose}>
      {stopped ? (
        <Notice kind="info">{t('exchange.ui.stopped-by', { name: stopped.personName, at: format.moment(stopped.at), reason: stopped.detail })}</Notice>
      ) : null}
      <Field label={t('exchange.ui.due')} hint={t('exchange.ui.resume-due-hint')}>
        {(control) => <DateField {...control} value={chosen ?? usual} onChange={setChosen} />}
      </Field>
      <Field label={t('exchange.ui.resume-note')}>
        {(control) => <Input.TextArea {...control} rows={2} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}

/** The limit it had while that is still to come, else the usual one from today. */
function usualLimit(receipt: ReceiptView, nowMs: number): CivilDate {
  return receipt.dueAt !== null && receipt.dueAt >= nowMs ? civilDateAt(instant(receipt.dueAt)) : civilDateSchema.parse(receipt.usualDueOn.handle)
}
