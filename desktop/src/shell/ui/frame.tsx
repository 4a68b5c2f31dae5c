import { inboxContract } from '@xiewen/shared/base'
import { useEffect, useRef, useState } from 'react'
import { useQuery } from '../../platform/http/index.ts'
import { useWords } from '../../platform/i18n/index.ts'
import { OfflineBanner } from '../../platform/kit/index.ts'
import { usePlace, useSession } from '../../platform/rooms/index.ts'
import { useDesktop } from './desktop.ts'
import { isAdministrator } from './menu-model.ts'
import { Menu } from './menu.tsx'
import { Overlays, useOverlay } from './overlays.tsx'
import { OwnPageOutlet } from './page-outlet.tsx'
import { useShellActions } from './shell-actions.ts'
import { useShortcuts } from './shortcuts.ts'
import { UnsentBar } from './unsent-bar.tsx'
import { useBackground } from './use-background.ts'
import { TopBar } from './top-bar.tsx'

/** The frame around every page: skip link, menu, top bar, the page, and what opens over it. */
export function Frame() {
  const { t } = useWords()
  const session = useSession()
  const place = usePlace()
  const [menuOpen, setMenuOpen] = useState(false)
  const overlay = useOverlay()
  const counts = useQuery(inboxContract.counts, {}, { refreshOn: ['inbox'], enabled: !isAdministrator(session) })
  const known = counts.kind === 'ready' ? counts.data : null
  useShellActions(overlay)
  useShortcuts()
  useDesktop(known)
  useBackground(session.personId)
  useFocusOnMove(place.path)
  useEffect(() => setMenuOpen(false), [place.href])
  return (
    <div className={menuOpen ? 'frame menu-open' : 'frame'}>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <TopBar onMenu={() => setMenuOpen(!menuOpen)} menuOpen={menuOpen} onPalette={overlay.openPalette} onHelp={overlay.openHelp} />
      <Menu counts={known} />
      {menuOpen ? <div className="scrim" onClick={() => setMenuOpen(false)} /> : null}
      <main id="main" tabIndex={-1}>
        <OfflineBanner />
        <UnsentBar />
        <OwnPageOutlet />
      </main>
      <Overlays overlay={overlay} />
    </div>
  )
}

/** After a move the page's title takes the focus, so that a screen reader says where one is. */
function useFocusOnMove(path: string): void {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    document.getElementById('main')?.scrollTo(0, 0)
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }, [path])
}
