import { afterEach, expect, test, vi } from 'vitest'
import { newActKey } from './call.ts'
import { randomId } from './random-id.ts'

afterEach(() => vi.unstubAllGlobals())

test('acts have keys where the page came over plain HTTP, which offers no randomUUID', () => {
  const real = globalThis.crypto
  vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) })
  expect(newActKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('no two are alike', () => {
  expect(new Set(Array.from({ length: 1000 }, randomId)).size).toBe(1000)
})
