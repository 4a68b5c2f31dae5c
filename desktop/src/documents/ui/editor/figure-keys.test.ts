import { getSchema } from '@tiptap/core'
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { backspaceAtFigure, deleteAtFigure, enterInFigure } from './figure-keys.ts'
import { schemaExtensions } from './nodes.ts'

const schema = getSchema(schemaExtensions)
const writing = () => false
const revising = () => true

/** Blocks as `图:caption` or a line of text; `|` is the caret. */
function textOf(...lines: readonly string[]): EditorState {
  const blocks = lines.map((line, index) => {
    const text = line.replace(/^图:/u, '').replace('|', '')
    const type = line.startsWith('图:') ? 'figure' : 'paragraph'
    return { type, ...(type === 'figure' ? { attrs: { digest: `d${index}` } } : {}), ...(text === '' ? {} : { content: [{ type: 'text', text }] }) }
  })
  const doc = schema.nodeFromJSON({ type: 'doc', content: blocks })
  const at = lines.findIndex((line) => line.includes('|'))
  let position = 1
  for (let index = 0; index < at; index += 1) position += doc.child(index).nodeSize
  const state = EditorState.create({ doc })
  const offset = (lines[at] ?? '').replace(/^图:/u, '').indexOf('|')
  return state.apply(state.tr.setSelection(TextSelection.create(doc, position + offset)))
}

/** What stands there after a key, in the same words; null when the key was left to others. */
function press(command: Command, ...lines: readonly string[]): readonly string[] | null {
  let state = textOf(...lines)
  if (!command(state, (tr) => (state = state.apply(tr)))) return null
  const { $from } = state.selection
  const told: string[] = []
  state.doc.forEach((node, _offset, index) => {
    const text = node.textContent
    const marked = $from.index(0) === index ? `${text.slice(0, $from.parentOffset)}|${text.slice($from.parentOffset)}` : text
    told.push(node.type.name === 'figure' ? `图:${marked}` : marked)
  })
  return told
}

describe('Backspace', () => {
  const key = backspaceAtFigure(writing)
  test('in an empty caption takes its own figure, not the one before', () => {
    expect(press(key, '图:', '图:|', '末')).toEqual(['图:|', '末'])
    expect(press(key, '前', '图:|')).toEqual(['前|'])
    expect(press(key, '图:|')).toEqual(['|'])
  })
  test('never takes a picture with a line that joins another', () => {
    expect(press(key, '图:', '|后')).toEqual(['图:|', '后'])
    expect(press(key, '图:甲', '|后')).toEqual(['图:甲|', '后'])
    expect(press(key, '前', '图:|乙')).toEqual(['前|', '图:乙'])
    expect(press(key, '图:', '|', '末')).toEqual(['图:|', '末'])
  })
  test('elsewhere, and for an empty block under revision, is what it is otherwise', () => {
    expect(press(key, '图:甲|')).toBeNull()
    expect(press(key, '前', '|后')).toBeNull()
    expect(press(backspaceAtFigure(revising), '前', '图:|')).toBeNull()
    expect(press(backspaceAtFigure(revising), '图:', '|后')).toEqual(['图:|', '后'])
  })
})

test('Delete at the end of a line steps into the caption below instead of drawing it up', () => {
  expect(press(deleteAtFigure, '前|', '图:乙')).toEqual(['前', '图:|乙'])
  expect(press(deleteAtFigure, '|', '图:乙')).toBeNull()
  expect(press(deleteAtFigure, '前|', '后')).toBeNull()
})

describe('Enter in a caption', () => {
  test('goes on in a paragraph below: the picture stays, once', () => {
    expect(press(enterInFigure(writing), '图:|', '末')).toEqual(['图:', '|', '末'])
    expect(press(enterInFigure(writing), '图:甲|')).toEqual(['图:甲', '|'])
    expect(press(enterInFigure(writing), '图:甲|乙')).toEqual(['图:甲', '|乙'])
    expect(press(enterInFigure(writing), '甲|乙')).toBeNull()
  })
  test('parts no caption under revision', () => {
    expect(press(enterInFigure(revising), '图:甲|乙')).toEqual(['图:甲|乙'])
  })
})
