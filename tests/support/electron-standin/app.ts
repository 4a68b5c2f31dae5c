/** The stand-in's `app`: life cycle, paths and the single-instance lock. */
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { note } from './control.ts'
import type { StandinControl } from './control.ts'

/** Instances by data directory. A real lock holds between processes; this one between stand-ins of one test file. */
const lockHolders = new Map<string, StandinApp>()

/** The stand-in's `app`. */
export class StandinApp extends EventEmitter {
  readonly isPackaged = true
  readonly commandLine: { readonly hasSwitch: (name: string) => boolean; readonly appendSwitch: (name: string) => void }
  readonly #control: StandinControl
  readonly #cleanUp: () => Promise<void>
  #ready = false
  #quitting = false

  constructor(control: StandinControl, cleanUp: () => Promise<void>) {
    super()
    this.#control = control
    this.#cleanUp = cleanUp
    this.commandLine = {
      hasSwitch: (name) => control.switches.has(name),
      appendSwitch: (name) => note(control, 'app.commandLine.appendSwitch', name),
    }
  }

  /** What Electron does once the process is up; called by the launcher. */
  becomeReady(): void {
    this.#ready = true
    this.emit('ready')
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()))
  }

  isReady(): boolean {
    return this.#ready
  }

  enableSandbox(): void {
    note(this.#control, 'app.enableSandbox')
  }

  getVersion(): string {
    return '0.1.0'
  }

  getLocale(): string {
    return this.#control.locale
  }

  getPath(name: string): string {
    return name === 'userData' ? this.#control.userData : join(this.#control.userData, name)
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    note(this.#control, 'app.setAsDefaultProtocolClient', scheme)
    return true
  }

  setBadgeCount(count: number): boolean {
    note(this.#control, 'app.setBadgeCount', count)
    return true
  }

  requestSingleInstanceLock(): boolean {
    const holder = lockHolders.get(this.#control.userData)
    if (holder !== undefined && holder !== this) {
      holder.emit('second-instance', {}, [...process.argv], process.cwd(), undefined)
      return false
    }
    lockHolders.set(this.#control.userData, this)
    return true
  }

  exit(code = 0): void {
    void this.#end(code)
  }

  quit(): void {
    void this.#quit()
  }

  async #quit(): Promise<void> {
    if (this.#quitting) return
    this.#quitting = true
    this.emit('before-quit', stoppable())
    for (const window of this.#control.windows.slice()) {
      await window.closeAndWait()
      if (!window.isDestroyed()) {
        this.#quitting = false
        return
      }
    }
    this.emit('will-quit', stoppable())
    await this.#end(0)
  }

  async #end(code: number): Promise<void> {
    if (lockHolders.get(this.#control.userData) === this) lockHolders.delete(this.#control.userData)
    this.emit('quit', {}, code)
    await this.#cleanUp()
    this.#control.exited(code)
  }
}

/** An event a listener may stop. */
export function stoppable<T extends object>(detail?: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return Object.assign(event, detail)
}
