/** One office: the link to its server, the window that shows it, and the watch over its inbox. Changing the server closes
 * one office and opens another. */
import { powerMonitor, session } from 'electron'
import type { BrowserWindow } from 'electron'
import { pathOf } from '@xiewen/shared/base'
import { sessionContract } from '@xiewen/shared/directory'
import { eventChannel, pageOrigins } from '../../platform/bridge/contract/index.ts'
import type { BridgeEvent, BridgeEventDetail, Destination } from '../../platform/bridge/contract/index.ts'
import type { ClientParts } from './client-parts.ts'
import { guardSession } from './guards.ts'
import { watchInbox } from './inbox-watch.ts'
import { linkWatch } from './link-state.ts'
import { offlineCopy } from './offline-copy.ts'
import { isServerPath, proxied } from './office-proxy.ts'
import { contentSecurityPolicy, pageFile } from './page-files.ts'
import { remind } from './reminders.ts'
import { webSocketOrigin } from './server-address.ts'
import { openServerLink } from './server-link.ts'
import type { TrayState } from './tray.ts'
import { bringForward, openOfficeWindow } from './windows.ts'

/** Session of the office page. Kept on disk, because text typed offline waits there for the server; it holds no cookie. */
const officePartition = 'persist:office'
/** Session of the link to the server: in memory only. */
const linkPartition = 'office-link'
/** A person who has touched nothing for this long is taken to be away. */
const awayAfterSeconds = 300

/** A running office. */
export interface Office {
  readonly serverOrigin: string
  readonly window: BrowserWindow
  readonly linkState: () => BridgeEventDetail['link']
  /** Takes the page's newer count; when it differs from the last look's, the inbox is looked at so that reminders come now. */
  readonly pageCounted: (todo: number) => void
  tell<E extends BridgeEvent>(event: E, detail: BridgeEventDetail[E]): void
  /** Brings the window forward and shows a place in it. */
  show(destination: Destination | null): void
  close(): void
}

/** Opens the office at a server's origin.
 *
 * @param keepsRunning  asked when the window is being closed: true hides it instead
 * @param onCounts      told what the tray should say
 */
export async function openOffice(
  parts: ClientParts,
  serverOrigin: string,
  options: { readonly keepsRunning: () => boolean; readonly onCounts: (state: TrayState) => void },
): Promise<Office> {
  const watch = linkWatch()
  const copy = offlineCopy(parts.copyVault)
  const link = await openServerLink({
    origin: serverOrigin,
    session: session.fromPartition(linkPartition),
    vault: parts.signInVault,
    onIdentityChange: async () => {
      await copy.forget()
      await keepWhoIsSignedIn()
      void inbox.lookNow()
    },
    report: parts.report,
  })
  const proxy = { link, copy, watch, now: Date.now, report: parts.report }
  // The interface learns who signed in from the sign-in itself, so nothing else would put this answer into the copy.
  const keepWhoIsSignedIn = (): Promise<Response> =>
    proxied(proxy, new Request(`${pageOrigins.office}${pathOf(sessionContract.current)}`))
  const pages = session.fromPartition(officePartition)
  const socketOrigin = webSocketOrigin(serverOrigin)
  guardSession(pages, pageOrigins.office, socketOrigin)
  speakAsServerOnSockets(pages, serverOrigin)
  const policy = contentSecurityPolicy([socketOrigin])
  pages.protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host !== new URL(pageOrigins.office).host) return new Response(null, { status: 404 })
    if (isServerPath(url.pathname)) return proxied(proxy, request)
    return pageFile(parts.webRoot, url.pathname, policy)
  })
  const window = openOfficeWindow({
    ...parts.windowLook,
    session: pages,
    serverOrigin,
    place: parts.files.place,
    keepsRunning: options.keepsRunning,
  })
  const tell: Office['tell'] = (event, detail) => {
    if (!window.isDestroyed()) window.webContents.send(eventChannel, event, detail)
  }
  const show = (destination: Destination | null): void => {
    bringForward(window)
    if (destination !== null) whenLoaded(window, () => tell('navigate', destination))
  }
  let lookedTodo: number | null = null
  const inbox = watchInbox({
    link,
    watch,
    now: Date.now,
    report: parts.report,
    isSomeoneThere: () => powerMonitor.getSystemIdleState(awayAfterSeconds) === 'active',
    onLook: ({ state, fresh }) => {
      if (state.kind === 'counts') lookedTodo = state.todo
      options.onCounts(state)
      remind(fresh, parts.files.settings.get().preferences.notify, { words: parts.words, open: show })
    },
  })
  watch.onChange((state) => {
    tell('link', state)
    if (state.kind === 'offline') options.onCounts({ kind: 'offline' })
    else lookNow()
  })
  // Whoever comes back to the computer sees at once what has come meanwhile.
  const lookNow = (): void => void inbox.lookNow()
  powerMonitor.on('unlock-screen', lookNow)
  powerMonitor.on('resume', lookNow)
  lookNow()
  return {
    serverOrigin,
    window,
    linkState: watch.current,
    pageCounted: (todo) => {
      if (lookedTodo !== null && todo !== lookedTodo) lookNow()
    },
    tell,
    show,
    close: () => {
      inbox.stop()
      link.close()
      powerMonitor.off('unlock-screen', lookNow)
      powerMonitor.off('resume', lookNow)
      pages.protocol.unhandle('app')
      window.destroy()
    },
  }
}

/** The server checks that a socket was opened by its own pages; the client's page is one, under another name. */
function speakAsServerOnSockets(pages: Electron.Session, serverOrigin: string): void {
  pages.webRequest.onBeforeSendHeaders({ urls: ['ws://*/*', 'wss://*/*'] }, (details, answer) => {
    answer({ requestHeaders: { ...details.requestHeaders, Origin: serverOrigin } })
  })
}

function whenLoaded(window: BrowserWindow, act: () => void): void {
  if (window.webContents.isLoading()) window.webContents.once('did-finish-load', act)
  else act()
}
