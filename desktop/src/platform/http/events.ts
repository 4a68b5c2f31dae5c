/** Live refresh: one event stream for the page; each event names topics, and the queries that listen to them reload. */
import { z } from 'zod'
import { refreshAll, refreshTopics } from './use-query.ts'

const eventSchema = z.object({ topics: z.array(z.string()) })
const listeners = new Set<(topics: readonly string[]) => void>()

/** Whether the server can be reached, as far as the page knows. */
export interface LinkState {
  readonly online: boolean
}

let link: LinkState = { online: true }
const linkListeners = new Set<() => void>()

/** The link state now; stable between changes. */
export function linkState(): LinkState {
  return link
}

/** Calls `listener` when the link goes or returns. */
export function onLinkChange(listener: () => void): () => void {
  linkListeners.add(listener)
  return () => {
    linkListeners.delete(listener)
  }
}

/** Calls `listener` with the topics of each event, for screens that keep their own state. */
export function onTopics(listener: (topics: readonly string[]) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Opens the stream; the browser reconnects by itself. Returns the way to close it, used at sign-out. */
export function startEvents(): () => void {
  const source = new EventSource('/api/events')
  let lost = false
  source.onopen = () => {
    setOnline(true)
    // What was missed while the link was down is not repeated, so everything on screen is asked for again.
    if (lost) refreshAll()
    lost = false
  }
  source.onerror = () => {
    lost = true
    setOnline(navigator.onLine && source.readyState !== EventSource.CLOSED)
  }
  source.onmessage = (message) => receive(message.data)
  const offline = () => setOnline(false)
  const online = () => setOnline(true)
  window.addEventListener('offline', offline)
  window.addEventListener('online', online)
  return () => {
    source.close()
    window.removeEventListener('offline', offline)
    window.removeEventListener('online', online)
  }
}

function receive(data: unknown): void {
  const parsed = eventSchema.safeParse(typeof data === 'string' ? JSON.parse(data) : data)
  if (!parsed.success) return
  refreshTopics(parsed.data.topics)
  for (const listener of listeners) listener(parsed.data.topics)
}

function setOnline(online: boolean): void {
  if (link.online === online) return
  link = { online }
  for (const listener of linkListeners) listener()
}
