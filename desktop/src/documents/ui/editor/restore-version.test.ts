import { getSchema } from '@tiptap/core'
import { Fragment } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import { type Block, emptyElements, type OfficialDocument } from '@xiewen/shared/documents'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaExtensions } from './nodes.ts'
import { nodeOf, restoring } from './restore-version.ts'

const schema = getSchema(schemaExtensions)

const document = (blocks: readonly Block[]): OfficialDocument => ({ version: 1, elements: emptyElements('通知'), blocks })

/** The text a version is restored in. */
function stateOf(blocks: readonly Block[]): EditorState {
  return EditorState.create({ doc: schema.node('doc', null, Fragment.from(blocks.map((block) => nodeOf(schema, block)))) })
}

const text = fc.constantFrom('', '甲', '甲乙', '乙', '甲甲', '核对\n通报')
const runs = text.map((each) => (each === '' ? [] : [{ text: each }]))
const row = fc.record({ header: fc.boolean(), cells: fc.array(fc.record({ columns: fc.constantFrom(1, 2), runs }), { minLength: 1, maxLength: 4 }) })
const table = fc.record({ kind: fc.constant('table' as const), rows: fc.array(row, { minLength: 1, maxLength: 4 }) })
const line = text.map((each): Block => ({ kind: 'paragraph', runs: each === '' ? [] : [{ text: each.replace('\n', '') }] }))
const blocks = fc.array(fc.oneof(line, table), { minLength: 1, maxLength: 4 })

test('whatever was done to lines and tables, a restored text is the version’s, block by block', () => {
  fc.assert(fc.property(blocks, blocks, (now, before) => {
    const wanted = document(before)
    const { doc } = restoring(stateOf(now).tr, wanted, schema)
    expect(doc.toJSON()).toEqual(stateOf(before).doc.toJSON())
  }), { numRuns: 400 })
})
