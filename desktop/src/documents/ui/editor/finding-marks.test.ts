import { getSchema } from '@tiptap/core'
import { lintDocument } from '@xiewen/shared/documents'
import type { Block, Finding } from '@xiewen/shared/documents'
import { emptyElements } from '@xiewen/shared/documents'
import { expect, test } from 'vitest'
import { spotsOf } from './finding-marks.ts'
import { schemaExtensions } from './nodes.ts'

const schema = getSchema(schemaExtensions)

function aTable(rows: readonly (readonly string[])[]) {
  const block: Block = { kind: 'table', rows: rows.map((row) => ({ header: false, cells: row.map((text) => ({ columns: 1, runs: [{ text }] })) })) }
  const cell = (text: string) => ({ type: 'tableCell', content: [{ type: 'paragraph', ...(text === '' ? {} : { content: [{ type: 'text', text }] }) }] })
  const table = { type: 'table', content: rows.map((row) => ({ type: 'tableRow', content: row.map(cell) })) }
  const title = { type: 'title', content: [{ type: 'text', text: '关于开展检查的通知' }] }
  const document = { version: 1 as const, elements: emptyElements('通知'), blocks: [{ kind: 'title' as const, runs: [{ text: '关于开展检查的通知' }] }, block] }
  return { document, doc: schema.nodeFromJSON({ type: 'doc', content: [title, table] }) }
}

function markedIn(doc: ReturnType<typeof aTable>['doc'], findings: readonly Finding[]): readonly string[] {
  return findings.flatMap((finding) => spotsOf(doc, finding).map(({ from, to }) => doc.textBetween(from, to)))
}

test('a finding in a cell is marked in that cell, whatever cells and rows stand before it', () => {
  const { document, doc } = aTable([['序号', '责任单位', ''], ['1', '市财政局', '__TODO__'], ['2', '××××局', '已完成']])
  const findings = lintDocument(document).filter((finding) => finding.rule === 'D17')
  expect(markedIn(doc, findings)).toEqual(['TODO', '××××'])
})

test('a finding about a whole table marks every cell that has words', () => {
  const { doc } = aTable([['甲', ''], ['乙', '丙']])
  const whole: Finding = { rule: 'X00', level: 'practice', clause: '', severity: 'hint', block: 1, element: null, page: null, from: 0, to: 0, spots: [], params: { clause: '' } }
  expect(markedIn(doc, [whole])).toEqual(['甲', '乙', '丙'])
})
