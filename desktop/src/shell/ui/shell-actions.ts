/** Registers the actions of the shell and of all rooms. */
import { useEffect, useMemo } from 'react'
import { type Action, addActions, heldDuties, navigate, useSession } from '../../platform/rooms/index.ts'
import { presentMenu } from './menu-model.ts'
import type { OverlayControl } from './overlays.tsx'
import { choose } from './preferences.ts'
import { rooms } from './rooms.ts'
import { sessionStore } from './session-store.ts'

const menuKeys: Readonly<Record<string, string>> = { 'inbox.todo': 'g i', 'inbox.to-read': 'g y', 'inbox.done': 'g b' }

/** Keeps the registry filled while the frame is on screen. */
export function useShellActions(overlay: OverlayControl): void {
  const session = useSession()
  const actions = useMemo(() => {
    const duties = heldDuties(session)
    const context = { navigate: (path: string) => void navigate(path), duties }
    const own = rooms.flatMap((room) => room.actions(context))
    const taken = new Set(own.map((action) => action.id))
    const menu = presentMenu(rooms, duties).flatMap((section) => section.entries)
    const going = menu.map((entry): Action => {
      const shortcut = menuKeys[entry.key]
      return {
        id: `go.${entry.key}`,
        labelKey: entry.labelKey,
        groupKey: 'shell.actions.go',
        ...(shortcut === undefined ? {} : { shortcut }),
        run: () => void navigate(entry.path),
      }
    })
    const known = own.map((action) => action.labelKey)
    return [...going.filter((action) => !taken.has(action.id) && !known.includes(action.labelKey)), ...own, ...shellActions(overlay)]
  }, [session, overlay])
  useEffect(() => addActions(actions), [actions])
}

function shellActions(overlay: OverlayControl): readonly Action[] {
  const groupKey = 'shell.actions.general'
  return [
    { id: 'shell.palette', labelKey: 'shell.palette', groupKey, shortcut: 'mod+k', hidden: true, run: overlay.openPalette },
    { id: 'shell.search', labelKey: 'shell.search', groupKey, shortcut: '/', hidden: true, run: overlay.openPalette },
    { id: 'shell.help', labelKey: 'shell.help', groupKey, shortcut: '?', run: overlay.openHelp },
    { id: 'shell.display.standard', labelKey: 'shell.action.display-standard', groupKey, run: () => choose({ display: 'standard' }) },
    { id: 'shell.display.large', labelKey: 'shell.action.display-large', groupKey, run: () => choose({ display: 'large' }) },
    { id: 'shell.display.contrast', labelKey: 'shell.action.display-contrast', groupKey, run: () => choose({ display: 'contrast' }) },
    { id: 'shell.locale.zh', labelKey: 'shell.action.chinese', groupKey, run: () => choose({ locale: 'zh-CN' }) },
    { id: 'shell.locale.en', labelKey: 'shell.action.english', groupKey, run: () => choose({ locale: 'en' }) },
    { id: 'shell.sign-out', labelKey: 'shell.account.sign-out', groupKey, run: () => void sessionStore.signOut() },
  ]
}
