/** Correcting what an import guessed. */
import { emptyElements, recogniseText } from '@xiewen/shared/documents'
import { describe, expect, test } from 'vitest'
import { blockOf, choiceOf, type DraftDocument, putBack, remove, retype } from './import-model.ts'

const document: DraftDocument = {
  version: 1,
  elements: emptyElements('通知'),
  blocks: [
    { kind: 'title', runs: [{ text: '关于甲的通知' }] },
    { kind: 'paragraph', runs: [{ text: '总体要求' }] },
    { kind: 'table', rows: [] },
  ],
}

describe('correcting an import', () => {
  test('turns a block into any other and keeps its words', () => {
    expect(retype(document, 1, 'heading 2').blocks[1]).toEqual({ kind: 'heading', level: 2, runs: [{ text: '总体要求' }] })
    expect(retype(document, 1, 'signature').blocks[1]).toEqual({ kind: 'signature', runs: [{ text: '总体要求' }] })
    expect(retype(document, 2, 'paragraph')).toEqual(document)
    expect(document.blocks.map(choiceOf)).toEqual(['title', 'paragraph', null])
  })

  test('takes a block out and puts words back that were left out', () => {
    expect(remove(document, 1).blocks).toHaveLength(2)
    expect(putBack(document, '打印').blocks.at(-1)).toEqual({ kind: 'paragraph', runs: [{ text: '打印' }] })
  })

  test('finds the block a guess is about by its words', () => {
    const { document: read, report } = recogniseText('关于甲的通知\n各县：\n　　一、总则\n　　１．全市情况良好。\n　　1、收入平稳。\n')
    const guess = report.guessed.find((entry) => entry.topic === 'number-style')
    expect(guess && blockOf({ ...document, ...read, blocks: [...document.blocks, { kind: 'paragraph', runs: [{ text: '收入平稳。' }] }] }, guess)).toBe(3)
  })
})
