import type { InboxEntry, InboxEntryId } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import { batchActOf, isPickable, pickedEntries, togglePick } from './batch-model.ts'

const entry = (id: string, part: Partial<InboxEntry>): InboxEntry => ({
  // A test's id.
  id: id as InboxEntryId,
  kind: 'todo', room: 'workflow', subjectKind: 'document', subjectId: 'd', taskId: 't', title: '', detail: '', step: 'workflow.step.countersign',
  postTitle: '', fromName: '', urgency: 'none', dueAt: null, createdAt: 0, doneAt: null, readAt: null, ...part,
})

test('tasks that are mere agreement may be agreed to together, those that change text or law may not', () => {
  expect(isPickable('approve', entry('a', {}))).toBe(true)
  expect(isPickable('approve', entry('b', { step: 'workflow.step.sign' }))).toBe(false)
  expect(isPickable('approve', entry('c', { room: 'supervision' }))).toBe(false)
})

test('everything to read may be read together, and what is done offers nothing', () => {
  expect(isPickable('read', entry('a', { room: 'exchange' }))).toBe(true)
  expect(batchActOf('done')).toBeNull()
})

test('picks keep the order of the list and forget what has gone', () => {
  const picked = togglePick(togglePick(togglePick(new Set<string>(), 'b'), 'a'), 'gone')
  expect(pickedEntries([entry('a', {}), entry('b', {}), entry('c', {})], picked).map((each) => each.id)).toEqual(['a', 'b'])
  expect(togglePick(picked, 'a').has('a')).toBe(false)
})
