/** The window's side of the layout worker: tells it what changed, one message at a time, and hands on what it answers. */
import type { Block, Elements, OfficialDocument, PackedMetrics, SignReport } from '@xiewen/shared/documents'
import type { FromWorker, LaidPages, Spot, TextChange, ToWorker } from './layout-messages.ts'

/** What is to be seen of the pages: `first` to `last`, from 0. */
export interface PageWish {
  readonly document: OfficialDocument
  readonly showChanges: boolean
  readonly first: number
  readonly last: number
  readonly spots: readonly Spot[]
}

/** Who hears what the worker answers. */
export interface PageListener {
  readonly onLaid: (laid: LaidPages) => void
  /** Uncommon characters of all pages, told when they change. */
  readonly onSigns: (signs: SignReport) => void
  /** The worker could not start or broke down: it answers nothing more. */
  readonly onFailed: (reason: string) => void
}

/** Lays out one live text in a worker. While the worker is busy only the latest wish is kept. */
export class PageMaker {
  readonly #worker: Worker
  readonly #listener: PageListener
  #sent: { readonly elements: Elements; readonly blocks: readonly Block[] } | null = null
  #waiting: PageWish | null = null
  #isBusy = false

  constructor(packed: PackedMetrics, listener: PageListener) {
    this.#listener = listener
    this.#worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#take(event.data))
    this.#worker.addEventListener('error', (event) => listener.onFailed(event.message))
    this.#post({ kind: 'metrics', packed })
  }

  /** Asks for pages; what was asked before and not begun is forgotten. */
  ask(wish: PageWish): void {
    this.#waiting = wish
    if (!this.#isBusy) this.#next()
  }

  /** Ends the worker. */
  dispose(): void {
    this.#worker.terminate()
  }

  #take(answered: FromWorker): void {
    if (answered.kind === 'signs') return this.#listener.onSigns(answered.signs)
    this.#isBusy = false
    this.#listener.onLaid(answered)
    this.#next()
  }

  #next(): void {
    const wish = this.#waiting
    if (wish === null) return
    this.#waiting = null
    this.#isBusy = true
    const { document, showChanges, first, last, spots } = wish
    this.#post({ kind: 'lay', change: changeBetween(this.#sent, document), showChanges, first, last, spots })
    this.#sent = document
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message)
  }
}

/** The shortest stretch of blocks that differs; blocks nobody touched are the same objects. Null when nothing differs. */
export function changeBetween(before: { readonly elements: Elements; readonly blocks: readonly Block[] } | null, after: { readonly elements: Elements; readonly blocks: readonly Block[] }): TextChange | null {
  if (before === null) return { elements: after.elements, from: 0, removed: 0, blocks: after.blocks }
  const shorter = Math.min(before.blocks.length, after.blocks.length)
  let head = 0
  while (head < shorter && before.blocks[head] === after.blocks[head]) head += 1
  let tail = 0
  while (tail < shorter - head && before.blocks.at(-1 - tail) === after.blocks.at(-1 - tail)) tail += 1
  const removed = before.blocks.length - head - tail
  const blocks = after.blocks.slice(head, after.blocks.length - tail)
  const hasNewElements = before.elements !== after.elements
  if (removed === 0 && blocks.length === 0 && !hasNewElements) return null
  return { ...(hasNewElements ? { elements: after.elements } : {}), from: head, removed, blocks }
}
