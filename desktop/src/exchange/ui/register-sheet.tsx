import { type CivilDate, civilDateSchema } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import { exchangeContract, formatRegisterNumber, type Handling, handlings, type ReceiptView } from '@xiewen/shared/exchange'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DateField, Field, PostPicker, tellDone } from '../../platform/kit/index.ts'

interface Props {
  readonly receipt: ReceiptView
  readonly reload: () => void
  readonly onClose: () => void
}

/** 登记: 办件 or 阅件, until when, and for a 阅件 who reads it. */
export function RegisterSheet({ receipt, reload, onClose }: Props) {
  const { t } = useWords()
  const [handling, setHandling] = useState<Handling>('handle')
  const [chosen, setChosen] = useState<CivilDate | null>(null)
  const [readers, setReaders] = useState<readonly PostView[]>([])
  const [purpose, setPurpose] = useState('')
  const register = useCommand(exchangeContract.register)
  const usual = civilDateSchema.parse(receipt.usualDueOn[handling])
  const dueOn = chosen ?? usual
  const run = async () => {
    const reading = handling === 'read' ? { readers: readers.map((post) => post.id), purpose } : {}
    const done = await register.run({ receiptId: receipt.id, handling, dueOn, ...reading })
    if (done === null) return
    tellDone(t('exchange.ui.done.registered', { number: formatRegisterNumber(done.registerNumber) }))
    onClose()
    reload()
  }
  return (
    <ConfirmSheet
      open
      title={t('exchange.ui.register-title')}
      confirmLabel={t('exchange.ui.do.register')}
      busy={register.busy}
      disabled={handling === 'read' && readers.length === 0}
      error={register.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Field label={t('exchange.ui.handling')} hint={t(`exchange.ui.handling-hint.${handling}`)}>
        {(control) => (
          <Radio.Group {...control} value={handling} onChange={(event) => setHandling(handlings.find((each) => each === event.target.value) ?? 'handle')}>
            {handlings.map((each) => (
              <Radio key={each} value={each}>
                {t(`exchange.handling.${each}`)}
              </Radio>
            ))}
          </Radio.Group>
        )}
      </Field>
      <Field label={t('exchange.ui.due')} hint={t('exchange.ui.due-hint')}>
        {(control) => <DateField {...control} value={dueOn} onChange={setChosen} />}
      </Field>
      {handling === 'read' ? (
        <>
          <Field required label={t('exchange.ui.readers')}>
            {(control) => <PostPicker {...control} multiple withinUnitId={receipt.organId} value={readers} onChange={setReaders} />}
          </Field>
          <Field label={t('exchange.ui.purpose')} hint={t('exchange.ui.purpose-hint')}>
            {(control) => <Input {...control} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
          </Field>
        </>
      ) : null}
    </ConfirmSheet>
  )
}
