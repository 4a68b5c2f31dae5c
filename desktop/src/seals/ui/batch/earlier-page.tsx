import { type BatchEntry, sealsContract } from '@xiewen/shared/seals'
import { usePages } from '../../../platform/http/index.ts'
import { useWords } from '../../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page } from '../../../platform/kit/index.ts'
import { Link } from '../../../platform/rooms/index.ts'
import '../seals.css'

const asked = { limit: 50 } as const

/** 以前的批次: every batch of this person's, the newest first. */
export function Component() {
  const { t, format } = useWords()
  const pages = usePages(sealsContract.batches, asked, { refreshOn: ['seals'] })
  const columns: readonly Column<BatchEntry>[] = [
    { key: 'state', title: t('seals.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={row.closedAt === null ? 'blue' : 'grey'} label={t(row.closedAt === null ? 'seals.ui.together.earlier.open' : 'seals.ui.together.earlier.closed')} /> },
    { key: 'at', title: t('seals.ui.together.earlier.at'), fit: 'tight', render: (row) => format.moment(row.startedAt) },
    {
      key: 'files', title: t('seals.ui.together.earlier.files'), role: 'main',
      render: (row) => <Link to={row.closedAt === null ? '/seals/together' : `/seals/together/${row.id}`}>{row.files > 1 ? t('seals.ui.together.earlier.and', { title: row.title, count: row.files }) : row.title}</Link>,
    },
    { key: 'outcome', title: t('seals.ui.together.earlier.outcome'), render: (row) => t('seals.ui.together.earlier.counts', { done: row.done, refused: row.refused, waiting: row.waiting }) },
  ]
  return (
    <Page title={t('seals.ui.together.earlier')} crumbs={[{ label: t('seals.ui.tab.applications'), to: '/seals/applications' }, { label: t('seals.ui.together'), to: '/seals/together' }]}>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('seals.ui.together.earlier')} columns={columns} rows={pages.rows} rowKey={(row) => row.id} empty={<EmptyState title={t('seals.ui.together.earlier.none')} />}
            onMore={pages.loadMore} loadingMore={pages.loadingMore}
          />
        )}
      </Answer>
    </Page>
  )
}
