import { sessionContract } from '@xiewen/shared/directory'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { useSession, useShell } from '../../platform/rooms/index.ts'

/** Sets or changes the password. */
export function PasswordPanel() {
  const { t } = useWords()
  const session = useSession()
  const { renewSession } = useShell()
  const setPassword = useCommand(sessionContract.setPassword)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const save = async () => {
    const output = await setPassword.run({ next, ...(session.hasPassword ? { current } : {}) })
    if (output === null) return
    setCurrent('')
    setNext('')
    setRepeated('')
    tellDone(t('directory.ui.password.done'))
    await renewSession()
  }
  const differs = repeated !== '' && repeated !== next
  return (
    <Panel title={t(session.hasPassword ? 'directory.ui.password.change' : 'directory.ui.password.set')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {session.hasPassword ? (
          <Field label={t('directory.ui.password.current')}>
            {(control) => <Input.Password {...control} autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />}
          </Field>
        ) : null}
        <Field label={t('shell.welcome.next')} hint={t('shell.welcome.rule')}>
          {(control) => <Input.Password {...control} autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} />}
        </Field>
        <Field label={t('shell.welcome.repeat')} wrong={differs ? t('shell.welcome.differs') : null}>
          {(control) => <Input.Password {...control} autoComplete="new-password" value={repeated} onChange={(event) => setRepeated(event.target.value)} />}
        </Field>
        <RefusalNotice error={setPassword.error} />
        <div>
          <Button htmlType="submit" type="primary" loading={setPassword.busy} disabled={next === '' || next !== repeated}>
            {t('directory.ui.password.save')}
          </Button>
        </div>
        <p className="soft small">{t('directory.ui.password.note')}</p>
      </form>
    </Panel>
  )
}
