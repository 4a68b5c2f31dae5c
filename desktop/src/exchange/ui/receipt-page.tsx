import { exchangeContract, formatRegisterNumber, receiptIdSchema, type ReceiptId, type ReceiptView } from '@xiewen/shared/exchange'
import { Button } from 'antd'
import { urlOf, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Lamp, Notice, Page, Panel, PersonName, Stream, TimeLeft, UrgencyTag } from '../../platform/kit/index.ts'
import { Link, type PageProps } from '../../platform/rooms/index.ts'
import { CaseSlots } from './case-slots.tsx'
import { deadlineOf, labelKeyOfReceipt, toneOfReceipt } from './exchange-words.ts'
import { ReadersPanel } from './readers-panel.tsx'
import { ReceiptBar } from './receipt-bar.tsx'
import { SealedPages } from './sealed-pages.tsx'
import { VerdictLines } from './verdict-lines.tsx'
import './exchange.css'

/** One received document: its sealed pages, what its seals say, what to do with it, and its handling. */
export function Component({ params }: PageProps) {
  const { t } = useWords()
  const id = receiptIdSchema.safeParse(params['id'] ?? '')
  return id.success ? <OpenReceipt key={id.data} receiptId={id.data} /> : <NoReceipt title={t('exchange.room')} />
}

function NoReceipt({ title }: { readonly title: string }) {
  const { t } = useWords()
  return (
    <Page title={title} crumbs={[{ label: t('exchange.room'), to: '/incoming' }]}>
      <EmptyState title={t('exchange.ui.not-here')} hint={t('exchange.ui.not-here-hint')} />
    </Page>
  )
}

function OpenReceipt({ receiptId }: { readonly receiptId: ReceiptId }) {
  const { t } = useWords()
  const answer = useQuery(exchangeContract.receipt, { receiptId }, { refreshOn: [`receipt:${receiptId}`, 'exchange'] })
  return (
    <Answer of={answer}>
      {({ receipt }) => (receipt === null ? <NoReceipt title={t('exchange.room')} /> : <ReceiptBody receipt={receipt} reload={answer.reload} />)}
    </Answer>
  )
}

function ReceiptBody({ receipt, reload }: { readonly receipt: ReceiptView; readonly reload: () => void }) {
  const { t } = useWords()
  const isReadable = receipt.state !== 'withdrawn' && receipt.state !== 'returned'
  const verified = useQuery(exchangeContract.verify, { receiptId: receipt.id }, { refreshOn: [`receipt:${receipt.id}`], enabled: isReadable })
  const note = (
    <span className="row">
      <UrgencyTag urgency={receipt.urgency} />
      <span>{receipt.fromOrganName}</span>
      <span className="figures">{receipt.number}</span>
      <Lamp tone={toneOfReceipt(receipt)} label={t(labelKeyOfReceipt(receipt))} />
      <TimeLeft dueAt={deadlineOf(receipt)} />
    </span>
  )
  const pdf = (
    <Button href={urlOf(exchangeContract.pdf, { receiptId: receipt.id })} target="_blank" rel="noopener">
      {t('exchange.ui.pdf')}
    </Button>
  )
  return (
    <Page title={receipt.title} crumbs={[{ label: t('exchange.room'), to: '/incoming' }]} note={note} actions={isReadable ? pdf : undefined}>
      <div className="receipt">
        <div className="receipt-text">
          {isReadable ? (
            <>
              <Answer of={verified}>{(data) => <VerdictLines verification={data} receipt={receipt} />}</Answer>
              <SealedPages receipt={receipt} seals={verified.kind === 'ready' ? verified.data.seals : []} />
            </>
          ) : (
            <Notice kind="warning">{t(`exchange.ui.ended.${receipt.state}`, { name: endedBy(receipt), reason: endReason(receipt) })}</Notice>
          )}
        </div>
        <aside className="receipt-side" aria-label={t('exchange.ui.about')}>
          <Facts receipt={receipt} />
          {receipt.handling === 'read' ? <ReadersPanel receipt={receipt} reload={reload} /> : null}
          {receipt.handling === 'handle' && receipt.documentId !== null ? <CaseSlots documentId={receipt.documentId} title={receipt.title} place="panels" reload={reload} /> : null}
          <History receipt={receipt} />
        </aside>
      </div>
      <ReceiptBar receipt={receipt} reload={reload} />
      {receipt.handling === 'handle' && receipt.documentId !== null && receipt.abilities.resume !== null ? <CaseSlots documentId={receipt.documentId} title={receipt.title} place="bars" reload={reload} /> : null}
    </Page>
  )
}

function endedBy(receipt: ReceiptView): string {
  return (receipt.returned ?? receipt.withdrawn)?.personName ?? ''
}

function endReason(receipt: ReceiptView): string {
  return (receipt.returned ?? receipt.withdrawn)?.reason ?? ''
}

function Facts({ receipt }: { readonly receipt: ReceiptView }) {
  const { t, format } = useWords()
  return (
    <Panel title={t('exchange.ui.about')}>
      <dl className="facts">
        <dt>{t('exchange.ui.column.from')}</dt>
        <dd>{receipt.fromOrganName}</dd>
        <dt>{t('exchange.ui.column.to')}</dt>
        <dd>
          {receipt.organName}（{t(`exchange.role.${receipt.role}`)}）
        </dd>
        <dt>{t('exchange.ui.copies')}</dt>
        <dd className="figures">{t('exchange.ui.copies-of', { count: receipt.copies })}</dd>
        <dt>{t('exchange.ui.column.sent')}</dt>
        <dd className="figures">
          {receipt.sentByName} {format.moment(receipt.sentAt)}
        </dd>
        {receipt.note === '' ? null : (
          <>
            <dt>{t('exchange.ui.note')}</dt>
            <dd>{receipt.note}</dd>
          </>
        )}
        {receipt.registerNumber === null ? null : (
          <>
            <dt>{t('exchange.ui.column.register')}</dt>
            <dd className="figures strong">{formatRegisterNumber(receipt.registerNumber)}</dd>
          </>
        )}
        {receipt.handling === null ? null : (
          <>
            <dt>{t('exchange.ui.handling')}</dt>
            <dd>
              {t(`exchange.handling.${receipt.handling}`)}
              {receipt.dueAt === null ? null : <span className="soft figures"> {t('exchange.ui.until', { date: format.date(receipt.dueAt) })}</span>}
            </dd>
          </>
        )}
        <dt>{t('exchange.ui.digest')}</dt>
        <dd className="figures" title={receipt.digest}>{`${receipt.digest.slice(0, 16)}…`}</dd>
      </dl>
      {receipt.documentId === null ? null : <Link to={`/documents/${receipt.documentId}`}>{t('exchange.ui.open-copy')}</Link>}
    </Panel>
  )
}

function History({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useWords()
  const items = receipt.events.map((event, index) => ({
    key: `${index}`,
    who: <PersonName name={event.personName === '' ? t('exchange.ui.system') : event.personName} />,
    act: t(`exchange.act.${event.act}`),
    atMs: event.at,
    text: event.detail,
  }))
  return (
    <Panel title={t('exchange.ui.history')}>
      <Stream label={t('exchange.ui.history')} items={items} empty={t('exchange.ui.no-history')} />
    </Panel>
  )
}
