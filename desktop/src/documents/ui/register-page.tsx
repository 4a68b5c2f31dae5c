import { documentsContract, formatDocumentNumber, type NumberRow } from '@xiewen/shared/documents'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Notice, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { Link } from '../../platform/rooms/index.ts'
import './documents.css'

/** 发文登记簿: every number ever given, void ones with their reason, gaps named. */
export function Component() {
  const speech = useWords()
  const { t } = speech
  const [book, setBook] = useState('')
  const whole = useQuery(documentsContract.register, { limit: 1 }, { refreshOn: ['documents'] })
  const books = whole.kind === 'ready' ? whole.data.years : []
  const chosen = books.find((each) => `${each.year} ${each.code}` === book)
  const input = useMemo(() => ({ limit: 100, ...(chosen ? { code: chosen.code, year: chosen.year } : {}) }), [chosen])
  const pages = usePages(documentsContract.register, input, { refreshOn: ['documents'] })
  const options = [{ value: '', label: t('documents.ui.register.all') }, ...books.map((each) => ({ value: `${each.year} ${each.code}`, label: t('documents.ui.register.book', { code: each.code, year: each.year, last: each.last, voided: each.voided }) }))]
  return (
    <Page title={t('documents.ui.register')} flush actions={<Select aria-label={t('documents.ui.register.choose')} value={book} onChange={setBook} options={options} popupMatchSelectWidth={false} />}>
      {books.flatMap((each) =>
        each.gaps.map((gap) => (
          <Notice key={`${each.code}${each.year}${gap.from}`} kind="warning">
            {t('documents.ui.register.gap', { code: each.code, year: each.year, from: gap.from, to: gap.to })}
          </Notice>
        )),
      )}
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('documents.ui.register')}
            columns={columns(speech)}
            rows={pages.rows}
            rowKey={(row) => formatDocumentNumber(row.number)}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t('documents.ui.register.none')} hint={t('documents.ui.register.none-hint')} />}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </Page>
  )
}

function columns({ t, format }: Speech): readonly Column<NumberRow>[] {
  return [
    { key: 'number', title: t('documents.ui.column.number'), fit: 'tight', render: (row) => <span className="figures strong">{formatDocumentNumber(row.number)}</span> },
    { key: 'title', title: t('documents.ui.column.title'), role: 'main', render: (row) => (row.documentId === null ? row.title : <Link to={`/documents/${row.documentId}`}>{row.title}</Link>) },
    { key: 'state', title: t('documents.ui.state'), fit: 'tight', render: (row) => <Lamp tone={row.state === 'void' ? 'grey' : 'green'} label={t(`documents.ui.register.${row.state}`)} /> },
    { key: 'by', title: t('documents.ui.register.by'), fit: 'tight', render: (row) => `${row.byName} ${format.date(row.at)}` },
    { key: 'reason', title: t('documents.ui.register.reason'), role: 'wide-only', render: (row) => (row.voidedAt === null ? '' : t('documents.ui.register.voided', { reason: row.reason, name: row.voidedByName, date: format.date(row.voidedAt) })) },
  ]
}
