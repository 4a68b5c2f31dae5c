/** The directory's pages. */
import type { RoomUi } from '../platform/rooms/index.ts'

/** 通讯录, 个人设置 and 管理. */
export const directoryUi: RoomUi = {
  name: 'directory',
  routes: [
    { path: '/directory', load: () => import('./ui/directory-page.tsx') },
    { path: '/settings', load: () => import('./ui/settings-page.tsx') },
  ],
  menu: [{ key: 'directory', group: 'office', path: '/directory', labelKey: 'directory.room', order: 10, forAdministrators: true }],
  actions: ({ navigate }) => [
    { id: 'directory.open', labelKey: 'directory.room', groupKey: 'shell.actions.go', shortcut: 'g t', run: () => navigate('/directory') },
    { id: 'settings.open', labelKey: 'shell.account.settings', groupKey: 'shell.actions.go', run: () => navigate('/settings') },
  ],
}
