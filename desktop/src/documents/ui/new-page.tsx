import { documentsContract, largestImportBytes } from '@xiewen/shared/documents'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useUpload } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, FileDrop, Notice, Page, RefusalNotice, Tabs } from '../../platform/kit/index.ts'
import { BeginForm } from './begin-form.tsx'
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
          <div className={way === 'blank' ? undefined : 'new-document'}>{way === 'blank' ? <BeginForm /> : <ImportForm key={way} way={way} onDone={setRecognised} />}</div>
        </>
      )}
    </Page>
  )
}

function ImportForm({ way, onDone }: { readonly way: 'import' | 'paste'; readonly onDone: (recognised: Recognised) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { run, busy, error } = useUpload(documentsContract.recognise)
  const [rich, setRich] = useState('')
  const send = async (body: Blob, given: { readonly fileName?: string; readonly format?: 'html' }) => {
    const recognised = await run(given, body)
    if (recognised) onDone(recognised)
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
