import { getSchema } from '@tiptap/core'
import { describe, expect, test } from 'vitest'
import { schemaExtensions } from './nodes.ts'
import { nodeOf } from './restore-version.ts'
import { type TableBlock, tableOf } from './table-block.ts'

const schema = getSchema(schemaExtensions)
const plain = (text: string, span: { readonly columns?: number; readonly rows?: number } = {}) => ({ columns: span.columns ?? 1, ...(span.rows === undefined ? {} : { rows: span.rows }), runs: text === '' ? [] : [{ text }] })

describe('a table in an editor', () => {
  test.each<[string, TableBlock]>([
    ['plain', { kind: 'table', rows: [{ header: false, cells: [plain('甲'), plain('')] }] }],
    ['with head, joined cells, several paragraphs, bold and a note, across the sheet', {
      kind: 'table', landscape: true, rows: [
        { header: true, cells: [plain('任务', { columns: 2 }), plain('时限')] },
        { header: false, cells: [plain('一', { rows: 2 }), { columns: 1, runs: [{ text: '核对\n' }, { text: '通报', bold: true, footnote: '按月。' }] }, plain('三日')] },
        { header: false, cells: [plain('清理'), plain('')] },
      ],
    }],
  ])('%s, is read back as it was', (_what, block) => {
    expect(tableOf(nodeOf(schema, block))).toEqual(block)
  })
})
