/** The archive's pages, and what it puts on the page of an issued document: 存证. */
import { registerDocumentPanel } from '../platform/rooms/document-slots.ts'
import type { RoomUi } from '../platform/rooms/index.ts'

registerDocumentPanel({ key: 'evidence', labelKey: 'archive.ui.evidence', order: 80, states: ['typeset', 'sealed', 'issued'], load: () => import('./ui/evidence-panel.tsx') })

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
