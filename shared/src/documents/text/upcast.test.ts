import { expect, test } from 'vitest'
import { emptyElements } from '../model.ts'
import { layoutDocument } from '../layout/engine.ts'
import { upcastContent, upcastDocument, contentVersion } from './upcast.ts'

const newest = [{ kind: 'item', continues: true, runs: [{ text: '吸烟。' }] }]
const blocks = [{ kind: 'paragraph', runs: [{ text: '内容。' }] }]
const metrics = { advance: () => 1, fingerprint: 'square' }

test('what today’s program stored is read as it is', () => {
  const stored = { version: contentVersion, elements: { ...emptyElements('函'), secrecy: '内部' }, blocks: newest }
  expect(upcastDocument(structuredClone(stored))).toEqual({ ok: true, value: stored })
})

test('a document stored before an element existed reads as having none, and can be laid out', () => {
  const { secrecy: _later, ...former } = emptyElements('通知')
  const read = upcastDocument({ version: 1, elements: former, blocks })
  expect(read).toMatchObject({ ok: true, value: { elements: { secrecy: '' } } })
  if (read.ok) expect(layoutDocument(read.value, metrics).pages).toHaveLength(1)
})

test('a document that names no version is the oldest one', () => {
  expect(upcastDocument({ elements: emptyElements('通知'), blocks })).toMatchObject({ ok: true, value: { version: 1 } })
})

test('steps run from the version stored to the one known, each once and in order', () => {
  const steps = [1, 2, 3].map((next) => (content: Readonly<Record<string, unknown>>) => ({ ...content, version: next, way: `${String(content['way'] ?? '')}${next}` }))
  expect(upcastContent({ version: 1 }, steps, 3)).toEqual({ ok: true, value: { version: 3, way: '23' } })
  expect(upcastContent({ version: 3 }, steps, 3)).toEqual({ ok: true, value: { version: 3 } })
  expect(upcastContent({}, steps, 3)).toEqual({ ok: true, value: { version: 3, way: '123' } })
})

test('what a newer program stored is refused, never guessed at', () => {
  expect(upcastDocument({ version: contentVersion + 1, elements: {}, blocks })).toMatchObject({ ok: false, refusal: { code: 'documents.newer-content', params: { version: contentVersion + 1 } } })
})

test.each([null, 'text', 7, [], { version: 'x' }, { version: 1.5 }, { version: 1 }, { version: 1, elements: {}, blocks: 'none' }])('%j is damage', (value) => {
  expect(upcastDocument(value)).toMatchObject({ ok: false, refusal: { code: 'documents.damaged-content' } })
})
