/** Asks for the rights of people who are there, again and again: a right lowered while somebody writes takes hold within seconds. */
import type { Report, Rights } from './ports.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** What the watch needs. */
export interface RightsWatchDeps {
  readonly rights: Rights
  /** Ends questions that take too long. */
  readonly inTime: <T>(answer: Promise<T>) => Promise<T>
  readonly rooms: Rooms
  readonly report: Report
  readonly isClosing: () => boolean
}

/** Makes a watch. `refresh` asks about one room, `poll` about all; a poll does not begin while another is under way. */
export function createRightsWatch({ rights, inTime, rooms, report, isClosing }: RightsWatchDeps): { refresh(room: Room): Promise<void>; poll(): Promise<void> } {
  let isPolling = false

  async function refresh(room: Room): Promise<void> {
    const theirs = [...room.members]
    if (theirs.length === 0) return
    const { documentId } = room
    try {
      const people = [...new Set(theirs.map((connection) => connection.grant.personId))]
      const levels = await inTime(rights.rightsOfPeople(documentId, people))
      for (const connection of theirs) connection.changeRights(levels.get(connection.grant.personId) ?? 'none')
    } catch (cause) {
      // Whoever is left is sent away by `close`, and nobody writes any more.
      if (isClosing()) return
      // No answer is not a yes.
      report({ kind: 'rights-failed', documentId, cause })
      for (const connection of theirs) connection.close('try-later')
    }
  }

  return {
    refresh,
    async poll() {
      if (isPolling) return
      isPolling = true
      try {
        await Promise.all(rooms.list().map(refresh))
      } finally {
        isPolling = false
      }
    },
  }
}
