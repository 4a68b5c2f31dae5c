import { archiveContract, type EnvelopeRecipientView, mostEnvelopeRecipients } from '@xiewen/shared/archive'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { call, type CallError, isCallError } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Notice } from '../../platform/kit/index.ts'

/** Somebody the envelope is for: the certificate file in base64, whose the server says it is, and whether the fingerprint was compared. */
export interface Chosen {
  readonly certificate: string
  readonly recipient: EnvelopeRecipientView
  readonly isCompared: boolean
}

/** Whether the envelope may go to this recipient. */
export const isReady = ({ recipient, isCompared }: Chosen): boolean => recipient.path !== null || isCompared

/** The recipients of an envelope being made. `add` reads certificate files one by one and asks the server whose each is; `error` says of the last that was none. */
export function useRecipients() {
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [error, setError] = useState<CallError | null>(null)
  const [reading, setReading] = useState(false)
  const put = (next: Chosen): void => setChosen((before) => (before.length >= mostEnvelopeRecipients || before.some((each) => isSame(each, next)) ? before : [...before, next]))
  const add = async (files: readonly File[]) => {
    setError(null)
    setReading(true)
    for (const file of files) {
      try {
        const certificate = toBase64(new Uint8Array(await file.arrayBuffer()))
        const { recipient } = await call(archiveContract.readRecipient, { certificate })
        put({ certificate, recipient, isCompared: false })
      } catch (problem) {
        if (!isCallError(problem)) throw problem
        setError(problem)
      }
    }
    setReading(false)
  }
  const remove = (one: Chosen): void => setChosen((before) => before.filter((each) => !isSame(each, one)))
  const compare = (one: Chosen, isCompared: boolean): void => setChosen((before) => before.map((each) => (isSame(each, one) ? { ...each, isCompared } : each)))
  return { chosen, error, reading, add, remove, compare }
}

const isSame = (one: Chosen, other: Chosen): boolean => one.recipient.fingerprint === other.recipient.fingerprint

/** One recipient: whose certificate it is, and plainly whether anybody trusted here vouches for it. */
export function RecipientFacts({ of, onCompare, onRemove }: { readonly of: Chosen; readonly onCompare: (isCompared: boolean) => void; readonly onRemove: () => void }) {
  const { t, format } = useWords()
  const { recipient, isCompared } = of
  const { path, revocation, subject } = recipient
  return (
    <section className="envelope-recipient" aria-label={subject}>
      <div className="row">
        <span className="strong">{subject}</span>
        <Button size="small" onClick={onRemove} aria-label={t('archive.ui.envelope-remove-of', { name: subject })}>
          {t('archive.ui.envelope-remove')}
        </Button>
      </div>
      <dl className="facts">
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
      {path === null ? (
        <Checkbox checked={isCompared} onChange={(event) => onCompare(event.target.checked)}>
          {t('archive.ui.envelope-compared')}
        </Checkbox>
      ) : null}
    </section>
  )
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
