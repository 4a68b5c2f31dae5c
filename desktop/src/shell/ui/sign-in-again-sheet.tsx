import { Button } from 'antd'
import { useWords } from '../../platform/i18n/index.ts'
import { Sheet } from '../../platform/kit/index.ts'
import { sessionStore } from './session-store.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Asks to sign in again over the page, which stays as it is with everything typed into it. */
export function SignInAgainSheet({ open, login }: { readonly open: boolean; readonly login: string }) {
  const { t } = useWords()
  return (
    <Sheet
      open={open}
      title={t('shell.again.title')}
      onClose={null}
      foot={<Button onClick={() => sessionStore.leave()}>{t('shell.again.leave')}</Button>}
    >
      <p>{t('shell.again.hint')}</p>
      <SignInForm login={login} />
    </Sheet>
  )
}
