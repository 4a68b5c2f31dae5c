/** Joins this process to others over the same PostgreSQL, and what they tell each other to the rest of the server. */
import type { NodeLook, WorkCalendar } from '@xiewen/shared/base'
import { type Cluster, type ClusterDoors, openCluster } from '../platform/cluster/index.ts'
import type { Config } from '../platform/config/config.ts'
import type { EventHub } from '../platform/events/hub.ts'
import type { FontBook, Fonts } from '../platform/fonts/index.ts'
import type { CalendarBook } from '../platform/services.ts'
import type { ComposedRealtime } from './compose-realtime.ts'

/** Only this machine: other nodes on other machines need an address in the configuration. */
const ownMachine = '127.0.0.1:0'

/** Joins when the records are kept in PostgreSQL; `null` on SQLite, where this process is the only one. */
export async function joinCluster(config: Config, report: (error: unknown) => void): Promise<Cluster | null> {
  if (config.database.kind === 'sqlite') return null
  return openCluster({ databaseUrl: config.database.url, address: config.nodeAddress ?? ownMachine, redisUrl: config.redisUrl ?? null, report })
}

/** What other nodes may set going here. Nothing of it is told on: each act was told to all by the node it happened on. */
export function clusterDoors(parts: {
  readonly realtime: ComposedRealtime
  readonly look: () => NodeLook
  readonly hub: EventHub
  /** Reads the calendar anew. */
  readonly calendar: () => void
  /** Reads anew which typefaces the office prints with. */
  readonly typefaces: () => void
  /** Does what a node that is gone may have left undone. */
  readonly gone: () => void
}): ClusterDoors {
  const { realtime, hub } = parts
  return {
    admit: (line, client) => realtime.endpoint.adopt(line, client),
    look: parts.look,
    redeem: realtime.redeem,
    heard(notice) {
      if (notice.kind === 'topics') return hub.hear(notice.topics)
      if (notice.kind === 'rights') return realtime.refreshRights(notice.documentId)
      if (notice.kind === 'calendar') return parts.calendar()
      if (notice.kind === 'typefaces') return parts.typefaces()
      realtime.drop(notice.id)
      hub.drop(notice.id)
    },
    lapsed: () => realtime.endpoint.abandon(),
    gone: parts.gone,
    missed(what) {
      hub.renew()
      if (what === 'topics') return
      // Somebody may have been signed out meanwhile: whoever comes back has to show a session.
      realtime.endpoint.abandon()
      parts.calendar()
      parts.typefaces()
    },
  }
}

/** A calendar whose changes all nodes hear of. */
export function sharedCalendar(book: CalendarBook, cluster: Cluster | null): CalendarBook {
  if (cluster === null) return book
  return {
    current: book.current,
    adopt(next: WorkCalendar) {
      book.adopt(next)
      cluster.say({ kind: 'calendar' })
    },
  }
}

/** Typefaces whose exchange all nodes hear of. */
export function sharedFonts(fonts: FontBook, cluster: Cluster | null): FontBook {
  if (cluster === null) return fonts
  // Inherited, not copied: what the book answers changes with the faces in force.
  const shared: FontBook = Object.create(fonts)
  return Object.assign(shared, {
    adopt(next: Fonts) {
      fonts.adopt(next)
      cluster.say({ kind: 'typefaces' })
    },
  })
}
