import { documentsContract } from '@xiewen/shared/documents'
import { Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, EmptyState, Lamp, Page, RefusalNotice } from '../../platform/kit/index.ts'
import { Link, navigate, type PageProps } from '../../platform/rooms/index.ts'
import { numberText, toneOfState } from './document-words.ts'
import './documents.css'

/** 查询: full text search over everything the person may see. */
export function Component({ query }: PageProps) {
  const { t } = useWords()
  const [text, setText] = useState(query.get('text') ?? '')
  const search = (next: string) => {
    setText(next.trim())
    navigate(next.trim() === '' ? '/search' : `/search?text=${encodeURIComponent(next.trim())}`, { replace: true })
  }
  return (
    <Page title={t('documents.ui.search')}>
      <search className="search-field">
        <Input.Search autoFocus allowClear size="large" defaultValue={text} placeholder={t('documents.ui.search-hint')} aria-label={t('documents.ui.search-hint')} enterButton onSearch={search} />
      </search>
      {text === '' ? <EmptyState title={t('documents.ui.search-empty')} hint={t('documents.ui.search-empty-hint')} /> : <Results text={text} />}
    </Page>
  )
}

function Results({ text }: { readonly text: string }) {
  const { t, format } = useWords()
  const input = useMemo(() => ({ text, limit: 30 }), [text])
  const pages = usePages(documentsContract.search, input)
  return (
    <Answer of={pages.first}>
      {() =>
        pages.rows.length === 0 ? (
          <EmptyState title={t('documents.ui.none-found')} hint={t('documents.ui.none-found-hint')} />
        ) : (
          <>
            <ol className="search-results">
              {pages.rows.map((row) => (
                <li key={row.id}>
                  <Link to={`/documents/${row.id}`}>{row.title === '' ? t('documents.ui.untitled', { kind: t(`documents.ui.kind-name.${row.kind}`) }) : row.title}</Link>
                  <p>
                    <Excerpt text={row.excerpt} words={text} />
                  </p>
                  <div className="row soft small">
                    <Lamp tone={toneOfState(row.state)} label={t(`documents.state.${row.state}`)} />
                    <span>{numberText(row.number, '')}</span>
                    <span>{row.organName}</span>
                    <time>{format.date(row.changedAt)}</time>
                  </div>
                </li>
              ))}
            </ol>
            {pages.loadMore === null ? null : (
              <button type="button" className="ant-btn" onClick={pages.loadMore} disabled={pages.loadingMore}>
                {t('documents.ui.more')}
              </button>
            )}
            <RefusalNotice error={pages.moreError} />
          </>
        )
      }
    </Answer>
  )
}

/** The words searched for are marked. */
function Excerpt({ text, words }: { readonly text: string; readonly words: string }) {
  const escaped = words.split(/\s+/).filter((word) => word !== '').map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  const parts = escaped.length === 0 ? [text] : text.split(new RegExp(`(${escaped.join('|')})`, 'gi'))
  return <>{parts.map((part, index) => (index % 2 === 1 ? <mark key={`${index}${part}`}>{part}</mark> : part))}</>
}
