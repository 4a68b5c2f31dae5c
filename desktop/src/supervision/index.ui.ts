/** The supervision room's pages. */
import type { RoomUi } from '../platform/rooms/index.ts'

/** 督办: ledger, assignment, assigning from a document, overview. */
export const supervisionUi: RoomUi = {
  name: 'supervision',
  routes: [
    { path: '/supervision', load: () => import('./ui/ledger-page.tsx') },
    { path: '/supervision/new', load: () => import('./ui/propose-page.tsx') },
    { path: '/supervision/overview', load: () => import('./ui/overview-page.tsx') },
    { path: '/supervision/:id', load: () => import('./ui/assignment-page.tsx') },
  ],
  menu: [{ key: 'supervision', group: 'work', path: '/supervision', labelKey: 'supervision.room', order: 10, count: (counts) => counts.byRoom['supervision'] ?? 0 }],
  actions: ({ navigate, duties }) => [
    { id: 'supervision.open', labelKey: 'supervision.room', groupKey: 'shell.actions.go', shortcut: 'g u', run: () => navigate('/supervision') },
    ...(duties.includes('supervisor')
      ? [{ id: 'supervision.propose', labelKey: 'supervision.ui.from-document', groupKey: 'shell.actions.go', run: () => navigate('/supervision/new') }]
      : []),
  ],
  openEntry: (entry) => `/supervision/${entry.subjectId}`,
}
