/** The tray: how many wait, and the way back to the window. */
import { app, Menu, nativeImage, Tray } from 'electron'
import type { Words } from './words.ts'

/** What the tray says. */
export type TrayState =
  | { readonly kind: 'counts'; readonly todo: number; readonly toRead: number }
  | { readonly kind: 'not-signed-in' }
  | { readonly kind: 'offline' }

/** The tray icon of the running client. */
export interface OfficeTray {
  show(state: TrayState): void
}

/** Puts the icon into the tray. */
export function officeTray(options: {
  readonly iconFile: string
  readonly words: Words
  readonly open: () => void
  readonly changeServer: () => void
  readonly quit: () => void
}): OfficeTray {
  const { words } = options
  const tray = new Tray(nativeImage.createFromPath(options.iconFile))
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'open', label: words('shell.open'), click: options.open },
      { id: 'change-server', label: words('shell.change-server'), click: options.changeServer },
      { type: 'separator' },
      { id: 'quit', label: words('shell.quit'), click: options.quit },
    ]),
  )
  tray.on('click', options.open)
  const show = (state: TrayState): void => {
    tray.setToolTip(tipOf(state, words))
    app.setBadgeCount(state.kind === 'counts' ? state.todo : 0)
  }
  show({ kind: 'not-signed-in' })
  return { show }
}

function tipOf(state: TrayState, words: Words): string {
  switch (state.kind) {
    case 'counts':
      return words('shell.waiting', { todo: state.todo, toRead: state.toRead })
    case 'not-signed-in':
      return words('shell.not-signed-in')
    case 'offline':
      return words('shell.offline')
  }
}
