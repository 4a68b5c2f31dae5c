import { Button, Input } from 'antd'
import { useState } from 'react'
import { bridge } from '../../platform/bridge/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field } from '../../platform/kit/index.ts'
import { sessionStore } from './session-store.ts'
import { pastedToken } from './pasted-link.ts'

/** First sign-in in the desktop client, which has no address bar: the one-time link is pasted here. */
export function SignInLinkForm() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    const link = pastedToken(text, bridge().serverOrigin)
    if (link.kind !== 'token') return setWrong(t(`shell.sign-in.link-${link.kind}`))
    setWrong(null)
    setBusy(true)
    await sessionStore.begin(link.token)
    setBusy(false)
  }
  return (
    <details className="sign-in-link">
      <summary>{t('shell.sign-in.link')}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field label={t('shell.sign-in.link-field')} hint={t('shell.sign-in.link-hint')} wrong={wrong}>
          {(control) => <Input {...control} size="large" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Button htmlType="submit" block loading={busy}>
          {t('shell.sign-in.link-enter')}
        </Button>
      </form>
    </details>
  )
}
