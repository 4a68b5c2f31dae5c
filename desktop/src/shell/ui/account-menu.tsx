import { useEffect, useId, useRef, useState } from 'react'
import { useWords } from '../../platform/i18n/index.ts'
import { DisplaySwitch, LocaleSwitch } from '../../platform/kit/index.ts'
import { Link, type SessionView, useSession } from '../../platform/rooms/index.ts'
import { choose } from './preferences.ts'
import { sessionStore } from './session-store.ts'

/** The signed-in person with organ and post; opens to all posts, settings and leaving. */
export function AccountMenu() {
  const { t } = useWords()
  const session = useSession()
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const panelId = useId()
  useCloseOutside(root, open, () => setOpen(false))
  const main = mainPost(session)
  return (
    <div className="account" ref={root}>
      <button type="button" className="plain account-button" aria-expanded={open} aria-controls={panelId} onClick={() => setOpen(!open)}>
        <span className="strong">{session.name}</span>
        {main === null ? null : <span className="soft small account-post">{`${main.organName} ${main.title}`}</span>}
      </button>
      {open ? (
        <div id={panelId} className="account-panel">
          <p className="strong">{session.name}</p>
          <ul className="small">
            {session.posts.map((post) => (
              <li key={post.id}>{`${post.unitName} ${post.title}`}</li>
            ))}
            {session.actingFor.map((post) => (
              <li key={post.id} className="tone-amber">
                {t('shell.account.acting-for', { name: post.personName, post: `${post.unitName} ${post.title}` })}
              </li>
            ))}
          </ul>
          <div className="row phone-only">
            <DisplaySwitch onChoose={choose} />
            <LocaleSwitch onChoose={choose} />
          </div>
          <Link to="/settings" onFollow={() => setOpen(false)}>
            {t('shell.account.settings')}
          </Link>
          <button type="button" className="plain" onClick={() => void sessionStore.signOut()}>
            {t('shell.account.sign-out')}
          </button>
        </div>
      ) : null}
    </div>
  )
}

function mainPost(session: SessionView) {
  return session.posts.find((post) => post.primary) ?? session.posts[0] ?? null
}

function useCloseOutside(root: { readonly current: HTMLElement | null }, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) close()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close()
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('keydown', onKey)
    }
  })
}
