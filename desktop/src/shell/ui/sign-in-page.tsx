import { useEffect } from 'react'
import { bridge } from '../../platform/bridge/index.ts'
import type { CallError } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { DisplaySwitch, LocaleSwitch, RefusalNotice } from '../../platform/kit/index.ts'
import { choose } from './preferences.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignInLinkForm } from './sign-in-link-form.tsx'

/** The first page of somebody who is not signed in. */
export function SignInPage({ problem }: { readonly problem: CallError | null }) {
  const { t } = useWords()
  useEffect(() => {
    document.title = `${t('shell.sign-in.title')} · ${t('ui.product')}`
  }, [t])
  return (
    <div className="sign-in">
      <main className="sign-in-card">
        <h1>{t('ui.product')}</h1>
        <p className="soft">{t('shell.sign-in.lead')}</p>
        <RefusalNotice error={problem} />
        <SignInForm />
        {bridge().host === 'desktop' ? <SignInLinkForm /> : null}
        <p className="soft small">{t('shell.sign-in.help')}</p>
      </main>
      <footer className="row sign-in-foot">
        <DisplaySwitch onChoose={choose} />
        <LocaleSwitch onChoose={choose} />
      </footer>
    </div>
  )
}
