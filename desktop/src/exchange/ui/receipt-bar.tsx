import { blobDigestSchema } from '@xiewen/shared/base'
import { exchangeContract, type ReceiptView } from '@xiewen/shared/exchange'
import { Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, DecisionBar, Field, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { usePageActions, useWantedAct } from '../../platform/rooms/index.ts'
import { RegisterSheet } from './register-sheet.tsx'
import { ResumeSheet } from './resume-sheet.tsx'

interface Props {
  readonly receipt: ReceiptView
  readonly reload: () => void
}

/** 签收 · 退回 · 登记 · 重新办理 · 已阅: what the person on this page can do now; nothing when it is not their turn. */
export function ReceiptBar({ receipt, reload }: Props) {
  const { abilities } = receipt
  if (abilities.signFor === null) return <SigningBar receipt={receipt} reload={reload} />
  if (abilities.register === null) return <RegisteringBar receipt={receipt} reload={reload} />
  if (abilities.resume === null) return <ResumingBar receipt={receipt} reload={reload} />
  return abilities.read === null ? <ReadingBar receipt={receipt} reload={reload} /> : null
}

function SigningBar({ receipt, reload }: Props) {
  const { t, format } = useWords()
  const [returning, setReturning] = useState(false)
  const signFor = useCommand(exchangeContract.signFor)
  useWantedAct('return', true, () => setReturning(true))
  const sign = async () => {
    if ((await signFor.run({ receiptId: receipt.id, digest: blobDigestSchema.parse(receipt.digest) })) === null) return
    tellDone(t('exchange.ui.done.signed-for'))
    reload()
  }
  usePageActions([
    { id: 'exchange.sign-for', labelKey: 'exchange.ui.do.sign-for', groupKey: 'exchange.room', shortcut: 'a', run: () => void sign() },
    { id: 'exchange.return', labelKey: 'exchange.ui.do.return', groupKey: 'exchange.room', shortcut: 'r', run: () => setReturning(true) },
  ])
  return (
    <DecisionBar
      primary={{ key: 'sign', label: t('exchange.ui.sign-copies', { count: receipt.copies }), busy: signFor.busy, onAct: () => void sign() }}
      others={[{ key: 'return', label: t('exchange.ui.do.return'), onAct: () => setReturning(true) }]}
      hint={t('exchange.ui.sign-hint', { at: format.moment(receipt.signBy) })}
    >
      <RefusalNotice error={signFor.error} />
      {returning ? <ReturnSheet receipt={receipt} reload={reload} onClose={() => setReturning(false)} /> : null}
    </DecisionBar>
  )
}

function ReturnSheet({ receipt, reload, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = useCommand(exchangeContract.return)
  const run = async () => {
    if ((await act.run({ receiptId: receipt.id, reason })) === null) return
    tellDone(t('exchange.ui.done.returned', { organ: receipt.fromOrganName }))
    onClose()
    reload()
  }
  return (
    <ConfirmSheet
      open
      danger
      title={t('exchange.ui.return-title', { organ: receipt.fromOrganName })}
      confirmLabel={t('exchange.ui.do.return')}
      busy={act.busy}
      disabled={reason.trim() === ''}
      error={act.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Field required label={t('exchange.ui.reason')}>
        {(control) => <Input.TextArea {...control} rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </ConfirmSheet>
  )
}

function RegisteringBar({ receipt, reload }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  usePageActions([{ id: 'exchange.register', labelKey: 'exchange.ui.do.register', groupKey: 'exchange.room', shortcut: 'a', run: () => setOpen(true) }])
  return (
    <DecisionBar primary={{ key: 'register', label: t('exchange.ui.do.register'), onAct: () => setOpen(true) }} hint={t('exchange.ui.register-hint')}>
      {open ? <RegisterSheet receipt={receipt} reload={reload} onClose={() => setOpen(false)} /> : null}
    </DecisionBar>
  )
}

function ResumingBar({ receipt, reload }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  usePageActions([{ id: 'exchange.resume', labelKey: 'exchange.act.resume', groupKey: 'exchange.room', shortcut: 'a', run: () => setOpen(true) }])
  return (
    <DecisionBar primary={{ key: 'resume', label: t('exchange.act.resume'), onAct: () => setOpen(true) }} hint={t('exchange.ui.resume-hint')}>
      {open ? <ResumeSheet receipt={receipt} reload={reload} onClose={() => setOpen(false)} /> : null}
    </DecisionBar>
  )
}

function ReadingBar({ receipt, reload }: Props) {
  const { t } = useWords()
  const [opinion, setOpinion] = useState('')
  const read = useCommand(exchangeContract.read)
  const act = async () => {
    if ((await read.run({ receiptId: receipt.id, opinion })) === null) return
    tellDone(t('exchange.ui.done.read'))
    reload()
  }
  usePageActions([{ id: 'exchange.read', labelKey: 'exchange.ui.do.read', groupKey: 'exchange.room', shortcut: 'a', run: () => void act() }])
  return (
    <DecisionBar primary={{ key: 'read', label: t('exchange.ui.do.read'), busy: read.busy, onAct: () => void act() }}>
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} aria-label={t('exchange.ui.opinion')} placeholder={t('exchange.ui.opinion')} value={opinion} onChange={(event) => setOpinion(event.target.value)} />
      <RefusalNotice error={read.error} />
    </DecisionBar>
  )
}
