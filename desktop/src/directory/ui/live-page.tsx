import { liveContract, type LiveDocumentOnNode } from '@xiewen/shared/base'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Page } from '../../platform/kit/index.ts'
import { LiveNodes } from './live-nodes.tsx'
import './directory.css'

const refreshEveryMs = 5000

/** 管理 · 在线编辑, for the system administrator: how much is being edited on every node, never what. */
export function Component() {
  const speech = useWords()
  const { t } = speech
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
        {({ documents, nodes }) => (
          <>
            <LiveNodes nodes={nodes} />
            <DataTable
              caption={t('directory.ui.admin.live')} columns={columnsFor(speech, nodes.length > 1)} rows={documents} rowKey={(row) => `${row.node} ${row.documentId}`}
              empty={<EmptyState title={t('directory.ui.live.none')} />}
            />
          </>
        )}
      </Answer>
    </Page>
  )
}

function columnsFor({ t, format }: Speech, areNodesNamed: boolean): readonly Column<LiveDocumentOnNode>[] {
  const node: Column<LiveDocumentOnNode> = { key: 'node', title: t('directory.ui.live.node'), fit: 'tight', render: (row) => <span className="figures">{row.node}</span> }
  return [
    { key: 'id', title: t('directory.ui.live.document'), role: 'main', fit: 'tight', render: (row) => <code>{row.documentId}</code> },
    ...(areNodesNamed ? [node] : []),
    { key: 'people', title: t('directory.ui.live.people'), fit: 'tight', render: (row) => <span className="figures">{t('directory.ui.live.people-of', { people: row.people, connections: row.connections })}</span> },
    { key: 'rate', title: t('directory.ui.live.rate'), fit: 'tight', render: (row) => <span className="figures">{row.updatesPerSecond.toFixed(1)}</span> },
    { key: 'bytes', title: t('directory.ui.live.bytes'), fit: 'tight', render: (row) => <span className="figures">{format.size(row.bytes)}</span> },
    { key: 'seq', title: t('directory.ui.live.seq'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{row.seq}</span> },
    { key: 'since', title: t('directory.ui.live.since'), fit: 'tight', role: 'wide-only', render: (row) => <span className="figures">{format.moment(row.openedAt)}</span> },
  ]
}
