/** `useQuery`: the answer to a query, kept fresh. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { call } from './call.ts'
import type { AnyContract, Contract, InputOf, OutputOf } from './contract-types.ts'
import { QueryCache, QueryEntry, type QueryState } from './query-cache.ts'
import { urlOf } from './request.ts'

const cache = new QueryCache()

/** Options of `useQuery`. */
export interface QueryOptions {
  /** Topics of the event stream after which the answer is asked for again, e.g. `['inbox', 'document:<id>']`. */
  readonly refreshOn?: readonly string[]
  /** False while something needed for the question is not known yet; the state stays `loading`. */
  readonly enabled?: boolean
}

/** The state of a query and a way to ask again. */
export type QueryResult<T> = QueryState<T> & { readonly reload: () => void }

const waiting = new QueryEntry<never>(() => new Promise<never>(() => undefined))

/** Asks a query and keeps its answer on screen, reloading on the given topics, on return of the network and on `reload`.
 *
 * @param input plain data; two inputs with the same fields are the same question
 */
export function useQuery<C extends Contract<'query', AnyContract['input'], AnyContract['output']>>(
  contract: C,
  input: InputOf<C>,
  options: QueryOptions = {},
): QueryResult<OutputOf<C>> {
  const enabled = options.enabled !== false
  const key = urlOf(contract, input)
  const topics = (options.refreshOn ?? []).join(' ')
  const entry = useMemo(
    () => (enabled ? cache.entry<OutputOf<C>>(key, () => call(contract, input)) : waiting),
    // The key stands for contract and input together.
    [key, enabled],
  )
  const subscribe = useCallback((listener: () => void) => entry.subscribe(listener), [entry])
  const state: QueryState<OutputOf<C>> = useSyncExternalStore(subscribe, () => entry.snapshot())
  useEffect(() => {
    if (!enabled) return
    for (const topic of topics.split(' ')) if (topic !== '') entry.topics.add(topic)
    void entry.load()
    cache.watchChanged()
    return () => cache.watchChanged()
  }, [entry, enabled, topics])
  const reload = useCallback(() => void entry.load(), [entry])
  return { ...state, reload }
}

/** Reloads every query that listens to one of the topics. */
export function refreshTopics(topics: readonly string[]): void {
  cache.refresh((_, wanted) => topics.some((topic) => wanted.has(topic)))
}

/** Reloads every query of these contracts, whatever its input: after a command that changed what they answer. */
export function refreshQueries(...contracts: readonly AnyContract[]): void {
  const paths = contracts.map((contract) => urlOf(contract, {}))
  cache.refresh((key) => paths.some((path) => key === path || key.startsWith(`${path}?`)))
}

/** Topics of single subjects on screen now, and a way to learn of changes; for the event stream. */
export const watchedSubjects = {
  now: (): ReadonlySet<string> => cache.watchedSubjects(),
  onChange: (listener: () => void): (() => void) => cache.onWatchChange(listener),
} as const

/** Reloads everything on screen: the network is back, or another person has signed in. */
export function refreshAll(): void {
  cache.refresh(() => true)
}

/** Forgets every answer, at sign-out. */
export function forgetAnswers(): void {
  cache.clear()
}
