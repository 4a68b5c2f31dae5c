import { type DocumentKind, documentKinds, documentsContract, largestImportBytes } from '@xiewen/shared/documents'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type CallError, isCallError, upload, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, FileDrop, Notice, Page, RefusalNotice, Tabs } from '../../platform/kit/index.ts'
import { navigate } from '../../platform/rooms/index.ts'
import { ImportDesk } from './import-desk.tsx'
import type { Recognised } from './import-model.ts'
import './documents.css'

type Way = 'import' | 'paste' | 'blank'
const ways = ['blank', 'import', 'paste'] as const

/** 拟稿: from a kind, from a text file, or from pasted words. */
export function Component() {
  const { t } = useWords()
  const [way, setWay] = useState<Way>('blank')
  const [recognised, setRecognised] = useState<Recognised | null>(null)
  return (
    <Page title={t('documents.ui.new')} crumbs={[{ label: t('documents.ui.list'), to: '/documents' }]}>
      {recognised ? (
        <ImportDesk recognised={recognised} onAgain={() => setRecognised(null)} />
      ) : (
        <>
          <Tabs label={t('documents.ui.new')} tabs={ways.map((key) => ({ key, label: t(`documents.ui.new.${key}`) }))} current={way} onChange={(key) => setWay(ways.find((each) => each === key) ?? 'blank')} />
          <div className="new-document">{way === 'blank' ? <BlankForm /> : <ImportForm key={way} way={way} onDone={setRecognised} />}</div>
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

function ImportForm({ way, onDone }: { readonly way: 'import' | 'paste'; readonly onDone: (recognised: Recognised) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const [rich, setRich] = useState('')
  const send = async (body: Blob, given: { readonly fileName?: string; readonly format?: 'html' }) => {
    setBusy(true)
    setError(null)
    try {
      onDone(await upload(documentsContract.recognise, given, body))
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
        <FileDrop label={t(busy ? 'documents.ui.importing' : 'documents.ui.import-drop')} accept=".docx,.txt,.md,.markdown,.html,.htm,.json" maxBytes={largestImportBytes} onFiles={([file]) => file && void send(file, { fileName: file.name.slice(0, 200) })} />
      ) : (
        <>
          <Field label={t('documents.ui.paste-label')}>
            {(control) => <Input.TextArea {...control} value={text} autoSize={{ minRows: 14, maxRows: 28 }} onPaste={(event) => setRich(text === '' ? structuredHtml(event.clipboardData.getData('text/html')) : '')} onChange={(event) => setText(event.target.value)} />}
          </Field>
          {rich === '' ? null : (
            <Notice>
              {t('documents.ui.desk.rich')}{' '}
              <Button size="small" onClick={() => setRich('')}>
                {t('documents.ui.desk.plain')}
              </Button>
            </Notice>
          )}
          <Button type="primary" disabled={text.trim() === ''} loading={busy} onClick={() => void (rich === '' ? send(new Blob([text], { type: 'text/plain' }), {}) : send(new Blob([rich], { type: 'text/html' }), { format: 'html' }))}>
            {t('documents.ui.recognise')}
          </Button>
        </>
      )}
      <RefusalNotice error={error} />
    </>
  )
}

/** What was copied from a web page or Word, when it has tables or headings that its plain words would lose. */
function structuredHtml(html: string): string {
  return /<(?:table|h[1-5])[\s>]|mso-/i.test(html) && html.length < largestImportBytes ? html : ''
}
