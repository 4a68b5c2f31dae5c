/** The three lists of the inbox. Pure. */
import type { InboxEntry, InputOf, inboxContract } from '@xiewen/shared/base'
import type { RoomUi } from '../../../platform/rooms/index.ts'

/** todo 待办 · to-read 待阅 · done 已办. */
export type InboxTab = 'todo' | 'to-read' | 'done'

/** The list an address names. */
export function parseTab(text: string | undefined): InboxTab {
  return text === 'to-read' || text === 'done' ? text : 'todo'
}

/** What to ask the server for a list. */
export function questionOf(tab: InboxTab, text: string): InputOf<typeof inboxContract.list> {
  const found = text === '' ? {} : { text }
  switch (tab) {
    case 'todo':
      return { kind: 'todo', done: 'false', ...found }
    case 'to-read':
      return { kind: 'to-read', done: 'false', ...found }
    case 'done':
      return { done: 'true', ...found }
  }
}

/** Where an entry opens: the page of the room that put it in, or null when that room has none. */
export function pathOfEntry(rooms: readonly RoomUi[], entry: InboxEntry): string | null {
  const room = rooms.find((each) => each.name === entry.room)
  if (room?.openEntry !== undefined) return room.openEntry(entry)
  const home = rooms.find((each) => each.openEntry !== undefined && each.name === homeOf(entry.subjectKind))
  return home?.openEntry?.(entry) ?? null
}

function homeOf(subjectKind: string): string {
  return `${subjectKind}s`
}

/** The entry with this id, or of the room's task with this id; null when there is none. */
export function chooseEntry(entries: readonly InboxEntry[], id: string | null): InboxEntry | null {
  return entries.find((entry) => entry.id === id || entry.taskId === id) ?? null
}
