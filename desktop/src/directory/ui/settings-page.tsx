import { bridge } from '../../platform/bridge/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { DisplaySwitch, LocaleSwitch, Page, Panel } from '../../platform/kit/index.ts'
import { useSession, useShell } from '../../platform/rooms/index.ts'
import { DelegationPanel } from './delegation-panel.tsx'
import { DesktopPanel } from './desktop-panel.tsx'
import { OneTimeCodePanel } from './one-time-code-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { isAdministrator } from './settings-model.ts'
import './directory.css'

/** 个人设置: display and language, delegation, password, one-time code, sessions, and the desktop client where it runs. */
export function Component() {
  const { t } = useWords()
  const session = useSession()
  const { choose } = useShell()
  return (
    <Page title={t('shell.account.settings')}>
      <div className="settings">
        <Panel title={t('directory.ui.display')}>
          <div className="row">
            <DisplaySwitch onChoose={choose} />
            <LocaleSwitch onChoose={choose} />
          </div>
          <p className="soft small">{t('directory.ui.display-hint')}</p>
        </Panel>
        {isAdministrator(session) ? null : <DelegationPanel />}
        <PasswordPanel />
        <OneTimeCodePanel />
        <SessionsPanel />
        {bridge().host === 'desktop' ? <DesktopPanel /> : null}
      </div>
    </Page>
  )
}
