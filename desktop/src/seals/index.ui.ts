/** The seals' pages: seals, applications, ledger, and the public page that verifies files. */
import { registerDocumentPanel } from '../platform/rooms/document-slots.ts'
import type { RoomUi } from '../platform/rooms/index.ts'

registerDocumentPanel({ key: 'seals', labelKey: 'seals.ui.panel', order: 60, states: ['numbered', 'typeset', 'sealed', 'issued'], unsealedStates: [], nextIn: ['typeset'], load: () => import('./ui/document-panel.tsx') })

/** 印章, 验章. */
export const sealsUi: RoomUi = {
  name: 'seals',
  routes: [
    { path: '/seals', load: () => import('./ui/seals-page.tsx') },
    { path: '/seals/overview', load: () => import('./ui/overview-page.tsx') },
    { path: '/seals/ledger', load: () => import('./ui/ledger-page.tsx') },
    { path: '/seals/applications', load: () => import('./ui/applications-page.tsx') },
    { path: '/seals/trust', load: () => import('./ui/trust-page.tsx') },
    { path: '/seals/together', load: () => import('./ui/together-page.tsx') },
    { path: '/seals/together/earlier', load: () => import('./ui/batch/earlier-page.tsx') },
    { path: '/seals/together/:id', load: () => import('./ui/batch/batch-page.tsx') },
    { path: '/seals/applications/:id', load: () => import('./ui/application-page.tsx') },
    { path: '/verify', load: () => import('./ui/verify/verify-page.tsx'), isPublic: true },
    { path: '/v/:code', load: () => import('./ui/verify/copy-page.tsx'), isPublic: true },
  ],
  menu: [
    {
      key: 'seals', group: 'custody', path: '/seals', labelKey: 'seals.ui.menu', order: 10, forAdministrators: true, count: (counts) => counts.byRoom['seals'] ?? 0,
      duties: ['seal-keeper', 'seal-approver', 'registrar', 'security-admin', 'audit-admin'],
    },
    { key: 'seal-trust', group: 'custody', path: '/seals/trust', labelKey: 'seals.ui.tab.trust', order: 11, forAdministrators: true, duties: ['system-admin'] },
    { key: 'verify', group: 'office', path: '/verify', labelKey: 'seals.verify.title', order: 30, forAdministrators: true },
  ],
  actions: ({ navigate }) => [
    { id: 'seals.open', labelKey: 'seals.ui.menu', groupKey: 'shell.actions.go', shortcut: 'g s', run: () => navigate('/seals') },
    { id: 'seals.verify', labelKey: 'seals.verify.title', groupKey: 'shell.actions.go', shortcut: 'g v', run: () => navigate('/verify') },
  ],
  openEntry: (entry) => (entry.subjectKind === 'seal' ? '/seals' : ['seal-reconciliation', 'outside-list', 'outside-trust'].includes(entry.subjectKind) ? '/seals/overview' : `/seals/applications/${entry.subjectId}`),
  loadPreview: () => import('./ui/entry-preview.tsx'),
}
