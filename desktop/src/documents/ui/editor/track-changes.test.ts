import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { schemaExtensions } from './nodes.ts'
import { listChanges, settleChanges } from './settle-changes.ts'
import { type Reviser, trackTransaction } from './track-changes.ts'

const schema = getSchema(schemaExtensions)

function reviser(personId: string): Reviser {
  let serial = 0
  return {
    personId,
    nextSerial: () => {
      serial += 1
      return `${personId}${serial}`
    },
  }
}

const [ann, bob] = [reviser('ann'), reviser('bob')]

function textOf(...lines: readonly string[]): EditorState {
  const blocks = lines.map((line, index) => ({ type: index === 0 ? 'title' : 'paragraph', ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }) }))
  return EditorState.create({ doc: schema.nodeFromJSON({ type: 'doc', content: blocks }) })
}

function revise(state: EditorState, who: Reviser, act: (tr: Transaction) => Transaction): EditorState {
  return state.apply(trackTransaction(act(state.tr), state, who))
}

function settled(state: EditorState, verdict: 'accept' | 'reject'): readonly string[] {
  const tr = settleChanges(state, verdict, { kind: 'all' })
  return linesOf(tr ? state.apply(tr).doc : state.doc)
}

function linesOf(doc: Node): readonly string[] {
  const lines: string[] = []
  doc.forEach((node) => lines.push(node.textContent))
  return lines
}

/** Position in the block with that index, after so many characters. */
function at(state: EditorState, block: number, offset: number): number {
  let position = 0
  for (let index = 0; index < block; index += 1) position += state.doc.child(index).nodeSize
  return position + 1 + offset
}

describe('revising', () => {
  test('what is typed is one insertion, letter by letter, and what was there stays until it is accepted', () => {
    let state = textOf('标题', '原有文字')
    for (const [index, letter] of [...'新增'].entries()) state = revise(state, ann, (tr) => tr.insertText(letter, at(state, 1, 2 + index)))
    expect(listChanges(state.doc)).toMatchObject([{ personId: 'ann', inserted: '新增', deleted: '' }])
    expect(settled(state, 'accept')).toEqual(['标题', '原有新增文字'])
    expect(settled(state, 'reject')).toEqual(['标题', '原有文字'])
  })

  test('one’s own insertion is taken back for real, one letter at a time', () => {
    let state = textOf('标题', '原有文字')
    state = revise(state, ann, (tr) => tr.insertText('新增加的', at(state, 1, 2)))
    state = revise(state, ann, (tr) => tr.delete(at(state, 1, 2), at(state, 1, 3)))
    expect(linesOf(state.doc)).toEqual(['标题', '原有增加的文字'])
    state = revise(state, ann, (tr) => tr.delete(at(state, 1, 2), at(state, 1, 3)))
    expect(linesOf(state.doc)).toEqual(['标题', '原有加的文字'])
  })

  test('another person’s insertion is never removed, and both changes keep their authors', () => {
    let state = textOf('标题', '原有文字')
    state = revise(state, ann, (tr) => tr.insertText('甲说', at(state, 1, 2)))
    state = revise(state, bob, (tr) => tr.insertText('乙说', at(state, 1, 4)))
    state = revise(state, bob, (tr) => tr.delete(at(state, 1, 2), at(state, 1, 3)))
    expect(linesOf(state.doc)).toEqual(['标题', '原有甲说乙说文字'])
    const changes = listChanges(state.doc)
    expect(changes.filter((change) => change.personId === 'ann').map((change) => change.inserted)).toEqual(['甲说'])
    expect(changes.filter((change) => change.personId === 'bob').map((change) => change.inserted + change.deleted).join('')).toContain('乙说')
    const accepted = settleChanges(state, 'accept', { kind: 'some', ids: new Set(changes.filter((change) => change.personId === 'bob').map((change) => change.id)) })
    expect(accepted && linesOf(state.apply(accepted).doc)).toEqual(['标题', '原有说乙说文字'])
  })

  test('a replaced word is one change: accepting puts the new one, rejecting the old', () => {
    let state = textOf('标题', '截止目前')
    state = revise(state, ann, (tr) => tr.insertText('截至', at(state, 1, 0), at(state, 1, 2)))
    expect(listChanges(state.doc)).toMatchObject([{ inserted: '截至', deleted: '截止' }])
    expect(settled(state, 'accept')).toEqual(['标题', '截至目前'])
    expect(settled(state, 'reject')).toEqual(['标题', '截止目前'])
  })

  test('splitting and joining lines can be accepted and rejected', () => {
    let state = textOf('标题', '前半后半')
    state = revise(state, ann, (tr) => tr.split(at(state, 1, 2)))
    expect(settled(state, 'accept')).toEqual(['标题', '前半', '后半'])
    expect(settled(state, 'reject')).toEqual(['标题', '前半后半'])

    let joined = textOf('标题', '前半', '后半')
    joined = revise(joined, ann, (tr) => tr.join(at(joined, 2, 0) - 1))
    expect(settled(joined, 'accept')).toEqual(['标题', '前半后半'])
    expect(settled(joined, 'reject')).toEqual(['标题', '前半', '后半'])
  })

  test('a deletion over several lines is shown, not done', () => {
    let state = textOf('标题', '第一行', '第二行', '第三行')
    state = revise(state, ann, (tr) => tr.delete(at(state, 1, 1), at(state, 3, 1)))
    expect(linesOf(state.doc)).toEqual(['标题', '第一行', '第二行', '第三行'])
    expect(settled(state, 'reject')).toEqual(['标题', '第一行', '第二行', '第三行'])
    expect(settled(state, 'accept').join('')).toBe('标题第三行')
  })

  test('boldness is a revision: accepting keeps it, rejecting gives back how the letters were', () => {
    let state = textOf('标题', '原有文字')
    const bold = schema.marks['bold']
    if (!bold) throw new Error('no bold')
    state = revise(state, ann, (tr) => tr.addMark(at(state, 1, 1), at(state, 1, 3), bold.create()))
    expect(listChanges(state.doc)).toMatchObject([{ personId: 'ann', reformatted: '有文', inserted: '', deleted: '' }])
    const boldWords = (verdict: 'accept' | 'reject') => {
      const settledState = state.apply(settleChanges(state, verdict, { kind: 'all' }) ?? state.tr)
      let words = ''
      settledState.doc.descendants((node) => void (words += node.isText && bold.isInSet(node.marks) ? (node.text ?? '') : ''))
      expect(listChanges(settledState.doc)).toEqual([])
      return words
    }
    expect(boldWords('accept')).toBe('有文')
    expect(boldWords('reject')).toBe('')
    state = revise(state, bob, (tr) => tr.removeMark(at(state, 1, 1), at(state, 1, 3), bold))
    expect(listChanges(state.doc)).toEqual([])
  })

  test('a proposed level changes nothing until it is accepted, and then only the level', () => {
    let state = textOf('标题', '自查内容', '正文')
    state = state.apply(state.tr.setNodeMarkup(at(state, 1, 0) - 1, null, { proposal: 'ann:1|heading|2' }))
    expect(listChanges(state.doc)).toMatchObject([{ personId: 'ann', reshaped: { before: { name: 'paragraph' }, after: { name: 'heading', level: 2 } } }])
    const after = (verdict: 'accept' | 'reject') => state.apply(settleChanges(state, verdict, { kind: 'all' }) ?? state.tr).doc.child(1)
    expect(after('accept')).toMatchObject({ type: { name: 'heading' }, attrs: { level: 2, proposal: null } })
    expect(after('reject')).toMatchObject({ type: { name: 'paragraph' }, attrs: { proposal: null } })
  })

  test('what is selected can be settled alone; the rest of the change stays', () => {
    let state = textOf('标题', '原有文字')
    state = revise(state, ann, (tr) => tr.insertText('新增加的', at(state, 1, 2)))
    const tr = settleChanges(state, 'accept', { kind: 'range', from: at(state, 1, 2), to: at(state, 1, 4) })
    expect(tr && listChanges(state.apply(tr).doc)).toMatchObject([{ inserted: '加的' }])
  })

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('whatever two people do, rejecting all restores the text (seed %i)', (seed) => {
    const random = generator(seed)
    const original = ['关于印发的通知', '各县区人民政府：', '现印发给你们，请认真贯彻执行。', '特此通知。']
    let state = textOf(...original)
    for (let step = 0; step < 30; step += 1) state = randomAct(state, random() < 0.5 ? ann : bob, random)
    state.doc.check()
    expect(settled(state, 'reject').filter((line) => line !== '')).toEqual(original)
    const rejected = state.apply(settleChanges(state, 'reject', { kind: 'all' }) ?? state.tr).doc
    rejected.descendants((node) => {
      expect(node.marks).toEqual([])
      if (node.isTextblock && node.content.size > 0) expect(['title', 'paragraph']).toContain(node.type.name)
    })
    expect(listChanges(state.apply(settleChanges(state, 'accept', { kind: 'all' }) ?? state.tr).doc)).toEqual([])
  })
})

function randomAct(state: EditorState, who: Reviser, random: () => number): EditorState {
  const size = state.doc.content.size
  const from = TextSelection.near(state.doc.resolve(Math.floor(random() * size))).from
  const to = TextSelection.near(state.doc.resolve(Math.min(size, from + Math.floor(random() * 8)))).from
  const choice = random()
  const placed = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from)))
  const bold = schema.marks['bold']
  if (choice < 0.06 && bold) return revise(placed, who, (tr) => tr.addMark(Math.min(from, to), Math.max(from, to), bold.create()))
  if (choice < 0.1 && bold) return revise(placed, who, (tr) => tr.removeMark(Math.min(from, to), Math.max(from, to), bold))
  if (choice < 0.14) return propose(placed, who, from, random)
  if (choice < 0.45) return revise(placed, who, (tr) => tr.insertText('增补'.slice(0, 1 + Math.floor(random() * 2)), from))
  if (choice < 0.6) return revise(placed, who, (tr) => tr.split(from))
  if (choice < 0.85) return revise(placed, who, (tr) => tr.delete(Math.min(from, to), Math.max(from, to)))
  return revise(placed, who, (tr) => tr.insertText('改', Math.min(from, to), Math.max(from, to)))
}

function propose(state: EditorState, who: Reviser, position: number, random: () => number): EditorState {
  const block = state.doc.resolve(position)
  if (block.depth !== 1) return state
  const proposal = `${who.personId}:${who.nextSerial()}|heading|${1 + Math.floor(random() * 4)}`
  return state.apply(state.tr.setNodeMarkup(block.before(), null, { ...block.parent.attrs, proposal }))
}

function generator(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
