/** The cache behind `useQuery`: one entry for each contract and input, shared by all screens, reloaded by topic. */
import { type CallError, isCallError } from './errors.ts'

/** What a screen can show. `ready` keeps the last answer while a reload runs or fails (`problem`), so nothing flickers. */
export type QueryState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: CallError }
  | { readonly kind: 'ready'; readonly data: T; readonly refreshing: boolean; readonly problem: CallError | null }

/** One question with its answer. `subscribe` and `snapshot` fit `useSyncExternalStore`. */
export class QueryEntry<T> {
  readonly #ask: () => Promise<T>
  readonly #listeners = new Set<() => void>()
  #state: QueryState<T> = { kind: 'loading' }
  #running = false
  #again = false
  #bug: unknown = null
  /** Topics any mounted screen wants this reloaded on. */
  readonly topics = new Set<string>()

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
  }

  /** Whether any screen shows this now. */
  get watched(): boolean {
    return this.#listeners.size > 0
  }

  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** The state now. Throws what was no CallError: a bug belongs to the error boundary. */
  snapshot(): QueryState<T> {
    if (this.#bug !== null) throw this.#bug
    return this.#state
  }

  /** Puts a known answer in, for instance the output of the command that changed it. */
  put(data: T): void {
    this.#become({ kind: 'ready', data, refreshing: false, problem: null })
  }

  /** Asks the server (again). A reload asked for while one runs happens after it, so the last word is never missed. */
  async load(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    if (this.#state.kind === 'ready') this.#become({ ...this.#state, refreshing: true })
    if (this.#state.kind === 'failed') this.#become({ kind: 'loading' })
    try {
      this.put(await this.#ask())
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#running = false
    }
    if (this.#again) {
      this.#again = false
      await this.load()
    }
  }

  /** Drops the answer without asking again. The entry itself stays: a screen may hold it that has not begun to watch yet, and it
   * must hear of later changes. */
  forget(): void {
    if (this.#running) this.#again = true
    else this.#state = { kind: 'loading' }
  }

  #fail(error: unknown): void {
    if (!isCallError(error)) this.#bug = error
    else if (this.#state.kind === 'ready') return this.#become({ ...this.#state, refreshing: false, problem: error })
    else this.#state = { kind: 'failed', error }
    this.#tell()
  }

  #become(state: QueryState<T>): void {
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** All questions asked so far, by address. */
export class QueryCache {
  readonly #entries = new Map<string, QueryEntry<unknown>>()
  readonly #limit: number
  readonly #watchListeners = new Set<() => void>()

  /** @param limit entries kept when nobody watches them */
  constructor(limit = 200) {
    this.#limit = limit
  }

  /** The entry for a key, made with `ask` when new. One key must always stand for one type of answer. */
  entry<T>(key: string, ask: () => Promise<T>): QueryEntry<T> {
    const known = this.#entries.get(key)
    // Safe because the key is the contract's address, and one contract has one output type.
    if (known !== undefined) return known as QueryEntry<T>
    const made = new QueryEntry(ask)
    // Safe for the same reason: entries are only ever read back under the key they were made with.
    this.#entries.set(key, made as unknown as QueryEntry<unknown>)
    this.#trim()
    return made
  }

  /** Reloads what is on screen and forgets what is not, for the entries that `matches` picks. */
  refresh(matches: (key: string, topics: ReadonlySet<string>) => boolean): void {
    for (const [key, entry] of this.#entries) {
      if (!matches(key, entry.topics)) continue
      if (entry.watched) void entry.load()
      else entry.forget()
    }
  }

  /** Topics of single subjects (`document:<id>`) that what is on screen listens to. */
  watchedSubjects(): ReadonlySet<string> {
    const watched = [...this.#entries.values()].filter((entry) => entry.watched)
    return new Set(watched.flatMap((entry) => [...entry.topics]).filter((topic) => topic.includes(':')))
  }

  /** Calls `listener` when `watchedSubjects` may have changed. */
  onWatchChange(listener: () => void): () => void {
    this.#watchListeners.add(listener)
    return () => {
      this.#watchListeners.delete(listener)
    }
  }

  /** Says that what is on screen, or the topics it listens to, may have changed. */
  watchChanged(): void {
    for (const listener of this.#watchListeners) listener()
  }

  /** Forgets everything, at sign-out. */
  clear(): void {
    this.#entries.clear()
  }

  #trim(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#limit) return
      if (!entry.watched) this.#entries.delete(key)
    }
  }
}
