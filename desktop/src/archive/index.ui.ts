/** The archive's pages. */
import type { RoomUi } from '../platform/rooms/index.ts'

/** 档案: for archivists. */
export const archiveUi: RoomUi = {
  name: 'archive',
  routes: [
    { path: '/archive', load: () => import('./ui/archive-page.tsx') },
    { path: '/archive/:pieceId', load: () => import('./ui/piece-page.tsx') },
  ],
  menu: [
    { key: 'archive', group: 'custody', path: '/archive', labelKey: 'archive.room', order: 20, duties: ['archivist'], count: (counts) => counts.byRoom['archive'] ?? 0 },
  ],
  actions: ({ navigate, duties }) =>
    duties.includes('archivist')
      ? [{ id: 'archive.open', labelKey: 'archive.room', groupKey: 'shell.actions.go', run: () => navigate('/archive') }]
      : [],
  openEntry: (entry) => `/archive?document=${encodeURIComponent(entry.subjectId)}`,
}
