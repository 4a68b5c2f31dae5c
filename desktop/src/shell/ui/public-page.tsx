import { DisplaySwitch, LocaleSwitch } from '../../platform/kit/index.ts'
import { usePlace } from '../../platform/rooms/index.ts'
import { PageOutlet } from './page-outlet.tsx'
import { choose } from './preferences.ts'
import { rooms } from './rooms.ts'
import { findRoute } from './routes.ts'

/** Whether the address is open to people who have not signed in (验章). */
export function usePublicPlace(): boolean {
  return findRoute(rooms, usePlace().path)?.route.isPublic === true
}

/** A public page for somebody who is not signed in: the page alone, with language and display. */
export function PublicPage() {
  return (
    <div className="sign-in public">
      <main className="public-main">
        <PageOutlet />
      </main>
      <footer className="row sign-in-foot">
        <DisplaySwitch onChoose={choose} />
        <LocaleSwitch onChoose={choose} />
      </footer>
    </div>
  )
}
