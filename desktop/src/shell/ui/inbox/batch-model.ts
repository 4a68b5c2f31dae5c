/** Which entries may be handled several at a time. Pure. */
import type { InboxEntry } from '@xiewen/shared/base'
import { canApproveTogether } from '@xiewen/shared/workflow'
import type { InboxTab } from './inbox-model.ts'

/** `read` 已阅 · `approve` 同意. */
export type BatchAct = 'read' | 'approve'

/** What many entries of a list can be given at once; null for done ones. */
export function batchActOf(tab: InboxTab): BatchAct | null {
  switch (tab) {
    case 'todo':
      return 'approve'
    case 'to-read':
      return 'read'
    case 'done':
      return null
  }
}

/** Whether an entry may be one of many: every unread one, and tasks whose step is mere agreement. */
export function isPickable(act: BatchAct, entry: InboxEntry): boolean {
  return act === 'read' || (entry.room === 'workflow' && canApproveTogether(entry.step))
}

/** The picks after one more is put in or taken out. */
export function togglePick(picked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(picked)
  if (!next.delete(id)) next.add(id)
  return next
}

/** The entries picked, in the order of the list; entries that have gone meanwhile are left out. */
export function pickedEntries(rows: readonly InboxEntry[], picked: ReadonlySet<string>): readonly InboxEntry[] {
  return rows.filter((entry) => picked.has(entry.id))
}
