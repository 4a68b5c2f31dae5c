import { archiveContract, type PendingRow } from '@xiewen/shared/archive'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useCommand, usePages } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, RefusalNotice, Tag, tellDone } from '../../platform/kit/index.ts'
import { FileSheet } from './file-sheet.tsx'
import { LeaveOutSheet } from './leave-out-sheet.tsx'

/** Props of `PendingList`. */
export interface PendingListProps {
  /** Shows the documents left out (不归档) instead of those that wait. */
  readonly leftOut: boolean
  /** Opens the sheet of this document once it is in the list. */
  readonly firstDocumentId: string | null
  readonly onSetUp: () => void
}

type Open = { readonly kind: 'file' | 'leave-out'; readonly row: PendingRow }

/** 待归档 or 不归档. */
export function PendingList({ leftOut, firstDocumentId, onSetUp }: PendingListProps) {
  const speech = useWords()
  const { t } = speech
  const input = useMemo(() => ({ leftOut, limit: 100 }), [leftOut])
  const pages = usePages(archiveContract.pending, input, { refreshOn: ['archive'] })
  const takeBack = useCommand(archiveContract.takeBack)
  const [chosen, setChosen] = useState<Open | null>(null)
  const [wanted, setWanted] = useState(leftOut ? null : firstDocumentId)
  const wantedRow = pages.rows.find((row) => row.documentId === wanted)
  const open: Open | null = chosen ?? (wantedRow ? { kind: 'file', row: wantedRow } : null)
  const close = () => {
    setChosen(null)
    setWanted(null)
  }
  const restore = async (row: PendingRow) => {
    if ((await takeBack.run({ documentId: row.documentId })) !== null) tellDone(t('archive.ui.taken-back'))
  }
  const act: Column<PendingRow> = {
    key: 'act',
    title: t('archive.ui.column.act'),
    fit: 'tight',
    render: (row) =>
      leftOut ? (
        <Button size="small" disabled={takeBack.busy} onClick={() => void restore(row)}>
          {t('archive.ui.take-back')}
        </Button>
      ) : (
        <span className="archive-acts">
          <Button size="small" type="primary" onClick={() => setChosen({ kind: 'file', row })}>
            {t('archive.step.file')}
          </Button>
          <Button size="small" onClick={() => setChosen({ kind: 'leave-out', row })}>
            {t('archive.ui.leave-out')}
          </Button>
        </span>
      ),
  }
  return (
    <>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t(leftOut ? 'archive.ui.tab.left-out' : 'archive.ui.tab.pending')}
            columns={[...columnsFor(speech, leftOut), act]}
            rows={pages.rows}
            rowKey={(row) => row.documentId}
            empty={<EmptyState title={t(leftOut ? 'archive.ui.none-left-out' : 'archive.ui.none-pending')} hint={leftOut ? undefined : t('archive.ui.none-pending-hint')} />}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError ?? takeBack.error} />
      {open?.kind === 'file' ? <FileSheet key={open.row.documentId} row={open.row} onClose={close} onSetUp={onSetUp} /> : null}
      {open?.kind === 'leave-out' ? <LeaveOutSheet key={open.row.documentId} row={open.row} onClose={close} /> : null}
    </>
  )
}

function columnsFor({ t, format }: Speech, leftOut: boolean): readonly Column<PendingRow>[] {
  return [
    { key: 'title', title: t('archive.ui.column.title'), role: 'main', render: (row) => row.title },
    { key: 'number', title: t('archive.ui.column.document-number'), fit: 'tight', render: (row) => <span className="figures">{row.documentNumber}</span> },
    { key: 'responsible', title: t('archive.ui.column.responsible'), role: 'wide-only', render: (row) => row.responsible },
    leftOut
      ? { key: 'reason', title: t('archive.ui.column.reason'), fit: 'clip', render: (row) => row.leftOut ?? '' }
      : { key: 'period', title: t('archive.ui.column.suggested'), fit: 'tight', render: (row) => <Tag>{t(`archive.period.${row.suggestedPeriod}`)}</Tag> },
    { key: 'ready', title: t('archive.ui.column.ready'), fit: 'tight', render: (row) => <span className="figures soft">{format.date(row.readyAt)}</span> },
  ]
}
