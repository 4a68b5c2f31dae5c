/** Switching language and display: at once on screen, kept here, and kept by the server for the signed-in person. */
import { sessionContract } from '@xiewen/shared/directory'
import { call, isCallError } from '../../platform/http/index.ts'
import { switchLocale } from '../../platform/i18n/index.ts'
import { switchDisplay } from '../../platform/kit/index.ts'
import type { Preference } from '../../platform/rooms/index.ts'
import { remember } from './remembered.ts'
import { sessionStore } from './session-store.ts'

/** Puts the choice on screen and keeps it. */
export function choose(choice: Preference): void {
  void apply(choice)
}

async function apply(choice: Preference): Promise<void> {
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
