import { exchangeContract, receiptStates, type SentRow } from '@xiewen/shared/exchange'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, RefusalNotice, UrgencyTag } from '../../platform/kit/index.ts'
import { Link, navigate } from '../../platform/rooms/index.ts'
import { toneOfReceipt } from './exchange-words.ts'
import './exchange.css'

/** 已分发: every sending of the organ with where its copies are. */
export function Component() {
  const speech = useWords()
  const { t } = speech
  const [text, setText] = useState('')
  const input = useMemo(() => ({ limit: 50, ...(text === '' ? {} : { text }) }), [text])
  const pages = usePages(exchangeContract.sentList, input, { refreshOn: ['exchange'] })
  return (
    <Page title={t('exchange.ui.sent')} flush actions={<Input.Search allowClear aria-label={t('exchange.ui.find')} placeholder={t('exchange.ui.find')} onSearch={setText} />}>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('exchange.ui.sent')}
            columns={sentColumns(speech)}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/documents/${row.documentId}?panel=tracking`)}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t('exchange.ui.sent.none')} hint={t('exchange.ui.sent.none-hint')} />}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </Page>
  )
}

function sentColumns({ t, format }: Speech): readonly Column<SentRow>[] {
  return [
    {
      key: 'title',
      title: t('exchange.ui.column.title'),
      role: 'main',
      render: (row) => (
        <>
          <UrgencyTag urgency={row.urgency} /> <Link to={`/documents/${row.documentId}?panel=tracking`}>{row.title}</Link>
        </>
      ),
    },
    { key: 'number', title: t('exchange.ui.column.number'), fit: 'tight', render: (row) => <span className="figures">{row.number}</span> },
    {
      key: 'states',
      title: t('exchange.ui.column.states'),
      render: (row) => (
        <span className="exchange-counts">
          {receiptStates
            .filter((state) => (row.counts[state] ?? 0) > 0)
            .map((state) => (
              <Lamp key={state} tone={toneOfReceipt({ state, overdue: state === 'sent' && row.overdue > 0 })} label={`${t(`exchange.state.${state}`)} ${row.counts[state]}`} />
            ))}
        </span>
      ),
    },
    { key: 'by', title: t('exchange.ui.column.by'), fit: 'tight', role: 'wide-only', render: (row) => row.sentByName },
    { key: 'sent', title: t('exchange.ui.column.sent'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures soft">{format.moment(row.sentAt)}</span> },
  ]
}
