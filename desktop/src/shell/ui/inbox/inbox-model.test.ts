import type { InboxEntry } from '@xiewen/shared/base'
import { inboxContract, inboxEntrySchema } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import type { RoomUi } from '../../../platform/rooms/index.ts'
import { chooseEntry, parseTab, pathOfEntry, questionOf } from './inbox-model.ts'

const anEntry = (change: Partial<InboxEntry> = {}): InboxEntry => ({
  ...inboxEntrySchema.parse({
    id: '01h00000000000000000000000', kind: 'todo', room: 'workflow', subjectKind: 'document', subjectId: 's1', taskId: 't1', title: '通知', detail: '', step: 'k',
    postTitle: '', fromName: '', urgency: 'none', dueAt: null, createdAt: 0, doneAt: null, readAt: null,
  }),
  ...change,
})
const documents: RoomUi = { name: 'documents', routes: [], menu: [], actions: () => [], openEntry: (entry) => `/documents/${entry.subjectId}` }
const meetings: RoomUi = { ...documents, name: 'meetings', openEntry: (entry) => `/meetings/${entry.subjectId}` }

test('an unknown list is the list of what waits', () => {
  expect([parseTab(undefined), parseTab('to-read'), parseTab('done'), parseTab('x')]).toEqual(['todo', 'to-read', 'done', 'todo'])
})

test.each(['todo', 'to-read', 'done'] as const)('the question of list %s fits the contract', (tab) => {
  expect(inboxContract.list.input.safeParse(questionOf(tab, '通知')).success).toBe(true)
})

test('an entry opens in the room that put it in', () => {
  expect(pathOfEntry([documents, meetings], anEntry({ room: 'meetings', subjectId: 'm1' }))).toBe('/meetings/m1')
})

test('an entry of a room without pages opens at the home of its subject', () => {
  expect(pathOfEntry([documents], anEntry())).toBe('/documents/s1')
  expect(pathOfEntry([], anEntry())).toBeNull()
})

test('a notification points at an entry by its own id or by its task', () => {
  const entry = anEntry()
  expect(chooseEntry([entry], entry.id)).toBe(entry)
  expect(chooseEntry([entry], 't1')).toBe(entry)
  expect(chooseEntry([entry], null)).toBeNull()
})
