import { type OutsideListView, sealsContract } from '@xiewen/shared/seals'
import { Button } from 'antd'
import { useState } from 'react'
import { refreshTopics, useQuery, useUpload } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Answer, type Column, ConfirmSheet, DataTable, EmptyState, FileDrop, Lamp, Notice, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'

const tones = { valid: 'green', due: 'yellow', stale: 'red', replaced: 'grey', untrusted: 'grey' } as const

/** 吊销列表: what outside authorities have revoked, whether each list is still in force, and what to do where it is not. */
export function OutsideLists() {
  const { t, format } = useWords()
  const { duties } = useSession()
  const answer = useQuery(sealsContract.listLists, {}, { refreshOn: ['seals'] })
  const [importing, setImporting] = useState(false)
  const columns: readonly Column<OutsideListView>[] = [
    { key: 'state', title: t('seals.ui.column.state'), fit: 'tight', render: (row) => <Lamp tone={tones[row.state]} label={t(`seals.lists.state.${row.state}`)} /> },
    { key: 'issuer', title: t('seals.lists.issuer'), role: 'main', render: (row) => <IssuerOf {...row} /> },
    { key: 'number', title: t('seals.lists.number'), fit: 'tight', role: 'wide-only', render: (row) => row.number || '—' },
    { key: 'entries', title: t('seals.lists.entries'), fit: 'tight', isLabelled: true, render: (row) => row.entries },
    { key: 'this', title: t('seals.lists.this-update'), fit: 'tight', role: 'wide-only', render: (row) => format.moment(row.thisUpdate) },
    { key: 'next', title: t('seals.lists.next-update'), fit: 'tight', isLabelled: true, render: (row) => format.moment(row.nextUpdate) },
    { key: 'by', title: t('seals.lists.by'), fit: 'tight', role: 'wide-only', render: (row) => <Importing {...row} /> },
  ]
  const mayImport = duties.includes('security-admin') || duties.includes('system-admin')
  return (
    <section className="outside-lists">
      <div className="row">
        <h2>{t('seals.lists.title')}</h2>
        {mayImport ? <Button onClick={() => setImporting(true)}>{t('seals.lists.import')}</Button> : null}
      </div>
      <Answer of={answer}>
        {({ lists, without }) => (
          <>
            {lists.some((row) => row.state === 'stale') ? <Notice kind="warning">{t('seals.lists.stale-next')}</Notice> : null}
            {lists.some((row) => row.state === 'due') ? <Notice kind="warning">{t('seals.lists.due-next')}</Notice> : null}
            {without.length > 0 ? <Notice>{t('seals.lists.without', { authorities: without.join('；') })}</Notice> : null}
            <DataTable caption={t('seals.lists.title')} columns={columns} rows={lists} rowKey={(row) => row.id} empty={<EmptyState title={t('seals.lists.none')} hint={t('seals.lists.none-hint')} />} />
          </>
        )}
      </Answer>
      {importing ? <ImportList onClose={() => setImporting(false)} /> : null}
    </section>
  )
}

/** Whose list it is, and of a partitioned one which part. */
function IssuerOf({ issuer, part }: OutsideListView) {
  const { t } = useWords()
  if (part === null) return issuer
  const words = [t(`seals.lists.part.${part.holders}`), ...(part.isSomeReasons ? [t('seals.lists.part.some-reasons')] : [])]
  return (
    <>
      {issuer}
      <div className="soft">{words.join(' · ')}</div>
      {part.address === '' ? null : <div className="soft">{part.address}</div>}
    </>
  )
}

function Importing({ importedBy, importedAt }: OutsideListView) {
  const { format } = useWords()
  return (
    <>
      {importedBy}
      <div className="soft">{format.date(importedAt)}</div>
    </>
  )
}

function ImportList({ onClose }: { readonly onClose: () => void }) {
  const { t, format } = useWords()
  const [file, setFile] = useState<File | null>(null)
  const { run, busy, error } = useUpload(sealsContract.importList)
  const send = async () => {
    const imported = file && (await run({}, file))
    if (!imported) return
    const { issuer, entries, nextUpdate, isStale } = imported
    tellDone(t(isStale ? 'seals.lists.imported-stale' : 'seals.lists.imported', { issuer, count: entries, until: format.moment(nextUpdate) }))
    onClose()
    refreshTopics(['seals'])
  }
  return (
    <ConfirmSheet open title={t('seals.lists.import')} confirmLabel={t('seals.lists.import')} busy={busy} disabled={file === null} error={error} onConfirm={() => void send()} onClose={onClose}>
      <p className="soft">{t('seals.lists.import-hint')}</p>
      <FileDrop label={file?.name ?? t('seals.lists.file')} accept=".crl,.pem,.der" maxBytes={4 * 1024 * 1024} onFiles={([next]) => setFile(next ?? null)} />
    </ConfirmSheet>
  )
}
