import { type ImpressionView, sealsContract } from '@xiewen/shared/seals'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Notice, Page, PersonName, Tag } from '../../platform/kit/index.ts'
import { ReconciliationNotice } from './reconciliation-notice.tsx'
import './seals.css'
import { SealsTabs } from './seals-tabs.tsx'
import { TakeRegister } from './take-register.tsx'

const asked = { limit: 50 } as const

/** 用印台账: every impression, and permits held against impressions. */
export function Component() {
  const { t, format } = useWords()
  const head = useQuery(sealsContract.ledger, asked, { refreshOn: ['seals'] })
  const pages = usePages(sealsContract.ledger, asked, { refreshOn: ['seals'] })
  const columns: readonly Column<ImpressionView>[] = [
    { key: 'at', title: t('seals.ui.column.at'), fit: 'tight', render: (row) => format.moment(row.at) },
    { key: 'title', title: t('seals.ui.column.title'), role: 'main', fit: 'clip', render: (row) => (row.agrees ? row.title : <><Tag tone="red">{t('seals.ui.reconcile.disagrees')}</Tag> {row.title}</>) },
    { key: 'number', title: t('seals.ui.column.number'), fit: 'tight', render: (row) => <span className="figures">{row.number}</span> },
    { key: 'seal', title: t('seals.ui.column.seal'), fit: 'clip', role: 'wide-only', render: (row) => row.sealName },
    { key: 'applicant', title: t('seals.ui.column.applicant'), fit: 'tight', role: 'wide-only', render: (row) => row.applicantName },
    { key: 'approver', title: t('seals.ui.column.approver'), fit: 'tight', role: 'wide-only', render: (row) => row.approverName },
    { key: 'keeper', title: t('seals.ui.column.keeper'), fit: 'tight', render: (row) => <PersonName name={row.keeperName} {...(row.onBehalfOf === '' ? {} : { onBehalfOf: row.onBehalfOf })} /> },
    { key: 'place', title: t('seals.ui.column.place'), fit: 'tight', role: 'wide-only', render: (row) => t('seals.ui.place', { page: row.page }) },
    { key: 'digest', title: t('seals.ui.column.digest'), fit: 'tight', role: 'wide-only', render: (row) => <code title={row.sealedDigest}>{row.sealedDigest.slice(0, 8)}</code> },
  ]
  const altered = pages.rows.filter((row) => !row.agrees).length
  return (
    <Page title={t('seals.room')} actions={<TakeRegister />}>
      <SealsTabs current="ledger" />
      {/* Lines of further pages are held against their acts as well: what they show must not stand under a green sign. */}
      <Answer of={head}>{({ reconciliation }) => <ReconciliationNotice reconciliation={{ ...reconciliation, unexplained: Math.max(reconciliation.unexplained, altered) }} />}</Answer>
      {altered === 0 ? null : <Notice kind="error">{t('seals.ui.reconcile.altered', { count: altered })}</Notice>}
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('seals.ui.tab.ledger')}
            columns={columns}
            rows={pages.rows}
            rowKey={(row) => row.id}
            empty={<EmptyState title={t('seals.ui.no-impressions')} />}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
          />
        )}
      </Answer>
    </Page>
  )
}
