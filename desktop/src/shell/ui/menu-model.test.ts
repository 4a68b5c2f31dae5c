import { expect, test } from 'vitest'
import type { RoomUi } from '../../platform/rooms/index.ts'
import { countOf, currentEntry, homePath, presentMenu, reservedFor } from './menu-model.ts'

const room: RoomUi = {
  name: 'sample',
  routes: [],
  actions: () => [],
  menu: [
    { key: 'seals', group: 'custody', path: '/seals', labelKey: 'k', order: 1, duties: ['seal-keeper'] },
    { key: 'drafts', group: 'documents', path: '/documents', labelKey: 'k', order: 2 },
    { key: 'new', group: 'documents', path: '/documents/new', labelKey: 'k', order: 1 },
    { key: 'directory', group: 'office', path: '/directory', labelKey: 'k', order: 1, forAdministrators: true },
    { key: 'audit', group: 'administration', path: '/admin/audit', labelKey: 'k', order: 1, duties: ['audit-admin'] },
  ],
}

const keysFor = (duties: Parameters<typeof presentMenu>[1]) => presentMenu([room], duties).flatMap((section) => section.entries.map((entry) => entry.key))

test('groups stand in the order of the shell, entries in their own', () => {
  expect(keysFor(['drafter'])).toEqual(['inbox.todo', 'inbox.to-read', 'inbox.done', 'new', 'drafts', 'directory'])
})

test('an entry for a duty is shown to its holders only', () => {
  expect(keysFor(['seal-keeper'])).toContain('seals')
  expect(keysFor(['drafter'])).not.toContain('seals')
})

test('an administrator sees no business', () => {
  expect(keysFor(['audit-admin'])).toEqual(['directory', 'audit'])
  expect(homePath(presentMenu([room], ['audit-admin']))).toBe('/admin/audit')
  expect(homePath(presentMenu([room], ['drafter']))).toBe('/inbox')
})

test('a page of the administration opens to those whose task it is, a page of business to whoever follows a link', () => {
  expect(reservedFor([room], ['drafter'], '/admin/audit')).toEqual(['audit-admin'])
  expect(reservedFor([room], ['system-admin'], '/admin/audit')).toEqual(['audit-admin'])
  expect(reservedFor([room], ['audit-admin'], '/admin/audit')).toBeNull()
  expect(reservedFor([room], ['drafter'], '/seals')).toBeNull()
})

test('the entry of a page is the one whose path fits best', () => {
  const sections = presentMenu([room], ['drafter'])
  expect(currentEntry(sections, '/documents/new')?.key).toBe('new')
  expect(currentEntry(sections, '/documents/3k')?.key).toBe('drafts')
  expect(currentEntry(sections, '/inbox')?.key).toBe('inbox.todo')
  expect(currentEntry(sections, '/elsewhere')).toBeNull()
})

test('a count that is not known yet shows nothing', () => {
  const entry = presentMenu([room], ['drafter'])[0]?.entries[0]
  if (entry === undefined) throw new Error('no inbox')
  expect(countOf(entry, null)).toBe(0)
  expect(countOf(entry, { todo: 4, toRead: 1, overdue: 0, byRoom: {} })).toBe(4)
})
