/** The workflow room's pages, and what it puts on the document page: the bar to act with, opinions, the route. */
import { registerDocumentBar, registerDocumentPanel } from '../platform/rooms/document-slots.ts'
import type { RoomUi } from '../platform/rooms/index.ts'

registerDocumentPanel({ key: 'opinions', labelKey: 'workflow.ui.opinions', order: 40, load: () => import('./ui/opinions-panel.tsx') })
registerDocumentPanel({ key: 'route', labelKey: 'workflow.ui.route', order: 50, load: () => import('./ui/route-panel.tsx') })
registerDocumentPanel({ key: 'sheet', labelKey: 'workflow.ui.sheet', order: 55, load: () => import('./ui/sheet-panel.tsx') })
registerDocumentBar({ key: 'workflow', order: 10, load: () => import('./ui/case-bar.tsx') })

/** 我发起. */
export const workflowUi: RoomUi = {
  name: 'workflow',
  routes: [
    { path: '/workflow/mine', load: () => import('./ui/mine-page.tsx') },
    { path: '/workflow/done', load: () => import('./ui/done-page.tsx') },
  ],
  menu: [{ key: 'workflow.mine', group: 'inbox', path: '/workflow/mine', labelKey: 'workflow.ui.mine', order: 40 }],
  actions: ({ navigate }) => [
    { id: 'workflow.mine', labelKey: 'workflow.ui.mine', groupKey: 'shell.actions.go', shortcut: 'g m', run: () => navigate('/workflow/mine') },
    { id: 'workflow.done', labelKey: 'workflow.ui.done', groupKey: 'shell.actions.go', run: () => navigate('/workflow/done') },
  ],
  openEntry: (entry) => `/documents/${entry.subjectId}?task=${encodeURIComponent(entry.taskId)}`,
  loadPreview: () => import('./ui/entry-preview.tsx'),
}
