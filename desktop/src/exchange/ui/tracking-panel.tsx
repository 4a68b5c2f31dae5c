import { documentIdSchema } from '@xiewen/shared/documents'
import { type DispatchView, exchangeContract } from '@xiewen/shared/exchange'
import { Button } from 'antd'
import { useState } from 'react'
import { useCommand, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, ConfirmSheet, EmptyState, Lamp, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import type { DocumentSlotProps } from '../../platform/rooms/document-slots.ts'
import { labelKeyOfReceipt, toneOfReceipt } from './exchange-words.ts'
import { SendSheet } from './send-sheet.tsx'
import './exchange.css'

/** 分发情况: each receiving organ with its state, person and time; 分发, 催办, 撤回. */
export function Component(props: DocumentSlotProps) {
  const { t } = useWords()
  const documentId = documentIdSchema.parse(props.documentId)
  const [sending, setSending] = useState(false)
  const refreshOn = [`document:${documentId}`]
  const tracking = useQuery(exchangeContract.tracking, { documentId }, { refreshOn })
  const candidates = useQuery(exchangeContract.candidates, { documentId }, { refreshOn })
  const maySend = candidates.kind === 'ready' && candidates.data.send === null
  const after = () => {
    tracking.reload()
    candidates.reload()
    props.reload()
  }
  return (
    <>
      {maySend ? (
        <Button type={props.state === 'issued' ? 'default' : 'primary'} block onClick={() => setSending(true)}>
          {t(props.state === 'issued' ? 'exchange.ui.send-more' : 'exchange.ui.send')}
        </Button>
      ) : null}
      <Answer of={tracking}>
        {({ dispatches }) =>
          dispatches.length === 0 ? (
            <EmptyState title={t('exchange.ui.not-sent')} hint={t(maySend ? 'exchange.ui.not-sent-hint' : 'exchange.ui.not-sent-wait')} />
          ) : (
            dispatches.map((dispatch) => <DispatchBlock key={dispatch.id} dispatch={dispatch} after={after} />)
          )
        }
      </Answer>
      {sending && candidates.kind === 'ready' ? <SendSheet documentId={documentId} given={candidates.data} onSent={after} onClose={() => setSending(false)} /> : null}
    </>
  )
}

function DispatchBlock({ dispatch, after }: { readonly dispatch: DispatchView; readonly after: () => void }) {
  const { t, format } = useWords()
  return (
    <section className="dispatch">
      <p className="soft small">{t('exchange.ui.sent-by', { name: dispatch.sentByName, at: format.moment(dispatch.sentAt) })}</p>
      <ul className="plain-list">
        {dispatch.receipts.map((receipt) => (
          <ReceiptLine key={receipt.id} receipt={receipt} after={after} />
        ))}
      </ul>
    </section>
  )
}

type Line = DispatchView['receipts'][number]

function ReceiptLine({ receipt, after }: { readonly receipt: Line; readonly after: () => void }) {
  const { t } = useWords()
  const [withdrawing, setWithdrawing] = useState(false)
  const urge = useCommand(exchangeContract.urge)
  const withdraw = useCommand(exchangeContract.withdraw)
  const note = useCommand(exchangeContract.acknowledgeReturn)
  const done = (words: string) => (answer: unknown) => {
    if (answer === null) return
    tellDone(words)
    setWithdrawing(false)
    after()
  }
  const organ = receipt.organName
  return (
    <li className="dispatch-line">
      <div className="row">
        <span className="strong">{organ}</span>
        <span className="soft small">{t(`exchange.role.${receipt.role}`)}</span>
        <Lamp tone={toneOfReceipt(receipt)} label={t(labelKeyOfReceipt(receipt))} />
      </div>
      <LineDetail receipt={receipt} />
      <div className="row">
        {receipt.urge === null ? (
          <Button size="small" loading={urge.busy} onClick={() => void urge.run({ receiptId: receipt.id }).then(done(t('exchange.ui.done.urged-organ', { organ })))}>
            {t('exchange.ui.do.urge')}
          </Button>
        ) : null}
        {receipt.withdraw === null ? (
          <Button size="small" onClick={() => setWithdrawing(true)}>
            {t('exchange.ui.do.withdraw')}
          </Button>
        ) : null}
        {receipt.acknowledgeReturn ? (
          <Button size="small" loading={note.busy} onClick={() => void note.run({ receiptId: receipt.id }).then(done(t('exchange.ui.done.noted')))}>
            {t('exchange.ui.note-return')}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={urge.error ?? note.error} />
      <ConfirmSheet
        open={withdrawing}
        danger
        title={t('exchange.ui.withdraw-title', { organ })}
        confirmLabel={t('exchange.ui.do.withdraw')}
        busy={withdraw.busy}
        error={withdraw.error}
        onConfirm={() => void withdraw.run({ receiptId: receipt.id }).then(done(t('exchange.ui.done.withdrawn', { organ })))}
        onClose={() => setWithdrawing(false)}
      >
        <p>{t('exchange.ui.withdraw-hint')}</p>
      </ConfirmSheet>
    </li>
  )
}

function LineDetail({ receipt }: { readonly receipt: Line }) {
  const { t, format } = useWords()
  const { signedFor, registered, returned, withdrawn } = receipt
  const ended = returned ?? withdrawn
  const lines = [
    ...(receipt.state === 'sent' ? [t('exchange.ui.line.sign-by', { at: format.moment(receipt.signBy) })] : []),
    ...(signedFor ? [t('exchange.ui.line.signed', { name: signedFor.onBehalfOf === null ? signedFor.personName : t('ui.person.for', { deputy: signedFor.personName, principal: signedFor.onBehalfOf }), at: format.moment(signedFor.at) })] : []),
    ...(registered ? [t('exchange.ui.line.registered', { name: registered.personName, at: format.moment(registered.at) })] : []),
    ...(receipt.finishedAt === null ? [] : [t('exchange.ui.line.finished', { at: format.moment(receipt.finishedAt) })]),
    ...(ended ? [t(returned ? 'exchange.ui.line.returned' : 'exchange.ui.line.withdrawn', { name: ended.personName, at: format.moment(ended.at), reason: ended.reason })] : []),
    ...(receipt.urgeCount > 0 ? [t('exchange.ui.line.urged', { count: receipt.urgeCount })] : []),
  ]
  return (
    <ul className="plain-list soft small figures">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
