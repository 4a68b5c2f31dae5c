import { Button, Radio, Switch } from 'antd'
import { useEffect, useState } from 'react'
import { bridge, type BridgeAnswer, type BridgeOutput, type OfficeChannel, type Preferences } from '../../platform/bridge/index.ts'
import { RefusalError } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { Panel, RefusalNotice } from '../../platform/kit/index.ts'

const styles = ['full', 'brief', 'off'] as const

/** 桌面客户端: tray, reminders and the server, on the computer the client runs on. Only shown in the desktop client. */
export function DesktopPanel() {
  const { t } = useWords()
  const [client, setClient] = useState<BridgeOutput<'shell.describe'> | null>(null)
  const [problem, setProblem] = useState<RefusalError | null>(null)
  useEffect(() => void bridge().call('shell.describe', {}).then((answer) => take(answer, setClient, setProblem)), [])
  const change = async (wanted: Partial<Preferences>) => {
    const answer = await bridge().call('shell.set-preferences', wanted)
    take(answer, (preferences) => setClient((now) => (now === null ? null : { ...now, preferences })), setProblem)
  }
  const changeServer = async () => take(await bridge().call('shell.change-server', {}), () => undefined, setProblem)
  return (
    <Panel title={t('directory.ui.desktop')}>
      <RefusalNotice error={problem} />
      {client === null ? null : (
        <div className="desktop-settings">
          <label className="row">
            <Switch checked={client.preferences.closeToTray} onChange={(closeToTray) => void change({ closeToTray })} />
            <span>{t('directory.ui.desktop.close-to-tray')}</span>
          </label>
          <ReminderStyle value={client.preferences.notify} onChange={(notify) => void change({ notify })} />
          <div className="row">
            <span>{t('directory.ui.desktop.server', { address: client.serverOrigin })}</span>
            <Button onClick={() => void changeServer()}>{t('directory.ui.desktop.change-server')}</Button>
          </div>
          <p className="soft small">{t(client.storage === 'encrypted' ? 'directory.ui.desktop.encrypted' : 'directory.ui.desktop.memory-only')}</p>
          <p className="soft small">{t('directory.ui.desktop.version', { version: client.version })}</p>
        </div>
      )}
    </Panel>
  )
}

function ReminderStyle({ value, onChange }: { readonly value: Preferences['notify']; readonly onChange: (style: Preferences['notify']) => void }) {
  const { t } = useWords()
  return (
    <fieldset className="plain-fieldset">
      <legend>{t('directory.ui.desktop.notify')}</legend>
      <Radio.Group value={value} options={styles.map((style) => ({ value: style, label: t(`directory.ui.desktop.notify.${style}`) }))} onChange={({ target }) => onChange(styles.find((style) => style === target.value) ?? value)} />
    </fieldset>
  )
}

function take<C extends OfficeChannel>(answer: BridgeAnswer<C>, use: (value: BridgeOutput<C>) => void, refuse: (problem: RefusalError | null) => void): void {
  if (answer.ok) use(answer.value)
  refuse(answer.ok ? null : new RefusalError(answer.refusal, 0))
}
