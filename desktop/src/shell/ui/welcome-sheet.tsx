import { Button, Input } from 'antd'
import { sessionContract } from '@xiewen/shared/directory'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, RefusalNotice, Sheet, tellDone } from '../../platform/kit/index.ts'
import { useSession } from '../../platform/rooms/index.ts'
import { sessionStore } from './session-store.ts'

/** After a one-time link: offers to set a password, since the link does not work twice. */
export function WelcomeSheet({ open }: { readonly open: boolean }) {
  const { t } = useWords()
  const { login } = useSession()
  const setPassword = useCommand(sessionContract.setPassword)
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const differs = repeated !== '' && next !== repeated
  const save = async () => {
    if ((await setPassword.run({ next })) === null) return
    await sessionStore.renew()
    tellDone(t('shell.welcome.done'))
  }
  return (
    <Sheet
      open={open}
      title={t('shell.welcome.title')}
      onClose={() => sessionStore.endWelcome()}
      foot={
        <>
          <Button onClick={() => sessionStore.endWelcome()}>{t('shell.welcome.later')}</Button>
          <Button form="welcome" htmlType="submit" type="primary" loading={setPassword.busy} disabled={next === '' || next !== repeated}>
            {t('shell.welcome.save')}
          </Button>
        </>
      }
    >
      <form
        id="welcome"
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{t('shell.welcome.hint', { login })}</p>
        <Field label={t('shell.welcome.next')} hint={t('shell.welcome.rule')}>
          {(control) => <Input.Password {...control} autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} />}
        </Field>
        <Field label={t('shell.welcome.repeat')} wrong={differs ? t('shell.welcome.differs') : null}>
          {(control) => <Input.Password {...control} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.target.value)} />}
        </Field>
        <RefusalNotice error={setPassword.error} />
      </form>
    </Sheet>
  )
}
