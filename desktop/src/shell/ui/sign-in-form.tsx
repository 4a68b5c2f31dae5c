import { Button, Input } from 'antd'
import { sessionContract } from '@xiewen/shared/directory'
import { useState } from 'react'
import { RefusalError, useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, RefusalNotice } from '../../platform/kit/index.ts'
import { sessionStore } from './session-store.ts'

/** Login name, password and, when the account has one, the one-time code. */
export function SignInForm({ login: fixedLogin }: { readonly login?: string }) {
  const { t } = useWords()
  const signIn = useCommand(sessionContract.signIn)
  const [login, setLogin] = useState(fixedLogin ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const [codeAsked, setCodeAsked] = useState(false)
  const codeNeeded = codeAsked || (signIn.error instanceof RefusalError && signIn.error.code === 'session.code-needed')
  const submit = async () => {
    setTried(true)
    if (login === '' || password === '') return
    if (codeNeeded) setCodeAsked(true)
    const output = await signIn.run({ login, password, ...(code === '' ? {} : { code }) })
    if (output !== null) sessionStore.enter(output.session, false)
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field label={t('shell.sign-in.login')} wrong={tried && login === '' ? t('shell.sign-in.login-missing') : null}>
        {(control) => (
          <Input {...control} size="large" autoComplete="username" autoFocus={fixedLogin === undefined} disabled={fixedLogin !== undefined} value={login} onChange={(event) => setLogin(event.target.value)} />
        )}
      </Field>
      <Field label={t('shell.sign-in.password')} wrong={tried && password === '' ? t('shell.sign-in.password-missing') : null}>
        {(control) => (
          <Input {...control} size="large" type="password" autoComplete="current-password" autoFocus={fixedLogin !== undefined} value={password} onChange={(event) => setPassword(event.target.value)} />
        )}
      </Field>
      {codeNeeded ? (
        <Field label={t('shell.sign-in.code')} hint={t('shell.sign-in.code-hint')}>
          {(control) => (
            <Input {...control} size="large" inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={10} value={code} onChange={(event) => setCode(event.target.value)} />
          )}
        </Field>
      ) : null}
      <RefusalNotice error={signIn.error} />
      <Button size="large" type="primary" htmlType="submit" block loading={signIn.busy}>
        {t('shell.sign-in.enter')}
      </Button>
    </form>
  )
}
