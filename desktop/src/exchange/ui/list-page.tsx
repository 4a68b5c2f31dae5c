import { exchangeContract, formatRegisterNumber, receivedTabs, type ReceiptRow } from '@xiewen/shared/exchange'
import { Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, RefusalNotice, Tabs, TimeLeft, UrgencyTag } from '../../platform/kit/index.ts'
import { Link, navigate, type PageProps } from '../../platform/rooms/index.ts'
import { deadlineOf, labelKeyOfReceipt, toneOfReceipt } from './exchange-words.ts'
import './exchange.css'

type Tab = (typeof receivedTabs)[number]

/** The first list in which something waits for the caller's organ; the first of all when nothing does. */
function firstWaiting(counts: Readonly<Record<Tab, number>>): Tab {
  return (['to-sign', 'to-register', 'in-handling', 'to-read'] as const).find((key) => counts[key] > 0) ?? 'to-sign'
}

/** 收文: what waits to be signed for, registered, handled or read, and the whole register. */
export function Component({ query }: PageProps) {
  const speech = useWords()
  const { t } = speech
  const [chosen, setTab] = useState<Tab | null>(receivedTabs.find((each) => each === query.get('tab')) ?? null)
  const [text, setText] = useState('')
  const [fromOrgan, setFromOrgan] = useState('')
  const [year, setYear] = useState(0)
  const counted = useQuery(exchangeContract.receivedList, { tab: 'all', limit: 1 }, { refreshOn: ['exchange'] })
  const counts = counted.kind === 'ready' ? counted.data.counts : null
  const [first, setFirst] = useState<Tab | null>(null)
  // Opens where something waits, and stays there when it has been done.
  if (first === null && counts !== null) setFirst(firstWaiting(counts))
  const tab = chosen ?? first ?? 'to-sign'
  const input = useMemo(
    () => ({ tab, limit: 50, ...(text === '' ? {} : { text }), ...(fromOrgan === '' ? {} : { fromOrgan }), ...(year === 0 ? {} : { year }) }),
    [tab, text, fromOrgan, year],
  )
  const pages = usePages(exchangeContract.receivedList, input, { refreshOn: ['exchange'] })
  const thisYear = new Date().getFullYear()
  const years = [0, ...Array.from({ length: 5 }, (_, index) => thisYear - index)]
  const isNarrowed = text !== '' || fromOrgan !== '' || year !== 0
  return (
    <Page title={t('exchange.room')} flush>
      <div className="exchange-filters">
        <Tabs
          label={t('exchange.ui.tabs')}
          tabs={receivedTabs.map((key) => ({ key, label: t(`exchange.ui.tab.${key}`), ...(key === 'all' || key === 'finished' ? {} : { count: counts?.[key] ?? 0 }) }))}
          current={tab}
          onChange={(key) => setTab(receivedTabs.find((each) => each === key) ?? 'all')}
        />
        <Select
          aria-label={t('exchange.ui.year')}
          value={year}
          onChange={setYear}
          options={years.map((value) => ({ value, label: value === 0 ? t('exchange.ui.any-year') : t('exchange.ui.year-of', { year: value }) }))}
        />
        <Input.Search allowClear aria-label={t('exchange.ui.from')} placeholder={t('exchange.ui.from')} onSearch={setFromOrgan} />
        <Input.Search allowClear aria-label={t('exchange.ui.find')} placeholder={t('exchange.ui.find')} onSearch={setText} />
      </div>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('exchange.room')}
            columns={receiptColumns(speech)}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/incoming/${row.id}`)}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t(isNarrowed ? 'exchange.ui.none-found' : `exchange.ui.none.${tab}`)} hint={t(isNarrowed ? 'exchange.ui.none-found-hint' : 'exchange.ui.none-hint')} />}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </Page>
  )
}

function receiptColumns({ t, format }: Speech): readonly Column<ReceiptRow>[] {
  return [
    {
      key: 'title',
      title: t('exchange.ui.column.title'),
      role: 'main',
      render: (row) => (
        <>
          <UrgencyTag urgency={row.urgency} /> <Link to={`/incoming/${row.id}`}>{row.title}</Link>
        </>
      ),
    },
    { key: 'from', title: t('exchange.ui.column.from'), fit: 'tight', render: (row) => row.fromOrganName },
    { key: 'number', title: t('exchange.ui.column.number'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{row.number}</span> },
    { key: 'register', title: t('exchange.ui.column.register'), fit: 'tight', render: (row) => <span className="figures">{row.registerNumber === null ? '' : formatRegisterNumber(row.registerNumber)}</span> },
    {
      key: 'state',
      title: t('exchange.ui.column.state'),
      fit: 'tight',
      render: (row) => (
        <>
          <Lamp tone={toneOfReceipt(row)} label={t(labelKeyOfReceipt(row))} />
          {row.handling === null ? null : <span className="soft small"> {t(`exchange.handling.${row.handling}`)}</span>}
        </>
      ),
    },
    { key: 'due', title: t('exchange.ui.column.due'), fit: 'tight', render: (row) => <TimeLeft dueAt={deadlineOf(row)} /> },
    { key: 'sent', title: t('exchange.ui.column.sent'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures soft">{format.moment(row.sentAt)}</span> },
  ]
}
