/** The exchange room's pages, and what it puts on the document page: 分发情况 for the sender, 来文 for the receiver. */
import { registerDocumentPanel } from '../platform/rooms/document-slots.ts'
import type { RoomUi } from '../platform/rooms/index.ts'

registerDocumentPanel({ key: 'tracking', labelKey: 'exchange.ui.tracking', order: 70, states: ['sealed', 'issued'], unsealedStates: ['typeset', 'issued'], nextIn: ['typeset', 'sealed'], load: () => import('./ui/tracking-panel.tsx') })
registerDocumentPanel({ key: 'origin', labelKey: 'exchange.ui.origin', order: 70, states: ['incoming'], load: () => import('./ui/origin-panel.tsx') })

/** 收文 and what was sent. */
export const exchangeUi: RoomUi = {
  name: 'exchange',
  routes: [
    { path: '/incoming', load: () => import('./ui/list-page.tsx') },
    { path: '/incoming/:id', load: () => import('./ui/receipt-page.tsx') },
    { path: '/dispatches', load: () => import('./ui/sent-page.tsx') },
  ],
  menu: [
    { key: 'exchange', group: 'documents', path: '/incoming', labelKey: 'exchange.room', order: 20, count: (counts) => counts.byRoom['exchange'] ?? 0 },
    { key: 'exchange.sent', group: 'documents', path: '/dispatches', labelKey: 'exchange.ui.sent', order: 30, duties: ['registrar'] },
  ],
  actions: ({ navigate }) => [
    { id: 'exchange.open', labelKey: 'exchange.room', groupKey: 'shell.actions.go', shortcut: 'g r', run: () => navigate('/incoming') },
    { id: 'exchange.sent', labelKey: 'exchange.ui.sent', groupKey: 'shell.actions.go', run: () => navigate('/dispatches') },
  ],
  openEntry: (entry) => (entry.subjectKind === 'document' ? `/documents/${entry.subjectId}?panel=tracking` : `/incoming/${entry.subjectId}`),
  loadPreview: () => import('./ui/entry-preview.tsx'),
}
