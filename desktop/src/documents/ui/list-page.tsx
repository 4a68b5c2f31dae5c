import { type DocumentRow, documentKinds, documentsContract, documentStates } from '@xiewen/shared/documents'
import { Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Lamp, Page, RefusalNotice, Tabs, UrgencyTag } from '../../platform/kit/index.ts'
import { Link, navigate, type PageProps } from '../../platform/rooms/index.ts'
import { numberText, toneOfState } from './document-words.ts'
import './documents.css'

const scopes = ['all', 'mine', 'unit'] as const

/** 发文: documents the person may see, narrowed by state, kind and words. */
export function Component({ query }: PageProps) {
  const speech = useWords()
  const { t } = speech
  const [scope, setScope] = useState<(typeof scopes)[number]>('all')
  const [state, setState] = useState<DocumentRow['state'] | ''>('')
  const [kind, setKind] = useState<DocumentRow['kind'] | ''>('')
  const [text, setText] = useState(query.get('text') ?? '')
  const input = useMemo(
    () => ({ scope, states: state === '' ? [] : [state], ...(kind === '' ? {} : { kind }), ...(text === '' ? {} : { text }), limit: 50 }),
    [scope, state, kind, text],
  )
  const pages = usePages(documentsContract.list, input, { refreshOn: ['documents'] })
  const isNarrowed = state !== '' || kind !== '' || text !== '' || scope !== 'all'
  return (
    <Page
      title={t('documents.ui.list')}
      flush
      actions={
        <Button type="primary" onClick={() => navigate('/documents/new')}>
          {t('documents.ui.new')}
        </Button>
      }
    >
      <div className="documents-filters">
        <Tabs
          label={t('documents.ui.scope')}
          tabs={scopes.map((key) => ({ key, label: t(`documents.ui.scope.${key}`) }))}
          current={scope}
          onChange={(key) => setScope(scopes.find((each) => each === key) ?? 'all')}
        />
        <Select
          aria-label={t('documents.ui.state')}
          value={state}
          onChange={setState}
          options={[{ value: '' as const, label: t('documents.ui.any-state') }, ...documentStates.map((value) => ({ value, label: t(`documents.state.${value}`) }))]}
        />
        <Select
          aria-label={t('documents.ui.kind')}
          value={kind}
          onChange={setKind}
          options={[{ value: '' as const, label: t('documents.ui.any-kind') }, ...documentKinds.map((value) => ({ value, label: t(`documents.ui.kind-name.${value}`) }))]}
        />
        <Input.Search allowClear aria-label={t('documents.ui.find')} placeholder={t('documents.ui.find')} defaultValue={text} onSearch={setText} />
      </div>
      <Answer of={pages.first}>
        {() => (
          <DataTable
            caption={t('documents.ui.list')}
            columns={documentColumns(speech)}
            rows={pages.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => navigate(`/documents/${row.id}`)}
            onMore={pages.loadMore}
            loadingMore={pages.loadingMore}
            empty={
              <EmptyState
                title={t(isNarrowed ? 'documents.ui.none-found' : 'documents.ui.none')}
                hint={t(isNarrowed ? 'documents.ui.none-found-hint' : 'documents.ui.none-hint')}
                action={isNarrowed ? undefined : <Button onClick={() => navigate('/documents/new')}>{t('documents.ui.new')}</Button>}
              />
            }
          />
        )}
      </Answer>
      <RefusalNotice error={pages.moreError} />
    </Page>
  )
}

/** Columns of every list of documents. */
export function documentColumns({ t, format }: Speech): readonly Column<DocumentRow>[] {
  return [
    {
      key: 'title',
      title: t('documents.ui.column.title'),
      role: 'main',
      render: (row) => (
        <>
          <UrgencyTag urgency={row.urgency} /> <Link to={`/documents/${row.id}`}>{row.title === '' ? t('documents.ui.untitled', { kind: t(`documents.ui.kind-name.${row.kind}`) }) : row.title}</Link>
        </>
      ),
    },
    { key: 'number', title: t('documents.ui.column.number'), fit: 'tight', render: (row) => <span className="figures">{numberText(row.number, '')}</span> },
    { key: 'kind', title: t('documents.ui.kind'), fit: 'tight', role: 'wide-only', render: (row) => t(`documents.ui.kind-name.${row.kind}`) },
    { key: 'state', title: t('documents.ui.state'), fit: 'tight', render: (row) => <Lamp tone={toneOfState(row.state)} label={t(`documents.state.${row.state}`)} /> },
    { key: 'owner', title: t('documents.ui.column.owner'), fit: 'tight', role: 'wide-only', render: (row) => row.ownerName },
    { key: 'changed', title: t('documents.ui.column.changed'), fit: 'tight', render: (row) => <span className="figures soft">{format.moment(row.changedAt)}</span> },
  ]
}
