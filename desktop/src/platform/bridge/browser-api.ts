/** The twin of the desktop shell for a plain browser: same shape, with what a browser tab can do. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { OfficeChannel } from './contract/channels.ts'
import type { LinkState, Preferences } from './contract/contract.ts'
import type { PageApi } from './page-api.ts'

/** What the twin needs of the browser's window. */
export interface BrowserWindow {
  readonly location: { readonly origin: string }
  readonly navigator: { readonly onLine: boolean }
  readonly document: { title: string }
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
  open(url: string, target: string, features: string): unknown
}

/** Makes the twin over a browser window. Counts go into the tab's title; links open in a new tab without an opener. */
export function browserApi(page: BrowserWindow): PageApi<OfficeChannel> {
  let preferences: Preferences = { closeToTray: false, notify: 'off' }
  const plainTitle = page.document.title
  return {
    serverOrigin: page.location.origin,
    requests: {
      'shell.describe': async () =>
        accept({
          host: 'browser',
          version: '',
          serverOrigin: page.location.origin,
          storage: 'memory-only',
          preferences,
        }),
      'shell.set-preferences': async (change) => {
        preferences = {
          closeToTray: change.closeToTray ?? preferences.closeToTray,
          notify: change.notify ?? preferences.notify,
        }
        return accept(preferences)
      },
      'shell.show-counts': async ({ todo }) => {
        page.document.title = todo > 0 ? `(${todo}) ${plainTitle}` : plainTitle
        return accept({})
      },
      'shell.open-external': async ({ url }) => {
        if (!isWebAddress(url)) return refuse('desktop.link-not-permitted')
        page.open(url, '_blank', 'noopener,noreferrer')
        return accept({})
      },
      'shell.change-server': async () => refuse('desktop.not-in-browser'),
      'link.describe': async () => accept(linkOf(page)),
      // A browser keeps its copies in IndexedDB.
      'copies.read': notHere,
      'copies.append': notHere,
      'copies.replace': notHere,
      'copies.erase': notHere,
      'copies.list': notHere,
    },
    on: {
      navigate: () => () => undefined,
      locked: () => () => undefined,
      link: (listener) => {
        const tell = (): void => listener(linkOf(page))
        page.addEventListener('online', tell)
        page.addEventListener('offline', tell)
        return () => {
          page.removeEventListener('online', tell)
          page.removeEventListener('offline', tell)
        }
      },
    },
  }
}

async function notHere(): Promise<Result<never>> {
  return refuse('desktop.not-in-browser')
}

function linkOf(page: BrowserWindow): LinkState {
  return page.navigator.onLine ? { kind: 'online' } : { kind: 'offline', since: Date.now(), cachedAt: null }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:'
}
