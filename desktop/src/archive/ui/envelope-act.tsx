import { archiveContract, envelopeContents, mostEnvelopeRecipients } from '@xiewen/shared/archive'
import type { DocumentId } from '@xiewen/shared/documents'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, FileDrop, tellDone } from '../../platform/kit/index.ts'
import { isReady, RecipientFacts, useRecipients } from './envelope-recipients.tsx'

/** 加密发出: the file leaves in an envelope only the named recipients open. */
export function EnvelopeAct({ documentId }: { readonly documentId: DocumentId }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('archive.ui.envelope')}</Button>
      {open ? <EnvelopeSheet documentId={documentId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function EnvelopeSheet({ documentId, onClose }: { readonly documentId: DocumentId; readonly onClose: () => void }) {
  const { t } = useWords()
  const make = useCommand(archiveContract.envelope)
  const [of, setOf] = useState<(typeof envelopeContents)[number]>('evidence')
  const { chosen, error, reading, add, remove, compare } = useRecipients()
  const confirm = async () => {
    const made = await make.run({ documentId, of, recipients: chosen.map(({ certificate, isCompared }) => ({ certificate, isCompared })) })
    if (made === null) return
    window.location.href = urlOf(archiveContract.envelopeFile, { envelopeId: made.envelopeId })
    tellDone(t('archive.ui.envelope-done', { file: made.fileName }))
    onClose()
  }
  return (
    <ConfirmSheet
      open title={t('archive.ui.envelope')} confirmLabel={t('archive.ui.envelope-confirm')} busy={make.busy} disabled={reading || chosen.length === 0 || !chosen.every(isReady)} error={error ?? make.error}
      onConfirm={() => void confirm()} onClose={onClose}
    >
      <p className="soft">{t('archive.ui.envelope-explained')}</p>
      <Field label={t('archive.ui.envelope-what')}>
        {(control) => <Select {...control} value={of} onChange={setOf} options={envelopeContents.map((value) => ({ value, label: t(`archive.ui.envelope-of.${value}`) }))} />}
      </Field>
      {chosen.length === 0 ? null : <h3>{t('archive.ui.envelope-recipients', { count: chosen.length })}</h3>}
      {chosen.map((each) => (
        <RecipientFacts key={each.recipient.fingerprint} of={each} onCompare={(isCompared) => compare(each, isCompared)} onRemove={() => remove(each)} />
      ))}
      {chosen.length >= mostEnvelopeRecipients ? (
        <p className="soft">{t('archive.ui.envelope-full', { count: mostEnvelopeRecipients })}</p>
      ) : (
        <FileDrop multiple label={t(chosen.length === 0 ? 'archive.ui.envelope-certificate' : 'archive.ui.envelope-another')} accept=".cer,.crt,.pem,.der" maxBytes={6 * 1024} onFiles={(files) => void add(files)} />
      )}
    </ConfirmSheet>
  )
}
