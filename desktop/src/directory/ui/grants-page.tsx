import { directoryContract, type PersonView, type PostView } from '@xiewen/shared/directory'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { refreshQueries, usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, DataTable, EmptyState, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { EndPostSheet } from './end-post-sheet.tsx'
import { GrantPostSheet } from './grant-post-sheet.tsx'
import './directory.css'

/** 管理 · 职务与授权, for the security administrator: posts and duties of every person. */
export function Component() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [grantee, setGrantee] = useState<PersonView | null>(null)
  const [ending, setEnding] = useState<PostView | null>(null)
  const input = useMemo(() => ({ limit: 100, ...(text === '' ? {} : { text }) }), [text])
  const people = usePages(directoryContract.listPeople, input, { refreshOn: ['person', 'post'] })
  const changed = () => refreshQueries(directoryContract.listPeople)
  const columns = [
    { key: 'name', title: t('directory.ui.column.name'), role: 'main' as const, fit: 'tight' as const, render: (person: PersonView) => person.name },
    { key: 'posts', title: t('directory.ui.column.duties'), render: (person: PersonView) => <PostLines person={person} onEnd={setEnding} /> },
    {
      key: 'act',
      title: t('directory.ui.column.act'),
      fit: 'tight' as const,
      render: (person: PersonView) => (
        <Button size="small" onClick={() => setGrantee(person)}>
          {t('directory.ui.grant')}
        </Button>
      ),
    },
  ]
  const search = (
    <search>
      <Input.Search allowClear aria-label={t('directory.ui.search')} placeholder={t('directory.ui.search')} onSearch={setText} />
    </search>
  )
  return (
    <Page title={t('directory.ui.admin.grants')} note={t('directory.ui.admin.grants-note')} flush actions={search}>
      <Answer of={people.first}>
        {() => (
          <DataTable
            caption={t('directory.ui.people')}
            columns={columns}
            rows={people.rows}
            rowKey={(person) => person.id}
            empty={<EmptyState title={t('directory.ui.nobody')} hint={t('directory.ui.nobody-hint')} />}
            onMore={people.loadMore}
            loadingMore={people.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={people.moreError} />
      {grantee === null ? null : <GrantPostSheet key={grantee.id} person={grantee} onClose={() => setGrantee(null)} onGranted={changed} />}
      {ending === null ? null : <EndPostSheet key={ending.id} post={ending} onClose={() => setEnding(null)} onEnded={changed} />}
    </Page>
  )
}

function PostLines({ person, onEnd }: { readonly person: PersonView; readonly onEnd: (post: PostView) => void }) {
  const { t } = useWords()
  if (person.posts.length === 0) return <span className="soft">{t('directory.ui.no-post')}</span>
  return (
    <ul className="lines tight-lines">
      {person.posts.map((post) => (
        <li key={post.id} className="row">
          <span>{`${post.unitName} ${post.title}`}</span>
          <span className="soft small">{post.duties.map((duty) => t(`directory.duty.${duty}`)).join(t('ui.list-comma'))}</span>
          <Button size="small" type="link" onClick={() => onEnd(post)}>
            {t('directory.ui.end-post')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
