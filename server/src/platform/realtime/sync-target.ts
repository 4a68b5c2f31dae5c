/** What an upgrade request asks for. One spelling per document: anything else does not exist. */
import { idPattern } from '@xiewen/shared/base'

/** A well-formed request for `/sync/<documentId>`. */
export interface SyncTarget {
  readonly documentId: string
  readonly ticket: string | null
  /** `x=1`: understands our extension messages. */
  readonly isExtended: boolean
  /** `v=<n>`: newest version of the Yjs mapping the client knows; `null` when it does not say. */
  readonly schemaVersion: number | null
}

const prefix = '/sync/'

/** Parses the raw request target. No decoding, no normalising: `null` unless it is `/sync/` and 26 id characters, optionally a query. */
export function parseSyncTarget(rawUrl: string): SyncTarget | null {
  const mark = rawUrl.indexOf('?')
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark)
  if (!path.startsWith(prefix)) return null
  const documentId = path.slice(prefix.length)
  if (!idPattern.test(documentId)) return null
  const query = new URLSearchParams(mark < 0 ? '' : rawUrl.slice(mark + 1))
  const tickets = query.getAll('ticket')
  const version = query.get('v')
  return {
    documentId,
    ticket: tickets.length === 1 ? (tickets[0] ?? null) : null,
    isExtended: query.get('x') === '1',
    schemaVersion: version !== null && /^\d{1,6}$/.test(version) ? Number(version) : null,
  }
}
