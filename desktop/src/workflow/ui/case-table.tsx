import type { CaseRow } from '@xiewen/shared/workflow'
import type { ReactNode } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { type Column, DataTable, TimeLeft } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'

/** A list of cases: where each is and whom it waits for. */
export function CaseTable(props: {
  readonly caption: string
  readonly rows: readonly CaseRow[]
  readonly empty: ReactNode
  readonly onMore: (() => void) | null
  readonly loadingMore: boolean
}) {
  const { t, format } = useWords()
  const columns: readonly Column<CaseRow>[] = [
    { key: 'title', title: t('workflow.ui.column.title'), role: 'main', fit: 'clip', render: (row) => row.title },
    { key: 'step', title: t('workflow.ui.column.step'), fit: 'tight', render: (row) => (row.step ? t(`workflow.step.${row.step}`) : t(`workflow.status.${row.status}`)) },
    { key: 'waits', title: t('workflow.ui.column.waits-for'), fit: 'clip', render: (row) => row.waitsFor.join(t('ui.list-comma')) },
    { key: 'due', title: t('workflow.ui.column.due'), fit: 'tight', render: (row) => <TimeLeft dueAt={row.dueAt} /> },
    {
      key: 'reading',
      title: t('workflow.ui.column.reading'),
      fit: 'tight',
      role: 'wide-only',
      render: (row) => (row.reading.total === 0 ? '' : t('workflow.ui.reading-count', { read: row.reading.read, total: row.reading.total })),
    },
    { key: 'changed', title: t('workflow.ui.column.changed'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{format.moment(row.changedAt)}</span> },
  ]
  return (
    <DataTable
      caption={props.caption}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      onOpen={(row) => navigate(`/${row.template === 'incoming' ? 'incoming' : 'documents'}/${row.documentId}`)}
      empty={props.empty}
      onMore={props.onMore}
      loadingMore={props.loadingMore}
    />
  )
}
