/** What nodes tell each other outside of documents: which screens are out of date, whose sessions have ended, whose rights have
 * changed, that the calendar or the typefaces are others now. Screens' topics go through Redis while every node hears it; everything else, and everything while Redis is away, through
 * PostgreSQL's NOTIFY. A notice may come twice; nobody minds. */

/** One notice. Never content: topics and ids. */
export type ClusterNotice =
  | { readonly kind: 'topics'; readonly topics: readonly string[] }
  | { readonly kind: 'session-ended'; readonly id: string }
  | { readonly kind: 'rights'; readonly documentId: string }
  | { readonly kind: 'calendar' }
  | { readonly kind: 'typefaces' }

/** PostgreSQL takes less than 8,000 bytes at once. */
const mostBytes = 7_000

/** Writes a notice of node `from`, in as many pieces as PostgreSQL demands. */
export function writeNotice(from: string, notice: ClusterNotice): readonly string[] {
  if (notice.kind !== 'topics') return [JSON.stringify({ from, ...notice })]
  const pieces: string[] = []
  let some: string[] = []
  let size = 0
  const close = (): void => {
    if (some.length > 0) pieces.push(JSON.stringify({ from, kind: 'topics', topics: some }))
    some = []
    size = 0
  }
  for (const topic of notice.topics) {
    if (size + topic.length > mostBytes / 2) close()
    some.push(topic)
    size += topic.length + 3
  }
  close()
  return pieces
}

/** Reads what a node said; `null` for our own words and for what a newer version says. */
export function readNotice(payload: string, self: string): ClusterNotice | null {
  const said = parse(payload)
  if (said === null || said['from'] === self) return null
  const { kind, topics, id, documentId } = said
  if (kind === 'topics' && Array.isArray(topics)) return { kind, topics: topics.filter((topic): topic is string => typeof topic === 'string') }
  if (kind === 'session-ended' && typeof id === 'string') return { kind, id }
  if (kind === 'rights' && typeof documentId === 'string') return { kind, documentId }
  return kind === 'calendar' || kind === 'typefaces' ? { kind } : null
}

function parse(payload: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
