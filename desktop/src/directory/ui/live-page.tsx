import { liveContract, type LiveDocumentRow } from '@xiewen/shared/base'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Page } from '../../platform/kit/index.ts'
import './directory.css'

const refreshEveryMs = 5000

/** 管理 · 在线编辑, for the system administrator: how much is being edited, never what. */
export function Component() {
  const speech = useWords()
  const { t, format } = speech
  const answer = useQuery(liveContract.documents, {})
  const { reload } = answer
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload()
    }, refreshEveryMs)
    return () => clearInterval(timer)
  }, [reload])
  return (
    <Page title={t('directory.ui.admin.live')} note={t('directory.ui.admin.live-note')} actions={<Button onClick={reload}>{t('directory.ui.audit.refresh')}</Button>}>
      <Answer of={answer}>
        {({ documents, totals }) => (
          <>
            <dl className="facts live-totals">
              <dt>{t('directory.ui.live.connections')}</dt>
              <dd className="figures">{totals.connections}</dd>
              <dt>{t('directory.ui.live.documents')}</dt>
              <dd className="figures">{totals.documents}</dd>
              <dt>{t('directory.ui.live.commit')}</dt>
              <dd className="figures">{t('directory.ui.live.commit-ms', { p50: totals.commitP50Ms.toFixed(1), p95: totals.commitP95Ms.toFixed(1) })}</dd>
              <dt>{t('directory.ui.live.memory')}</dt>
              <dd className="figures">{t('directory.ui.live.memory-of', { documents: format.size(totals.documentBytes), process: format.size(totals.processBytes) })}</dd>
              <dt>{t('directory.ui.live.closed')}</dt>
              <dd className="figures">{closedText(totals.closed, speech)}</dd>
            </dl>
            <DataTable caption={t('directory.ui.admin.live')} columns={columnsFor(speech)} rows={documents} rowKey={(row) => row.documentId} empty={<EmptyState title={t('directory.ui.live.none')} />} />
          </>
        )}
      </Answer>
    </Page>
  )
}

/** Reasons as the protocol names them, for the one person who looks them up there. */
function closedText(closed: Readonly<Record<string, number>>, { t }: Speech): string {
  const parts = Object.entries(closed).map(([reason, count]) => `${reason} ${count}`)
  return parts.length === 0 ? t('directory.ui.live.closed-none') : parts.join(' · ')
}

function columnsFor({ t, format }: Speech): readonly Column<LiveDocumentRow>[] {
  return [
    { key: 'id', title: t('directory.ui.live.document'), role: 'main', fit: 'tight', render: (row) => <code>{row.documentId}</code> },
    { key: 'people', title: t('directory.ui.live.people'), fit: 'tight', render: (row) => <span className="figures">{t('directory.ui.live.people-of', { people: row.people, connections: row.connections })}</span> },
    { key: 'rate', title: t('directory.ui.live.rate'), fit: 'tight', render: (row) => <span className="figures">{row.updatesPerSecond.toFixed(1)}</span> },
    { key: 'bytes', title: t('directory.ui.live.bytes'), fit: 'tight', render: (row) => <span className="figures">{format.size(row.bytes)}</span> },
    { key: 'seq', title: t('directory.ui.live.seq'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{row.seq}</span> },
    { key: 'since', title: t('directory.ui.live.since'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{format.moment(row.openedAt)}</span> },
  ]
}
