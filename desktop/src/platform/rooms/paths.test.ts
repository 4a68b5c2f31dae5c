import { expect, test } from 'vitest'
import { linkTokenOf, matchPath, weightOf } from './paths.ts'

test.each([
  ['/documents/:id', '/documents/a%2Fb', { id: 'a/b' }],
  ['/documents/:id', '/documents', null],
  ['/documents/:id', '/documents/a/b', null],
  ['/directory/:unitId?', '/directory', {}],
  ['/inbox', '/inbox/', {}],
  ['/help/*', '/help/a/b', { rest: 'a/b' }],
  ['/', '/', {}],
  ['/:id', '/%E4%B', { id: '%E4%B' }],
] as const)('pattern %s against %s', (pattern, path, params) => {
  expect(matchPath(pattern, path)).toEqual(params)
})

test('a literal part wins over a named one', () => {
  expect(weightOf('/documents/new')).toBeGreaterThan(weightOf('/documents/:id'))
  expect(weightOf('/documents/:id')).toBeGreaterThan(weightOf('/*'))
})

test('a one-time token is found in the path or after the hash and nowhere else', () => {
  expect(linkTokenOf('/link/abc_-1', '')).toBe('abc_-1')
  expect(linkTokenOf('/', '#/link/abc')).toBe('abc')
  expect(linkTokenOf('/documents/link', '')).toBeNull()
})
