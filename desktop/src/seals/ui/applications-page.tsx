import { type ApplicationView, sealNameOf, sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { navigate, useSession } from '../../platform/rooms/index.ts'
import './seals.css'
import { SealsTabs } from './seals-tabs.tsx'
import { toneOfUse } from './tones.ts'

const asked = { limit: 50 } as const

/** 用印申请 of the organs the person works for, newest first. */
export function Component() {
  const { t, format } = useWords()
  const isKeeper = useSession().duties.includes('seal-keeper')
  const pages = usePages(sealsContract.applications, asked, { refreshOn: ['seals'] })
  const columns: readonly Column<ApplicationView>[] = [
    { key: 'title', title: t('seals.ui.column.title'), role: 'main', fit: 'clip', render: (row) => row.title },
    { key: 'number', title: t('seals.ui.column.number'), fit: 'tight', render: (row) => <span className="figures">{row.number}</span> },
    { key: 'seal', fit: 'tight', title: t('seals.ui.column.seal'), role: 'wide-only', render: (row) => sealNameOf(row.seal) },
    { key: 'state', title: t('seals.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={toneOfUse(row.state)} label={t(`seals.use.${row.state}`)} /> },
    { key: 'applicant', title: t('seals.ui.column.applicant'), fit: 'tight', role: 'wide-only', render: (row) => row.applicantName },
    { key: 'at', title: t('seals.ui.column.at'), fit: 'tight', render: (row) => format.moment(row.appliedAt) },
  ]
  return (
    <Page title={t('seals.room')} actions={isKeeper ? <Button onClick={() => navigate('/seals/together')}>{t('seals.ui.together')}</Button> : undefined}>
      <SealsTabs current="applications" />
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('seals.ui.tab.applications')}
            columns={columns}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/seals/applications/${row.id}`)}
            empty={<EmptyState title={t('seals.ui.no-applications')} hint={t('seals.ui.no-applications-hint')} />}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </Page>
  )
}
