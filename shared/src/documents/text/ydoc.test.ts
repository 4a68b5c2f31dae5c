import { prosemirrorToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { Schema } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { emptyElements } from '../model.ts'
import { bodyName, bodyOf, elementsOf } from '../ydoc.ts'
import { canonicalForm, hasPendingChanges } from './canonical-form.ts'
import { readDocument } from './from-ydoc.ts'
import { mergeRuns } from './runs.ts'
import { writeDocument } from './to-ydoc.ts'

const words = fc.string({
  unit: fc.constantFrom('政', '府', '，', '。', 'a', '1', '（', '𠮷', ' '),
  minLength: 1,
  maxLength: 8,
})
const change = fc
  .record({ kind: fc.constantFrom('insertion' as const, 'deletion' as const), serial: fc.nat(3) })
  .map(({ kind, serial }) => ({ kind, id: `p${serial}:${serial}`, personId: `p${serial}` }))
const run: fc.Arbitrary<TextRun> = fc
  .tuple(words, fc.boolean(), fc.option(change))
  .map(([text, bold, pending]) => ({ text, ...(bold ? { bold: true } : {}), ...(pending ? { change: pending } : {}) }))
const runs = fc.array(run, { maxLength: 4 }).map(mergeRuns)
const textBlock = fc
  .tuple(
    fc.constantFrom('title', 'recipients', 'paragraph', 'attachment-note', 'signature', 'date', 'note', 'annex-title'),
    runs,
  )
  .map(([kind, each]): Block => ({ kind, runs: each }))
const headingBlock = fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.boolean(), runs).map(
  ([level, continues, each]): Block => ({
    kind: 'heading',
    level,
    ...(continues ? { continues: true } : {}),
    runs: each,
  }),
)
const row = fc.record({
  header: fc.boolean(),
  cells: fc.array(fc.record({ columns: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 2, max: 3 }), runs }, { requiredKeys: ['columns', 'runs'] }), { minLength: 1, maxLength: 3 }),
})
const tableBlock = fc.array(row, { minLength: 1, maxLength: 3 }).map((rows): Block => ({ kind: 'table', rows }))
const wideTableBlock = fc.array(row, { minLength: 1, maxLength: 2 }).map((rows): Block => ({ kind: 'table', landscape: true, rows }))
const figureBlock = runs.map((each): Block => ({ kind: 'figure', image: { digest: 'ab'.repeat(32), widthPx: 800, heightPx: 600, widthMm: 120 }, runs: each }))
const anyDocument = fc.array(fc.oneof(textBlock, headingBlock, tableBlock, wideTableBlock, figureBlock), { minLength: 1, maxLength: 8 }).map(
  (blocks): OfficialDocument => ({
    version: 1,
    elements: {
      ...emptyElements('通知'),
      issuers: ['云州市财政局'],
      number: { code: '云财发', year: 2026, serial: 3 },
    },
    blocks,
  }),
)

const written = (document: OfficialDocument): Y.Doc => {
  const doc = new Y.Doc()
  writeDocument(doc, document)
  return doc
}

/** The editor's schema as far as the mapping is concerned. */
const inline = { content: 'text*', group: 'block' }
const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    text: {},
    paragraph: inline,
    title: inline,
    recipients: inline,
    attachmentNote: inline,
    signature: inline,
    issueDate: inline,
    note: inline,
    annexTitle: inline,
    heading: { ...inline, attrs: { level: { default: 1 }, continues: { default: false } } },
    figure: { ...inline, attrs: { digest: {}, widthPx: {}, heightPx: {}, widthMm: {} } },
    table: { content: 'tableRow+', group: 'block', attrs: { landscape: { default: null } } },
    tableRow: { content: '(tableCell|tableHeader)+' },
    tableCell: {
      content: 'paragraph+',
      attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    },
    tableHeader: {
      content: 'paragraph+',
      attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    },
  },
  marks: {
    bold: {},
    insertion: { attrs: { id: {} }, excludes: 'insertion deletion' },
    deletion: { attrs: { id: {} }, excludes: 'insertion deletion' },
  },
})

describe('a document in the shared text', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(readDocument(written(document))).toEqual(document)
      }),
      { numRuns: 150 },
    )
  })

  test('is what the editor’s binding reads and writes', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const root = yXmlFragmentToProseMirrorRootNode(bodyOf(written(document)), schema)
        root.check()
        const back = new Y.Doc()
        prosemirrorToYXmlFragment(root, back.getXmlFragment(bodyName))
        expect(readDocument(back).blocks).toEqual(document.blocks)
      }),
      { numRuns: 100 },
    )
  })

  test('is not written twice', () => {
    const document: OfficialDocument = {
      version: 1,
      elements: emptyElements('通知'),
      blocks: [{ kind: 'title', runs: [{ text: '通知' }] }],
    }
    const doc = written(document)
    expect(() => writeDocument(doc, document)).toThrow('already')
  })

  test('marks that may overlap themselves are read without their hash', () => {
    const doc = new Y.Doc()
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    text.applyDelta([{ insert: '新', attributes: { 'insertion--aB3+/=xy': { id: 'wang:7' } } }])
    bodyOf(doc).insert(0, [paragraph])
    paragraph.insert(0, [text])
    expect(readDocument(doc).blocks).toEqual([
      { kind: 'paragraph', runs: [{ text: '新', change: { kind: 'insertion', id: 'wang:7', personId: 'wang' } }] },
    ])
  })
})

describe('hostile shared texts', () => {
  test('unknown nodes are kept as paragraphs with all their text', () => {
    const doc = new Y.Doc()
    const list = new Y.XmlElement('bulletList')
    const item = new Y.XmlElement('listItem')
    bodyOf(doc).insert(0, [list, new Y.XmlText('散')])
    list.insert(0, [item])
    item.insert(0, [new Y.XmlText('甲')])
    expect(readDocument(doc).blocks).toEqual([
      { kind: 'paragraph', runs: [{ text: '甲' }] },
      { kind: 'paragraph', runs: [{ text: '散' }] },
    ])
  })

  test('wrong types fall back field by field', () => {
    const doc = new Y.Doc()
    const elements = elementsOf(doc)
    elements.set('kind', '请示')
    elements.set('issuers', 'not a list')
    elements.set('urgency', 'urgent')
    elements.set('number', { code: 1 })
    elements.set('nested', new Y.Map())
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', '99')
    bodyOf(doc).insert(0, [heading])
    const read = readDocument(doc)
    expect(read.elements).toEqual({ ...emptyElements('请示'), urgency: 'urgent' })
    expect(read.blocks).toEqual([{ kind: 'heading', level: 1, runs: [] }])
  })

  test('any update that Yjs applies is read without a throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.jsonValue()), { maxLength: 6 }), (fields) => {
        const doc = new Y.Doc()
        for (const [name, value] of fields) {
          elementsOf(doc).set(name, value)
          const element = new Y.XmlElement(name)
          bodyOf(doc).push([element])
          element.setAttribute('level', JSON.stringify(value))
          element.insert(0, [new Y.XmlText(name)])
        }
        return readDocument(doc).blocks.length === fields.length
      }),
    )
  })

  test('a nest of a thousand nodes does not exhaust the stack', () => {
    const doc = new Y.Doc()
    let parent: Y.XmlFragment = bodyOf(doc)
    for (let depth = 0; depth < 1000; depth += 1) {
      const child = new Y.XmlElement('blockquote')
      parent.insert(0, [child])
      parent = child
    }
    expect(readDocument(doc).blocks).toHaveLength(1)
  })
})

describe('the canonical form', () => {
  const of = (...each: TextRun[]): OfficialDocument => ({
    version: 1,
    elements: emptyElements('通知'),
    blocks: [{ kind: 'paragraph', runs: each }],
  })

  test('is equal for equal text, however it was typed', () => {
    expect(canonicalForm(of({ text: '市' }, { text: '政府' }))).toEqual(
      canonicalForm(of({ text: '市政府' }, { text: '' })),
    )
  })

  test('differs when a character, a format or an element differs', () => {
    const forms = [
      of({ text: '市政府' }),
      of({ text: '市政符' }),
      of({ text: '市政府', bold: true }),
      { ...of({ text: '市政府' }), elements: emptyElements('函') },
    ].map((document) => JSON.stringify(canonicalForm(document)))
    expect(new Set(forms).size).toBe(4)
  })

  test('is refused while a revision is pending', () => {
    const document = of({ text: '市' }, { text: '政', change: { kind: 'deletion', id: 'wang:1', personId: 'wang' } })
    expect(hasPendingChanges(document)).toBe(true)
    expect(canonicalForm(document)).toEqual({ ok: false, refusal: { code: 'documents.pending-changes' } })
  })
})
