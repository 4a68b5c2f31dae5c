/** Colleagues' edits on their way into the text. In a long text each application costs the window tens of milliseconds, however small
 * the edit: many people's keys, applied one by one, would leave none for the person who types here. So they go in together, and the
 * window rests after each time for as long as it took some times over. While somebody types here they go in right behind a letter of theirs, when it is on the screen
 * and the next one is furthest away. A short text never notices. */
import * as Y from 'yjs'
import { afterPaint } from './after-paint.ts'

/** Applies remote updates to a text. */
export interface RemoteInbox {
  /** Applies it now, or with others after the rest. */
  add(update: Uint8Array): void
  /** The person at this window has typed. */
  typed(): void
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
  /** Runs work once the next picture is on the screen. */
  readonly whenShown?: (work: () => void) => void
}

/** The window belongs to its own user for this many times what applying took: five sixths of the time. */
const restFactor = 5
/** Nobody waits longer than this for a colleague's words (ms). */
const longestRestMs = 200
/** What takes less is not worth a timer (ms). */
const unnoticedMs = 2
/** Whoever has typed so lately (ms) is typing: the next letter is worth waiting for. */
const typingMs = 150

/** Makes an inbox. */
export function createRemoteInbox({ doc, origin, before, now = () => performance.now(), whenShown = afterPaint }: RemoteInboxOptions): RemoteInbox {
  let waiting: Uint8Array[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let freeAt = -Infinity
  let typedAt = -Infinity
  /** Since when the oldest waits. */
  let since = Infinity
  let isSlow = false

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
    isSlow = took >= unnoticedMs
    freeAt = isSlow ? started + took + Math.min(longestRestMs, took * restFactor) : -Infinity
  }

  /** How long what waits has to wait still (ms): the window must have rested, and nobody be in the middle of typing. */
  function restMs(): number {
    const quietAt = isSlow ? Math.min(typedAt + typingMs, since + longestRestMs) : -Infinity
    return Math.max(freeAt, quietAt) - now()
  }

  function flushIn(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(flush, ms)
  }

  return {
    add(update) {
      waiting.push(update)
      if (waiting.length > 1) return
      since = now()
      const ms = restMs()
      if (ms <= 0) flush()
      else flushIn(ms)
    },
    typed() {
      typedAt = now()
      if (waiting.length === 0 || !isSlow) return
      const ms = restMs()
      // Never in the turn of the key itself.
      if (ms > 0) flushIn(ms)
      whenShown(() => void (now() >= freeAt && flush()))
    },
    flush,
  }
}
