/** The meetings room's pages, and the tasks panel on the page of minutes. */
import { organiserDuties } from '@xiewen/shared/meetings'
import { registerDocumentBar, registerDocumentPanel } from '../platform/rooms/document-slots.ts'
import type { RoomUi } from '../platform/rooms/index.ts'

registerDocumentPanel({ key: 'meeting-tasks', labelKey: 'meetings.ui.tab.tasks', order: 35, origins: ['minutes'], load: () => import('./ui/tasks-panel.tsx') })
registerDocumentBar({ key: 'meeting-selection', order: 5, load: () => import('./ui/selection-task.tsx') })

/** 会议: rooms by the hour, the list, one meeting, sign-in. */
export const meetingsUi: RoomUi = {
  name: 'meetings',
  routes: [
    { path: '/meetings', load: () => import('./ui/list-page.tsx') },
    { path: '/meetings/rooms', load: () => import('./ui/rooms-page.tsx') },
    { path: '/meetings/new', load: () => import('./ui/plan-page.tsx') },
    { path: '/meetings/:id', load: () => import('./ui/meeting-page.tsx') },
    { path: '/meetings/:id/change', load: () => import('./ui/plan-page.tsx') },
    { path: '/meetings/:id/sign-in', load: () => import('./ui/sign-in-page.tsx') },
  ],
  menu: [{ key: 'meetings', group: 'work', path: '/meetings', labelKey: 'meetings.room', order: 20, count: (counts) => counts.byRoom['meetings'] ?? 0 }],
  actions: ({ navigate, duties }) => [
    { id: 'meetings.open', labelKey: 'meetings.room', groupKey: 'shell.actions.go', shortcut: 'g h', run: () => navigate('/meetings') },
    { id: 'meetings.rooms', labelKey: 'meetings.ui.rooms', groupKey: 'shell.actions.go', run: () => navigate('/meetings/rooms') },
    ...(organiserDuties.some((duty) => duties.includes(duty))
      ? [{ id: 'meetings.new', labelKey: 'meetings.ui.new', groupKey: 'shell.actions.go', run: () => navigate('/meetings/new') }]
      : []),
  ],
  openEntry: (entry) => `/meetings/${entry.subjectId}`,
}
