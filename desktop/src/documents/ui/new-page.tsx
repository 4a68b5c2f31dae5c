import type { OutputOf } from '@xiewen/shared/base'
import { type DocumentKind, documentKinds, documentsContract, largestImportBytes } from '@xiewen/shared/documents'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, FileDrop, Notice, Page, Panel, RefusalNotice, Tabs } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'
import './documents.css'

type Way = 'import' | 'paste' | 'blank'
type Imported = OutputOf<typeof documentsContract.importFile>
type ImportEntry = Imported['report']['guessed'][number]
const ways = ['blank', 'import', 'paste'] as const

/** 拟稿: from a kind, from a text file, or from pasted words. */
export function Component() {
  const { t } = useWords()
  const [way, setWay] = useState<Way>('blank')
  const [imported, setImported] = useState<Imported | null>(null)
  return (
    <Page title={t('documents.ui.new')} crumbs={[{ label: t('documents.ui.list'), to: '/documents' }]}>
      {imported ? (
        <ImportReport imported={imported} />
      ) : (
        <>
          <Tabs label={t('documents.ui.new')} tabs={ways.map((key) => ({ key, label: t(`documents.ui.new.${key}`) }))} current={way} onChange={(key) => setWay(ways.find((each) => each === key) ?? 'blank')} />
          <div className="new-document">{way === 'blank' ? <BlankForm /> : <ImportForm key={way} way={way} onDone={setImported} />}</div>
        </>
      )}
    </Page>
  )
}

function BlankForm() {
  const { t } = useWords()
  const [kind, setKind] = useState<DocumentKind>('通知')
  const [title, setTitle] = useState('')
  const create = useCommand(documentsContract.create)
  const begin = async () => {
    const made = await create.run({ kind, title })
    if (made) navigate(`/documents/${made.documentId}`)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void begin()
      }}
    >
      <fieldset className="kinds">
        <legend>{t('documents.ui.kind')}</legend>
        {documentKinds.map((each) => (
          <label key={each} className={each === kind ? 'kind chosen' : 'kind'}>
            <input type="radio" name="kind" value={each} checked={each === kind} onChange={() => setKind(each)} />
            <span className="strong">{t(`documents.ui.kind-name.${each}`)}</span>
            <span className="soft small">{t(`documents.ui.kind-use.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <Field label={t('documents.ui.column.title')} hint={t('documents.ui.title-hint')}>
        {(control) => <Input {...control} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <RefusalNotice error={create.error} />
      <Button type="primary" htmlType="submit" loading={create.busy}>
        {t('documents.ui.begin', { kind: t(`documents.ui.kind-name.${kind}`) })}
      </Button>
    </form>
  )
}

function ImportForm({ way, onDone }: { readonly way: 'import' | 'paste'; readonly onDone: (imported: Imported) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const send = async (body: Blob, fileName?: string) => {
    setBusy(true)
    setError(null)
    try {
      onDone(await upload(documentsContract.importFile, fileName === undefined ? {} : { fileName }, body))
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Notice>{t('documents.ui.import-hint')}</Notice>
      {way === 'import' ? (
        <FileDrop label={t(busy ? 'documents.ui.importing' : 'documents.ui.import-drop')} accept=".docx,.txt,.md,.markdown,.html,.htm,.json" maxBytes={largestImportBytes} onFiles={([file]) => file && void send(file, file.name.slice(0, 200))} />
      ) : (
        <>
          <Field label={t('documents.ui.paste-label')}>
            {(control) => <Input.TextArea {...control} value={text} autoSize={{ minRows: 14, maxRows: 28 }} onChange={(event) => setText(event.target.value)} />}
          </Field>
          <Button type="primary" disabled={text.trim() === ''} loading={busy} onClick={() => void send(new Blob([text], { type: 'text/plain' }))}>
            {t('documents.ui.recognise')}
          </Button>
        </>
      )}
      <RefusalNotice error={error} />
    </>
  )
}

/** What was recognised, guessed and left out, before the draft is opened. */
function ImportReport({ imported }: { readonly imported: Imported }) {
  const { t } = useWords()
  const { report } = imported
  return (
    <>
      <Notice kind="success">{t('documents.ui.imported', { title: imported.title, count: report.recognised.length, encoding: imported.encoding === '' ? 'DOCX' : imported.encoding.toUpperCase() })}</Notice>
      <div className="row import-actions">
        <Button type="primary" autoFocus onClick={() => navigate(`/documents/${imported.documentId}`)}>
          {t('documents.ui.open-draft')}
        </Button>
      </div>
      <ReportList title={t('documents.ui.report.guessed', { count: report.guessed.length })} entries={report.guessed} none={t('documents.ui.report.no-guess')} />
      <ReportList title={t('documents.ui.report.dropped', { count: report.dropped.length })} entries={report.dropped} none={t('documents.ui.report.no-drop')} />
      <ReportList title={t('documents.ui.report.recognised', { count: report.recognised.length })} entries={report.recognised} none="" />
    </>
  )
}

function ReportList({ title, entries, none }: { readonly title: string; readonly entries: readonly ImportEntry[]; readonly none: string }) {
  const { t } = useWords()
  return (
    <Panel title={title}>
      {entries.length === 0 ? <p className="soft">{none}</p> : null}
      <ol className="report">
        {entries.slice(0, 200).map((entry) => (
          <li key={`${entry.line}${entry.topic}`}>
            <span className="soft small figures">{t('documents.ui.report.line', { line: entry.line })}</span>
            <span className="strong">{t(`documents.import.${entry.topic}`)}</span>
            <span className="clip">{entry.text}</span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
