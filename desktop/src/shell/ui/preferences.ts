/** Switching language and display: at once on screen, kept here, and kept by the server for the signed-in person. */
import { sessionContract } from '@xiewen/shared/directory'
import { call, isCallError } from '../../platform/http/index.ts'
import { type Locale, switchLocale } from '../../platform/i18n/index.ts'
import { type Display, switchDisplay } from '../../platform/kit/index.ts'
import { remember } from './remembered.ts'
import { sessionStore } from './session-store.ts'

/** Puts the choice on screen and keeps it. */
export async function choose(choice: { readonly locale?: Locale; readonly display?: Display }): Promise<void> {
  if (choice.display !== undefined) switchDisplay(choice.display)
  if (choice.locale !== undefined) await switchLocale(choice.locale)
  remember(choice)
  if (sessionStore.snapshot().kind !== 'in') return
  try {
    await call(sessionContract.setPreferences, choice)
  } catch (problem) {
    // Kept on this computer at least; the next switch tells the server again.
    if (!isCallError(problem)) throw problem
  }
}
