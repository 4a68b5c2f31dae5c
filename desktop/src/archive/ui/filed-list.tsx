import { archiveContract, type Period, periods, type PieceRow } from '@xiewen/shared/archive'
import { Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, RefusalNotice } from '../../platform/kit/index.ts'
import { Link, navigate } from '../../platform/rooms/index.ts'

/** The years come with any page. */
const oneRow = { limit: 1 }

/** 已归档: pieces by year, period and words. */
export function FiledList() {
  const speech = useWords()
  const { t } = speech
  const [year, setYear] = useState<number | ''>('')
  const [period, setPeriod] = useState<Period | ''>('')
  const [text, setText] = useState('')
  const input = useMemo(
    () => ({ ...(year === '' ? {} : { year }), ...(period === '' ? {} : { period }), ...(text === '' ? {} : { text }), limit: 50 }),
    [year, period, text],
  )
  const pages = usePages(archiveContract.list, input, { refreshOn: ['archive'] })
  const known = useQuery(archiveContract.list, oneRow, { refreshOn: ['archive'] })
  const years = known.kind === 'ready' ? known.data.years : []
  const narrowed = year !== '' || period !== '' || text !== ''
  return (
    <>
      <div className="archive-filters">
        <Select
          aria-label={t('archive.ui.column.year')}
          value={year}
          onChange={setYear}
          options={[{ value: '' as const, label: t('archive.ui.any-year') }, ...years.map((value) => ({ value, label: String(value) }))]}
        />
        <Select
          aria-label={t('archive.ui.column.period')}
          value={period}
          onChange={setPeriod}
          options={[{ value: '' as const, label: t('archive.ui.any-period') }, ...periods.map((value) => ({ value, label: t(`archive.period.${value}`) }))]}
        />
        <Input.Search allowClear aria-label={t('archive.ui.find')} placeholder={t('archive.ui.find')} onSearch={setText} />
      </div>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('archive.ui.tab.filed')}
            columns={columnsFor(speech)}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/archive/${row.id}`)}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={<EmptyState title={t(narrowed ? 'archive.ui.none-found' : 'archive.ui.none-filed')} />}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </>
  )
}

function columnsFor({ t, format }: Speech): readonly Column<PieceRow>[] {
  return [
    { key: 'number', title: t('archive.ui.column.number'), fit: 'tight', render: (row) => <span className="figures">{row.number}</span> },
    { key: 'title', title: t('archive.ui.column.title'), role: 'main', render: (row) => <Link to={`/archive/${row.id}`}>{row.title}</Link> },
    { key: 'document', title: t('archive.ui.column.document-number'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{row.documentNumber}</span> },
    { key: 'responsible', title: t('archive.ui.column.responsible'), role: 'wide-only', render: (row) => row.responsible },
    { key: 'period', title: t('archive.ui.column.period'), fit: 'tight', render: (row) => t(`archive.period.${row.period}`) },
    { key: 'filed', title: t('archive.ui.column.filed'), fit: 'tight', render: (row) => <span className="figures soft">{format.date(row.filedAt)}</span> },
  ]
}
