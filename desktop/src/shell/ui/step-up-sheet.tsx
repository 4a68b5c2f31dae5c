import { Input } from 'antd'
import { sessionContract } from '@xiewen/shared/directory'
import { useState, useSyncExternalStore } from 'react'
import { type CallError, call, isCallError } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { ConfirmSheet, Field, Notice } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { answerProof, isProofAsked, onProofAsked } from './step-up.ts'

/** Asks for the password or one-time code before an act that demands a fresh proof of identity. */
export function StepUpSheet() {
  const open = useSyncExternalStore(onProofAsked, isProofAsked)
  return open ? <StepUpForm /> : null
}

function StepUpForm() {
  const { t } = useWords()
  const session = useSession()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [error, setError] = useState<CallError | null>(null)
  const [busy, setBusy] = useState(false)
  const prove = async () => {
    setBusy(true)
    try {
      await call(sessionContract.stepUp, { ...(password === '' ? {} : { password }), ...(code === '' ? {} : { code }) }, { bare: true })
      answerProof(true)
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const able = session.hasPassword || session.hasOneTimeCode
  const missing = (session.hasPassword && password === '') || (session.hasOneTimeCode && code === '')
  return (
    <ConfirmSheet
      open
      title={t('shell.step-up.title')}
      confirmLabel={t('shell.step-up.confirm')}
      onConfirm={() => void prove()}
      onClose={() => answerProof(false)}
      busy={busy}
      disabled={!able || missing}
      error={error}
    >
      <p>{t('shell.step-up.hint')}</p>
      {able ? null : <Notice kind="warning">{t('session.nothing-to-prove')}</Notice>}
      {session.hasPassword ? (
        <Field label={t('shell.sign-in.password')}>
          {(control) => <Input.Password {...control} autoFocus autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />}
        </Field>
      ) : null}
      {session.hasOneTimeCode ? (
        <Field label={t('shell.sign-in.code')} hint={t('shell.sign-in.code-hint')}>
          {(control) => <Input {...control} inputMode="numeric" autoComplete="one-time-code" maxLength={10} value={code} onChange={(event) => setCode(event.target.value)} />}
        </Field>
      ) : null}
    </ConfirmSheet>
  )
}
