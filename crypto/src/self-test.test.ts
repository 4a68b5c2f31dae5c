import { expect, test } from 'vitest'
import { selfTest } from './self-test.ts'

test('the self test passes on this machine', () => {
  expect(selfTest()).toMatchObject({ ok: true })
})

test('a broken random source fails the self test', () => {
  const report = selfTest({ fill: (target) => target.fill(3) })
  expect(report.ok).toBe(false)
  expect(report.checks.filter((check) => !check.ok).map((check) => check.name)).toContain(
    'random source, two draws differ and are not constant',
  )
})
