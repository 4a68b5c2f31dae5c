import { expect, test } from 'vitest'
import { pastedToken } from './pasted-link.ts'

const office = 'https://oa.example.gov.cn'

test.each([
  [`${office}/link/abc-123`, { kind: 'token', token: 'abc-123' }],
  [`  ${office}/#/link/abc-123\n`, { kind: 'token', token: 'abc-123' }],
  ['https://other.example/link/abc-123', { kind: 'elsewhere' }],
  ['http://oa.example.gov.cn/link/abc-123', { kind: 'elsewhere' }],
  [`${office}/documents/abc`, { kind: 'malformed' }],
  ['abc-123', { kind: 'malformed' }],
  ['', { kind: 'malformed' }],
])('the pasted text “%s” is read as %j', (text, expected) => {
  expect(pastedToken(text, office)).toEqual(expected)
})
