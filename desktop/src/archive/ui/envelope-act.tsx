import { archiveContract, envelopeContents, type EnvelopeRecipientView } from '@xiewen/shared/archive'
import type { DocumentId } from '@xiewen/shared/documents'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import { call, type CallError, isCallError, urlOf, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, FileDrop, Notice, tellDone } from '../../platform/kit/index.ts'

/** What somebody chose: the certificate file in base64, and whose the server says it is. */
interface Chosen {
  readonly certificate: string
  readonly recipient: EnvelopeRecipientView
}

/** 加密发出: the file leaves in an envelope only the named recipient opens. */
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
  const { chosen, fileName, error, choose } = useRecipient()
  const [isCompared, setCompared] = useState(false)
  const isReady = chosen !== null && (chosen.recipient.path !== null || isCompared)
  const confirm = async () => {
    if (chosen === null) return
    const made = await make.run({ documentId, of, certificate: chosen.certificate, isCompared })
    if (made === null) return
    window.location.href = urlOf(archiveContract.envelopeFile, { envelopeId: made.envelopeId })
    tellDone(t('archive.ui.envelope-done', { file: made.fileName }))
    onClose()
  }
  return (
    <ConfirmSheet
      open title={t('archive.ui.envelope')} confirmLabel={t('archive.ui.envelope-confirm')} busy={make.busy} disabled={!isReady} error={error ?? make.error}
      onConfirm={() => void confirm()} onClose={onClose}
    >
      <p className="soft">{t('archive.ui.envelope-explained')}</p>
      <Field label={t('archive.ui.envelope-what')}>
        {(control) => <Select {...control} value={of} onChange={setOf} options={envelopeContents.map((value) => ({ value, label: t(`archive.ui.envelope-of.${value}`) }))} />}
      </Field>
      <FileDrop
        label={fileName ?? t('archive.ui.envelope-certificate')} accept=".cer,.crt,.pem,.der" maxBytes={6 * 1024}
        onFiles={([file]) => {
          setCompared(false)
          if (file) void choose(file)
        }}
      />
      {chosen === null ? null : <RecipientFacts recipient={chosen.recipient} />}
      {chosen !== null && chosen.recipient.path === null ? (
        <Checkbox checked={isCompared} onChange={(event) => setCompared(event.target.checked)}>
          {t('archive.ui.envelope-compared')}
        </Checkbox>
      ) : null}
    </ConfirmSheet>
  )
}

/** Reads a chosen file and asks the server whose certificate it is. */
function useRecipient() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [fileName, setFileName] = useState<string | null>(null)
  const [error, setError] = useState<CallError | null>(null)
  const choose = async (file: File) => {
    setChosen(null)
    setError(null)
    setFileName(file.name)
    try {
      const certificate = toBase64(new Uint8Array(await file.arrayBuffer()))
      const { recipient } = await call(archiveContract.readRecipient, { certificate })
      setChosen({ certificate, recipient })
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    }
  }
  return { chosen, fileName, error, choose }
}

/** Whose certificate it is, and plainly whether anybody trusted here vouches for it. */
function RecipientFacts({ recipient }: { readonly recipient: EnvelopeRecipientView }) {
  const { t, format } = useWords()
  const { path, revocation } = recipient
  return (
    <>
      <dl className="facts">
        <dt>{t('archive.ui.envelope-recipient')}</dt>
        <dd>{recipient.subject}</dd>
        <dt>{t('archive.ui.envelope-issuer')}</dt>
        <dd>{recipient.issuer}</dd>
        <dt>{t('archive.ui.envelope-valid')}</dt>
        <dd>{`${format.date(recipient.validFrom)} – ${format.date(recipient.validUntil)}`}</dd>
        <dt>{t('archive.ui.envelope-fingerprint')}</dt>
        <dd>
          <code className="digest">{recipient.fingerprint}</code>
        </dd>
      </dl>
      {path === null ? <Notice kind="warning">{t('archive.ui.envelope-unknown')}</Notice> : <Notice>{t('archive.ui.envelope-known', { authority: path.at(-1) ?? '' })}</Notice>}
      {path !== null && revocation !== 'good' ? <Notice kind="warning">{t(`archive.ui.envelope-revocation.${revocation}`)}</Notice> : null}
    </>
  )
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
