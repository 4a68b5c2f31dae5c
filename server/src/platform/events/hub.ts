/** Tells open screens that something has changed. Carries topics only, never content; screens ask again with their rights. */

/** A screen's ear. */
export interface EventListener {
  /** Session and person behind the screen. */
  readonly owners: readonly string[]
  readonly watches: (topic: string) => boolean
  readonly send: (topics: readonly string[]) => void
  /** Ends the stream. */
  readonly end: () => void
}

const flushAfterMs = 40

/** Collects topics and hands them out in small batches. */
export class EventHub {
  readonly #listeners = new Set<EventListener>()
  #pending = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #spread: (topics: readonly string[]) => void = () => undefined

  /** Where topics go besides the screens of this process. */
  spreadTo(spread: (topics: readonly string[]) => void): void {
    this.#spread = spread
  }

  add(listener: EventListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Ends the streams of a session or person; they ask again and are refused. */
  drop(sessionOrPersonId: string): void {
    for (const listener of [...this.#listeners]) if (listener.owners.includes(sessionOrPersonId)) listener.end()
  }

  publish(topics: Iterable<string>): void {
    for (const topic of topics) this.#pending.add(topic)
    if (this.#pending.size > 0 && this.#timer === null) this.#timer = setTimeout(() => this.#flush(), flushAfterMs)
  }

  /** Hands out what another process said. */
  hear(topics: readonly string[]): void {
    for (const listener of this.#listeners) {
      const wanted = topics.filter(listener.watches)
      if (wanted.length > 0) listener.send(wanted)
    }
  }

  /** Ends every stream: topics may have been missed, and a screen that connects anew asks for everything. */
  renew(): void {
    for (const listener of [...this.#listeners]) listener.end()
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #flush(): void {
    this.#timer = null
    const topics = [...this.#pending]
    this.#pending = new Set()
    this.hear(topics)
    this.#spread(topics)
  }
}
