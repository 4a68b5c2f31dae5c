/** The documents' pages. */
import { type RoomUi, startWhenQuiet } from '../platform/rooms/index.ts'

/** 发文: list, new document, document page, register. */
export const documentsUi: RoomUi = {
  name: 'documents',
  routes: [
    { path: '/documents', load: () => import('./ui/list-page.tsx') },
    { path: '/documents/new', load: () => import('./ui/new-page.tsx') },
    { path: '/documents/register', load: () => import('./ui/register-page.tsx') },
    { path: '/documents/rules', load: () => import('./ui/rules-page.tsx') },
    { path: '/documents/typefaces', load: () => import('./ui/typefaces-page.tsx') },
    { path: '/documents/templates', load: () => import('./ui/templates-page.tsx') },
    { path: '/documents/templates/:id', load: () => import('./ui/template-page.tsx') },
    { path: '/documents/:id', load: () => import('./ui/document-page.tsx') },
    { path: '/search', load: () => import('./ui/search-page.tsx') },
  ],
  menu: [
    { key: 'documents', group: 'documents', path: '/documents', labelKey: 'documents.ui.list', order: 10 },
    { key: 'documents.register', group: 'documents', path: '/documents/register', labelKey: 'documents.ui.register', order: 40, duties: ['registrar', 'office-director', 'archivist', 'supervisor'] },
    { key: 'documents.templates', group: 'documents', path: '/documents/templates', labelKey: 'documents.ui.templates', order: 44, duties: ['office-director', 'registrar'] },
    { key: 'documents.rules', group: 'documents', path: '/documents/rules', labelKey: 'documents.ui.rules', order: 45, duties: ['office-director', 'registrar'] },
    { key: 'documents.typefaces', group: 'documents', path: '/documents/typefaces', labelKey: 'documents.ui.typefaces', order: 46, duties: ['office-director', 'registrar'] },
    { key: 'admin.typefaces', group: 'administration', path: '/documents/typefaces', labelKey: 'documents.ui.typefaces', order: 17, duties: ['system-admin'] },
    { key: 'search', group: 'office', path: '/search', labelKey: 'documents.ui.search', order: 20 },
  ],
  actions: ({ navigate }) => [
    { id: 'documents.open', labelKey: 'documents.ui.list', groupKey: 'shell.actions.go', shortcut: 'g d', run: () => navigate('/documents') },
    { id: 'documents.new', labelKey: 'documents.ui.new', groupKey: 'shell.actions.go', shortcut: 'n', run: () => navigate('/documents/new') },
    { id: 'documents.search', labelKey: 'documents.ui.search', groupKey: 'shell.actions.go', run: () => navigate('/search') },
  ],
  background: (personId) => startWhenQuiet(async () => (await import('./ui/background.ts')).startBackground(personId)),
  openEntry: (entry) => `/documents/${entry.subjectId}`,
}
