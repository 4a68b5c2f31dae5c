import { type DocumentId, documentsContract, formatDocumentNumber } from '@xiewen/shared/documents'
import { supervisionContract } from '@xiewen/shared/supervision'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages, useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DataTable, EmptyState, Page } from '../../platform/kit/index.ts'
import { Link, navigate, type PageProps } from '../../platform/rooms/index.ts'
import { ProposalList } from './proposal-list.tsx'
import './supervision.css'

/** 从文件立项: choose a signed or received document, then what of it becomes assignments. */
export function Component({ query }: PageProps) {
  const chosen = query.get('document')
  // Safe because the server checks the id; a wrong one is not found.
  return chosen === null ? <ChooseDocument /> : <Proposals documentId={chosen as DocumentId} />
}

function ChooseDocument() {
  const { t, format } = useWords()
  const [text, setText] = useState('')
  const input = useMemo(() => ({ states: ['signed', 'numbered', 'typeset', 'sealed', 'issued', 'incoming'] as const, limit: 50, ...(text === '' ? {} : { text }) }), [text])
  const documents = usePages(documentsContract.list, { ...input, states: [...input.states] })
  const search = (
    <search>
      <Input.Search allowClear aria-label={t('supervision.ui.choose.search')} placeholder={t('supervision.ui.choose.search')} onSearch={setText} />
    </search>
  )
  return (
    <Page title={t('supervision.ui.from-document')} crumbs={[{ label: t('supervision.ui.ledger'), to: '/supervision' }]} note={t('supervision.ui.choose.note')} flush actions={search}>
      <Answer of={documents.first}>
        {() => (
          <DataTable
            caption={t('supervision.ui.choose')}
            columns={[
              { key: 'title', title: t('supervision.ui.choose.title'), role: 'main', render: (row) => row.title },
              { key: 'number', title: t('supervision.ui.choose.number'), fit: 'tight', render: (row) => (row.number === null ? '—' : formatDocumentNumber(row.number)) },
              { key: 'organ', title: t('supervision.ui.choose.organ'), render: (row) => row.organName },
              { key: 'changed', title: t('supervision.ui.choose.changed'), fit: 'tight', role: 'wide-only', render: (row) => format.date(row.changedAt) },
            ]}
            rows={documents.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/supervision/new?document=${row.id}`)}
            empty={<EmptyState title={t('supervision.ui.choose.none')} hint={t('supervision.ui.choose.none-hint')} />}
            onMore={documents.loadMore}
            loadingMore={documents.loadingMore}
          />
        )}
      </Answer>
    </Page>
  )
}

function Proposals({ documentId }: { readonly documentId: DocumentId }) {
  const { t } = useWords()
  const found = useQuery(supervisionContract.propose, { documentId })
  return (
    <Answer of={found}>
      {(data) => (
        <Page
          title={t('supervision.ui.from-document')}
          crumbs={[
            { label: t('supervision.ui.ledger'), to: '/supervision' },
            { label: t('supervision.ui.choose'), to: '/supervision/new' },
          ]}
          note={
            <span className="row">
              <Link to={`/documents/${data.document.id}`}>{data.document.title}</Link>
              {data.document.number === null ? null : <span className="soft">{formatDocumentNumber(data.document.number)}</span>}
              <span className="soft">{t('supervision.ui.proposals.count', { count: data.proposals.length })}</span>
            </span>
          }
        >
          {data.proposals.length === 0 ? (
            <EmptyState title={t('supervision.ui.proposals.none')} hint={t('supervision.ui.proposals.none-hint')} />
          ) : (
            <ProposalList key={data.document.id} documentId={data.document.id} proposals={data.proposals} />
          )}
        </Page>
      )}
    </Answer>
  )
}
