import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyOf, elementsOf } from '../ydoc.ts'
import { withoutRevisionsOf } from './decide-revision.ts'

const me = { id: 'me:1' }
const another = { id: 'another:1' }

/** A text of two lines, the second with a pending insertion of somebody else. */
function aText(): Y.Doc {
  const doc = new Y.Doc()
  const lines = [['请各单位贯彻执行。', null], ['特此通知。', another]].map(([text, mark]) => {
    const line = new Y.XmlElement('paragraph')
    const content = new Y.XmlText()
    content.applyDelta([{ insert: text, attributes: mark === null ? {} : { insertion: mark } }])
    line.insert(0, [content])
    return line
  })
  bodyOf(doc).insert(0, lines)
  elementsOf(doc).set('kind', '通知')
  return doc
}

function lineOf(doc: Y.Doc, at: number): Y.XmlText {
  const line = bodyOf(doc).get(at)
  const text = line instanceof Y.XmlElement ? line.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('no text there')
  return text
}

/** Whether an act leaves the text as it was but for this person's pending revisions. */
function isRevision(act: (doc: Y.Doc) => void): boolean {
  const doc = aText()
  const before = withoutRevisionsOf(doc, 'me')
  act(doc)
  return withoutRevisionsOf(doc, 'me') === before
}

describe('a revision', () => {
  test.each<readonly [string, (doc: Y.Doc) => void]>([
    ['text inserted under my mark', (doc) => lineOf(doc, 0).insert(1, '市直', { insertion: me })],
    ['text marked as deleted by me', (doc) => lineOf(doc, 0).format(1, 3, { deletion: me })],
    ['another person’s insertion marked as deleted by me', (doc) => lineOf(doc, 1).format(0, 2, { deletion: me })],
    ['a mark under the name that may overlap itself', (doc) => lineOf(doc, 0).insert(1, '市', { 'insertion--abcdefgh': me })],
    ['words made bold with how they were before', (doc) => lineOf(doc, 0).format(1, 3, { bold: {}, formatChange: { ...me, bold: false } })],
    ['a line proposed to become a heading', (doc) => (bodyOf(doc).get(0) as Y.XmlElement).setAttribute('proposal', 'me:2|heading|1')],
    ['my insertion taken back for real', (doc) => {
      lineOf(doc, 0).insert(1, '市直', { insertion: me })
      lineOf(doc, 0).delete(1, 2)
    }],
    ['a line split, its rest moved as deletion and insertion', (doc) => {
      lineOf(doc, 0).format(3, 6, { deletion: me })
      const line = new Y.XmlElement('paragraph')
      const text = new Y.XmlText()
      text.insert(0, '贯彻执行。', { insertion: me })
      line.insert(0, [text])
      bodyOf(doc).insert(1, [line])
    }],
    ['bold, which is not tracked', (doc) => lineOf(doc, 0).format(0, 2, { bold: {} })],
    ['a comment', (doc) => doc.getArray('comments').push([new Y.Map([['text', '请核']])])],
  ])('is %s', (_what, act) => expect(isRevision(act)).toBe(true))

  test.each<readonly [string, (doc: Y.Doc) => void]>([
    ['text without a mark', (doc) => lineOf(doc, 0).insert(1, '市直')],
    ['text under somebody else’s mark', (doc) => lineOf(doc, 0).insert(1, '市直', { insertion: another })],
    ['text deleted for real', (doc) => lineOf(doc, 0).delete(0, 1)],
    ['another person’s insertion deleted for real', (doc) => lineOf(doc, 1).delete(0, 1)],
    ['another person’s insertion accepted', (doc) => lineOf(doc, 1).format(0, 2, { insertion: null })],
    ['a line removed', (doc) => bodyOf(doc).delete(0, 1)],
    ['a line with text inserted unmarked', (doc) => bodyOf(doc).insert(0, [lineElement('新增一行')])],
    ['lines reordered', (doc) => {
      bodyOf(doc).insert(2, [lineElement('请各单位贯彻执行。')])
      bodyOf(doc).delete(0, 1)
    }],
    ['a field of 版头 changed', (doc) => elementsOf(doc).set('kind', '决定')],
    ['a heading made of a paragraph', (doc) => {
      const line = bodyOf(doc).get(0)
      if (line instanceof Y.XmlElement) line.setAttribute('level', '1')
    }],
    ['a footnote set on existing text', (doc) => lineOf(doc, 0).format(0, 2, { footnote: { text: '注' } })],
  ])('is not %s', (_what, act) => expect(isRevision(act)).toBe(false))
})

function lineElement(content: string): Y.XmlElement {
  const line = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  text.insert(0, content)
  line.insert(0, [text])
  return line
}
