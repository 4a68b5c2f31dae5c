import { sessionContract } from '@xiewen/shared/directory'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useCommand } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Field, Lamp, Panel, RefusalNotice, tellDone } from '../../platform/kit/index.ts'
import { useSession, useShell } from '../../platform/rooms/index.ts'

/** Enrols a one-time code generator (动态口令): scan the picture, enter one code. */
export function OneTimeCodePanel() {
  const { t } = useWords()
  const session = useSession()
  const begin = useCommand(sessionContract.beginOneTimeCode)
  const [offer, setOffer] = useState<{ readonly secret: string; readonly uri: string } | null>(null)
  return (
    <Panel title={t('directory.ui.code')} actions={<Lamp tone={session.hasOneTimeCode ? 'green' : 'grey'} label={t(session.hasOneTimeCode ? 'directory.ui.code.on' : 'directory.ui.code.off')} />}>
      <p>{t('directory.ui.code.hint')}</p>
      <RefusalNotice error={begin.error} />
      {offer === null ? (
        <Button loading={begin.busy} onClick={() => void begin.run({}).then(setOffer)}>
          {t(session.hasOneTimeCode ? 'directory.ui.code.again' : 'directory.ui.code.begin')}
        </Button>
      ) : (
        <Enrolment offer={offer} onEnd={() => setOffer(null)} />
      )}
    </Panel>
  )
}

function Enrolment({ offer, onEnd }: { readonly offer: { readonly secret: string; readonly uri: string }; readonly onEnd: () => void }) {
  const { t } = useWords()
  const { renewSession } = useShell()
  const confirm = useCommand(sessionContract.confirmOneTimeCode)
  const picture = useQrPicture(offer.uri)
  const [code, setCode] = useState('')
  const save = async () => {
    if ((await confirm.run({ code: code.trim() })) === null) return
    tellDone(t('directory.ui.code.done'))
    onEnd()
    await renewSession()
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p>{t('directory.ui.code.scan')}</p>
      {picture === null ? null : <img src={picture} width={200} height={200} alt={t('directory.ui.code.picture')} />}
      <p>
        {t('directory.ui.code.by-hand')} <code className="figures">{offer.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <Field label={t('shell.sign-in.code')} hint={t('shell.sign-in.code-hint')}>
        {(control) => <Input {...control} inputMode="numeric" autoComplete="one-time-code" maxLength={6} value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <RefusalNotice error={confirm.error} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={confirm.busy} disabled={code.trim() === ''}>
          {t('directory.ui.code.confirm')}
        </Button>
        <Button onClick={onEnd}>{t('ui.cancel')}</Button>
      </div>
    </form>
  )
}

function useQrPicture(text: string): string | null {
  const [picture, setPicture] = useState<string | null>(null)
  useEffect(() => {
    let gone = false
    void import('qrcode').then(async ({ toDataURL }) => {
      const url = await toDataURL(text, { margin: 1, width: 400 })
      if (!gone) setPicture(url)
    })
    return () => {
      gone = true
    }
  }, [text])
  return picture
}
