import type { OutputOf } from '@xiewen/shared/base'
import { type DocumentId, urgencies } from '@xiewen/shared/documents'
import { type Candidate, exchangeContract, type ReceiverRole, receiverRoles, usualSignDays } from '@xiewen/shared/exchange'
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, tellDone } from '../../platform/kit/index.ts'

interface Props {
  readonly documentId: DocumentId
  readonly given: OutputOf<typeof exchangeContract.candidates>
  readonly onSent: () => void
  readonly onClose: () => void
}

interface Choice {
  readonly role: ReceiverRole
  readonly copies: number
}

/** 分发: the organs named in the document are ticked; urgency, deadline and a note go with it. */
export function SendSheet({ documentId, given, onSent, onClose }: Props) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choice>>(() => preselected(given.candidates))
  const [urgency, setUrgency] = useState(given.urgency)
  const [days, setDays] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const send = useCommand(exchangeContract.send)
  const receivers = given.candidates.flatMap((each) => {
    const choice = chosen.get(each.organId)
    return choice ? [{ organId: each.organId, ...choice }] : []
  })
  const run = async () => {
    const done = await send.run({ documentId, receivers, urgency, signWithinDays: days ?? usualSignDays(urgency), note })
    if (done === null) return
    tellDone(t('exchange.ui.done.sent', { count: done.receipts.length }))
    onClose()
    onSent()
  }
  const change = (organId: string, choice: Choice | null) => {
    const next = new Map(chosen)
    if (choice) next.set(organId, choice)
    else next.delete(organId)
    setChosen(next)
  }
  return (
    <ConfirmSheet
      open
      title={t('exchange.ui.send')}
      confirmLabel={t('exchange.ui.send-to', { count: receivers.length })}
      busy={send.busy}
      disabled={receivers.length === 0}
      error={send.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <fieldset className="send-organs">
        <legend>{t('exchange.ui.receivers')}</legend>
        {given.candidates.map((each) => (
          <OrganLine key={each.organId} organ={each} choice={chosen.get(each.organId) ?? null} onChange={(choice) => change(each.organId, choice)} />
        ))}
      </fieldset>
      <Field label={t('exchange.ui.urgency')}>
        {(control) => <Select {...control} value={urgency} onChange={setUrgency} options={urgencies.map((value) => ({ value, label: t(`exchange.ui.urgency.${value}`) }))} />}
      </Field>
      <Field label={t('exchange.ui.sign-within')} hint={t('exchange.ui.sign-within-hint')}>
        {(control) => <InputNumber {...control} min={0} max={30} precision={0} value={days ?? usualSignDays(urgency)} onChange={(value) => setDays(typeof value === 'number' ? value : null)} />}
      </Field>
      <Field label={t('exchange.ui.note')}>{(control) => <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
    </ConfirmSheet>
  )
}

function preselected(candidates: readonly Candidate[]): ReadonlyMap<string, Choice> {
  const named = candidates.flatMap((each): [string, Choice][] =>
    each.named !== null && each.hasReceiver && each.state === null ? [[each.organId, { role: each.named, copies: 1 }]] : [],
  )
  return new Map(named)
}

interface LineProps {
  readonly organ: Candidate
  readonly choice: Choice | null
  readonly onChange: (choice: Choice | null) => void
}

function OrganLine({ organ, choice, onChange }: LineProps) {
  const { t } = useWords()
  const off = organ.state !== null ? t('exchange.ui.already', { state: t(`exchange.state.${organ.state}`) }) : organ.hasReceiver ? null : t('exchange.ui.no-receiver')
  return (
    <div className="row send-organ">
      <Checkbox checked={choice !== null} disabled={off !== null} onChange={(event) => onChange(event.target.checked ? { role: organ.named ?? 'main', copies: 1 } : null)}>
        {organ.name}
      </Checkbox>
      {off === null ? null : <span className="soft small">{off}</span>}
      {choice === null ? null : (
        <>
          <Select
            size="small"
            aria-label={t('exchange.ui.role-of', { organ: organ.name })}
            value={choice.role}
            onChange={(role) => onChange({ ...choice, role })}
            options={receiverRoles.map((value) => ({ value, label: t(`exchange.role.${value}`) }))}
          />
          <InputNumber
            size="small"
            aria-label={t('exchange.ui.copies-for', { organ: organ.name })}
            min={1}
            max={999}
            precision={0}
            value={choice.copies}
            onChange={(copies) => onChange({ ...choice, copies: typeof copies === 'number' ? copies : 1 })}
          />
        </>
      )}
    </div>
  )
}
