import { expect, test } from 'vitest'
import { withAct, withoutAct } from './wanted-act.ts'

test('an address asks for an act and goes on without it', () => {
  for (const href of ['/incoming/1', '/documents/1?task=2', '/documents/1?panel=route&task=2']) {
    expect(new URLSearchParams(withAct(href, 'return').split('?')[1]).get('act')).toBe('return')
    expect(withoutAct(withAct(href, 'return'))).toBe(href)
  }
})
