/** The stand-in's windows. Chromium draws the page; place and visibility are kept here. */
import { EventEmitter } from 'node:events'
import type { StandinApp } from './app.ts'
import { stoppable } from './app.ts'
import type { StandinControl } from './control.ts'
import type { StandinIpcMain } from './ipc-main.ts'
import { StandinWebContents } from './web-contents.ts'
import type { WebPreferences } from './web-contents.ts'

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean
  readonly title?: string
  readonly webPreferences: WebPreferences
}

interface Surroundings {
  readonly control: StandinControl
  readonly app: StandinApp
  readonly ipc: StandinIpcMain
}

/** One window. */
export class StandinWindow extends EventEmitter {
  readonly webContents: StandinWebContents
  readonly options: WindowOptions
  readonly #around: Surroundings
  #bounds: Bounds
  #visible: boolean
  #destroyed = false
  #maximised = false
  #minimised = false

  constructor(options: WindowOptions, around: Surroundings) {
    super()
    this.options = options
    this.#around = around
    this.#visible = options.show !== false
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new StandinWebContents(options.webPreferences, around.ipc)
    around.control.windows.push(this)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    around.app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.webContents.page
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    await this.webContents.load(address)
  }

  show(): void {
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    this.#visible = false
    this.emit('hide')
  }

  focus(): void {
    this.emit('focus')
  }

  maximize(): void {
    this.#maximised = true
  }

  minimize(): void {
    this.#minimised = true
  }

  restore(): void {
    this.#minimised = false
  }

  isVisible(): boolean {
    return this.#visible
  }

  isMaximized(): boolean {
    return this.#maximised
  }

  isMinimized(): boolean {
    return this.#minimised
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
  }

  getBounds(): Bounds {
    return this.#bounds
  }

  getNormalBounds(): Bounds {
    return this.#bounds
  }

  close(): void {
    void this.closeAndWait()
  }

  destroy(): void {
    void this.#gone()
  }

  /** Closes unless a listener objects; resolves when the page is gone or the window has stayed. */
  async closeAndWait(): Promise<void> {
    const event = stoppable()
    this.emit('close', event)
    if (!event.defaultPrevented) await this.#gone()
  }

  async #gone(): Promise<void> {
    if (this.#destroyed) return
    this.#destroyed = true
    const { control, app } = this.#around
    control.windows = control.windows.filter((window) => window !== this)
    this.emit('closed')
    // A page that is still loading rejects its load when it is closed; that is the caller's to know.
    await (await this.webContents.page).close()
    if (control.windows.length === 0) app.emit('window-all-closed')
  }
}
