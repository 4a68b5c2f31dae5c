import { Schema } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { editorPositionOf, textPlaceOf } from './text-places.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'text*' },
    table: { group: 'block', content: 'tableRow+' },
    tableRow: { content: 'tableCell+' },
    tableCell: { content: 'paragraph+' },
    text: {},
  },
})
const paragraph = (text: string) => ({ type: 'paragraph', ...(text === '' ? {} : { content: [{ type: 'text', text }] }) })
const cell = (...texts: readonly string[]) => ({ type: 'tableCell', content: texts.map(paragraph) })
const doc = schema.nodeFromJSON({
  type: 'doc',
  content: [paragraph('公文𠮷处理'), paragraph(''), { type: 'table', content: [{ type: 'tableRow', content: [cell('序号'), cell('', '任务', '时限')] }, { type: 'tableRow', content: [cell(''), cell('完')] }] }, paragraph('完')],
})

test('places in the editor and in the document lead to each other, in tables too', () => {
  const places: string[] = []
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    for (let offset = 0; offset <= node.content.size; offset += 1) {
      const place = textPlaceOf(doc, position + 1 + offset)
      places.push(`${place?.block}:${place?.offset}`)
      const back = place === null ? null : editorPositionOf(doc, place)
      // An empty paragraph of a cell has the place of the text behind it.
      if (node.content.size > 0) expect(back).toBe(position + 1 + offset)
    }
    return false
  })
  expect(places.join(' ')).toBe('0:0 0:1 0:2 0:3 0:4 0:5 0:6 1:0 2:0 2:1 2:2 2:3 2:3 2:4 2:5 2:6 2:7 2:8 2:9 2:10 2:11 3:0 3:1')
})

test('a place behind the end of a block is its end, and no block gives no position', () => {
  expect(editorPositionOf(doc, { block: 0, offset: 99 })).toBe(7)
  expect(editorPositionOf(doc, { block: 9, offset: 0 })).toBeNull()
})
