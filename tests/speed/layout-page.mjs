// Runs inside Chromium for bench-layout: one keystroke after another in a 100-page text, each laid out again and the pages in
// view painted. Bundled with the kernel.
import { layoutDocument } from '../../shared/dist/documents/layout/engine.js'
import { createLayoutMemory } from '../../shared/dist/documents/layout/memory.js'

/** Milliseconds of each keystroke. `widths` are advances by role and sign. */
globalThis.measureKeystrokes = ({ document, widths, count }) => {
  const metrics = { advance: (role, codePoint) => widths[role][codePoint] ?? 1, fingerprint: 'bench' }
  const memory = createLayoutMemory()
  const first = layoutDocument(document, metrics, {}, memory)
  const middle = Math.floor(document.blocks.length / 2)
  const times = []
  let blocks = document.blocks
  for (let key = 0; key < count; key += 1) {
    const block = blocks[middle]
    blocks = blocks.with(middle, { ...block, runs: [{ text: `${block.runs[0].text.slice(0, 40)}字${block.runs[0].text.slice(40)}` }] })
    const start = performance.now()
    const layout = layoutDocument({ ...document, blocks }, metrics, {}, memory)
    // As the window does: a page says which blocks stand on it before it is painted.
    const at = layout.pages.findIndex(({ blocks: on }) => on && on[0] <= middle && middle <= on[1])
    const seen = layout.pages.slice(at, at + 2).flatMap((page) => page.items)
    times.push(performance.now() - start)
    if (!seen.some((item) => item.kind === 'text' && item.source?.block === middle)) throw new Error('the page with the edit was not painted')
  }
  return { pages: first.pages.length, times }
}
