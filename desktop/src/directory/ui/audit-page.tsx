import { auditContract, type AuditRow } from '@xiewen/shared/base'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../../platform/http/index.ts'
import { type Speech, useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, DataTable, EmptyState, Page, PersonName, RefusalNotice, Sheet, Tag } from '../../platform/kit/index.ts'
import { AuditHead } from './audit-head.tsx'
import { wordOfAct, wordsOfData } from './audit-model.ts'
import { TakeOutLedger } from './take-out-ledger.tsx'
import './directory.css'

/** 管理 · 审计, for the audit administrator: every act, and a proof that none was changed. */
export function Component() {
  const speech = useWords()
  const { t } = speech
  const [text, setText] = useState('')
  const [opened, setOpened] = useState<AuditRow | null>(null)
  const input = useMemo(() => ({ limit: 100, ...(text === '' ? {} : { text }) }), [text])
  const acts = usePages(auditContract.list, input)
  const actions = (
    <>
      <search>
        <Input.Search allowClear aria-label={t('directory.ui.audit.search')} placeholder={t('directory.ui.audit.search')} onSearch={setText} />
      </search>
      <Button onClick={acts.first.reload}>{t('directory.ui.audit.refresh')}</Button>
      <TakeOutLedger onTaken={acts.first.reload} />
    </>
  )
  return (
    <Page title={t('directory.ui.admin.audit')} note={t('directory.ui.admin.audit-note')} flush actions={actions}>
      <AuditHead />
      <Answer of={acts.first}>
        {() => (
          <DataTable
            caption={t('directory.ui.admin.audit')}
            columns={columnsFor(speech)}
            rows={acts.rows}
            rowKey={(row) => String(row.seq)}
            onOpen={setOpened}
            empty={<EmptyState title={t('directory.ui.audit.none')} />}
            onMore={acts.loadMore}
            loadingMore={acts.loadingMore}
          />
        )}
      </Answer>
      <RefusalNotice error={acts.moreError} />
      <ActSheet row={opened} onClose={() => setOpened(null)} />
    </Page>
  )
}

function columnsFor(speech: Speech): readonly Column<AuditRow>[] {
  const { t, format } = speech
  return [
    { key: 'seq', title: t('directory.ui.audit.seq'), fit: 'tight', render: (row) => <span className="soft figures">{row.seq}</span> },
    { key: 'at', title: t('directory.ui.audit.at'), fit: 'tight', render: (row) => <span className="figures">{format.moment(row.at)}</span> },
    { key: 'kind', title: t('directory.ui.audit.act'), role: 'main', fit: 'tight', render: (row) => wordOfAct(row.kind, t) },
    { key: 'result', title: t('directory.ui.audit.result'), fit: 'tight', render: (row) => <Tag tone={row.result === 'done' ? 'green' : 'red'}>{t(`directory.ui.audit.result.${row.result}`)}</Tag> },
    { key: 'who', title: t('directory.ui.audit.who'), fit: 'tight', render: (row) => <Who row={row} /> },
    { key: 'address', title: t('directory.ui.audit.address'), fit: 'tight', role: 'wide-only', render: (row) => <span className="soft figures">{row.address}</span> },
    { key: 'data', title: t('directory.ui.audit.data'), fit: 'clip', role: 'wide-only', render: (row) => <span className="soft">{wordsOfData(row.data)}</span> },
  ]
}

function Who({ row }: { readonly row: AuditRow }) {
  const { t } = useWords()
  if (row.personName === '') return <span className="soft">{t(row.kind.startsWith('session.') ? 'directory.ui.audit.before-sign-in' : 'directory.ui.audit.system')}</span>
  return <PersonName name={row.personName} unit={row.unitName} {...(row.onBehalfOf === '' ? {} : { onBehalfOf: row.onBehalfOf })} />
}

function ActSheet({ row, onClose }: { readonly row: AuditRow | null; readonly onClose: () => void }) {
  const { t, format } = useWords()
  return (
    <Sheet open={row !== null} wide title={row === null ? '' : wordOfAct(row.kind, t)} onClose={onClose}>
      {row === null ? null : (
        <>
          <dl className="facts">
            <dt>{t('directory.ui.audit.seq')}</dt>
            <dd className="figures">{row.seq}</dd>
            <dt>{t('directory.ui.audit.at')}</dt>
            <dd>{`${format.date(row.at)} ${format.time(row.at)}`}</dd>
            <dt>{t('directory.ui.audit.who')}</dt>
            <dd>
              <Who row={row} />
            </dd>
            <dt>{t('directory.ui.audit.kind')}</dt>
            <dd>{row.kind}</dd>
            <dt>{t('directory.ui.audit.subject')}</dt>
            <dd>{`${row.subjectKind} ${row.subjectId}`}</dd>
            <dt>{t('directory.ui.audit.address')}</dt>
            <dd>{row.address}</dd>
          </dl>
          {wordsOfData(row.data) === '' ? null : <p className="pre-line">{wordsOfData(row.data)}</p>}
          <details>
            <summary>{t('directory.ui.audit.raw')}</summary>
            <pre className="raw">{row.data}</pre>
          </details>
        </>
      )}
    </Sheet>
  )
}
