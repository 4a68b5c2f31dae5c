/** Comments of the page: asked from the server, drawn in the text, begun on a selection. */
import type { Editor } from '@tiptap/core'
import { type DocumentId, documentsContract, type ThreadView } from '@xiewen/shared/documents'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type QueryResult, useQuery } from '../../platform/http/index.ts'
import type { OutputOf } from '@xiewen/shared/base'
import { anchorOf, locateThread, showThreads, wordsIn } from './editor/comment-marks.ts'
import { goTo } from './editor/create-editor.ts'

/** A comment being written: what it is put on. */
export interface Composing {
  readonly quote: string
  readonly from: string
  readonly to: string
}

/** What panel and text share about comments. */
export interface Comments {
  readonly answer: QueryResult<OutputOf<typeof documentsContract.threads>>
  readonly open: number
  readonly active: string | null
  readonly composing: Composing | null
  /** Begins a comment on the selection, or on the whole document where nothing is selected. */
  readonly begin: () => void
  readonly stopComposing: () => void
  /** Shows a thread: marks it and, when asked, goes to its words. */
  readonly pick: (threadId: string | null) => void
  readonly goTo: (thread: ThreadView) => boolean
}

const longestQuote = 300

/** Keeps the comments of a document on screen. `onShow` brings the panel forward. */
export function useComments(id: DocumentId, editor: Editor | null, onShow: () => void): Comments {
  const answer = useQuery(documentsContract.threads, { documentId: id }, { refreshOn: [`document:${id}`] })
  const [active, setActive] = useState<string | null>(null)
  const [composing, setComposing] = useState<Composing | null>(null)
  const threads = answer.kind === 'ready' ? answer.data.threads : null
  useEffect(() => {
    if (editor === null || editor.isDestroyed || threads === null) return
    showThreads(editor, threads.map(({ id: threadId, quote, from, to, resolved }) => ({ id: threadId, quote, from, to, isResolved: resolved !== null })), active)
  }, [editor, threads, active])
  const begin = useCallback(() => {
    if (editor === null) return
    setComposing(selectionOf(editor))
    onShow()
  }, [editor, onShow])
  const pick = useCallback(
    (threadId: string | null) => {
      setActive(threadId)
      if (threadId !== null) onShow()
    },
    [onShow],
  )
  const jump = useCallback(
    (thread: ThreadView): boolean => {
      if (editor === null) return false
      setActive(thread.id)
      const range = locateThread(editor.state, thread)
      if (range !== null) goTo(editor, range.from)
      return range !== null
    },
    [editor],
  )
  const stopComposing = useCallback(() => setComposing(null), [])
  return useMemo(
    () => ({ answer, open: answer.kind === 'ready' ? answer.data.open : 0, active, composing, begin, stopComposing, pick, goTo: jump }),
    [answer, active, composing, begin, stopComposing, pick, jump],
  )
}

function selectionOf(editor: Editor): Composing {
  const { from, to, empty } = editor.state.selection
  const anchor = empty ? null : anchorOf(editor.state, { from, to })
  if (anchor === null) return { quote: '', from: '', to: '' }
  return { quote: wordsIn(editor.state.doc, { from, to }).slice(0, longestQuote), ...anchor }
}
