/** What a comparison names beside letters: tables, pictures, footnotes, counting. */
import { describe, expect, test } from 'vitest'
import { type Block, emptyElements, type FigureImage, type OfficialDocument, type TableCell } from '../model.ts'
import { compareDocuments } from './compare.ts'

const cell = (text: string, over: Partial<TableCell> = {}): TableCell => ({ columns: 1, ...over, runs: text === '' ? [] : [{ text }] })
const table = (rows: readonly (readonly TableCell[])[], over: { readonly landscape?: true; readonly heads?: number } = {}): Block => {
  return { kind: 'table', ...(over.landscape ? { landscape: true } : {}), rows: rows.map((cells, at) => ({ header: at < (over.heads ?? 1), cells })) }
}
const figure = (over: Partial<FigureImage>, caption = '图1 流程'): Block => {
  return { kind: 'figure', image: { digest: 'aa', widthPx: 800, heightPx: 600, widthMm: 120, ...over }, runs: caption === '' ? [] : [{ text: caption }] }
}
const aDocument = (...blocks: readonly Block[]): OfficialDocument => ({ version: 1, elements: emptyElements('通知'), blocks })
/** The named changes of all blocks. */
function named(before: readonly Block[], after: readonly Block[]) {
  return compareDocuments(aDocument(...before), aDocument(...after)).flatMap((block) => block.shapes)
}

const head = [cell('事项'), cell('单位'), cell('时限')]
const plain = table([head, [cell('台账'), cell('市财政局'), cell('六月')], [cell('核查'), cell('市审计局'), cell('七月')]])

describe('comparing tables', () => {
  test('merged cells are named with their place and extent, and split ones the other way round', () => {
    const merged = table([head, [cell('台账'), cell('市财政局市审计局', { rows: 2 }), cell('六月')], [cell('核查'), cell('七月')]])
    expect(named([plain], [merged])).toEqual([{ code: 'merged', params: { row: 2, column: 2, columns: 1, rows: 2 } }])
    expect(named([merged], [plain])).toEqual([{ code: 'split', params: { row: 2, column: 2, columns: 1, rows: 2 } }])
  })

  test('cells merged across are found although not one letter changed', () => {
    const hollow = table([head, [cell('台账'), cell(''), cell('')]])
    const merged = table([head, [cell('台账', { columns: 3 })]])
    const [compared] = compareDocuments(aDocument(hollow), aDocument(merged))
    expect(compared).toMatchObject({ op: 'changed', shapes: [{ code: 'merged', params: { row: 2, column: 1, columns: 3, rows: 1 } }] })
  })

  test('a cell that covers fewer than before is split, more is merged', () => {
    const two = table([head, [cell('台账', { columns: 2 }), cell('六月')]])
    const three = table([head, [cell('台账六月', { columns: 3 })]])
    expect(named([two], [three])).toEqual([{ code: 'merged', params: { row: 2, column: 1, columns: 3, rows: 1 } }])
    expect(named([three], [two])).toEqual([{ code: 'split', params: { row: 2, column: 1, columns: 3, rows: 1 } }])
  })

  test('rows and columns put in are counted, and no cell beside them counts as merged or split', () => {
    const longer = table([head, [cell('新增'), cell('市教育局'), cell('五月')], [cell('台账'), cell('市财政局'), cell('六月')], [cell('核查'), cell('市审计局'), cell('七月')]])
    const wider = table([[cell('序号'), ...head], [cell('1'), cell('台账'), cell('市财政局'), cell('六月')], [cell('2'), cell('核查'), cell('市审计局'), cell('七月')]])
    expect(named([plain], [longer])).toEqual([{ code: 'rows', params: { before: 3, after: 4 } }])
    expect(named([plain], [wider])).toEqual([{ code: 'columns', params: { before: 3, after: 4 } }])
  })

  test('a merge is named in its place in the newer table when rows came before it', () => {
    const merged = table([head, [cell('新增'), cell('市教育局'), cell('五月')], [cell('台账'), cell('市财政局市审计局', { rows: 2 }), cell('六月')], [cell('核查'), cell('七月')]])
    expect(named([plain], [merged])).toContainEqual({ code: 'merged', params: { row: 3, column: 2, columns: 1, rows: 2 } })
  })

  test('a table turned to landscape, turned back, and another number of head rows are named', () => {
    const turned: Block = { ...plain, landscape: true } as Block
    expect(named([plain], [turned])).toEqual([{ code: 'landscape', params: {} }])
    expect(named([turned], [plain])).toEqual([{ code: 'upright', params: {} }])
    expect(named([table([head, head])], [table([head, head], { heads: 2 })])).toEqual([{ code: 'head-rows', params: { before: 1, after: 2 } }])
  })

  test('what a file claims of spans beyond any table costs no time', () => {
    const huge = table(Array.from({ length: 400 }, () => Array.from({ length: 200 }, () => cell('', { columns: 60, rows: 60_000 }))))
    expect(named([huge], [plain]).length).toBeLessThan(10)
  })

  test('columns a cell only claims to span are not counted out beyond what a table can be drawn with', () => {
    const claimed = table([[cell('事项', { columns: 5_000 })]])
    expect(named([table([[cell('事项')]])], [claimed])).toContainEqual({ code: 'columns', params: { before: 1, after: 200 } })
  })
})

describe('comparing figures, footnotes and counting', () => {
  test('another width and another picture are named, the caption stays', () => {
    const [compared] = compareDocuments(aDocument(figure({})), aDocument(figure({ widthMm: 90, digest: 'bb' })))
    expect(compared).toMatchObject({ op: 'changed', parts: [{ op: 'same', text: '图1 流程' }], shapes: [{ code: 'picture' }, { code: 'picture-width', params: { before: 120, after: 90 } }] })
  })

  test('of two figures without captions the one that is left is the same, the other is removed', () => {
    const compared = compareDocuments(aDocument(figure({ digest: 'aa' }, ''), figure({ digest: 'bb' }, '')), aDocument(figure({ digest: 'bb' }, '')))
    expect(compared.map((block) => [block.op, block.shapes])).toEqual([['removed', []], ['same', []]])
  })

  test('a figure never was a paragraph', () => {
    const empty: Block = { kind: 'paragraph', runs: [] }
    expect(compareDocuments(aDocument(empty), aDocument(figure({}, ''))).map((block) => [block.op, block.kind]).sort()).toEqual([['added', 'figure'], ['removed', 'paragraph']])
  })

  test('footnotes added and removed are named with their words, and counting that goes on', () => {
    const noted = (footnote: string): Block => ({ kind: 'paragraph', runs: [{ text: '依据有关规定', footnote }] })
    expect(named([noted('见第一条')], [noted('见第二条')])).toEqual([{ code: 'footnote-removed', params: { text: '见第一条' } }, { code: 'footnote-added', params: { text: '见第二条' } }])
    const heading = (continues: boolean): Block => ({ kind: 'heading', level: 2, ...(continues ? { continues: true } : {}), runs: [{ text: '强化督导' }] })
    expect(named([heading(false)], [heading(true)])).toEqual([{ code: 'continued', params: {} }])
  })
})
