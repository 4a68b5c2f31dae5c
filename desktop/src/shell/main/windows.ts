/** The two windows of the client: the office, and the address set-up. */
import { BrowserWindow, screen } from 'electron'
import type { Session } from 'electron'
import { pageOrigins, serverArgument } from '../../platform/bridge/contract/index.ts'
import { pagePreferences } from './guards.ts'
import type { JsonFile } from './json-file.ts'
import { decidePlace, smallestSize } from './window-place.ts'
import type { WindowPlace } from './window-place.ts'

interface WindowParts {
  readonly session: Session
  readonly preloadFile: string
  readonly iconFile: string
  readonly title: string
}

/** Opens the office window where it stood last time, and remembers where it is moved.
 *
 * @param keepsRunning  asked when the window is being closed: true hides it instead
 */
export function openOfficeWindow(
  parts: WindowParts & {
    readonly serverOrigin: string
    readonly place: JsonFile<WindowPlace | null>
    readonly keepsRunning: () => boolean
  },
): BrowserWindow {
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea)
  const { maximised, ...bounds } = decidePlace(parts.place.get(), screens)
  const window = newWindow(parts, { ...bounds, minWidth: smallestSize.width, minHeight: smallestSize.height }, [
    `${serverArgument}${parts.serverOrigin}`,
  ])
  if (maximised) window.maximize()
  const remember = (): void => {
    if (!window.isMinimized()) parts.place.set({ ...window.getNormalBounds(), maximised: window.isMaximized() })
  }
  window.on('close', (event) => {
    remember()
    if (!parts.keepsRunning()) return
    event.preventDefault()
    window.hide()
  })
  load(window, `${pageOrigins.office}/`)
  return window
}

/** Opens the address set-up. `current` is shown as the address in use, when there is one. */
export function openSetupWindow(parts: WindowParts, current: string | null): BrowserWindow {
  const window = newWindow(parts, { width: 620, height: 560, resizable: false, maximizable: false }, [
    `${serverArgument}${current ?? ''}`,
  ])
  load(window, `${pageOrigins.setup}/`)
  return window
}

function newWindow(
  parts: WindowParts,
  shape: Electron.BrowserWindowConstructorOptions,
  additionalArguments: string[],
): BrowserWindow {
  const window = new BrowserWindow({
    ...shape,
    show: false,
    title: parts.title,
    icon: parts.iconFile,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: { ...pagePreferences, session: parts.session, preload: parts.preloadFile, additionalArguments },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

function load(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch((cause: unknown) => {
    // A window closed while it loads rejects its load; that is not worth a line in the log.
    if (!window.isDestroyed()) console.error('desktop: a page did not load', cause)
  })
}

/** Brings a window to the front, from the tray or from behind. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
