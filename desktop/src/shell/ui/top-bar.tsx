import { useWords } from '../../platform/i18n/index.ts'
import { DisplaySwitch, LocaleSwitch } from '../../platform/kit/index.ts'
import { Link, useSession } from '../../platform/rooms/index.ts'
import { AccountMenu } from './account-menu.tsx'
import { choose } from './preferences.ts'

/** Props of `TopBar`. */
export interface TopBarProps {
  readonly menuOpen: boolean
  readonly onMenu: () => void
  readonly onPalette: () => void
  readonly onHelp: () => void
}

/** The bar at the top: office, search that is also the palette, display, language, help, account. */
export function TopBar({ menuOpen, onMenu, onPalette, onHelp }: TopBarProps) {
  const { t } = useWords()
  const session = useSession()
  return (
    <header className="top-bar">
      <button type="button" className="menu-button" aria-expanded={menuOpen} aria-controls="menu" onClick={onMenu}>
        {t('shell.menu')}
      </button>
      <Link to="/" className="office">
        {session.officeName}
      </Link>
      <button type="button" className="search" onClick={onPalette}>
        <span className="long">{t('shell.search')}</span>
        <span className="short">{t('shell.search.short')}</span>
        <span className="keys" aria-hidden="true">
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </span>
      </button>
      <div className="top-bar-end">
        <DisplaySwitch onChoose={choose} />
        <LocaleSwitch onChoose={choose} />
        <button type="button" className="plain" onClick={onHelp} title={t('shell.help')}>
          <span aria-hidden="true">?</span>
          <span className="unseen">{t('shell.help')}</span>
        </button>
        <AccountMenu />
      </div>
    </header>
  )
}
