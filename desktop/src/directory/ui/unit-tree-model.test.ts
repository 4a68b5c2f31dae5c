import { type Unit, unitSchema } from '@xiewen/shared/directory'
import { expect, test } from 'vitest'
import { pathTo, treeOf } from './unit-tree-model.ts'

const id = (n: number) => `01h0000000000000000000000${n}`
const aUnit = (n: number, parent: number | null, order: number): Unit =>
  unitSchema.parse({ id: id(n), parentId: parent === null ? null : id(parent), kind: 'organ', name: `u${n}`, shortName: `u${n}`, codes: [], order })

test('siblings stand in order of precedence below their parent', () => {
  const tree = treeOf([aUnit(1, null, 1), aUnit(2, 1, 20), aUnit(3, 1, 10), aUnit(4, 3, 1)])
  expect(tree.map((node) => node.unit.name)).toEqual(['u1'])
  expect(tree[0]?.children.map((node) => node.unit.name)).toEqual(['u3', 'u2'])
  expect(tree[0]?.children[0]?.children.map((node) => node.unit.name)).toEqual(['u4'])
})

test('a unit whose parent is not visible stands at the top', () => {
  expect(treeOf([aUnit(5, 9, 1)]).map((node) => node.unit.name)).toEqual(['u5'])
})

test('the way to a unit names it and everything above', () => {
  const units = [aUnit(1, null, 1), aUnit(2, 1, 1), aUnit(3, 2, 1)]
  expect([...pathTo(units, id(3))]).toEqual([id(3), id(2), id(1)])
  expect([...pathTo(units, null)]).toEqual([])
})
