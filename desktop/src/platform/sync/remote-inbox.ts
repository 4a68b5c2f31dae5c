/** Colleagues' edits on their way into the text. In a long text each application costs the window tens of milliseconds, however small
 * the edit: many people's keys, applied one by one, would leave none for the person who types here. So they go in together, and the
 * window rests after each time for as long as it took some times over. A short text never notices. */
import * as Y from 'yjs'

/** Applies remote updates to a text. */
export interface RemoteInbox {
  /** Applies it now, or with others after the rest. */
  add(update: Uint8Array): void
  /** Applies what waits, now. */
  flush(): void
}

/** What an inbox is made of. */
export interface RemoteInboxOptions {
  readonly doc: Y.Doc
  /** The origin its transactions carry. */
  readonly origin: unknown
  /** Called before anything is applied. */
  readonly before?: () => void
  /** Monotonic milliseconds. */
  readonly now?: () => number
}

/** The window belongs to its own user for this many times what applying took: five sixths of the time. */
const restFactor = 5
/** Nobody waits longer than this for a colleague's words (ms). */
const longestRestMs = 200
/** What takes less is not worth a timer (ms). */
const unnoticedMs = 2

/** Makes an inbox. */
export function createRemoteInbox({ doc, origin, before, now = () => performance.now() }: RemoteInboxOptions): RemoteInbox {
  let waiting: Uint8Array[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let freeAt = -Infinity

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const updates = waiting
    waiting = []
    const started = now()
    before?.()
    Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update, origin)), origin, false)
    const took = now() - started
    freeAt = took < unnoticedMs ? -Infinity : started + took + Math.min(longestRestMs, took * restFactor)
  }

  return {
    add(update) {
      waiting.push(update)
      if (timer !== undefined) return
      const restMs = freeAt - now()
      if (restMs <= 0) flush()
      else timer = setTimeout(flush, restMs)
    },
    flush,
  }
}
