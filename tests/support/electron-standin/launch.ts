/** Starts the desktop client as Playwright's `_electron.launch` does: on the stand-in, or, with `XIEWEN_ELECTRON=real` and a
 * binary at hand, on Electron itself. Both answers have the shape of Playwright's `ElectronApplication`. */
import { mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { ensureDebianPackage } from '../debian-packages.ts'
import type { StandinControl } from './control.ts'
import { electronModule } from './electron-module.ts'
import type { ElectronModule } from './electron-module.ts'
import { loadMain } from './module-hook.ts'

/** How to start. */
export interface LaunchOptions {
  /** The built main file. */
  readonly main: string
  /** Directory of the profile; a fresh one when absent. Give the same one again for a second start. */
  readonly userData?: string
  readonly args?: readonly string[]
  readonly locale?: string
  readonly storageBackend?: StandinControl['storageBackend']
}

/** A running client: the part of Playwright's `ElectronApplication` the tests use. */
export interface DesktopApplication {
  firstWindow(): Promise<Page>
  windows(): Promise<readonly Page[]>
  evaluate<R, A>(act: (electron: ElectronModule, arg: A) => R | Promise<R>, arg?: A): Promise<R>
  close(): Promise<void>
}

/** A client on the stand-in, with what only the stand-in can tell. */
export interface StandinApplication extends DesktopApplication {
  readonly control: StandinControl
  /** Exit code, once the client has ended. */
  readonly exited: Promise<number>
  readonly userData: string
}

const chromiumArgs = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the client on the stand-in. */
export async function launchStandin(options: LaunchOptions): Promise<StandinApplication> {
  const executablePath = await ensureDebianPackage('chromium', '/usr/bin/chromium')
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'xiewen-desktop-'))
  const args = options.args ?? []
  let exited: (code: number) => void = () => undefined
  const whenExited = new Promise<number>((done) => (exited = done))
  const control: StandinControl = {
    userData,
    switches: new Set(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2))),
    locale: options.locale ?? 'zh-CN',
    storageBackend: options.storageBackend ?? 'gnome_libsecret',
    browser: chromium.launch({ executablePath, chromiumSandbox: false, args: chromiumArgs }),
    calls: [],
    dialogAnswers: [],
    trays: [],
    notifications: [],
    windows: [],
    away: false,
    exited,
  }
  const electron = electronModule(control)
  withArguments([process.execPath, options.main, ...args], () => loadMain(resolve(options.main), electron))
  electron.app.becomeReady()
  return {
    control,
    userData,
    exited: whenExited,
    firstWindow: () => firstWindow(control),
    windows: () => Promise.all(control.windows.map((window) => window.webContents.page)),
    // Safe because a caller that names no argument has typed it as undefined.
    evaluate: async (act, arg) => act(electron, arg as never),
    close: async () => {
      electron.app.quit()
      await whenExited
    },
  }
}

/** Starts the client on Electron itself. Throws where no binary can be found. */
export async function launchReal(options: LaunchOptions): Promise<DesktopApplication> {
  const executablePath: string = createRequire(import.meta.url)('electron')
  const profile = options.userData === undefined ? [] : [`--user-data-dir=${options.userData}`]
  const running = await _electron.launch({ executablePath, args: [options.main, ...profile, ...(options.args ?? [])] })
  return {
    firstWindow: () => running.firstWindow(),
    windows: async () => running.windows(),
    // Safe because both sides are handed Electron's own module; the stand-in's type is the part of it the tests use.
    evaluate: (act, arg) => running.evaluate(act as never, arg) as never,
    close: () => running.close(),
  }
}

/** Starts the client on whichever the environment asks for. */
export function launch(options: LaunchOptions): Promise<DesktopApplication> {
  return process.env['XIEWEN_ELECTRON'] === 'real' ? launchReal(options) : launchStandin(options)
}

function withArguments(args: readonly string[], act: () => void): void {
  const before = process.argv
  process.argv = [...args]
  act()
  process.argv = before
}

async function firstWindow(control: StandinControl): Promise<Page> {
  const deadline = Date.now() + 20_000
  while (control.windows[0] === undefined) {
    if (Date.now() > deadline) throw new Error('the client opened no window within 20 s')
    await new Promise((resume) => setTimeout(resume, 10))
  }
  const window = control.windows[0]
  if (!window.isVisible()) await new Promise<void>((shown) => window.once('show', () => shown()))
  return window.webContents.page
}
