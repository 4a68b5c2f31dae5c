import { expect, test } from 'vitest'
import type { Action } from '../../platform/rooms/index.ts'
import { matchKeys } from './shortcuts.ts'

const action = (id: string, shortcut: string): Action => ({ id, shortcut, labelKey: 'k', groupKey: 'g', run: () => undefined })
const actions = [action('palette', 'mod+k'), action('next', 'j'), action('go', 'g d'), action('help', '?')]
const press = (key: string, mod = false) => ({ key, mod, alt: false })

test('a letter, a chord and a sequence each find their act', () => {
  expect(matchKeys(actions, '', press('j')).action?.id).toBe('next')
  expect(matchKeys(actions, '', press('K', true)).action?.id).toBe('palette')
  expect(matchKeys(actions, '', press('g'))).toEqual({ action: null, pending: 'g' })
  expect(matchKeys(actions, 'g', press('d')).action?.id).toBe('go')
})

test('a sequence that leads nowhere is forgotten', () => {
  expect(matchKeys(actions, 'g', press('x'))).toEqual({ action: null, pending: '' })
})

test('Alt belongs to the system, and Ctrl with a letter is not the letter', () => {
  expect(matchKeys(actions, '', { key: 'j', mod: false, alt: true }).action).toBeNull()
  expect(matchKeys(actions, '', press('j', true)).action).toBeNull()
})

test('the page’s own act wins over an earlier one on the same key', () => {
  expect(matchKeys([...actions, action('page', 'j')], '', press('j')).action?.id).toBe('page')
})
