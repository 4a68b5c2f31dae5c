/** Long-lived services of the platform that use cases may use. */
import type { NodeLook, WorkCalendar } from '@xiewen/shared/base'
import type { Blobs } from './blobs/blobs.ts'
import type { Config } from './config/config.ts'
import type { FontBook } from './fonts/index.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { SessionDoor } from './sessions/session-door.ts'
import type { Realtime } from './realtime/door.ts'
import type { Rate } from './realtime/rate.ts'

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

/** One server process as it answers now; `look` is null when it did not within a second. */
export interface NodeAnswer {
  /** Where other nodes reach it; the machine's name where it is the only one. */
  readonly name: string
  readonly isThis: boolean
  readonly look: NodeLook | null
}

/** All server processes over this database. */
export interface NodesDoor {
  /** This process first, the others by name. */
  look(): Promise<readonly NodeAnswer[]>
}

/** What the server is made of, handed to every use case. */
export interface Services {
  readonly config: Config
  readonly blobs: Blobs
  readonly keys: KeyStore
  readonly fonts: FontBook
  readonly sessions: SessionDoor
  readonly realtime: Realtime
  readonly nodes: NodesDoor
  /** How often people act on this process. */
  readonly commands: Rate
  readonly calendar: CalendarBook
  /** The words of a string key in the language official pages are printed in; the key itself when nobody knows it. */
  readonly words: (key: string) => string
}
