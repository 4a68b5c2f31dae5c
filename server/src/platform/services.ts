/** Long-lived services of the platform that use cases may use. */
import type { WorkCalendar } from '@xiewen/shared/base'
import type { Blobs } from './blobs/blobs.ts'
import type { Config } from './config/config.ts'
import type { FontBook } from './fonts/index.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { SessionDoor } from './sessions/session-door.ts'
import type { Realtime } from './realtime/door.ts'

/** The working-day calendar (工作日历) in force, held in memory because every deadline asks it. */
export interface CalendarBook {
  current(): WorkCalendar
  /** Takes over a calendar that has been committed. */
  adopt(next: WorkCalendar): void
}

/** A book that starts with `first`. */
export function calendarBook(first: WorkCalendar): CalendarBook {
  let current = first
  return {
    current: () => current,
    adopt: (next) => {
      current = next
    },
  }
}

/** What the server is made of, handed to every use case. */
export interface Services {
  readonly config: Config
  readonly blobs: Blobs
  readonly keys: KeyStore
  readonly fonts: FontBook
  readonly sessions: SessionDoor
  readonly realtime: Realtime
  readonly calendar: CalendarBook
}
