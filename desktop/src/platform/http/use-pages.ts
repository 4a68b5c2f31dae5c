/** `usePages`: a long list, page after page. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import { call } from './call.ts'
import type { Contract, InputOf, OutputOf } from './contract-types.ts'
import { type CallError, isCallError } from './errors.ts'
import { type QueryOptions, type QueryResult, useQuery } from './use-query.ts'

/** An output made with `pageOf`. */
type PageSchema<Row> = z.ZodType<{ rows: Row[]; next: string | null }>

/** The first page's state, all rows so far, and how to get more. */
export interface PagesResult<Row> {
  readonly first: QueryResult<{ rows: Row[]; next: string | null }>
  readonly rows: readonly Row[]
  /** Null when there is no further page. */
  readonly loadMore: (() => void) | null
  readonly loadingMore: boolean
  readonly moreError: CallError | null
}

interface Further<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** Asks for the first page and keeps it fresh; `loadMore` appends. When the first page changes, later ones are dropped. */
export function usePages<Row, I extends z.ZodType>(
  contract: Contract<'query', I, PageSchema<Row>>,
  input: InputOf<Contract<'query', I, PageSchema<Row>>>,
  options: QueryOptions = {},
): PagesResult<Row> {
  const first = useQuery(contract, input, options)
  const page: OutputOf<Contract<'query', I, PageSchema<Row>>> | null = first.kind === 'ready' ? first.data : null
  const [further, setFurther] = useState<Further<Row> | null>(null)
  const [loadingMore, setLoadingMore] = useState(false)
  const [moreError, setMoreError] = useState<CallError | null>(null)
  const current = useRef(page)
  current.current = page
  useEffect(() => setFurther(null), [page])
  const next = further === null ? (page?.next ?? null) : further.next
  const load = useCallback(async () => {
    if (next === null) return
    const of = current.current
    setLoadingMore(true)
    setMoreError(null)
    try {
      const answer = await call(contract, withCursor(input, next))
      if (current.current === of) setFurther((before) => ({ rows: [...(before?.rows ?? []), ...answer.rows], next: answer.next }))
    } catch (problem) {
      if (!isCallError(problem)) throw problem
      setMoreError(problem)
    } finally {
      setLoadingMore(false)
    }
  }, [contract, input, next])
  const rows = useMemo(() => [...(page?.rows ?? []), ...(further?.rows ?? [])], [page, further])
  return {
    first,
    rows,
    loadMore: next === null ? null : () => void load(),
    loadingMore,
    moreError,
  }
}

function withCursor<I>(input: I, cursor: string): I {
  return { ...input, cursor }
}
