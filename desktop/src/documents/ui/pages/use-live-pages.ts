/** The pages of a live text, laid out in this window a moment after every change. */
import { createDocumentReader, type OfficialDocument, type SignReport } from '@xiewen/shared/documents'
import { useEffect, useRef, useState } from 'react'
import { isCallError } from '../../../platform/http/index.ts'
import type { LiveDocument } from '../editor/live-document.ts'
import type { LaidPages, Spot } from './layout-messages.ts'
import { openPageFaces, type PageFaces } from './page-faces.ts'
import { PageMaker } from './page-maker.ts'

/** Pages in view, from 0. */
export interface PageView {
  readonly first: number
  readonly last: number
}

/** What there is to show: nothing yet, pages with their uncommon characters (null until the pages were read for them), or that this
 * window cannot make any. */
export type LivePagesState = { readonly kind: 'loading' } | { readonly kind: 'laid'; readonly laid: LaidPages; readonly signs: SignReport | null } | { readonly kind: 'unavailable' }

/** A worker that has not answered by then is given up, and the server's pages are shown (ms). */
const mostSilentMs = 20_000

/** Lays out the text in a worker of this window. `unavailable` when the typefaces' widths cannot be had or the worker fails. */
export function useLivePages(live: LiveDocument, wish: { readonly showChanges: boolean; readonly view: PageView; readonly spots: readonly Spot[] }): LivePagesState {
  const [state, setState] = useState<LivePagesState>({ kind: 'loading' })
  const current = useRef({ wish, ask: () => {} })
  current.current.wish = wish
  useEffect(() => startPages(live, current.current, setState), [live])
  const { showChanges, view, spots } = wish
  useEffect(() => current.current.ask(), [showChanges, view.first, view.last, spots])
  return state
}

/** Reader, faces and worker of one text; answers how to stop. `current.ask` is set to what asks for pages anew. */
function startPages(live: LiveDocument, current: { readonly wish: Parameters<typeof useLivePages>[1]; ask: () => void }, show: (state: LivePagesState) => void): () => void {
  const reader = createDocumentReader(live.doc)
  let maker: PageMaker | null = null
  let isGone = false
  const text: { document: OfficialDocument | null } = { document: null }
  const giveUp = () => {
    if (!isGone) show({ kind: 'unavailable' })
  }
  let silence = setTimeout(giveUp, mostSilentMs)
  const ask = () => {
    text.document ??= reader.read()
    const { showChanges, view, spots } = current.wish
    maker?.ask({ document: text.document, showChanges, first: Math.max(0, view.first - 1), last: view.last + 1, spots })
  }
  const start = (faces: PageFaces) => {
    if (isGone) return
    const told: { laid: LaidPages | null; signs: SignReport | null } = { laid: null, signs: null }
    const tell = (news: Partial<typeof told>) => {
      const { laid, signs } = Object.assign(told, news)
      if (!isGone && laid !== null) show({ kind: 'laid', laid, signs })
    }
    const onLaid = (laid: LaidPages) => {
      clearTimeout(silence)
      faces.show(laid.pages.flatMap((page) => page.items))
      tell({ laid })
    }
    maker = new PageMaker(faces.packed, { onLaid, onSigns: (signs) => tell({ signs }), onFailed: giveUp })
    ask()
  }
  openPageFaces().then(start, (problem: unknown) => {
    clearTimeout(silence)
    giveUp()
    if (!isCallError(problem)) throw problem
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const change = () => {
    text.document = null
    // Behind the key's own work: the letter in the text comes first.
    timer ??= setTimeout(() => {
      timer = undefined
      ask()
    }, 0)
  }
  live.doc.on('update', change)
  current.ask = ask
  return () => {
    isGone = true
    clearTimeout(silence)
    clearTimeout(timer)
    live.doc.off('update', change)
    reader.stop()
    maker?.dispose()
    current.ask = () => {}
  }
}
