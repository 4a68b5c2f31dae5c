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
  const [path, query] = partsOf(rawUrl)
  return path.startsWith(prefix) ? targetOf(path.slice(prefix.length), query) : null
}

/** A request of a client without WebSocket: a new line, or messages on one. */
export type HttpTarget =
  | { readonly kind: 'open'; readonly target: SyncTarget }
  | { readonly kind: 'send'; readonly documentId: string; readonly key: string; readonly number: number }

/** Parses `/sync/<documentId>/open` and `/sync/<documentId>/send?key=…&n=…`; `null` for anything else. */
export function parseHttpTarget(rawUrl: string): HttpTarget | null {
  const [path, query] = partsOf(rawUrl)
  if (!path.startsWith(prefix)) return null
  if (path.endsWith('/open')) {
    const target = targetOf(path.slice(prefix.length, -'/open'.length), query)
    return target === null ? null : { kind: 'open', target }
  }
  const documentId = path.slice(prefix.length, -'/send'.length)
  const [key, n] = [query.get('key') ?? '', query.get('n') ?? '']
  if (!path.endsWith('/send') || !idPattern.test(documentId) || !/^\d{1,12}$/.test(n)) return null
  return { kind: 'send', documentId, key, number: Number(n) }
}

function partsOf(rawUrl: string): readonly [string, URLSearchParams] {
  const mark = rawUrl.indexOf('?')
  return mark < 0 ? [rawUrl, new URLSearchParams()] : [rawUrl.slice(0, mark), new URLSearchParams(rawUrl.slice(mark + 1))]
}

function targetOf(documentId: string, query: URLSearchParams): SyncTarget | null {
  if (!idPattern.test(documentId)) return null
  const tickets = query.getAll('ticket')
  const version = query.get('v')
  return {
    documentId,
    ticket: tickets.length === 1 ? (tickets[0] ?? null) : null,
    isExtended: query.get('x') === '1',
    schemaVersion: version !== null && /^\d{1,6}$/.test(version) ? Number(version) : null,
  }
}
