/** What operators see of the sync endpoint: counters for monitoring, and the live documents one by one. */
import type { Connection } from './connection.ts'
import type { LiveLook } from './door.ts'
import type { HistogramFigures } from './histogram.ts'
import type { Clock } from './ports.ts'
import { roomBytes } from './room.ts'
import type { Rooms } from './rooms.ts'

/** Figures for operators. */
export interface RealtimeMetrics {
  readonly connections: number
  /** Clients connected here whose documents another process serves. */
  readonly relayed: number
  readonly documents: number
  readonly updates: number
  readonly rows: number
  readonly commits: number
  readonly deliveries: number
  readonly compactions: number
  /** Milliseconds over the last 512 commits. */
  readonly commitP50Ms: number
  readonly commitP95Ms: number
  /** From the start of a commit to its answer, and from accepting an update to writing it to the others. */
  readonly commit: HistogramFigures
  readonly fanOut: HistogramFigures
  /** Bytes of snapshots and tails in memory. */
  readonly documentBytes: number
  /** Bytes written to sockets that their readers have not taken yet. */
  readonly unsentBytes: number
  /** Sockets closed since start, by reason. */
  readonly closed: Readonly<Record<string, number>>
  /** Upgrade requests refused since start, by HTTP status. */
  readonly refused: Readonly<Record<string, number>>
}

/** What the figures are read from. */
export interface FigureSources {
  readonly rooms: Rooms
  readonly clock: Clock
  readonly connections: ReadonlySet<Connection>
  readonly relayed: { readonly size: number }
  readonly closed: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
}

/** Makes the two readers. */
export function createFigures({ rooms, clock, connections, relayed, closed, refused }: FigureSources): { metrics(): RealtimeMetrics; look(): LiveLook } {
  function metrics(): RealtimeMetrics {
    const { commit, fanOut, ...counters } = rooms.counters
    const open = rooms.list()
    return {
      ...counters,
      connections: connections.size,
      relayed: relayed.size,
      documents: open.length,
      commitP50Ms: commit.quantile(0.5),
      commitP95Ms: commit.quantile(0.95),
      commit: commit.figures(),
      fanOut: fanOut.figures(),
      documentBytes: open.reduce((sum, room) => sum + room.tail.length + (room.snapshot?.update.length ?? 0), 0),
      unsentBytes: [...connections].reduce((sum, connection) => sum + connection.unsentBytes(), 0),
      closed: { ...closed },
      refused: { ...refused },
    }
  }

  function look(): LiveLook {
    const now = clock.now()
    const documents = rooms.list().map((room) => ({
      documentId: room.documentId,
      connections: room.members.size,
      people: new Set([...room.members].map((member) => member.grant.personId)).size,
      updatesPerSecond: room.rate.perSecond(now),
      updates: room.updates,
      bytes: roomBytes(room),
      seq: room.seq,
      openedAt: room.openedAt,
    }))
    const { updates, deliveries, connections: sockets, relayed: elsewhere, commitP50Ms, commitP95Ms, documentBytes, unsentBytes, closed: ended } = metrics()
    return { documents, totals: { documents: documents.length, connections: sockets, relayed: elsewhere, updates, deliveries, commitP50Ms, commitP95Ms, documentBytes, unsentBytes, closed: { ...ended } } }
  }

  return { metrics, look }
}
