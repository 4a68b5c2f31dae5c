/** What holds for every document, tried on generated ones. */
import { createLayoutMemory, type FontMetrics, glyphPoint, type GlyphRun, type Layout, layoutDocument, type OfficialDocument, type TextRun } from '@xiewen/shared/documents'
import { expect, test } from 'vitest'
import { generatedDocument } from '../../../../tests/support/sample-documents.ts'

const metrics: FontMetrics = {
  advance: (_role, codePoint) => (codePoint < 0x2e80 && codePoint !== 0x2014 && !'“”‘’…'.includes(String.fromCodePoint(codePoint)) ? 0.5 : 1),
  fingerprint: 'half-width',
}
const cell = 156 / 28
const seeds = Array.from({ length: 60 }, (_each, index) => index + 1000)

function runsOf(layout: Layout): readonly { readonly run: GlyphRun; readonly page: number }[] {
  return layout.pages.flatMap((page, index) => page.items.flatMap((item) => (item.kind === 'text' ? [{ run: item, page: index }] : [])))
}

function clean(runs: readonly TextRun[]): string {
  return runs.filter((run) => run.change?.kind !== 'deletion').map((run) => run.text).join('')
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function textOfBlock(document: OfficialDocument, index: number): string {
  const block = document.blocks[index]
  if (!block) return ''
  return block.kind === 'table' ? block.rows.flatMap((row) => row.cells.map((cell) => clean(cell.runs))).join('') : clean(block.runs)
}

test('no sign of the text is lost, doubled or out of order', () => {
  for (const seed of seeds) {
    const document = generatedDocument(seed)
    const layout = layoutDocument(document, metrics)
    const order = document.elements.format === 'order' ? document.blocks.findIndex((block) => block.kind === 'title') : -1
    for (const index of document.blocks.keys()) {
      const drawn = runsOf(layout).filter(({ run }) => run.source?.block === index && !run.artifact)
      const text = drawn.toSorted((a, b) => (a.run.source?.offset ?? 0) - (b.run.source?.offset ?? 0)).map(({ run }) => run.text).join('')
      const isMoved = document.blocks[index]?.kind === 'recipients' && layout.findings.some((each) => each.code === 'layout.recipients-moved')
      if (index !== order && !isMoved) expect(text, `seed ${seed} block ${index}`).toBe(textOfBlock(document, index))
    }
  }
})

test('every sign but the page number stands inside the type area, marks of letters above it', () => {
  for (const seed of seeds) {
    const document = generatedDocument(seed)
    const layout = layoutDocument(document, metrics)
    for (const { run, page } of runsOf(layout)) {
      const laid = layout.pages[page]
      if (!laid || (run.artifact && run.baseline > 262)) continue
      for (const index of run.x.keys()) {
        const { x, y } = glyphPoint(run, index, laid)
        // The left half of an opening mark is blank and may hang out when the line is squeezed.
        const hang = '“‘（《〈「『〔［【'.includes([...run.text][index] ?? ' ') ? cell / 2 : 0
        expect(x, `seed ${seed}: ${run.text}`).toBeGreaterThanOrEqual(28 - 0.3 - hang)
        expect(x, `seed ${seed}: ${run.text}`).toBeLessThan(184 + 0.3)
        expect(y, `seed ${seed}: ${run.text}`).toBeLessThan(262 + 0.3)
        expect(y, `seed ${seed}: ${run.text}`).toBeGreaterThan(document.elements.format === 'letter' && page === 0 ? 30 : 37 - 0.3)
      }
    }
  }
})

test('no two signs of a page stand in one place', () => {
  for (const seed of seeds) {
    const layout = layoutDocument(generatedDocument(seed), metrics)
    for (const [index, page] of layout.pages.entries()) {
      const places = runsOf(layout).filter((each) => each.page === index).flatMap(({ run }) => [...run.text].map((char, at) => ({ char, ...glyphPoint(run, at, page) })))
      const seen = new Set(places.map(({ x, y }) => `${Math.round(x * 2)} ${Math.round(y * 2)}`))
      expect(places.length - seen.size, `seed ${seed} page ${index + 1}`).toBe(0)
    }
  }
})

test('lines kept from the last layout give the same pages as a layout from nothing', () => {
  const memory = createLayoutMemory()
  for (const seed of seeds.slice(0, 20)) {
    const document = generatedDocument(seed)
    layoutDocument(document, metrics, {}, memory)
    const edited: OfficialDocument = { ...document, blocks: document.blocks.map((block) => (block.kind === 'paragraph' ? { ...block, runs: [...block.runs, { text: '补充' }] } : block)).toSpliced(1, 0, { kind: 'paragraph', runs: [{ text: '新增的一段。' }] }) }
    expect(JSON.stringify(layoutDocument(edited, metrics, {}, memory))).toBe(JSON.stringify(layoutDocument(edited, metrics)))
  }
})

test('after any row of edits, what was kept gives the same pages as a layout from nothing', () => {
  for (const seed of seeds.slice(0, 6)) {
    const random = seeded(seed)
    const pick = (count: number): number => Math.floor(random() * count)
    const memory = createLayoutMemory()
    const extra = Array.from({ length: 12 }, (_each, n) => generatedDocument(seed * 100 + n).blocks.filter((block) => !['title', 'recipients', 'signature', 'date', 'annex-title'].includes(block.kind))).flat()
    let document = generatedDocument(seed)
    document = { ...document, blocks: document.blocks.toSpliced(3, 0, ...extra) }
    for (let edit = 0; edit < 30; edit += 1) {
      const at = pick(document.blocks.length)
      const block = document.blocks[at]
      const edits: readonly (() => OfficialDocument)[] = [
        () => ({ ...document, blocks: block && block.kind !== 'table' ? document.blocks.with(at, { ...block, runs: [...block.runs, { text: '字'.repeat(1 + pick(3)) }] }) : document.blocks }),
        () => ({ ...document, blocks: document.blocks.toSpliced(at, 1) }),
        () => ({ ...document, blocks: document.blocks.toSpliced(at, 0, { kind: 'paragraph', runs: [{ text: '新增的一段。'.repeat(1 + pick(40)), ...(pick(3) === 0 ? { footnote: '脚注'.repeat(1 + pick(60)) } : {}) }] }) }),
        () => ({ ...document, blocks: document.blocks.toSpliced(at, 0, { kind: 'heading', level: 1, runs: [{ text: '新增的一部分' }] }) }),
        () => ({ ...document, blocks: block ? document.blocks.toSpliced(at, 1, block, structuredClone(block)) : document.blocks }),
        () => ({ ...document, elements: { ...document.elements, issuers: [...document.elements.issuers, '试验单位'].slice(-1 - pick(3)) } }),
      ]
      document = (edits[pick(edits.length)] ?? (() => document))()
      expect(JSON.stringify(layoutDocument(document, metrics, {}, memory)), `seed ${seed} edit ${edit}`).toBe(JSON.stringify(layoutDocument(document, metrics)))
    }
  }
}, 90_000)

test('an edit breaks only its own paragraph into lines again', () => {
  let asked = 0
  const counting: FontMetrics = { ...metrics, advance: (role, codePoint) => ((asked += 1), metrics.advance(role, codePoint)) }
  // A sign is measured once a layout: each paragraph has signs of its own.
  const signsOf = (index: number): string => String.fromCodePoint(...Array.from({ length: 40 }, (_each, at) => 0x4e00 + index * 40 + at))
  const blocks = Array.from({ length: 400 }, (_each, index) => ({ kind: 'paragraph' as const, runs: [{ text: signsOf(index).repeat(3) }] }))
  const document: OfficialDocument = { ...generatedDocument(1), blocks }
  const memory = createLayoutMemory()
  layoutDocument(document, counting, {}, memory)
  const cold = asked
  asked = 0
  layoutDocument({ ...document, blocks: blocks.with(200, { kind: 'paragraph', runs: [{ text: '改过的一段。' }] }) }, counting, {}, memory)
  expect(asked).toBeLessThan(cold / 50)
})

test('a table of ten thousand columns, spans without end and columns narrower than a sign are laid out in time', () => {
  const wide = { header: false, cells: Array.from({ length: 10_000 }, () => ({ columns: 1, runs: [{ text: '格' }] })) }
  const spans = Array.from({ length: 40 }, () => ({ header: true, cells: [{ columns: 60, rows: 200, runs: [{ text: '合并' }] }, { columns: 1, rows: 3, runs: [{ text: '格'.repeat(2000) }] }] }))
  const base = generatedDocument(3)
  for (const rows of [[wide], spans]) {
    for (const landscape of [false, true]) {
      const document: OfficialDocument = { ...base, blocks: [{ kind: 'table', ...(landscape ? { landscape } : {}), rows }] }
      const drawn = runsOf(layoutDocument(document, metrics)).filter(({ run }) => run.source && !run.artifact).map(({ run }) => run.text).join('')
      expect(drawn.length).toBe(rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + (cell.runs[0]?.text.length ?? 0), 0))
    }
  }
})
