/** 会议: coming and past meetings. */
import { meetingsContract as contract, organiserDuties, type MeetingRow } from '@xiewen/shared/meetings'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, Tabs } from '../../platform/kit/index.ts'
import { holdsDuty, navigate, useSession } from '../../platform/rooms/index.ts'
import { spanText, toneOfReceipt, toneOfState } from './words.ts'

const whens = ['upcoming', 'past'] as const

/** The page. */
export function Component() {
  const { t, format } = useWords()
  const session = useSession()
  const [when, setWhen] = useState<(typeof whens)[number]>('upcoming')
  const input = useMemo(() => ({ when }), [when])
  const pages = usePages(contract.list, input, { refreshOn: ['meetings'] })
  const columns: readonly Column<MeetingRow>[] = [
    { key: 'title', title: t('meetings.ui.column.title'), role: 'main', fit: 'clip', render: (row) => row.title },
    { key: 'time', title: t('meetings.ui.column.time'), fit: 'tight', render: (row) => <span className="figures">{spanText(format, row.from, row.to)}</span> },
    { key: 'place', title: t('meetings.ui.column.place'), fit: 'clip', render: (row) => row.place },
    { key: 'host', title: t('meetings.ui.column.host'), fit: 'tight', role: 'wide-only', render: (row) => row.hostName },
    { key: 'receipt', title: t('meetings.ui.column.receipt'), fit: 'tight', render: (row) => (row.receipt === null ? '' : <Lamp tone={toneOfReceipt(row.receipt)} label={t(`meetings.receipt.${row.receipt}`)} />) },
    { key: 'count', title: t('meetings.ui.column.count'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{row.attending}/{row.invited}</span> },
    { key: 'state', title: t('meetings.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={toneOfState(row.state)} label={t(`meetings.state.${row.state}`)} /> },
  ]
  const actions = (
    <>
      <Button onClick={() => navigate('/meetings/rooms')}>{t('meetings.ui.rooms')}</Button>
      {holdsDuty(session, ...organiserDuties) ? <Button type="primary" onClick={() => navigate('/meetings/new')}>{t('meetings.ui.new')}</Button> : null}
    </>
  )
  return (
    <Page title={t('meetings.room')} flush actions={actions}>
      <Tabs label={t('meetings.room')} tabs={whens.map((key) => ({ key, label: t(`meetings.ui.${key}`) }))} current={when} onChange={(key) => setWhen(key === 'past' ? 'past' : 'upcoming')} />
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('meetings.room')}
            columns={columns}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/meetings/${row.id}`)}
            empty={<EmptyState title={t('meetings.ui.empty')} hint={t('meetings.ui.empty-hint')} />}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
          />
        )}
      </Answer>
    </Page>
  )
}
