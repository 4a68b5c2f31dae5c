/** Lays out the pages beside the text, off the thread that types. Keeps the text and the lines of every paragraph: a key costs
 * its own paragraph and the pages in view. */
import { type Block, createLayoutMemory, createSignTally, type Elements, type FontMetrics, type Layout, layoutDocument, openLenders, openMetrics, positionAt, type SignTally } from '@xiewen/shared/documents'
import type { FromWorker, LaidPages, Spot, TextChange, ToWorker } from './layout-messages.ts'

const memory = createLayoutMemory()
let metrics: FontMetrics | null = null
let tally: SignTally | null = null
let elements: Elements | null = null
let blocks: readonly Block[] = []
let laid: { readonly layout: Layout; readonly showChanges: boolean } | null = null

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const asked = event.data
  if (asked.kind === 'metrics') {
    metrics = openMetrics(asked.packed)
    tally = createSignTally({ advance: metrics.advance, lender: openLenders(asked.packed) })
  } else {
    if (asked.change) take(asked.change)
    const layout = lay(asked.showChanges)
    if (!layout) return
    post(answer(layout, asked))
    tellSignsLater(layout)
  }
})

function post(answered: FromWorker): void {
  self.postMessage(answered)
}

/** Nobody has typed for so long (ms), and how many pages are then read before the next message is looked for. */
const [quietMs, pagesAtOnce] = [300, 2]
let reading: ReturnType<typeof setTimeout> | undefined
let told = ''

/** Reads all pages in a quiet moment, a few at a time, and tells their uncommon signs when those are others than last time. A key
 * that comes meanwhile is answered first; pages it does not change are not read again. */
function tellSignsLater(layout: Layout): void {
  const { pages } = layout
  const step = (from: number) => {
    for (const page of pages.slice(from, from + pagesAtOnce)) tally?.read(page)
    if (from + pagesAtOnce < pages.length) reading = setTimeout(() => step(from + pagesAtOnce), 0)
    else tell()
  }
  const tell = () => {
    const signs = tally?.report(pages)
    const now = JSON.stringify(signs)
    if (signs === undefined || now === told) return
    told = now
    post({ kind: 'signs', signs })
  }
  clearTimeout(reading)
  reading = setTimeout(() => step(0), quietMs)
}

function take(change: TextChange): void {
  elements = change.elements ?? elements
  blocks = blocks.toSpliced(change.from, change.removed, ...change.blocks)
  laid = null
}

function lay(showChanges: boolean): Layout | null {
  if (laid?.showChanges === showChanges) return laid.layout
  if (metrics === null || elements === null) return null
  const layout = layoutDocument({ version: 1, elements, blocks }, metrics, { showChanges }, memory)
  laid = { layout, showChanges }
  return layout
}

function answer(layout: Layout, asked: Extract<ToWorker, { kind: 'lay' }>): LaidPages {
  const pages = layout.pages.slice(asked.first, asked.last + 1).map(({ items }, at) => ({ index: asked.first + at, items }))
  return { kind: 'laid', count: layout.pages.length, pages, spots: asked.spots.map((spot) => ({ key: spot.key, position: placeOf(layout, spot) })), findings: layout.findings, missing: layout.missing }
}

/** How far back the last sign is looked for when the caret stands in an empty paragraph. */
const mostBack = 8

function placeOf(layout: Layout, { block, offset }: Spot): ReturnType<typeof positionAt> {
  const here = positionAt(layout, block, offset)
  for (let back = 1; here === null && back <= mostBack; back += 1) {
    const before = positionAt(layout, block - back, Number.MAX_SAFE_INTEGER)
    if (before) return before
  }
  return here
}
