/** Puts together what `require('electron')` answers in one stand-in. */
import { EventEmitter } from 'node:events'
import { StandinApp } from './app.ts'
import { StandinWindow } from './browser-window.ts'
import { note } from './control.ts'
import type { StandinControl } from './control.ts'
import {
  standinDialog,
  standinSafeStorage,
  standinScreen,
  StandinMenu,
  StandinNotification,
  StandinTray,
} from './furniture.ts'
import { StandinIpcMain } from './ipc-main.ts'
import { StandinSession } from './session.ts'

/** The stand-in's module as tests see it. Main code sees the same object under Electron's own types. */
export interface ElectronModule {
  readonly app: StandinApp
  readonly ipcMain: StandinIpcMain
  readonly session: { readonly fromPartition: (partition: string) => StandinSession }
  readonly BrowserWindow: { getAllWindows(): readonly StandinWindow[] }
  readonly powerMonitor: EventEmitter
}

/** Makes the module over a control. */
export function electronModule(control: StandinControl): ElectronModule {
  const sessions = new Map<string, StandinSession>()
  const fromPartition = (partition: string): StandinSession => {
    const known = sessions.get(partition) ?? new StandinSession(control)
    sessions.set(partition, known)
    return known
  }
  const ipcMain = new StandinIpcMain()
  const app = new StandinApp(control, async () => {
    await Promise.all([...sessions.values()].map((session) => session.close()))
    await (await control.browser).close()
  })
  class BrowserWindow extends StandinWindow {
    constructor(options: ConstructorParameters<typeof StandinWindow>[0]) {
      super(options, { control, app, ipc: ipcMain })
    }

    static getAllWindows(): readonly StandinWindow[] {
      return control.windows
    }
  }
  class Notification extends StandinNotification {
    constructor(options: ConstructorParameters<typeof StandinNotification>[0]) {
      super(options, control)
    }

    static isSupported(): boolean {
      return true
    }
  }
  class Tray extends StandinTray {
    constructor() {
      super()
      control.trays.push(this)
    }
  }
  const furniture = {
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown) => note(control, 'protocol.registerSchemesAsPrivileged', schemes),
    },
    Menu: StandinMenu,
    Tray,
    Notification,
    dialog: standinDialog(control),
    shell: { openExternal: async (url: string) => note(control, 'shell.openExternal', url) },
    safeStorage: standinSafeStorage(control),
    screen: standinScreen(),
    nativeImage: { createFromPath: (path: string) => ({ path }) },
  }
  const powerMonitor = Object.assign(new EventEmitter(), {
    getSystemIdleState: () => (control.away ? 'idle' : 'active'),
  })
  return { ...furniture, app, BrowserWindow, ipcMain, powerMonitor, session: { fromPartition } }
}
