/** Live refresh: one event stream for the page. Each event names topics; the queries that listen to them reload. Topics of
 * kinds (`inbox`, `document`) reach every screen, topics of single subjects (`document:<id>`) those that watch them. */
import { z } from 'zod'
import { bridge } from '../bridge/index.ts'
import { followShellLink } from './link-of-shell.ts'
import { setOnline } from './link-state.ts'
import { refreshAll, refreshTopics, watchedSubjects } from './use-query.ts'

const eventSchema = z.object({ topics: z.array(z.string()) })
const listeners = new Set<(topics: readonly string[]) => void>()
const watchLimit = 30
const settleMs = 150
const offlineAfterMs = 3000
const retryMs = 5000

/** Calls `listener` with the topics of each event, for screens that keep their own state. */
export function onTopics(listener: (topics: readonly string[]) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Opens the stream and keeps it open.
 *
 * @param onRefused the server answered with a refusal instead of a stream: the session may have ended
 * @returns closes it, at sign-out
 */
export function startEvents(onRefused: () => void): () => void {
  const stream = new EventStream(onRefused)
  return () => stream.dispose()
}

class EventStream {
  readonly #onRefused: () => void
  readonly #cleanups: readonly (() => void)[]
  /** In the desktop client the client judges; a stream that breaks there says nothing of the server. */
  readonly #judgesLink: boolean
  #source: EventSource | null = null
  #candidate: EventSource | null = null
  #watching: ReadonlySet<string> = new Set()
  #timer: ReturnType<typeof setTimeout> | undefined
  #offlineTimer: ReturnType<typeof setTimeout> | undefined
  #lost = false

  constructor(onRefused: () => void) {
    this.#onRefused = onRefused
    const later = () => this.#soon(settleMs)
    const shell = bridge()
    this.#judgesLink = shell.host === 'browser'
    const returned = () => {
      refreshAll()
      later()
    }
    this.#cleanups = [watchedSubjects.onChange(later), this.#judgesLink ? followBrowser(later) : followShellLink(shell, returned)]
    this.#open()
  }

  dispose(): void {
    for (const cleanup of this.#cleanups) cleanup()
    clearTimeout(this.#timer)
    clearTimeout(this.#offlineTimer)
    this.#source?.close()
    this.#candidate?.close()
  }

  /** Pages come and go in bursts; the stream follows when they have settled. */
  #soon(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), ms)
  }

  #open(): void {
    const wanted = new Set([...watchedSubjects.now()].slice(0, watchLimit))
    if (this.#source?.readyState === EventSource.OPEN && [...wanted].every((topic) => this.#watching.has(topic))) {
      // The browser had said "offline" and the stream has outlived it.
      if (this.#judgesLink) setOnline(true)
      return
    }
    this.#candidate?.close()
    const search = new URLSearchParams([...wanted].map((topic) => ['watch', topic]))
    const source = new EventSource(wanted.size === 0 ? '/api/events' : `/api/events?${search}`)
    this.#candidate = source
    source.onopen = () => this.#opened(source, wanted)
    source.onmessage = (message) => receive(message.data)
    source.onerror = () => this.#failed(source)
  }

  #opened(source: EventSource, wanted: ReadonlySet<string>): void {
    const before = this.#watching
    if (this.#source !== source) this.#source?.close()
    this.#source = source
    this.#candidate = null
    this.#watching = wanted
    clearTimeout(this.#offlineTimer)
    this.#offlineTimer = undefined
    if (this.#judgesLink) setOnline(true)
    // What happened before the stream listened is not repeated, so what depends on it is asked for again.
    if (this.#lost) refreshAll()
    else refreshTopics([...wanted].filter((topic) => !before.has(topic)))
    this.#lost = false
  }

  #failed(source: EventSource): void {
    this.#lost = true
    if (this.#judgesLink) this.#offlineTimer ??= setTimeout(() => setOnline(false), offlineAfterMs)
    if (source.readyState !== EventSource.CLOSED) return
    // The browser gives up for good after an answer that is no stream.
    clearTimeout(this.#offlineTimer)
    this.#offlineTimer = undefined
    this.#onRefused()
    this.#soon(retryMs)
  }
}

/** In a browser the network's own events come first, the stream confirms. */
function followBrowser(later: () => void): () => void {
  const offline = () => setOnline(false)
  window.addEventListener('offline', offline)
  window.addEventListener('online', later)
  return () => {
    window.removeEventListener('offline', offline)
    window.removeEventListener('online', later)
  }
}

function receive(data: unknown): void {
  if (typeof data !== 'string') return
  const parsed = eventSchema.safeParse(JSON.parse(data))
  if (!parsed.success) return
  refreshTopics(parsed.data.topics)
  for (const listener of listeners) listener(parsed.data.topics)
}
