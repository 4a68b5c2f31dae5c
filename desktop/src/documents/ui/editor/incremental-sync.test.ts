import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { ProsemirrorBinding, ySyncPlugin, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { type Block, bodyOf, emptyElements, writeDocument } from '@xiewen/shared/documents'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Binding, takeOver } from './incremental-sync.ts'
import { schemaExtensions } from './nodes.ts'
import type { TableBlock } from './table-block.ts'

const schema = getSchema(schemaExtensions)

/** An editor without a screen on a shared text, and a colleague's copy of it. */
function twoCopies(lines: readonly (string | TableBlock)[]) {
  const mine = new Y.Doc()
  const blocks = lines.map((line, index): Block => (typeof line === 'string' ? { kind: index === 0 ? 'title' : 'paragraph', runs: [{ text: line }] } : line))
  writeDocument(mine, { version: 1, elements: emptyElements('通知'), blocks })
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  theirs.on('update', (update: Uint8Array) => Y.applyUpdate(mine, update, 'remote'))
  const binding = new ProsemirrorBinding(bodyOf(mine))
  const steps: Transaction[] = []
  const view = {
    state: EditorState.create({ doc: yXmlFragmentToProseMirrorRootNode(bodyOf(mine), schema), plugins: [ySyncPlugin(bodyOf(mine))] }),
    dispatch: (tr: Transaction) => {
      steps.push(tr)
      view.state = view.state.apply(tr)
    },
    hasFocus: () => false,
  }
  // Safe because the binding asks a view for nothing else.
  binding.initView(view as never)
  takeOver(binding as unknown as Binding)
  return { mine, theirs, view, steps }
}

/** The shared text of a block. */
function textOf(doc: Y.Doc, block: number): Y.XmlText {
  const element = bodyOf(doc).get(block)
  const text = element instanceof Y.XmlElement ? element.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('no text there')
  return text
}

function generator(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('edits of colleagues', () => {
  test('replace only the letters that differ, so that marks elsewhere in the text stay', () => {
    const { theirs, view, steps } = twoCopies(['标题', '第一段文字', '第二段文字'])
    textOf(theirs, 1).insert(2, '新')
    expect(view.state.doc.child(1).textContent).toBe('第一新段文字')
    const changed: [number, number][] = []
    steps.at(-1)?.mapping.maps.forEach((map) => map.forEach((from, to) => void changed.push([from, to])))
    expect(changed).toEqual([[7, 7]])
  })

  test('of many people at once leave what lies between their places untouched', () => {
    const { mine, theirs, view, steps } = twoCopies(['标题', ...Array.from({ length: 30 }, (_each, index) => `第${index}段文字`)])
    const before = view.state.doc
    mine.transact(() => {
      theirs.transact(() => {
        textOf(theirs, 2).insert(0, '甲')
        textOf(theirs, 15).insert(0, '乙')
        bodyOf(theirs).delete(20, 2)
        textOf(theirs, 28).insert(0, '丙')
      })
    })
    expect(view.state.doc.childCount).toBe(29)
    const kept = before.children.filter((node) => view.state.doc.children.includes(node))
    expect(kept).toHaveLength(26)
    const replaced = steps.at(-1)?.steps.length
    expect(replaced).toBe(4)
  })

  test('leave the caret between the same letters', () => {
    const { theirs, view } = twoCopies(['标题', '第一段文字', '第二段文字'])
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 8)))
    textOf(theirs, 1).insert(0, '前面')
    expect(view.state.selection.from).toBe(10)
    textOf(theirs, 2).insert(0, '后面')
    expect(view.state.selection.from).toBe(10)
  })

  test('of a kind this window does not know are shown as words and never taken out of the shared text', () => {
    const { mine, theirs, view } = twoCopies(['标题', '正文'])
    const strange = new Y.XmlElement('hologram')
    const words = new Y.XmlText()
    words.insert(0, '立体图')
    strange.insert(0, [words])
    bodyOf(theirs).insert(1, [strange])
    expect(view.state.doc.child(1).textContent).toBe('立体图')
    expect((bodyOf(mine).get(1) as Y.XmlElement).nodeName).toBe('hologram')
  })

  test.each(Array.from({ length: 25 }, (_, seed) => seed))('to rows and cells of a table give the very table the shared copy holds (seed %i)', (seed) => {
    const random = generator(seed)
    const cell = { columns: 1, runs: [{ text: '甲' }] }
    const { theirs, mine, view } = twoCopies(['标题', { kind: 'table', rows: [{ header: true, cells: [cell, cell, cell] }, { header: false, cells: [cell, cell] }] }, '正文'])
    const table = bodyOf(theirs).get(1) as Y.XmlElement
    const pick = (from: Y.XmlElement) => Math.floor(random() * from.length)
    const edit = (): void => {
      const row = table.get(pick(table)) as Y.XmlElement
      const choice = random()
      if (choice < 0.3 && row.length > 1) row.delete(pick(row), 1)
      else if (choice < 0.6) row.insert(pick(row), [row.get(pick(row)).clone() as Y.XmlElement])
      else if (choice < 0.7 && table.length > 1) table.delete(pick(table), 1)
      else if (choice < 0.8) table.insert(pick(table), [row.clone()])
      else ((row.get(pick(row)) as Y.XmlElement).get(0) as Y.XmlElement).insert(0, [new Y.XmlText('甲乙')])
    }
    for (let step = 0; step < 40; step += 1) {
      theirs.transact(() => Array.from({ length: 1 + Math.floor(random() * 3) }, edit))
      view.state.doc.check()
      expect(view.state.doc.toJSON()).toEqual(yXmlFragmentToProseMirrorRootNode(bodyOf(mine), schema).toJSON())
    }
  })

  test.each(Array.from({ length: 25 }, (_, seed) => seed))('of any sort give the very text the shared copy holds (seed %i)', (seed) => {
    const random = generator(seed)
    const { theirs, mine, view } = twoCopies(['标题', '甲甲甲乙乙', '丙丁丙丁丙丁', '戊'])
    const body = bodyOf(theirs)
    const edit = (): void => {
      const block = Math.floor(random() * body.length)
      const element = body.get(block)
      const choice = random()
      if (choice < 0.1 && body.length > 2) body.delete(block, 1)
      else if (choice < 0.25) {
        const fresh = new Y.XmlElement(random() < 0.5 ? 'paragraph' : 'heading')
        const text = new Y.XmlText()
        text.insert(0, '甲乙')
        fresh.insert(0, [text])
        body.insert(block, [fresh])
      } else if (element instanceof Y.XmlElement && element.get(0) instanceof Y.XmlText) {
        const text = element.get(0) as Y.XmlText
        const at = Math.floor(random() * (text.length + 1))
        if (random() < 0.6) text.insert(at, random() < 0.5 ? '甲' : '丙丁', random() < 0.3 ? { bold: {} } : {})
        else if (at < text.length) text.delete(at, 1)
      }
    }
    for (let step = 0; step < 60; step += 1) {
      // Colleagues' edits come in together when the window is busy.
      const together = 1 + Math.floor(random() * 4)
      theirs.transact(() => Array.from({ length: together }, edit))
      view.state.doc.check()
      expect(view.state.doc.toJSON()).toEqual(yXmlFragmentToProseMirrorRootNode(bodyOf(mine), schema).toJSON())
    }
  })
})
