/** What every page of the client is held to, whatever opened it. These are set before any page exists, so that a window
 * added later cannot forget them. */
import type { App, Session, WebContents, WebPreferences } from 'electron'
import { originOf } from '../../platform/bridge/main/gate.ts'

/** The only preferences a page may run under. */
export const pagePreferences = {
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
} as const satisfies WebPreferences

/** What the guards need from outside. */
export interface GuardOptions {
  readonly allowedOrigins: readonly string[]
  /** A page wants to open an address elsewhere; decide and perhaps hand it to the operating system. */
  readonly openElsewhere: (url: string) => void
  readonly report: (what: string, cause?: unknown) => void
}

/** Guards every page that will ever exist in this process: its preferences, its navigation and its windows. */
export function guardAllPages(app: App, options: GuardOptions): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, options))
}

function guardPage(contents: WebContents, options: GuardOptions): void {
  if (!runsUnderOurPreferences(contents)) {
    options.report('a page with loose preferences was closed')
    contents.close()
    return
  }
  const stopStrangers = (event: { readonly url: string; preventDefault(): void }): void => {
    const origin = originOf(event.url)
    if (origin !== null && options.allowedOrigins.includes(origin)) return
    event.preventDefault()
    options.report(`navigation to ${origin ?? 'an unreadable address'} was stopped`)
  }
  contents.on('will-navigate', stopStrangers)
  contents.on('will-redirect', stopStrangers)
  contents.on('will-frame-navigate', stopStrangers)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    options.openElsewhere(url)
    return { action: 'deny' }
  })
}

function runsUnderOurPreferences(contents: WebContents): boolean {
  // Electron's type leaves this internal-but-stable getter out; without it popups could not be checked.
  const inspected: WebContents & { getLastWebPreferences?(): WebPreferences | null } = contents
  const actual = inspected.getLastWebPreferences?.()
  if (actual === undefined || actual === null) return false
  return (
    actual.contextIsolation === true &&
    actual.sandbox === true &&
    actual.webSecurity !== false &&
    actual.nodeIntegration !== true &&
    actual.webviewTag !== true
  )
}

/** Permissions the interface needs. Everything else, and everything for other origins, is denied. */
const granted: readonly string[] = ['clipboard-sanitized-write', 'fullscreen']

/** Guards a session: permissions, devices, and the addresses pages may load.
 *
 * @param pageOrigin     the only origin that lives in this session
 * @param socketOrigin   where the page may open WebSockets, e.g. `wss://oa.example.gov.cn`, or null
 */
export function guardSession(session: Session, pageOrigin: string, socketOrigin: string | null): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const address = 'requestingUrl' in details ? details.requestingUrl : contents.getURL()
    answer(granted.includes(permission) && originOf(address) === pageOrigin)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      granted.includes(permission) && originOf(requestingOrigin) === pageOrigin,
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !mayLoad(details.url, pageOrigin, socketOrigin) })
  })
}

/** Whether a page may load an address: its own files, bytes it made itself, and the office's co-editing socket. */
export function mayLoad(address: string, pageOrigin: string, socketOrigin: string | null): boolean {
  if (address.startsWith('data:') || address.startsWith(`blob:${pageOrigin}/`)) return true
  const origin = originOf(address)
  if (origin === pageOrigin) return true
  return socketOrigin !== null && origin === socketOrigin && new URL(address).pathname.startsWith('/sync/')
}
