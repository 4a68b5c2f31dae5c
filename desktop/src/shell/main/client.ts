/** The desktop client: one instance, one tray, and either the address set-up or an office. */
import { app, ipcMain, powerMonitor, session } from 'electron'
import type { BrowserWindow } from 'electron'
import { pageOrigins } from '../../platform/bridge/contract/index.ts'
import type { Destination } from '../../platform/bridge/contract/index.ts'
import { openGate } from '../../platform/bridge/main/gate.ts'
import { answerRequests } from './answer-requests.ts'
import { gatherParts } from './client-parts.ts'
import type { ClientDoor } from './client-door.ts'
import type { ClientParts } from './client-parts.ts'
import { deepLinkAmong, parseDeepLink } from './deep-link.ts'
import { guardAllPages, guardSession } from './guards.ts'
import { openElsewhere } from './open-elsewhere.ts'
import { openOffice } from './office.ts'
import type { Office } from './office.ts'
import { contentSecurityPolicy, pageFile } from './page-files.ts'
import { officeTray } from './tray.ts'
import type { OfficeTray } from './tray.ts'
import { bringForward, openSetupWindow } from './windows.ts'

/** Session of the address set-up: its own, in memory. */
const setupPartition = 'setup'

/** A running client. Made once per process by `startClient`. */
export class DesktopClient implements ClientDoor {
  readonly parts: ClientParts
  readonly #tray: OfficeTray
  #office: Office | null = null
  #setup: BrowserWindow | null = null
  #quitting = false
  /** Where a link wants to go before there is an office to show it. */
  #waiting: Destination | null

  constructor(parts: ClientParts, first: Destination | null) {
    this.parts = parts
    this.#waiting = first
    this.#tray = officeTray({
      iconFile: parts.iconFile,
      words: parts.words,
      open: () => this.show(null),
      changeServer: () => this.showSetup(),
      quit: () => app.quit(),
    })
    app.on('before-quit', () => (this.#quitting = true))
  }

  get office(): Office | null {
    return this.#office
  }

  get tray(): OfficeTray {
    return this.#tray
  }

  /** Opens what the settings say: the office, or the set-up of its address at the first start. */
  async open(): Promise<void> {
    const { serverOrigin } = this.parts.files.settings.get()
    if (serverOrigin === null) this.showSetup()
    else await this.enter(serverOrigin)
  }

  /** Remembers a server and shows its office; what was kept of another server is forgotten. */
  async changeServer(serverOrigin: string): Promise<void> {
    const { settings } = this.parts.files
    this.#office?.close()
    this.#office = null
    if (settings.get().serverOrigin !== serverOrigin) {
      await this.parts.signInVault.wipe()
      await this.parts.copyVault.wipe()
      await this.parts.textCopies.wipe()
      await session.fromPartition('office-link').clearStorageData()
      await session.fromPartition('persist:office').clearStorageData()
    }
    settings.set({ ...settings.get(), serverOrigin })
    await this.enter(serverOrigin)
    this.#setup?.close()
  }

  async enter(serverOrigin: string): Promise<void> {
    this.#office = await openOffice(this.parts, serverOrigin, {
      keepsRunning: () => !this.#quitting && this.parts.files.settings.get().preferences.closeToTray,
      onCounts: (state) => this.#tray.show(state),
    })
    if (this.#waiting !== null) this.show(this.#waiting)
    this.#waiting = null
  }

  /** Brings the client forward, and to a place when one is given. */
  show(destination: Destination | null): void {
    if (this.#office !== null && !this.#office.window.isDestroyed()) return this.#office.show(destination)
    this.#waiting = destination
    if (this.#setup !== null) bringForward(this.#setup)
  }

  showSetup(): void {
    if (this.#setup !== null) return bringForward(this.#setup)
    const window = openSetupWindow(
      { ...this.parts.windowLook, session: session.fromPartition(setupPartition) },
      this.parts.files.settings.get().serverOrigin,
    )
    window.on('closed', () => (this.#setup = null))
    this.#setup = window
  }
}

/** Starts the client in this process. `builtDirectory` is where the build put `app/`, `web/` and `setup/`. */
export async function startClient(builtDirectory: string): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  let client: DesktopClient | null = null
  let first = deepLinkAmong(process.argv)
  app.on('second-instance', (_event, args) => client?.show(deepLinkAmong(args)))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    const destination = parseDeepLink(url)
    if (client === null) first = destination
    else client.show(destination)
  })
  guardAllPages(app, {
    allowedOrigins: Object.values(pageOrigins),
    openElsewhere: (url) => void openElsewhere(url, client),
    report: (what) => console.error(`desktop: ${what}`),
  })
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()
  app.setAsDefaultProtocolClient('xiewen')
  const parts = await gatherParts(builtDirectory)
  prepareSetupPage(parts)
  const started = new DesktopClient(parts, first)
  client = started
  openGate({ ipc: ipcMain, handlers: answerRequests(started), report: parts.report })
  powerMonitor.on('lock-screen', () => started.office?.tell('locked', {}))
  await started.open()
}

function prepareSetupPage(parts: ClientParts): void {
  const pages = session.fromPartition(setupPartition)
  guardSession(pages, pageOrigins.setup, null)
  const policy = contentSecurityPolicy([])
  pages.protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host !== new URL(pageOrigins.setup).host) return new Response(null, { status: 404 })
    return pageFile(parts.setupRoot, url.pathname, policy)
  })
}
