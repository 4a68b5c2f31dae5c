/** The pages of a document that is not stored (a template, what an import recognised), laid out in this window after every change. */
import type { OfficialDocument, SignReport } from '@xiewen/shared/documents'
import { useEffect, useRef, useState } from 'react'
import { isCallError } from '../../../platform/http/index.ts'
import type { LaidPages } from './layout-messages.ts'
import { openPageFaces } from './page-faces.ts'
import { PageMaker } from './page-maker.ts'

/** Nothing yet, pages with the document they show, or that this window cannot make any. */
export type SamplePages =
  | { readonly kind: 'loading' }
  | { readonly kind: 'laid'; readonly laid: LaidPages; readonly signs: SignReport | null; readonly of: OfficialDocument }
  | { readonly kind: 'unavailable' }

/** A worker that has not answered by then is given up (ms). */
const mostSilentMs = 20_000

/** Lays out the first `most` pages of `document`; null lays out nothing. Pages stay until newer ones are there. */
export function useSamplePages(document: OfficialDocument | null, most: number): SamplePages {
  const [state, setState] = useState<SamplePages>({ kind: 'loading' })
  const desk = useRef<SampleDesk | null>(null)
  useEffect(() => {
    const own = new SampleDesk(setState)
    desk.current = own
    return () => own.close()
  }, [])
  useEffect(() => {
    if (document !== null) desk.current?.show(document, most)
  }, [document, most])
  return state
}

/** Faces and worker of one place where samples are shown. */
class SampleDesk {
  readonly #tell: (state: SamplePages) => void
  #maker: PageMaker | null = null
  #wished: { readonly document: OfficialDocument; readonly most: number } | null = null
  /** Asked for and not answered yet; the worker answers in order, and skips what came in between. */
  #asked: OfficialDocument | null = null
  #told: { readonly laid: LaidPages; readonly of: OfficialDocument } | null = null
  #signs: SignReport | null = null
  #isClosed = false
  readonly #silence: ReturnType<typeof setTimeout>

  constructor(tell: (state: SamplePages) => void) {
    this.#tell = tell
    this.#silence = setTimeout(() => this.#giveUp(), mostSilentMs)
    openPageFaces().then(
      (faces) => {
        if (this.#isClosed) return
        const onLaid = (laid: LaidPages): void => {
          clearTimeout(this.#silence)
          faces.show(laid.pages.flatMap((page) => page.items))
          this.#take(laid)
        }
        this.#maker = new PageMaker(faces.packed, { onLaid, onSigns: (signs) => this.#take(null, signs), onFailed: () => this.#giveUp() })
        this.#ask()
      },
      (problem: unknown) => {
        this.#giveUp()
        if (!isCallError(problem)) throw problem
      },
    )
  }

  /** Wants the pages of a document; while the worker is busy only the latest wish is kept. */
  show(document: OfficialDocument, most: number): void {
    this.#wished = { document, most }
    this.#ask()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#silence)
    this.#maker?.dispose()
  }

  #ask(): void {
    if (this.#maker === null || this.#wished === null || this.#asked !== null) return
    const { document, most } = this.#wished
    if (this.#told?.of === document) return
    this.#asked = document
    this.#maker.ask({ document, showChanges: false, first: 0, last: most - 1, spots: [] })
  }

  #take(laid: LaidPages | null, signs: SignReport | null = this.#signs): void {
    this.#signs = signs
    if (laid !== null && this.#asked !== null) {
      this.#told = { laid, of: this.#asked }
      this.#asked = null
    }
    if (this.#isClosed || this.#told === null) return
    this.#tell({ kind: 'laid', ...this.#told, signs })
    this.#ask()
  }

  #giveUp(): void {
    clearTimeout(this.#silence)
    if (!this.#isClosed) this.#tell({ kind: 'unavailable' })
  }
}
