/** What stands around the windows: tray, menus, notifications, dialogs, keyring. Recorded, and driven by the test. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { note } from './control.ts'
import type { StandinControl } from './control.ts'

/** One entry of a menu. */
export interface MenuEntry {
  readonly id?: string
  readonly label?: string
  readonly type?: string
  readonly click?: () => void
}

/** A menu: its entries. */
export class StandinMenu {
  readonly items: readonly MenuEntry[]

  constructor(items: readonly MenuEntry[] = []) {
    this.items = items
  }

  static buildFromTemplate(items: readonly MenuEntry[]): StandinMenu {
    return new StandinMenu(items)
  }

  getMenuItemById(id: string): MenuEntry | null {
    return this.items.find((item) => item.id === id) ?? null
  }
}

/** A tray icon. */
export class StandinTray extends EventEmitter {
  toolTip = ''
  menu: StandinMenu | null = null

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setContextMenu(menu: StandinMenu): void {
    this.menu = menu
  }
}

/** A notification; `emit('click')` is the person clicking it. */
export class StandinNotification extends EventEmitter {
  readonly title: string
  readonly body: string
  readonly #control: StandinControl

  constructor(options: { readonly title: string; readonly body: string }, control: StandinControl) {
    super()
    this.title = options.title
    this.body = options.body
    this.#control = control
  }

  show(): void {
    this.#control.notifications.push(this)
    this.emit('show')
  }
}

/** The keyring. With `basic_text` it answers as Electron does on a computer without one, after being told to use it. */
export function standinSafeStorage(control: StandinControl) {
  const key = (): Buffer => {
    const file = join(control.userData, '..', `${control.userData.split('/').at(-1)}.keyring`)
    mkdirSync(join(file, '..'), { recursive: true })
    if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 })
    return readFileSync(file)
  }
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => control.storageBackend,
    encryptString: (text: string): Buffer => {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key(), iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from('v11'), iv, cipher.getAuthTag(), body])
    },
    decryptString: (bytes: Buffer): string => {
      const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(3, 15))
      decipher.setAuthTag(bytes.subarray(15, 31))
      return decipher.update(bytes.subarray(31), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}

/** Dialogs: the test has put the pressed button in line; without one the last button, cancel, is pressed. */
export function standinDialog(control: StandinControl) {
  return {
    showMessageBox: async (options: { readonly cancelId?: number }) => {
      note(control, 'dialog.showMessageBox', options)
      return { response: control.dialogAnswers.shift() ?? options.cancelId ?? 0, checkboxChecked: false }
    },
  }
}

/** One screen of 1920 × 1080. */
export function standinScreen() {
  const workArea = { x: 0, y: 0, width: 1920, height: 1080 }
  return {
    getPrimaryDisplay: () => ({ id: 1, workArea, bounds: workArea, scaleFactor: 1 }),
    getAllDisplays: () => [{ id: 1, workArea }],
  }
}
