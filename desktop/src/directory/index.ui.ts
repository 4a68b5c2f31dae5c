/** The directory's pages. */
import type { RoomUi } from '../platform/rooms/index.ts'

/** 通讯录, 个人设置, and 管理 for the three administrators. */
export const directoryUi: RoomUi = {
  name: 'directory',
  routes: [
    { path: '/directory', load: () => import('./ui/directory-page.tsx') },
    { path: '/settings', load: () => import('./ui/settings-page.tsx') },
    { path: '/admin/people', load: () => import('./ui/admin-people-page.tsx') },
    { path: '/admin/calendar', load: () => import('./ui/calendar-page.tsx') },
    { path: '/admin/live', load: () => import('./ui/live-page.tsx') },
    { path: '/admin/grants', load: () => import('./ui/grants-page.tsx') },
    { path: '/admin/audit', load: () => import('./ui/audit-page.tsx') },
  ],
  menu: [
    { key: 'directory', group: 'office', path: '/directory', labelKey: 'directory.room', order: 10, forAdministrators: true },
    { key: 'admin.people', group: 'administration', path: '/admin/people', labelKey: 'directory.ui.admin.people', order: 10, duties: ['system-admin'] },
    { key: 'admin.calendar', group: 'administration', path: '/admin/calendar', labelKey: 'directory.ui.admin.calendar', order: 15, duties: ['system-admin'] },
    { key: 'admin.live', group: 'administration', path: '/admin/live', labelKey: 'directory.ui.admin.live', order: 18, duties: ['system-admin'] },
    { key: 'admin.grants', group: 'administration', path: '/admin/grants', labelKey: 'directory.ui.admin.grants', order: 20, duties: ['security-admin'] },
    { key: 'admin.audit', group: 'administration', path: '/admin/audit', labelKey: 'directory.ui.admin.audit', order: 30, duties: ['audit-admin'] },
  ],
  actions: ({ navigate }) => [
    { id: 'directory.open', labelKey: 'directory.room', groupKey: 'shell.actions.go', shortcut: 'g t', run: () => navigate('/directory') },
    { id: 'settings.open', labelKey: 'shell.account.settings', groupKey: 'shell.actions.go', run: () => navigate('/settings') },
  ],
}
