import { documentsContract, formatDocumentNumber } from '@xiewen/shared/documents'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice, RefusalNotice } from '../../platform/kit/index.ts'
import type { DocumentPanel } from '../../platform/rooms/document-slots.ts'
import { SignNotices, type SignsOfPages } from './missing-signs.tsx'
import type { Desk } from './workbench-model.ts'

interface Props {
  readonly desk: Desk
  /** What comes after the pages are laid out (用印), or null. */
  readonly next: DocumentPanel | null
  readonly onNext: (key: string) => void
}

/** 登记: the 文书's part between signing and sealing: number, typesetting, the final PDF. */
export function IssuePanel({ desk, next, onNext }: Props) {
  const { t, format } = useWords()
  const { document, abilities, rendition, codes } = desk.opened
  const [code, setCode] = useState(() => (codes.includes(desk.opened.code) ? desk.opened.code : usualCode(codes, document.kind)))
  const [voiding, setVoiding] = useState(false)
  const [lent, setLent] = useState<SignsOfPages['lent']>([])
  const allocate = useCommand(documentsContract.allocateNumber)
  const typeset = useCommand(documentsContract.typeset)
  const after = (done: unknown) => {
    if (done !== null) desk.reload()
  }
  const layOut = async () => {
    const made = await typeset.run({ documentId: document.id })
    setLent(made?.lent ?? [])
    after(made)
  }
  return (
    <>
      <dl className="facts">
        <dt>{t('documents.ui.issue.digest')}</dt>
        <dd className="figures" title={document.frozenDigest ?? ''}>{document.frozenDigest === null ? '—' : `SM3 ${document.frozenDigest.slice(0, 16)}…`}</dd>
        <dt>{t('documents.ui.column.number')}</dt>
        <dd className="figures strong">{document.number === null ? t('documents.ui.issue.no-number') : formatDocumentNumber(document.number)}</dd>
        <dt>{t('documents.ui.issue.pdf')}</dt>
        <dd>
          {rendition === null ? (
            t('documents.ui.issue.no-pdf')
          ) : (
            <a target="_blank" rel="noopener" href={urlOf(documentsContract.pdf, { documentId: document.id })}>
              {t(`documents.ui.issue.${rendition.stage}`, { pages: rendition.pages, at: format.moment(rendition.at) })}
            </a>
          )}
        </dd>
      </dl>
      {abilities.allocateNumber?.allowed === true ? (
        <>
          <Field label={t('documents.ui.issue.code')} hint={t('documents.ui.issue.code-hint')}>
            {(control) => <Select {...control} value={code} onChange={setCode} options={codes.map((value) => ({ value, label: value }))} />}
          </Field>
          <Button type="primary" block loading={allocate.busy} disabled={code === ''} onClick={() => void allocate.run({ documentId: document.id, code }).then(after)}>
            {t('documents.ui.issue.allocate')}
          </Button>
        </>
      ) : null}
      {document.state === 'typeset' && abilities.typeset?.allowed === true && next !== null ? (
        <Button type="primary" block onClick={() => onNext(next.key)}>
          {t('documents.ui.issue.next', { step: t(next.labelKey) })}
        </Button>
      ) : null}
      {abilities.typeset?.allowed === true ? (
        <Button type={rendition === null ? 'primary' : 'default'} block loading={typeset.busy} onClick={() => void layOut()}>
          {t(rendition === null ? 'documents.ui.issue.typeset-act' : 'documents.ui.issue.typeset-again')}
        </Button>
      ) : null}
      {abilities.voidNumber?.allowed === true ? (
        <Button type="text" danger block onClick={() => setVoiding(true)}>
          {t('documents.ui.issue.void')}
        </Button>
      ) : null}
      {document.state === 'signed' && abilities.allocateNumber?.allowed !== true ? <Notice>{t('documents.ui.issue.waits')}</Notice> : null}
      <RefusalNotice error={allocate.error ?? typeset.error} />
      <SignNotices missing={[]} lent={lent} />
      {voiding ? <VoidSheet desk={desk} onClose={() => setVoiding(false)} /> : null}
    </>
  )
}

/** A 函 is numbered with a code that says so. */
function usualCode(codes: readonly string[], kind: string): string {
  const isLetter = kind === '函'
  return codes.find((code) => code.endsWith('函') === isLetter) ?? codes[0] ?? ''
}

function VoidSheet({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = useCommand(documentsContract.voidNumber)
  const run = async () => {
    if (!(await act.run({ documentId: desk.opened.document.id, reason }))) return
    desk.reload()
    onClose()
  }
  return (
    <ConfirmSheet open danger title={t('documents.ui.issue.void-title')} confirmLabel={t('documents.ui.issue.void')} busy={act.busy} disabled={reason.trim().length < 2} onConfirm={() => void run()} onClose={onClose}>
      <Field required label={t('documents.ui.issue.reason')} hint={t('documents.ui.issue.void-hint')}>
        {(control) => <Input {...control} autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <RefusalNotice error={act.error} />
    </ConfirmSheet>
  )
}
