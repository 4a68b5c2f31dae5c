/** What happens before the first picture: the words, the display, the one-time link in the address. */
import { setWordLoader, switchLocale } from '../../platform/i18n/index.ts'
import { switchDisplay } from '../../platform/kit/index.ts'
import { linkTokenOf, navigate } from '../../platform/rooms/index.ts'
import { rememberedDisplay, rememberedLocale } from './remembered.ts'
import { sessionStore } from './session-store.ts'
import { loadWords } from './words.ts'

/** Prepares the interface. A one-time token leaves the address bar and the history at once. */
export async function startShell(): Promise<void> {
  setWordLoader(loadWords)
  switchDisplay(rememberedDisplay())
  const token = linkTokenOf(window.location.pathname, window.location.hash)
  if (token !== null) navigate('/', { replace: true })
  const words = switchLocale(rememberedLocale())
  await Promise.all([words, sessionStore.begin(token)])
}
