import { useEffect, useSyncExternalStore } from 'react'
import { setCallGuards, startEvents } from '../../platform/http/index.ts'
import { KitProvider, ToastHost } from '../../platform/kit/index.ts'
import { SessionContext, ShellContext, type ShellDoors } from '../../platform/rooms/index.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Frame } from './frame.tsx'
import { choose } from './preferences.ts'
import { sessionStore } from './session-store.ts'
import { PublicPage, usePublicPlace } from './public-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { SignInAgainSheet } from './sign-in-again-sheet.tsx'
import { askForProof } from './step-up.ts'
import { StepUpSheet } from './step-up-sheet.tsx'
import { WelcomeSheet } from './welcome-sheet.tsx'

const doors: ShellDoors = { choose, renewSession: () => sessionStore.renew() }

setCallGuards({ signInAgain: () => sessionStore.signInAgain(), proveIdentity: askForProof })

/** The whole interface: the sign-in page, or the frame around the rooms' pages. */
export function Shell() {
  const state = useSyncExternalStore(sessionStore.subscribe, sessionStore.snapshot)
  const personId = state.kind === 'in' ? state.session.personId : null
  const lapsed = state.kind === 'in' && state.lapsed
  const isPublic = usePublicPlace()
  useEffect(() => (personId === null || lapsed ? undefined : startEvents(() => void sessionStore.check())), [personId, lapsed])
  useEffect(() => (lapsed ? onReturn(() => void sessionStore.lookAgain()) : undefined), [lapsed])
  return (
    <KitProvider>
      <ErrorBoundary>
        {state.kind === 'in' ? (
          <ShellContext value={doors}>
            <SessionContext value={state.session}>
              <Frame key={state.session.personId} />
              <WelcomeSheet open={state.welcome} />
              <StepUpSheet />
              <SignInAgainSheet open={lapsed} login={state.session.login} />
            </SessionContext>
          </ShellContext>
        ) : isPublic ? (
          <PublicPage />
        ) : (
          <SignInPage problem={state.kind === 'out' ? state.problem : null} />
        )}
      </ErrorBoundary>
      <ToastHost />
    </KitProvider>
  )
}

/** Calls `look` each time the person comes back to this window. */
function onReturn(look: () => void): () => void {
  window.addEventListener('focus', look)
  return () => window.removeEventListener('focus', look)
}
