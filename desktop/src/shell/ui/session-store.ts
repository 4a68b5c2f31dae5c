/** Who is signed in, and everything that opens or ends a session. */
import { sessionContract } from '@xiewen/shared/directory'
import { call, type CallError, forgetAnswers, isCallError, refreshAll, setSignedIn } from '../../platform/http/index.ts'
import { currentCatalogue, switchLocale } from '../../platform/i18n/index.ts'
import { currentDisplay, switchDisplay } from '../../platform/kit/index.ts'
import type { SessionView } from '../../platform/rooms/index.ts'
import { remember } from './remembered.ts'

/** `out`: nobody is signed in; `problem` says why a link or the first question failed. `in`: somebody is.
 * `lapsed` means the session has ended on the server while the page stays. `welcome` follows a one-time link. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'out'; readonly problem: CallError | null }
  | { readonly kind: 'in'; readonly session: SessionView; readonly lapsed: boolean; readonly welcome: boolean }

class SessionStore {
  #state: SessionState = { kind: 'unknown' }
  readonly #listeners = new Set<() => void>()
  #waiting: ((signedIn: boolean) => void)[] = []

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly snapshot = (): SessionState => this.#state

  /** Finds out who is signed in; with a one-time token, signs in with it. */
  async begin(token: string | null): Promise<void> {
    try {
      if (token !== null) {
        const { session } = await call(sessionContract.redeemLink, { token }, { bare: true })
        this.enter(session, true)
        return
      }
      const { session } = await call(sessionContract.current, {}, { bare: true })
      if (session === null) this.#become({ kind: 'out', problem: null })
      else this.enter(session, false)
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      this.#become({ kind: 'out', problem })
    }
  }

  /** Somebody has signed in. Another person than before gets none of the former one's answers. */
  enter(session: SessionView, welcome: boolean): void {
    const before = this.#state
    if (before.kind !== 'in' || before.session.personId !== session.personId) forgetAnswers()
    this.#become({ kind: 'in', session, lapsed: false, welcome: welcome && !session.hasPassword })
    if (session.locale !== currentCatalogue().locale) void switchLocale(session.locale)
    if (session.display !== currentDisplay()) switchDisplay(session.display)
    remember({ locale: session.locale, display: session.display })
    this.#answerWaiting(true)
    if (before.kind === 'in' && before.lapsed) refreshAll()
  }

  /** The server says the session has ended: the page stays, a sheet asks to sign in; resolves when that has happened. */
  async signInAgain(): Promise<boolean> {
    if (this.#state.kind !== 'in') return false
    this.#become({ ...this.#state, lapsed: true })
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Finds out whether the session still lives; if not, asks to sign in again. */
  async check(): Promise<void> {
    if (this.#state.kind !== 'in' || this.#state.lapsed) return
    try {
      const { session } = await call(sessionContract.current, {}, { bare: true })
      if (session === null) await this.signInAgain()
    } catch (problem) {
      // Not reachable: the offline banner says so, and the stream tries again.
      if (!isCallError(problem)) throw problem
    }
  }

  /** The session had ended: goes on where it was if the same person has signed in meanwhile, in another window of this browser. */
  async lookAgain(): Promise<void> {
    if (this.#state.kind !== 'in' || !this.#state.lapsed) return
    try {
      const { session } = await call(sessionContract.current, {}, { bare: true })
      if (session !== null && session.personId === this.#state.session.personId) this.enter(session, false)
    } catch (problem) {
      // Not reachable: the sheet stays.
      if (!isCallError(problem)) throw problem
    }
  }

  /** Asks the server again who is signed in, after settings have changed. */
  async renew(): Promise<void> {
    const { session } = await call(sessionContract.current, {})
    if (session !== null && this.#state.kind === 'in') this.#become({ ...this.#state, session, welcome: false })
  }

  /** Puts the welcome sheet away. */
  endWelcome(): void {
    if (this.#state.kind === 'in') this.#become({ ...this.#state, welcome: false })
  }

  /** Ends the session here and on the server. */
  async signOut(): Promise<void> {
    try {
      await call(sessionContract.signOut, {}, { bare: true })
    } catch (problem) {
      if (!isCallError(problem)) throw problem
    }
    this.leave()
  }

  /** Shows the sign-in page and forgets what was read. */
  leave(): void {
    this.#answerWaiting(false)
    forgetAnswers()
    this.#become({ kind: 'out', problem: null })
  }

  #answerWaiting(signedIn: boolean): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve(signedIn)
  }

  #become(state: SessionState): void {
    this.#state = state
    setSignedIn(state.kind === 'in' && !state.lapsed)
    for (const listener of this.#listeners) listener()
  }
}

/** The one session of this page. */
export const sessionStore = new SessionStore()
